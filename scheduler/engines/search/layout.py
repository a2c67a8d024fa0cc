"""Where things stand in the kernels' arenas.

Kernels take four flat arrays: ``P`` (int64: the problem, never written), ``T`` (int32: travel
ticks), ``S`` (int64: the state, every write logged) and ``W`` (int64: the thread's own scratch: undo
log, random state, queues). A table is a run of rows of a fixed width; P's header tells where each
begins. One signature, few arguments: many arrays as arguments compile slowly and run slowly.
Rows are multiples of a cache line (8 cells) wide, what is read most in the first.
"""

# P: header ---------------------------------------------------------------------------------
PEOPLE, DAYS, TASKS, SLOTS, OPTIONS, PLACES, MEASURES = 0, 1, 2, 3, 4, 5, 6
GAPS, GROUPS, BUNDLES, BANS = 7, 8, 9, 10
DAY_TICKS, TRAVEL_COUNTS, LATE_AT_END, LATE_HARD, WORST_POINTS, KINDS, EVEN = (
    11, 12, 13, 14, 15, 16, 17,
)  # fmt: skip
ON_DUTY, IDLE_POINTS = 18, 19
# where P's tables begin
SLOT_P, TASK_P, OPTION_P, PERSON_P, DAY_P, ROW_P, GROUP_P, GAP_P, PLACE_P, BUNDLE_P, BAN_P = (
    20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
)  # fmt: skip
# where S's tables begin
TASK_S, DAY_S, MEASURE_S, PERSON_S, GROUP_S, GAP_S, PLACE_S, BUNDLE_S, S_SIZE = (
    31, 32, 33, 34, 35, 36, 37, 38, 39,
)  # fmt: skip
# where W's parts begin
DAY_MARK, TASK_MARK, GROUP_MARK, GAP_MARK, PLACE_MARK, BUNDLE_MARK, PERSON_MARK = (
    40, 41, 42, 43, 44, 45, 46,
)  # fmt: skip
DAY_LIST, TASK_LIST, GROUP_LIST, QUEUE, SCRATCH, EMPTY_LIST, LOG_FIRST, W_SIZE, LOG_SIZE = (
    47, 48, 49, 50, 51, 52, 53, 54, 55,
)  # fmt: skip
NEAR = 56  # greatest number of near tasks
FALL_LIST = 57
RESTED = 58  # in S: for each slot, whether the rest owed lies before its start; -1 = not reckoned
IDLE_S = 59  # in S: for each person, idle ticks and those that no change of times can take away
WANTED = 60  # in S: for each slot, 1 where the rest is taken before it unless it was had earlier
ANY_TOLD = 61  # whether any task was told a time
FALL_ROOM = 64  # stops that may start earlier, noted at one time
HEADER = 64

# P: slot rows
SLOT_W = 16
TASK, FIT, DURATION, LEAST_AFTER, MOST_AFTER, EMPTY_POINTS, ABLE, IN_GROUPS = 0, 1, 2, 3, 4, 5, 6, 7
AMOUNTS, AMOUNTS_END, MUST, KIND = 8, 9, 10, 11
# P: task rows
TASK_W = 16
FIRST_SLOT, SLOT_COUNT, FIRST_OPTION, OPTION_COUNT, TASK_NEAR, WATCHED, LOOSE = 0, 1, 2, 3, 4, 5, 6
TASK_GAPS, LEAST, PARTIAL, BUNDLE, TOLD = 7, 8, 9, 10, 11
# P: option rows
OPTION_W = 8
DAY, PLACE, EARLIEST, LATEST, DUE, LATE_POINTS, TOLD_FIRST, TOLD_LAST = 0, 1, 2, 3, 4, 5, 6, 7
# P: person rows
PERSON_W = 24
MODE, HOME_START, HOME_END, TICK_POINTS, FIRST_ROW, END_ROW, HAS_WEEK = 0, 1, 2, 3, 4, 5, 6
MOST_ON, OVER_ON, LEAST_ON, UNDER_ON, LEAST_OFF, UNDER_OFF, PAST_ON, PAST_OFF = (
    7, 8, 9, 10, 11, 12, 13, 14,
)  # fmt: skip
REST, REST_SHORT, PAST_END, PAST_KINDS = 15, 16, 17, 18
# P: person-day rows
DAY_W = 24
SPANS, SPAN_COUNT, FIRST_FROM, LAST_TO, OUTSIDE, HOME_LATE = 0, 1, 2, 3, 4, 5
REST_FROM, REST_TO, REST_LENGTH, REST_MISSED = 6, 7, 8, 9
ORDINARY, OVERTIME, LONGEST, TOO_LONG, MOST, TOO_MANY, WAIT, PLAIN = 10, 11, 12, 13, 14, 15, 16, 17
FREE, HOME_BY, PRESENT = 18, 19, 20
# P: total rows: measure, any_day, base, offset of groups, number of groups, offset of pieces, number
ROW_W = 7
ROW_MEASURE, ROW_ANY, ROW_BASE, ROW_GROUPS, ROW_GROUP_COUNT, ROW_PIECES, ROW_PIECE_COUNT = (
    0, 1, 2, 3, 4, 5, 6,
)  # fmt: skip
# P: group rows (distinct): offset of slots, number, offset of known people (0/1), any known, points
GROUP_W = 5
# P: gap rows: first, second, least, most, least_days, most_days, points, requires
GAP_W = 8
# P: place rows: most, points, offset of tasks, number of tasks
PLACE_W = 4
# P: bundle rows: points, offset of tasks, number
BUNDLE_W = 3
# P: ban rows: before, after, points
BAN_W = 3

# S: scalars
COST = 0  # points of the whole roster
TIME = 1  # the part of COST that stops pay for their own start times
WORST = 2  # largest lateness in ticks
LATE_RATE = 3  # points that a tick earlier everywhere could save at most
WORST_IDLE = 4  # largest idle ticks of a person
FIRMEST = 5  # three people: those with the largest idle time that no change of times can take away
FIRM_PEOPLE = 3
SLOT_S = 8  # slot rows begin here
SLOT_SW = 8
PERSON, NEXT, PREV, START, ORDER, LATE, POINTS, AT = 0, 1, 2, 3, 4, 5, 6, 7
TASK_SW = 4
OPTION, KEY, FILLED, TASK_POINTS = 0, 1, 2, 3
DAY_SW = 8
HEAD, TAIL, COUNT, SERVICE, ON_WAY, DAY_POINTS, KIND_BITS, IDLE = 0, 1, 2, 3, 4, 5, 6, 7

# W: scalars
LOG, RANDOM, STAMP, QUEUED, DAY_TOUCHED, TASK_TOUCHED, GROUP_TOUCHED, EMPTIES, BAD = (
    0, 1, 2, 3, 4, 5, 6, 7, 8,
)  # fmt: skip
TRIED, REAL, TAKEN = 9, 10, 11
WORST_SEEN, WORST_LOST = 12, 13
FALLS, MOST_FALL, WORST_FALLS, LATENESS = 14, 15, 16, 17
UPHILL, RISE = 18, 19
BUSIES = 20  # people noted, with the ticks of work and ways that a move gives them at least
BUSY_LIST, BUSY_ROOM = 32, 16
W_HEADER = 64

KEY_SHIFT = 20
"""Order keys are ticks shifted by this many bits, so that there is room between two of them."""
