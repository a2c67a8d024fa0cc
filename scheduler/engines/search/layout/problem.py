"""Tables of P, the problem, which nobody writes."""

from scheduler.engines.search.layout.table import Table

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
