"""Where things stand in the kernels' arenas.

Kernels take four flat arrays: ``P`` (int64: the problem, never written), ``T`` (int32: travel
ticks), ``S`` (int64: the state, every write logged) and ``W`` (int64: the thread's own scratch: undo
log, random state, queues). A table is a run of rows of one width; P's header tells where each
begins. One signature, few arguments: many arrays as arguments compile slowly and run slowly.

Everywhere ``from scheduler.engines.search import layout as at``: a column's name begins with its
table's. ``rows.py`` reaches rows and the cells read most; ``pack.py`` writes P.
"""

from scheduler.lowered.price import TOP as TOP

CACHE_LINE = 8
"""Cells of int64 in one."""
NONE = -1
"""No slot, no person, no place, no option, no task."""
TIE = -2
"""In the place of a slot: two order keys are equal."""
UNKNOWN = -1
"""Not computed yet."""
NEVER = -(2**60)
"""In the place of a start: not computed yet."""
FAR = 2**62
"""Beyond every cost, start and order key."""
KEY_SHIFT = 20
"""Order keys are ticks shifted by this many bits, so that there is room between two of them."""


class Table:
    """Numbers a row's columns in the order in which they are asked for, what is read most first."""

    def __init__(self) -> None:
        self.width = 0

    def column(self, cells: int = 1) -> int:
        """Where in a row the next column begins."""
        self.width += cells
        return self.width - cells

    @property
    def lines(self) -> int:
        """The width in cells, as whole cache lines."""
        return -(-self.width // CACHE_LINE) * CACHE_LINE


# P: the header -----------------------------------------------------------------------------
header = Table()
PEOPLE = header.column()
DAYS = header.column()
TASKS = header.column()
SLOTS = header.column()
PLACES = header.column()  # or nodes
ROOMS = header.column()  # places with a capacity, or without
ANY_SPELLS = header.column()  # 1 where anybody goes home within a day
SPELL_CELLS = header.column()
MEASURES = header.column()
GAPS = header.column()
GROUPS = header.column()
BUNDLES = header.column()
BANS = header.column()
KINDS = header.column()  # kinds of work that sequences are asked of
TICKS_PER_DAY = header.column()
TRAVEL_COUNTS = header.column()  # 1 where ways are work
LATE_AT_END = header.column()  # 1 where a stop is late by its end, 0 by its start
LATE_HARD = header.column()  # points of a tick beyond the window
WORST_LATE_POINTS = header.column()  # points of a tick of the largest lateness
WORST_IDLE_POINTS = header.column()  # points of an idle tick of the most idle person
ON_DUTY = header.column()  # 1 where a rest is had only between two stops or on the way
EVEN = header.column()  # 1 where starts never jump: no gaps, rests and waits, days of one span
ANY_WAITS = header.column()  # 1 where any PERSON_WAITS
ANY_ANNOUNCED = header.column()  # 1 where any task was announced for a time
AT_MIDNIGHT = header.column()  # 1 where every stop's working day is the calendar day of its option
EVES = header.column()  # 1 where the last row of a person's days is their eve's, else 0
ANY_RIVALS = header.column()  # 1 where options of a task, day and place are due at several moments
# where P's tables begin
SLOT_ROWS = header.column()
TASK_ROWS = header.column()
OPTION_ROWS = header.column()
PERSON_ROWS = header.column()
DAY_ROWS = header.column()
BEGIN_CELLS = header.column()  # person-day: when it begins
TOTAL_ROWS = header.column()
RUN_ROWS = header.column()
RECOVERY_ROWS = header.column()
GROUP_ROWS = header.column()
GAP_ROWS = header.column()
PLACE_ROWS = header.column()
BUNDLE_ROWS = header.column()
BAN_ROWS = header.column()
MIX_ROWS = header.column()
NO_WAY = header.column()  # by mode, from, to: 1 where there is no way
# where S's tables begin
CREW_ROWS = header.column()
ROUTE_ROWS = header.column()
IDLE_ROWS = header.column()
MEASURE_CELLS = header.column()  # person-day by measure: what its stops add up to
WEEK_CELLS = header.column()  # person: points of totals, runs and what follows what
GROUP_CELLS = header.column()  # points of each
GAP_CELLS = header.column()
PLACE_CELLS = header.column()
BUNDLE_CELLS = header.column()
RESTED_CELLS = header.column()  # slot: whether the rest owed lies before its start; or UNKNOWN
WANTED_CELLS = header.column()  # slot: 1 where the rest is taken before it unless had earlier
S_SIZE = header.column()
# where W's parts begin
DAY_MARKS = header.column()  # the stamp of the move that touched a person-day last
TASK_MARKS = header.column()
GROUP_MARKS = header.column()
GAP_MARKS = header.column()
PLACE_MARKS = header.column()
BUNDLE_MARKS = header.column()
WEEK_MARKS = header.column()
TOUCHED_DAYS = header.column()  # what has to be priced again
TOUCHED_TASKS = header.column()
TOUCHED_GROUPS = header.column()
QUEUE = header.column()  # tasks whose starts have to be computed again
CREW_PEOPLE = header.column()  # by number in a crew: who is chosen
CREW_READY = header.column()  # by number in a crew: when each could start
CREW_STARTS = header.column()  # by number in a crew: when each starts
CREW_AFTER = header.column()  # by number in a crew: the stop that comes behind it
OUSTING_CREW = header.column()  # by number in a crew: who comes in the place of ejected stops
OFFER_ROWS = header.column()  # the cheapest places of an insertion
STOPS_OUT = header.column()  # slots that a move takes out
MORE_STOPS_OUT = header.column()  # the other person's, where two exchange theirs
EMPTY_SLOTS = header.column()  # slots that were empty when the slice began
FALL_ROWS = header.column()
ENTRY_ROWS = header.column()
LOG_SIZE = header.column()  # how many entries there is room for
W_SIZE = header.column()
HEADER = header.lines

# P: a slot: a place in a task's crew, for one person ---------------------------------------
slot = Table()
SLOT_TASK = slot.column()
SLOT_FIT = slot.column()  # where its points by person stand
SLOT_DURATION = slot.column()
SLOT_LEAST_AFTER = slot.column()  # ticks behind the begin of its task
SLOT_MOST_AFTER = slot.column()
SLOT_EMPTY_POINTS = slot.column()
SLOT_ABLE = slot.column()  # where the list of people who may fill it stands
SLOT_GROUPS = slot.column()  # where the list of its groups stands
SLOT_AMOUNTS = slot.column()  # where it stands for each option of its task where its amounts stand
SLOT_MUST = slot.column()  # 1 where a crew without it is too small
SLOT_KIND = slot.column()
SLOT_ANNOUNCED = slot.column()  # points of a stop that starts at no announced time
SLOT_ANNOUNCED_AFTER = slot.column()  # ticks behind the announced begin of its task
SLOT_WIDTH = slot.lines
# P: what a slot adds to a measure of its day; amounts stand as [count, rows...]
amount = Table()
AMOUNT_MEASURE = amount.column()
AMOUNT_VALUE = amount.column()
AMOUNT_WIDTH = amount.width
# P: a task
task = Table()
TASK_FIRST_SLOT = task.column()
TASK_SLOT_COUNT = task.column()
TASK_FIRST_OPTION = task.column()
TASK_OPTION_COUNT = task.column()
TASK_NEAR = task.column()  # where the list of near tasks stands
TASK_WATCHED = task.column()  # 1 where its crew, gaps, bundle or place may cost anything
TASK_LOOSE = task.column()  # 1 where its slots are filled one by one at a fixed moment
TASK_GAPS = task.column()  # where the list of its gaps stands
TASK_LEAST = task.column()  # people without whom it counts as too small
TASK_PARTIAL = task.column()  # points of each person lacking
TASK_BUNDLE = task.column()
TASK_FIRST_MIX = task.column()  # its rows of what its people cost together
TASK_END_MIX = task.column()
TASK_WIDTH = task.lines
# P: an option of a task: a place, and a window of a day
option = Table()
OPTION_DAY = option.column()  # of the calendar
OPTION_PLACE = option.column()  # or node, see lowered/spells.py
OPTION_ROOM = option.column()  # whose capacity it takes
OPTION_EARLIEST = option.column()
OPTION_LATEST = option.column()
OPTION_UNTIL = option.column()  # no stop starts then or later, less its least after
OPTION_DUE = option.column()
OPTION_LATE_POINTS = option.column()  # points of a tick behind that
OPTION_ANNOUNCED_FIRST = option.column()
OPTION_ANNOUNCED_LAST = option.column()
OPTION_EVERY = option.column()  # ticks of which its starts are multiples
OPTION_WIDTH = option.lines
# P: a person
person = Table()
PERSON_MODE = person.column()  # where the ticks between places begin in T
PERSON_HOME_START = person.column()
PERSON_HOME_END = person.column()
PERSON_TICK_POINTS = person.column()  # points of a tick on the way
PERSON_FIRST_TOTAL = person.column()
PERSON_END_TOTAL = person.column()
PERSON_HAS_WEEK = person.column()  # 1 where anything beyond single days is priced
PERSON_FIRST_RUN = person.column()
PERSON_END_RUN = person.column()
PERSON_FIRST_RECOVERY = person.column()
PERSON_END_RECOVERY = person.column()
PERSON_REST = person.column()  # ticks between two days' work
PERSON_REST_SHORT = person.column()  # points of each that lacks
PERSON_WAY_SHORT = person.column()  # points of each that the way between two days lacks
PERSON_LONGEST_WAY = person.column()  # no way between two days is longer
PERSON_WAITS = person.column()  # 1 where a day's first stop may have to wait for earlier work
PERSON_REST_KEPT = person.column()  # ticks of the rest where it must be kept, else 0
PERSON_PAST_END = person.column()  # when work before the horizon ended
PERSON_PAST_PLACE = person.column()  # where; -1: no way leads on from there
PERSON_PAST_KINDS = person.column()  # bits
PERSON_NO_WAY = person.column()  # points of a leg without a way; 0: each has one
PERSON_WIDTH = person.lines
# P: a person's working day
day = Table()
DAY_SPANS = day.column()  # where its spans of presence begin
DAY_SPAN_COUNT = day.column()
DAY_FIRST_FROM = day.column()  # when the first begins
DAY_LAST_TO = day.column()
DAY_OUTSIDE = day.column()  # points of a tick of work outside all of them
DAY_HOME_LATE = day.column()  # points of a tick that the day ends behind HOME_BY
DAY_REST_FROM = day.column()
DAY_REST_TO = day.column()
DAY_REST_LENGTH = day.column()  # 0: none is owed
DAY_REST_MISSED = day.column()  # points
DAY_REST_BEYOND = day.column()  # ticks from first start to last end up to which none is owed
DAY_REST_WITHIN = day.column()  # ticks from which on a stop holds it
DAY_ORDINARY = day.column()  # ticks of work, and points of each beyond
DAY_OVERTIME = day.column()
DAY_LONGEST = day.column()
DAY_TOO_LONG = day.column()
DAY_MOST = day.column()  # stops, and points of each beyond
DAY_TOO_MANY = day.column()
DAY_ROOMY = day.column()  # stops, and points of the first beyond, by which each further costs more
DAY_CROWDED = day.column()
DAY_WAIT = day.column()  # points of a tick waited
DAY_PLAIN = day.column()  # 1 where neither presence nor rest can move a stop
DAY_FREE = day.column()  # 1 where nothing about it is priced
DAY_HOME_BY = day.column()
DAY_PRESENT = day.column()  # ticks of presence
DAY_WIDTH = day.lines
span = Table()
SPAN_FROM = span.column()
SPAN_TO = span.column()
SPAN_WIDTH = span.width
# P: a priced total of a person: a measure's sum over groups of days
total = Table()
TOTAL_ANY = total.column()  # 1 where each group counts once, with any of it
TOTAL_BASE = total.column()
TOTAL_GROUPS = (
    total.column()
)  # where its groups begin, one behind the other: [measure, count, days...]
TOTAL_GROUP_COUNT = total.column()
TOTAL_PIECES = total.column()  # where the pieces of its price begin
TOTAL_PIECE_COUNT = total.column()
TOTAL_WIDTH = total.width
piece = Table()
PIECE_SENSE = piece.column()
PIECE_BOUND = piece.column()
PIECE_POINTS = piece.column()
PIECE_WIDTH = piece.width
# P: a priced kind of run of a person: days in a row
run = Table()
RUN_MEASURE = run.column()
RUN_ON = run.column()  # 1: days with any of the measure, 0: without
RUN_FIRST = run.column()  # days it speaks of
RUN_END = run.column()
RUN_PAST = run.column()  # days right before them that belong to the first run
RUN_BEGINS = run.column()  # 1 where the first run is known to begin there
RUN_ENDS = run.column()
RUN_SENSE = run.column()
RUN_BOUND = run.column()
RUN_POINTS = run.column()  # of each day beyond the bound or short of it
RUN_TOLD = run.column()  # 0 where a run that ended before these days lacks none
RUN_WIDTH = run.width
# P: a rest that a person is owed after a run
recovery = Table()
RECOVERY_MEASURE = recovery.column()
RECOVERY_LENGTH = recovery.column()  # days from which on it is owed
RECOVERY_TICKS = recovery.column()
RECOVERY_POINTS = recovery.column()  # of each that lacks
RECOVERY_PAST = recovery.column()  # days of the run before the horizon
RECOVERY_PAST_OFF = recovery.column()  # days off behind it
RECOVERY_PAST_END = recovery.column()  # when its work ended
RECOVERY_WIDTH = recovery.width
# P: a group of slots that cost for each further person
group = Table()
GROUP_SLOTS = group.column()  # where they stand
GROUP_SLOT_COUNT = group.column()
GROUP_KNOWN = group.column()  # where it stands for each person whether they cost nothing
GROUP_ANY_KNOWN = group.column()  # else the first person costs nothing
GROUP_POINTS = group.column()
GROUP_WIDTH = group.width
# P: a gap between two tasks
gap = Table()
GAP_FIRST = gap.column()
GAP_SECOND = gap.column()
GAP_LEAST = gap.column()  # ticks
GAP_MOST = gap.column()
GAP_LEAST_DAYS = gap.column()
GAP_MOST_DAYS = gap.column()
GAP_POINTS = gap.column()  # of each tick off
GAP_REQUIRES = gap.column()  # points where the second is done without the first
GAP_WIDTH = gap.width
# P: a place
place = Table()
PLACE_MOST = place.column()  # tasks at one time; 0: any number
PLACE_POINTS = place.column()
PLACE_TASKS = place.column()  # where those that may be done there stand
PLACE_TASK_COUNT = place.column()
PLACE_WIDTH = place.width
# P: a bundle of tasks: all or none
bundle = Table()
BUNDLE_POINTS = bundle.column()
BUNDLE_TASKS = bundle.column()  # where they stand
BUNDLE_TASK_COUNT = bundle.column()
BUNDLE_WIDTH = bundle.width
# P: a kind of work that must not follow another
ban = Table()
BAN_BEFORE = ban.column()
BAN_AFTER = ban.column()
BAN_POINTS = ban.column()
BAN_WIDTH = ban.width
# P: what a task costs by how many of its people are of a set
mix = Table()
MIX_UNTIL = mix.column()  # where it stands for each person until which day they are of it
MIX_LEAST = mix.column()  # filled slots up to which each that lacks counts as of it
MIX_POINTS = mix.column()  # where the points by count stand
MIX_LAST = mix.column()  # the largest count with points of its own
MIX_WIDTH = mix.width

# S: the state as a whole -------------------------------------------------------------------
FIRM_PEOPLE = 3
state = Table()
COST = state.column()  # points of the whole roster
START_POINTS = state.column()  # the part of COST that stops pay for their own start times
WORST_LATE = state.column()  # largest lateness in ticks
WORST_IDLE = state.column()  # largest idle ticks of a person
FIRMEST = state.column(FIRM_PEOPLE)  # people who must be idle most, whatever starts when
STOP_ROWS = state.lines  # where the rows of stops begin
# S: what fills a slot: a stop on somebody's route
stop = Table()
STOP_PERSON = stop.column()
STOP_NEXT = stop.column()
STOP_PREV = stop.column()
STOP_START = stop.column()
STOP_ORDER = stop.column()  # its crew's order key
STOP_LATE = stop.column()  # ticks
STOP_POINTS = stop.column()  # of its start
STOP_PLACE = stop.column()
STOP_WIDTH = stop.lines
# S: the crew of a task
crew = Table()
CREW_OPTION = crew.column()
CREW_KEY = crew.column()  # routes and gaps are in the order of keys
CREW_FILLED = crew.column()  # how many slots
CREW_POINTS = crew.column()  # of people lacking
CREW_WIDTH = crew.width
# S: the route of a person-day
route = Table()
ROUTE_HEAD = route.column()
ROUTE_TAIL = route.column()
ROUTE_COUNT = route.column()  # stops
ROUTE_SERVICE = route.column()  # ticks of stops
ROUTE_ON_WAY = route.column()  # ticks of ways
ROUTE_POINTS = route.column()
ROUTE_KINDS = route.column()  # bits
ROUTE_IDLE = route.column()  # ticks
ROUTE_WIDTH = route.lines
# S: the idle time of a person
idle = Table()
IDLE_TICKS = idle.column()
IDLE_FIRM = idle.column()  # ticks that no change of times can take away
IDLE_WIDTH = idle.width

# W: the thread and the present move --------------------------------------------------------
BUSY_ROOM = 16  # people noted with what a move gives them to do
busy = Table()
BUSY_PERSON = busy.column()
BUSY_TICKS = busy.column()  # of work and ways, at least
BUSY_WIDTH = busy.width
scratch = Table()
LOGGED = scratch.column()  # entries of the log
RANDOM = scratch.column()
STAMP = scratch.column()  # number of the move; marks that differ are old
QUEUED = scratch.column()
DAYS_TOUCHED = scratch.column()
TASKS_TOUCHED = scratch.column()
GROUPS_TOUCHED = scratch.column()
EMPTIES = scratch.column()
BUG = scratch.column()  # LOG_FULL or ENDLESS; 0: none
BEYOND = scratch.column()  # 1 where the move took the cost to TOP
TRIED = scratch.column()  # moves
TAKEN = scratch.column()
WORST_SEEN = scratch.column()  # largest new lateness
WORST_LOST = scratch.column()  # 1 where a stop was as late as WORST_LATE and is no longer
FALLS = scratch.column()
MOST_FALL = scratch.column()  # ticks
WORST_FALLS = scratch.column()  # 1 where a stop that is as late as WORST_LATE may fall
LATENESS = scratch.column()  # points of lateness that the move may save; or UNKNOWN
UPHILL = scratch.column()  # moves looked at that would raise the cost
RISE = scratch.column()  # points by which they would
BUSIES = scratch.column()
BUSY_ROWS = scratch.column(BUSY_ROOM * BUSY_WIDTH)
SCRATCH_HEADER = scratch.lines
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
