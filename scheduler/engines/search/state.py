"""The state's own operations: logged writes, random numbers, linking and unlinking a stop."""

import numpy as np

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    crew_row,
    day_of,
    day_row,
    entry_row,
    gap_row,
    head_of,
    item,
    key_of,
    length,
    measure_cell,
    next_of,
    option_of,
    option_row,
    person_of,
    person_row,
    prev_of,
    route_row,
    slot_row,
    stop_row,
    task_of,
    task_row,
    tick_points,
)

LCG_FACTOR, LCG_STEP = np.uint64(6364136223846793005), np.uint64(1442695040888963407)
"""Knuth's linear congruential generator of 64 bits; its upper bits are used. Unsigned, since numba promises
LLVM that signed numbers never overflow, and LLVM would then tell a sum's sign from its first number's."""


@inner
def put(P, S, W, cell, value):
    """Write a cell of the state and remember what stood there."""
    entry = W[at.LOGGED]
    if entry >= P[at.LOG_SIZE]:
        W[at.BUG] = at.LOG_FULL
        return
    base = entry_row(P, entry)
    W[base + at.ENTRY_CELL] = cell
    W[base + at.ENTRY_VALUE] = S[cell]
    W[at.LOGGED] = entry + 1
    S[cell] = value


@inner
def pay(P, S, W, points):
    """Add points to the cost (below 0: take them away); beyond TOP the move is marked."""
    cost = S[at.COST] + points
    if cost >= at.TOP:
        W[at.BEYOND] = 1
        cost = at.TOP
    put(P, S, W, at.COST, cost)


@inner
def rollback(P, S, W, mark):
    """Undo every write since the log had `mark` entries."""
    for entry in range(W[at.LOGGED] - 1, mark - 1, -1):
        base = entry_row(P, entry)
        S[W[base + at.ENTRY_CELL]] = W[base + at.ENTRY_VALUE]
    W[at.LOGGED] = mark


@inner
def _draw(W):
    """Step the thread's generator."""
    W[at.RANDOM] = np.int64(np.uint64(W[at.RANDOM]) * LCG_FACTOR + LCG_STEP)


@inner
def random_below(W, bound):
    """A random whole number in [0, bound), bound below 2**31."""
    _draw(W)
    return (((W[at.RANDOM] >> 33) & 0x7FFFFFFF) * bound) >> 31


@inner
def random_unit(W):
    """A random float in (0, 1]."""
    _draw(W)
    return (((W[at.RANDOM] >> 12) & 0xFFFFFFFFFFFF) + 1) * (1.0 / 281474976710656.0)


@inner
def workday(P, person, slot, option):
    """The row of the person's working day in which a slot starts in an option (see lowered/day.py)."""
    day = day_of(P, option)
    if P[at.AT_MIDNIGHT]:
        return day
    start = P[option_row(P, option) + at.OPTION_EARLIEST]
    start += P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
    days = P[at.DAYS] - P[at.EVES]
    begins = P[at.BEGIN_CELLS] + person * days
    while day > 0 and start < P[begins + day]:
        day -= 1
    while day + 1 < days and start >= P[begins + day + 1]:
        day += 1
    if start < P[begins] and P[begins] > 0:
        return days
    return day


@inner
def person_day_at(P, person, slot, option):
    """The person-day in which a slot would stand if the person filled it in an option."""
    return person * P[at.DAYS] + workday(P, person, slot, option)


@inner
def ticks(P, T, person, start, end):
    """Ticks from place to place; nowhere (NONE) is no way."""
    if start < 0 or end < 0:
        return 0
    return T[P[person_row(P, person) + at.PERSON_MODE] + start * P[at.PLACES] + end]


@inner
def touch_day(P, W, day):
    """This person-day has to be priced again, unless nothing about it is priced."""
    if P[day_row(P, day) + at.DAY_FREE]:
        return
    if W[P[at.DAY_MARKS] + day] != W[at.STAMP]:
        W[P[at.DAY_MARKS] + day] = W[at.STAMP]
        W[P[at.TOUCHED_DAYS] + W[at.DAYS_TOUCHED]] = day
        W[at.DAYS_TOUCHED] += 1


@inner
def touch_task(P, W, task):
    """This task's crew, gaps, bundle and place have to be priced again."""
    if P[task_row(P, task) + at.TASK_WATCHED] and W[P[at.TASK_MARKS] + task] != W[at.STAMP]:
        W[P[at.TASK_MARKS] + task] = W[at.STAMP]
        W[P[at.TOUCHED_TASKS] + W[at.TASKS_TOUCHED]] = task
        W[at.TASKS_TOUCHED] += 1


@inner
def enqueue(P, W, task):
    """This task's starts have to be computed again."""
    queue = P[at.QUEUE]
    for number in range(W[at.QUEUED]):
        if W[queue + number] == task:
            return
    W[queue + W[at.QUEUED]] = task
    W[at.QUEUED] += 1


