"""Tables of W: the thread and the present move."""

from scheduler.engines.search.layout.table import Table

CHANGE_ROOM = 32  # changes of days that are noted before a move is made
change = Table()
CHANGE_PERSON_DAY = change.column()
CHANGE_SLOT = change.column()  # the stop that comes or goes; NONE: only ways change
CHANGE_OPTION = change.column()  # of its task
CHANGE_SIGN = change.column()  # 1: it comes, -1: it goes
CHANGE_WAY = change.column()  # ticks of ways more
CHANGE_WIDTH = change.width
MOVE_ROOM = 16  # kinds of moves
outcome = Table()  # how often a kind of move ended so; each draw ends in one way
OUTCOME_NOTHING = outcome.column()  # there was nothing to decide
OUTCOME_HOPELESS = outcome.column()  # the estimate refused it
OUTCOME_FAILED = (
    outcome.column()
)  # undone while it was made: keys tied, or what it took out found no good place
OUTCOME_WEIGHED = outcome.column()  # refused by what costs the same whenever it starts
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
FOCUS = thread.column()  # where in SLOT_ORDER the slots begin that are drawn from
BUG = thread.column()  # LOG_FULL or ENDLESS; 0: none
BEYOND = thread.column()  # 1 where the move took the cost to TOP
WORST_SEEN = thread.column()  # largest new lateness
WORST_LOST = thread.column()  # 1 where a stop was as late as WORST_LATE and is no longer
FALLS = thread.column()
MOST_FALL = thread.column()  # ticks
FIRST_FALL = thread.column()  # least order key of a stop that may start earlier
WORST_FALLS = (
    thread.column()
)  # ticks by which a stop that is as late as WORST_LATE may start earlier
WORST_COMES = thread.column()  # ticks by which some stop will be late, at least
LATENESS = thread.column()  # points of lateness that the move may save; or UNKNOWN
SLACK = thread.column()  # points by which the cost may still fall when times are priced
UPHILL = thread.column()  # moves looked at that would raise the cost
RISE = thread.column()  # points by which they would
CHANGES = thread.column()
CHANGE_ROWS = thread.column(CHANGE_ROOM * CHANGE_WIDTH)
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
FALL_BEHIND = fall.column()  # 1: if the stop before it lets it; 0: its crew does
FALL_WIDTH = fall.width
# W: by how much a slot's stop was found to fall in this move
fallen = Table()
FALLEN_STAMP = fallen.column()
FALLEN_TICKS = fallen.column()
FALLEN_WIDTH = fallen.width
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
