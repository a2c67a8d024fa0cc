"""The state's own operations: logged writes, random numbers, linking and unlinking a stop."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    AMOUNTS,
    AMOUNTS_END,
    AT,
    BAD,
    BUSIES,
    COST,
    COUNT,
    DAY,
    DAY_LIST,
    DAY_MARK,
    DAY_P,
    DAY_S,
    DAY_SW,
    DAY_TOUCHED,
    DAY_W,
    DAYS,
    DURATION,
    EMPTY_POINTS,
    FALLS,
    FILLED,
    FIT,
    FREE,
    GAP_P,
    GAP_W,
    GROUP_LIST,
    GROUP_MARK,
    GROUP_TOUCHED,
    HEAD,
    HOME_END,
    HOME_START,
    IN_GROUPS,
    KEY,
    LATE,
    LATE_HARD,
    LATE_POINTS,
    LATE_RATE,
    LATENESS,
    LOG,
    LOG_FIRST,
    LOG_SIZE,
    MEASURE_S,
    MEASURES,
    MODE,
    MOST_FALL,
    NEXT,
    ON_WAY,
    OPTION,
    OPTION_P,
    OPTION_W,
    ORDER,
    OUTSIDE,
    PERSON,
    PERSON_P,
    PERSON_W,
    PLACE,
    PLACES,
    POINTS,
    PREV,
    QUEUE,
    QUEUED,
    RANDOM,
    RESTED,
    SERVICE,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    STAMP,
    START,
    TAIL,
    TASK,
    TASK_GAPS,
    TASK_LIST,
    TASK_MARK,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_TOUCHED,
    TASK_W,
    TICK_POINTS,
    TIME,
    WATCHED,
    WORST,
    WORST_FALLS,
    WORST_LOST,
    WORST_SEEN,
)  # fmt: skip


@inner
def put(P, S, W, at, value):
    """Write a cell of the state and remember what stood there."""
    entry = W[LOG]
    if entry >= P[LOG_SIZE]:
        W[BAD] = 1
        return
    base = P[LOG_FIRST] + 2 * entry
    W[base] = at
    W[base + 1] = S[at]
    W[LOG] = entry + 1
    S[at] = value


@inner
def rollback(P, S, W, mark):
    """Undo every write since the log had `mark` entries."""
    first = P[LOG_FIRST]
    for entry in range(W[LOG] - 1, mark - 1, -1):
        S[W[first + 2 * entry]] = W[first + 2 * entry + 1]
    W[LOG] = mark


@inner
def random_below(W, bound):
    """A random whole number in [0, bound), bound below 2**31."""
    W[RANDOM] = W[RANDOM] * 6364136223846793005 + 1442695040888963407
    return (((W[RANDOM] >> 33) & 0x7FFFFFFF) * bound) >> 31


@inner
def random_unit(W):
    """A random float in (0, 1]."""
    W[RANDOM] = W[RANDOM] * 6364136223846793005 + 1442695040888963407
    return (((W[RANDOM] >> 12) & 0xFFFFFFFFFFFF) + 1) * (1.0 / 281474976710656.0)


@inner
def ticks(P, T, person, start, end):
    """Ticks from place to place; nowhere (-1) is no way."""
    if start < 0 or end < 0:
        return 0
    return T[P[P[PERSON_P] + person * PERSON_W + MODE] + start * P[PLACES] + end]


@inner
def touch_day(P, W, day):
    """This person-day has to be priced again, unless nothing about it is priced."""
    if P[P[DAY_P] + day * DAY_W + FREE]:
        return
    if W[P[DAY_MARK] + day] != W[STAMP]:
        W[P[DAY_MARK] + day] = W[STAMP]
        W[P[DAY_LIST] + W[DAY_TOUCHED]] = day
        W[DAY_TOUCHED] += 1


@inner
def touch_task(P, W, task):
    """This task's crew, gaps, bundle and place have to be priced again."""
    if P[P[TASK_P] + task * TASK_W + WATCHED] and W[P[TASK_MARK] + task] != W[STAMP]:
        W[P[TASK_MARK] + task] = W[STAMP]
        W[P[TASK_LIST] + W[TASK_TOUCHED]] = task
        W[TASK_TOUCHED] += 1