@inner
def enqueue_seconds(P, S, W, task):
    """What must keep a gap to this task is timed again."""
    gaps = P[task_row(P, task) + at.TASK_GAPS]
    for number in range(length(P, gaps)):
        row = gap_row(P, item(P, gaps, number))
        second_row = crew_row(P, P[row + at.GAP_SECOND])
        behind = S[second_row + at.CREW_KEY] > S[crew_row(P, task) + at.CREW_KEY]
        if P[row + at.GAP_FIRST] == task and behind and S[second_row + at.CREW_FILLED] > 0:
            enqueue(P, W, P[row + at.GAP_SECOND])


@inner
def next_head(P, S, person_day):
    """The first stop of the person's next day with work, where it may have to wait for this day's; else NONE."""
    person = person_day // P[at.DAYS]
    if P[person_row(P, person) + at.PERSON_WAITS] == 0:
        return at.NONE
    days = P[at.DAYS] - P[at.EVES]
    later = person_day + 1
    if person_day == person * P[at.DAYS] + days:
        later = person * P[at.DAYS]
    for other in range(later, person * P[at.DAYS] + days):
        head = head_of(P, S, other)
        if head >= 0:
            return head
    return at.NONE


@inner
def enqueue_next_day(P, S, W, person_day):
    """The first stop of the person's next day with work is timed again, if it may wait for this day's."""
    head = next_head(P, S, person_day)
    if head >= 0:
        enqueue(P, W, task_of(P, head))


@inner
def place_of(P, S, slot, person, before):
    """Place of a slot, or where the day begins (before) or ends when there is no slot."""
    if slot >= 0:
        return S[stop_row(slot) + at.STOP_PLACE]
    return P[person_row(P, person) + (at.PERSON_HOME_START if before else at.PERSON_HOME_END)]


@inner
def detour(P, T, S, person, before, after, place):
    """Extra ticks of a stop at `place` between two stops (NONE: home) of a person's day."""
    start = place_of(P, S, before, person, True)
    end = place_of(P, S, after, person, False)
    extra = ticks(P, T, person, start, place) + ticks(P, T, person, place, end)
    if before >= 0 or after >= 0:
        extra -= ticks(P, T, person, start, end)
    return extra


@inner
def _account(P, S, W, slot, person, person_day, sign, extra):
    """Add (sign 1) or take away (-1) what a stop contributes, times apart."""
    fixed_row = slot_row(P, slot)
    points = P[P[fixed_row + at.SLOT_FIT] + person] - P[fixed_row + at.SLOT_EMPTY_POINTS]
    points = plus(points, extra, tick_points(P, person))
    pay(P, S, W, sign * points)
    if not P[day_row(P, person_day) + at.DAY_FREE]:
        day_state_row = route_row(P, person_day)
        put(P, S, W, day_state_row + at.ROUTE_COUNT, S[day_state_row + at.ROUTE_COUNT] + sign)
        service = S[day_state_row + at.ROUTE_SERVICE] + sign * P[fixed_row + at.SLOT_DURATION]
        put(P, S, W, day_state_row + at.ROUTE_SERVICE, service)
        if extra != 0:
            on_way = S[day_state_row + at.ROUTE_ON_WAY] + sign * extra
            put(P, S, W, day_state_row + at.ROUTE_ON_WAY, on_way)
        task = task_of(P, slot)
        number = option_of(P, S, task) - P[task_row(P, task) + at.TASK_FIRST_OPTION]
        amounts = P[P[fixed_row + at.SLOT_AMOUNTS] + number]
        for added in range(length(P, amounts)):
            entry = amounts + 1 + added * at.AMOUNT_WIDTH
            cell = measure_cell(P, person_day, P[entry + at.AMOUNT_MEASURE])
            put(P, S, W, cell, S[cell] + sign * P[entry + at.AMOUNT_VALUE])
        touch_day(P, W, person_day)
    groups = P[fixed_row + at.SLOT_GROUPS]
    for number in range(length(P, groups)):
        group = item(P, groups, number)
        if W[P[at.GROUP_MARKS] + group] != W[at.STAMP]:
            W[P[at.GROUP_MARKS] + group] = W[at.STAMP]
            W[P[at.TOUCHED_GROUPS] + W[at.GROUPS_TOUCHED]] = group
            W[at.GROUPS_TOUCHED] += 1


@inner
def person_day_of(P, S, slot):
    """The person-day that a filled slot stands in."""
    return person_day_at(P, person_of(S, slot), slot, option_of(P, S, task_of(P, slot)))


@inner
def late_rate(P, option, person_day):
    """Points that a stop which pays for its start could save by each tick that it is earlier."""
    row = option_row(P, option)
    return (
        P[row + at.OPTION_LATE_POINTS]
        + P[at.LATE_HARD]
        + P[day_row(P, person_day) + at.DAY_OUTSIDE]
    )


