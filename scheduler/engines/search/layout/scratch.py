"""Tables of W: the thread and the present move."""

from scheduler.engines.search.layout.table import Table

BUSY_ROOM = 16  # people noted with what a move gives them to do
busy = Table()
BUSY_PERSON = busy.column()
BUSY_TICKS = busy.column()  # of work and ways, at least
BUSY_WIDTH = busy.width
MOVE_ROOM = 16  # kinds of moves
outcome = Table()  # how often a kind of move ended so; each draw ends in one way
OUTCOME_NOTHING = outcome.column()  # there was nothing to decide
OUTCOME_HOPELESS = outcome.column()  # the estimate refused it
OUTCOME_FAILED = outcome.column()  # two keys tied, or somebody would be in a crew twice
OUTCOME_UNSETTLED = outcome.column()  # refused while starts were computed
OUTCOME_UNFINISHED = outcome.column()  # refused by its price
OUTCOME_SAME = outcome.column()  # taken, at the same cost
OUTCOME_OTHER = outcome.column()  # taken, at another
OUTCOME_WIDTH = outcome.width
thread = Table()
LOGGED = thread.column()  # entries of the log
RANDOM = thread.column()
STAMP = thread.column()  # number of the move; marks that differ are old
QUEUED = thread.column()
DAYS_TOUCHED = thread.column()
TASKS_TOUCHED = thread.column()
GROUPS_TOUCHED = thread.column()
EMPTIES = thread.column()
BUG = thread.column()  # LOG_FULL or ENDLESS; 0: none
BEYOND = thread.column()  # 1 where the move took the cost to TOP
WORST_SEEN = thread.column()  # largest new lateness
WORST_LOST = thread.column()  # 1 where a stop was as late as WORST_LATE and is no longer
FALLS = thread.column()
MOST_FALL = thread.column()  # ticks
WORST_FALLS = thread.column()  # 1 where a stop that is as late as WORST_LATE may fall
LATENESS = thread.column()  # points of lateness that the move may save; or UNKNOWN
UPHILL = thread.column()  # moves looked at that would raise the cost
RISE = thread.column()  # points by which they would
BUSIES = thread.column()
BUSY_ROWS = thread.column(BUSY_ROOM * BUSY_WIDTH)
OUTCOME_ROWS = thread.column(MOVE_ROOM * OUTCOME_WIDTH)  # by kind of move, since the thread began
SCRATCH_HEADER = thread.lines
LOG_FULL, ENDLESS = 1, 2
# W: an entry of the undo log
entry = Table()
ENTRY_CELL = entry.column()
ENTRY_VALUE = entry.column()  # what stood there
ENTRY_WIDTH = entry.width
# W: a stop that may start earlier
FALL_ROOM = 64
fall = Table()
FALL_SLOT = fall.column()
FALL_TICKS = fall.column()
FALL_WIDTH = fall.width
# W: a place that an insertion could take
OFFERS = 6
offer = Table()
OFFER_POINTS = offer.column()
OFFER_PERSON = offer.column()
OFFER_OPTION = offer.column()
OFFER_BEFORE = offer.column()
OFFER_START = offer.column()
OFFER_WIDTH = offer.width
# W: how many stops a move may take out of one person's routes, at most
MOST_OUT = 120