@inner
def enqueue(P, W, task):
    """This task's starts have to be reckoned again."""
    queue = P[QUEUE]
    for number in range(W[QUEUED]):
        if W[queue + number] == task:
            return
    W[queue + W[QUEUED]] = task
    W[QUEUED] += 1


@inner
def enqueue_seconds(P, S, W, task):
    """What must keep a gap to this task is timed again."""
    gaps = P[P[TASK_P] + task * TASK_W + TASK_GAPS]
    for number in range(P[gaps]):
        row = P[GAP_P] + P[gaps + 1 + number] * GAP_W
        second = P[TASK_S] + P[row + 1] * TASK_SW
        behind = S[second + KEY] > S[P[TASK_S] + task * TASK_SW + KEY]
        if P[row] == task and behind and S[second + FILLED] > 0:
            enqueue(P, W, P[row + 1])


@inner
def place_of(P, S, slot, person, before):
    """Place of a slot, or where the day begins (before) or ends when there is no slot."""
    if slot >= 0:
        return S[SLOT_S + slot * SLOT_SW + AT]
    return P[P[PERSON_P] + person * PERSON_W + (HOME_START if before else HOME_END)]


@inner
def detour(P, T, S, person, before, after, place):
    """Extra ticks of a stop at `place` between two stops (-1: none) of a person's day."""
    start = place_of(P, S, before, person, True)
    end = place_of(P, S, after, person, False)
    extra = ticks(P, T, person, start, place) + ticks(P, T, person, place, end)
    if before >= 0 or after >= 0:
        extra -= ticks(P, T, person, start, end)
    return extra


@inner
def _account(P, T, S, W, slot, person, day_row, sign, extra):
    """Add (sign 1) or take away (-1) what a stop contributes, times apart."""
    fixed = P[SLOT_P] + slot * SLOT_W
    points = P[P[fixed + FIT] + person] - P[fixed + EMPTY_POINTS]
    points += extra * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]
    put(P, S, W, COST, S[COST] + sign * points)
    if not P[P[DAY_P] + day_row * DAY_W + FREE]:
        row = P[DAY_S] + day_row * DAY_SW
        put(P, S, W, row + COUNT, S[row + COUNT] + sign)
        put(P, S, W, row + SERVICE, S[row + SERVICE] + sign * P[fixed + DURATION])
        if extra != 0:
            put(P, S, W, row + ON_WAY, S[row + ON_WAY] + sign * extra)
        for entry in range(P[fixed + AMOUNTS], P[fixed + AMOUNTS_END], 2):
            cell = P[MEASURE_S] + day_row * P[MEASURES] + P[entry]
            put(P, S, W, cell, S[cell] + sign * P[entry + 1])
        touch_day(P, W, day_row)
    groups = P[fixed + IN_GROUPS]
    for number in range(P[groups]):
        group = P[groups + 1 + number]
        if W[P[GROUP_MARK] + group] != W[STAMP]:
            W[P[GROUP_MARK] + group] = W[STAMP]
            W[P[GROUP_LIST] + W[GROUP_TOUCHED]] = group
            W[GROUP_TOUCHED] += 1


@inner
def day_row_of(P, S, slot):
    """Row of the person-day that a filled slot stands in."""
    task = P[P[SLOT_P] + slot * SLOT_W + TASK]
    option = S[P[TASK_S] + task * TASK_SW + OPTION]
    person = S[SLOT_S + slot * SLOT_SW + PERSON]
    return person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]


@inner
def late_rate(P, option, day_row):
    """Points that a stop which pays for its start could save by each tick that it is earlier."""
    row = P[OPTION_P] + option * OPTION_W
    return P[row + LATE_POINTS] + P[LATE_HARD] + P[P[DAY_P] + day_row * DAY_W + OUTSIDE]