@inner
def unlink(P, T, S, W, slot):
    """Take a filled slot's stop out of its route; its follower and its crew are timed again."""
    state_row = stop_row(slot)
    person, before, after = person_of(S, slot), prev_of(S, slot), next_of(S, slot)
    person_day = person_day_of(P, S, slot)
    day_state_row = route_row(P, person_day)
    extra = detour(P, T, S, person, before, after, S[state_row + at.STOP_PLACE])
    _account(P, S, W, slot, person, person_day, -1, extra)
    if before >= 0:
        put(P, S, W, stop_row(before) + at.STOP_NEXT, after)
    else:
        put(P, S, W, day_state_row + at.ROUTE_HEAD, after)
    if after >= 0:
        put(P, S, W, stop_row(after) + at.STOP_PREV, before)
        enqueue(P, W, task_of(P, after))
    else:
        put(P, S, W, day_state_row + at.ROUTE_TAIL, before)
        enqueue_next_day(P, S, W, person_day)
    if S[state_row + at.STOP_POINTS] != 0:
        pay(P, S, W, -S[state_row + at.STOP_POINTS])
        put(P, S, W, at.START_POINTS, S[at.START_POINTS] - S[state_row + at.STOP_POINTS])
        put(P, S, W, state_row + at.STOP_POINTS, 0)
    if S[state_row + at.STOP_LATE] != 0:
        if S[state_row + at.STOP_LATE] == S[at.WORST_LATE]:
            W[at.WORST_LOST] = 1
        put(P, S, W, state_row + at.STOP_LATE, 0)
    put(P, S, W, state_row + at.STOP_PERSON, at.NONE)
    task = task_of(P, slot)
    filled_cell = crew_row(P, task) + at.CREW_FILLED
    put(P, S, W, filled_cell, S[filled_cell] - 1)
    touch_task(P, W, task)
    enqueue_seconds(P, S, W, task)
    if S[filled_cell] > 0:
        enqueue(P, W, task)


@inner
def link(P, T, S, W, slot, person, before):
    """Put an empty slot's stop into the route of a person, after `before` (NONE: first), on their day of its option."""
    state_row = stop_row(slot)
    task = task_of(P, slot)
    row = option_row(P, option_of(P, S, task))
    person_day = person_day_at(P, person, slot, option_of(P, S, task))
    day_state_row = route_row(P, person_day)
    after = S[day_state_row + at.ROUTE_HEAD] if before < 0 else next_of(S, before)
    place = P[row + at.OPTION_PLACE]
    _account(P, S, W, slot, person, person_day, 1, detour(P, T, S, person, before, after, place))
    if before >= 0:
        put(P, S, W, stop_row(before) + at.STOP_NEXT, slot)
    else:
        put(P, S, W, day_state_row + at.ROUTE_HEAD, slot)
    if after >= 0:
        put(P, S, W, stop_row(after) + at.STOP_PREV, slot)
        enqueue(P, W, task_of(P, after))
    else:
        put(P, S, W, day_state_row + at.ROUTE_TAIL, slot)
    put(P, S, W, state_row + at.STOP_PREV, before)
    put(P, S, W, state_row + at.STOP_NEXT, after)
    put(P, S, W, state_row + at.STOP_PERSON, person)
    put(P, S, W, state_row + at.STOP_PLACE, place)
    put(P, S, W, state_row + at.STOP_START, at.NEVER)
    put(P, S, W, P[at.RESTED_CELLS] + slot, at.UNKNOWN)
    put(P, S, W, state_row + at.STOP_ORDER, S[crew_row(P, task) + at.CREW_KEY])
    filled_cell = crew_row(P, task) + at.CREW_FILLED
    put(P, S, W, filled_cell, S[filled_cell] + 1)
    touch_task(P, W, task)
    enqueue(P, W, task)


@inner
def before_key(P, S, person_day, key):
    """The last stop of a day whose key is below `key`: NONE without any, TIE where a stop has that very key."""
    last = at.NONE
    slot = head_of(P, S, person_day)
    while slot >= 0:
        other = key_of(S, slot)
        if other == key:
            return at.TIE
        if other > key:
            break
        last = slot
        slot = next_of(S, slot)
    return last


@inner
def fresh(W):
    """Nothing queued or touched; the log goes on."""
    W[at.STAMP] += 1
    W[at.QUEUED] = 0
    W[at.BEYOND] = 0
    W[at.DAYS_TOUCHED] = 0
    W[at.TASKS_TOUCHED] = 0
    W[at.GROUPS_TOUCHED] = 0
    W[at.FALLS] = 0
    W[at.CHANGES] = 0
    W[at.MOST_FALL] = 0
    W[at.FIRST_FALL] = at.FAR
    W[at.WORST_FALLS] = 0
    W[at.WORST_COMES] = 0
    W[at.LATENESS] = at.UNKNOWN
    W[at.WORST_SEEN] = 0
    W[at.WORST_LOST] = 0


@inner
def begin(W):
    """Start a new move: nothing logged, queued or touched."""
    W[at.LOGGED] = 0
    fresh(W)