@inner
def unlink(P, T, S, W, slot):
    """Take a filled slot's stop out of its route; its follower and its crew are timed again."""
    own = SLOT_S + slot * SLOT_SW
    person, before, after = S[own + PERSON], S[own + PREV], S[own + NEXT]
    day_row = day_row_of(P, S, slot)
    row = P[DAY_S] + day_row * DAY_SW
    _account(
        P, T, S, W, slot, person, day_row, -1, detour(P, T, S, person, before, after, S[own + AT])
    )
    if before >= 0:
        put(P, S, W, SLOT_S + before * SLOT_SW + NEXT, after)
    else:
        put(P, S, W, row + HEAD, after)
    if after >= 0:
        put(P, S, W, SLOT_S + after * SLOT_SW + PREV, before)
        enqueue(P, W, P[P[SLOT_P] + after * SLOT_W + TASK])
    else:
        put(P, S, W, row + TAIL, before)
    if S[own + POINTS] != 0:
        put(P, S, W, COST, S[COST] - S[own + POINTS])
        put(P, S, W, TIME, S[TIME] - S[own + POINTS])
        put(P, S, W, own + POINTS, 0)
        option = S[P[TASK_S] + P[P[SLOT_P] + slot * SLOT_W + TASK] * TASK_SW + OPTION]
        put(P, S, W, LATE_RATE, S[LATE_RATE] - late_rate(P, option, day_row))
    if S[own + LATE] != 0:
        if S[own + LATE] == S[WORST]:
            W[WORST_LOST] = 1
        put(P, S, W, own + LATE, 0)
    put(P, S, W, own + PERSON, -1)
    task = P[P[SLOT_P] + slot * SLOT_W + TASK]
    filled = P[TASK_S] + task * TASK_SW + FILLED
    put(P, S, W, filled, S[filled] - 1)
    touch_task(P, W, task)
    enqueue_seconds(P, S, W, task)
    if S[filled] > 0:
        enqueue(P, W, task)


@inner
def link(P, T, S, W, slot, person, before):
    """Put an empty slot's stop into the route of a person, after `before` (-1: first), on its option's day."""
    own = SLOT_S + slot * SLOT_SW
    task = P[P[SLOT_P] + slot * SLOT_W + TASK]
    option = P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W
    day_row = person * P[DAYS] + P[option + DAY]
    row = P[DAY_S] + day_row * DAY_SW
    after = S[row + HEAD] if before < 0 else S[SLOT_S + before * SLOT_SW + NEXT]
    place = P[option + PLACE]
    _account(P, T, S, W, slot, person, day_row, 1, detour(P, T, S, person, before, after, place))
    if before >= 0:
        put(P, S, W, SLOT_S + before * SLOT_SW + NEXT, slot)
    else:
        put(P, S, W, row + HEAD, slot)
    if after >= 0:
        put(P, S, W, SLOT_S + after * SLOT_SW + PREV, slot)
        enqueue(P, W, P[P[SLOT_P] + after * SLOT_W + TASK])
    else:
        put(P, S, W, row + TAIL, slot)
    put(P, S, W, own + PREV, before)
    put(P, S, W, own + NEXT, after)
    put(P, S, W, own + PERSON, person)
    put(P, S, W, own + AT, place)
    put(P, S, W, own + START, -(2**60))
    put(P, S, W, P[RESTED] + slot, -1)
    put(P, S, W, own + ORDER, S[P[TASK_S] + task * TASK_SW + KEY])
    filled = P[TASK_S] + task * TASK_SW + FILLED
    put(P, S, W, filled, S[filled] + 1)
    touch_task(P, W, task)
    enqueue(P, W, task)


@inner
def key_of(P, S, slot):
    """Order key of a filled slot's task."""
    return S[SLOT_S + slot * SLOT_SW + ORDER]


@inner
def before_key(P, S, day_row, key):
    """The last stop of a day whose key is below `key`: -1 for none, -2 where a stop has that very key."""
    last = -1
    slot = S[P[DAY_S] + day_row * DAY_SW + HEAD]
    while slot >= 0:
        other = key_of(P, S, slot)
        if other == key:
            return -2
        if other > key:
            break
        last = slot
        slot = S[SLOT_S + slot * SLOT_SW + NEXT]
    return last


@inner
def fresh(W):
    """Nothing queued or touched; the log goes on."""
    W[STAMP] += 1
    W[QUEUED] = 0
    W[DAY_TOUCHED] = 0
    W[TASK_TOUCHED] = 0
    W[GROUP_TOUCHED] = 0
    W[FALLS] = 0
    W[BUSIES] = 0
    W[MOST_FALL] = 0
    W[WORST_FALLS] = 0
    W[LATENESS] = -1
    W[WORST_SEEN] = 0
    W[WORST_LOST] = 0


@inner
def begin(W):
    """Start a new move: nothing logged, queued or touched."""
    W[LOG] = 0
    fresh(W)
