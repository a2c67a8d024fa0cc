"""The cost of a whole state from scratch: what an empty roster costs, and the test of every increment."""

from scheduler.engines.compiled import inner, outer
from scheduler.engines.search import layout as at
from scheduler.engines.search.capacity import place_points
from scheduler.engines.search.crew import ready_at, settle, time_task
from scheduler.engines.search.day import (
    day_points,
    firm_idle,
    idle_ticks,
    rests_on_leg,
    work_points,
    worst_idle,
)
from scheduler.engines.search.distinct import group_points
from scheduler.engines.search.empty import bundle_points, crew_points
from scheduler.engines.search.follow import follow_points
from scheduler.engines.search.gap import gap_points
from scheduler.engines.search.mix import mix_points
from scheduler.engines.search.points import plus
from scheduler.engines.search.recovery import recovery_points
from scheduler.engines.search.rows import (
    crew_row,
    day_row,
    duration_of,
    first_slot,
    follow_cell,
    gap_row,
    head_of,
    idle_row,
    is_loose,
    item,
    length,
    next_of,
    option_row,
    person_of,
    person_row,
    prev_of,
    route_row,
    slot_count,
    slot_row,
    start_of,
    stop_row,
    task_of,
    task_row,
)
from scheduler.engines.search.run import run_points
from scheduler.engines.search.state import fresh, place_of, ticks
from scheduler.engines.search.total import total_points
from scheduler.engines.search.window import worst_lateness


@inner
def _write_idle(P, T, S, person):
    row = idle_row(P, person)
    S[row + at.IDLE_TICKS] = 0
    for person_day in range(person * P[at.DAYS], (person + 1) * P[at.DAYS]):
        idle = idle_ticks(P, T, S, person_day)
        S[P[at.IDLE_CELLS] + person_day] = idle
        S[row + at.IDLE_TICKS] += idle
    S[row + at.IDLE_FIRM] = firm_idle(P, S, person)


@outer
def whole_cost(P, T, S):
    """Points of a settled state, added up from nothing, TOP at most; writes every part's own cell and the sum."""
    cost = 0
    time = 0
    for slot in range(P[at.SLOTS]):
        state_row = stop_row(slot)
        fixed_row = slot_row(P, slot)
        if person_of(S, slot) < 0:
            cost = plus(cost, P[fixed_row + at.SLOT_EMPTY_POINTS], 1)
        else:
            cost = plus(cost, P[P[fixed_row + at.SLOT_FIT] + person_of(S, slot)], 1)
            cost = plus(cost, S[state_row + at.STOP_POINTS], 1)
            time += S[state_row + at.STOP_POINTS]
    worst = worst_lateness(P, S) if P[at.WORST_LATE_POINTS] != 0 else 0
    cost = plus(cost, worst, P[at.WORST_LATE_POINTS])
    for person in range(P[at.PEOPLE]):
        row = person_row(P, person)
        for day in range(P[at.DAYS]):
            person_day = person * P[at.DAYS] + day
            slot = head_of(P, S, person_day)
            if slot >= 0:
                home = place_of(P, S, at.NONE, person, True)
                way = ticks(P, T, person, home, S[stop_row(slot) + at.STOP_PLACE])
                while slot >= 0:
                    after = next_of(S, slot)
                    there = place_of(P, S, after, person, False)
                    way += ticks(P, T, person, S[stop_row(slot) + at.STOP_PLACE], there)
                    slot = after
                cost = plus(cost, way, P[row + at.PERSON_TICK_POINTS])
            S[route_row(P, person_day) + at.ROUTE_POINTS] = day_points(P, T, S, person_day)
            S[route_row(P, person_day) + at.ROUTE_WORK_POINTS] = work_points(P, S, person_day)
            cost = plus(cost, S[route_row(P, person_day) + at.ROUTE_POINTS], 1)
            cost = plus(cost, S[route_row(P, person_day) + at.ROUTE_WORK_POINTS], 1)
        if P[at.WORST_IDLE_POINTS] != 0:
            _write_idle(P, T, S, person)
        S[P[at.WEEK_CELLS] + person] = S[follow_cell(P, person)] = 0
        if P[row + at.PERSON_HAS_WEEK]:
            S[P[at.WEEK_CELLS] + person] = plus(
                total_points(P, S, person), run_points(P, S, person), 1
            )
            S[follow_cell(P, person)] = plus(
                recovery_points(P, S, person), follow_points(P, T, S, person), 1
            )
            cost = plus(cost, S[P[at.WEEK_CELLS] + person], 1)
            cost = plus(cost, S[follow_cell(P, person)], 1)
    for task in range(P[at.TASKS]):
        S[crew_row(P, task) + at.CREW_POINTS] = plus(
            crew_points(P, S, task), mix_points(P, S, task), 1
        )
        cost = plus(cost, S[crew_row(P, task) + at.CREW_POINTS], 1)
    for group in range(P[at.GROUPS]):
        S[P[at.GROUP_CELLS] + group] = group_points(P, S, group)
        cost = plus(cost, S[P[at.GROUP_CELLS] + group], 1)
    for gap in range(P[at.GAPS]):
        S[P[at.GAP_CELLS] + gap] = gap_points(P, S, gap)
        cost = plus(cost, S[P[at.GAP_CELLS] + gap], 1)
    for place in range(P[at.ROOMS]):
        S[P[at.PLACE_CELLS] + place] = place_points(P, S, place)
        cost = plus(cost, S[P[at.PLACE_CELLS] + place], 1)
    for bundle in range(P[at.BUNDLES]):
        S[P[at.BUNDLE_CELLS] + bundle] = bundle_points(P, S, bundle)
        cost = plus(cost, S[P[at.BUNDLE_CELLS] + bundle], 1)
    S[at.WORST_IDLE] = worst_idle(P, S) if P[at.WORST_IDLE_POINTS] != 0 else 0
    cost = plus(cost, S[at.WORST_IDLE], P[at.WORST_IDLE_POINTS])
    S[at.COST] = cost
    S[at.START_POINTS] = time
    S[at.WORST_LATE] = worst
    return cost


@outer
def place_loose(P, S):
    """Give every loose task its only option and an order key by its start."""
    for task in range(P[at.TASKS]):
        fixed_row = task_row(P, task)
        if is_loose(P, task):
            state_row = crew_row(P, task)
            S[state_row + at.CREW_OPTION] = P[fixed_row + at.TASK_FIRST_OPTION]
            start = P[option_row(P, P[fixed_row + at.TASK_FIRST_OPTION]) + at.OPTION_EARLIEST]
            S[state_row + at.CREW_KEY] = (start << at.KEY_SHIFT) + task + 1


@outer
def want_rests(P, T, S, starts):
    """Want each day's rest before the first stop where it fits, going by the starts of a roster.

    starts: int64 [slot], ticks; says nothing where the slot is empty.
    """
    for person_day in range(P[at.PEOPLE] * P[at.DAYS]):
        person_day_row = day_row(P, person_day)
        person = person_day // P[at.DAYS]
        before = at.NONE
        slot = head_of(P, S, person_day) if P[person_day_row + at.DAY_REST_LENGTH] > 0 else at.NONE
        while slot >= 0:
            place = S[stop_row(slot) + at.STOP_PLACE]
            ready, way = ready_at(P, T, S, person, before, place, person_day_row)
            if before >= 0:
                ready = starts[before] + duration_of(P, before)
            if rests_on_leg(P, person_day_row, before < 0, ready, way, starts[slot]):
                S[P[at.WANTED_CELLS] + slot] = 1
                break
            before = slot
            slot = next_of(S, slot)


@outer
def resettle(P, T, S, W, order):
    """Compute every start anew; whether all stops start while their day lasts. order: done tasks sorted by key.

    What a task moves comes later in the order, and is timed then; whatever does not is timed at the end.
    """
    fresh(W)
    queue = P[at.QUEUE]
    for number in range(len(order)):
        task, before = order[number], W[at.QUEUED]
        key = S[crew_row(P, task) + at.CREW_KEY]
        W[at.LOGGED] = 0
        if not time_task(P, T, S, W, task):
            return False
        left = before
        for entry in range(before, W[at.QUEUED]):
            other = W[queue + entry]
            if S[crew_row(P, other) + at.CREW_KEY] <= key:
                W[queue + left] = other
                left += 1
        W[at.QUEUED] = left
    settled = settle(P, T, S, W, at.FAR)
    W[at.LOGGED] = 0
    return settled


@inner
def _predecessor(P, S, task, moments):
    """The latest moment among what comes right before a task in its routes and gaps; UNKNOWN without any."""
    latest = at.UNKNOWN
    fixed_row = task_row(P, task)
    for slot in range(first_slot(P, task), first_slot(P, task) + slot_count(P, task)):
        before = prev_of(S, slot)
        if person_of(S, slot) >= 0 and before >= 0:
            moment = moments[task_of(P, before)]
            latest = moment if moment > latest else latest
    gaps = P[fixed_row + at.TASK_GAPS]
    for number in range(length(P, gaps)):
        row = gap_row(P, item(P, gaps, number))
        other = P[row + at.GAP_FIRST]
        if other == task:
            other = P[row + at.GAP_SECOND]
        latest = moments[other] if moments[other] > latest else latest
    return latest


@outer
def respace(P, S, order, moments):
    """Renew the order keys: a task's own start, or its latest predecessor's moment where that is later.

    Keys drift from starts as tasks move, and moves look for positions by key. order: done tasks
    sorted by key; what comes before a task in a route or a gap still does. moments: int64 [task],
    UNKNOWN everywhere. Loose tasks that nobody fills keep their keys.
    """
    room = (1 << at.KEY_SHIFT) // (len(order) + 1)
    for number in range(len(order)):
        task = order[number]
        first, count = first_slot(P, task), slot_count(P, task)
        moment = at.FAR
        for slot in range(first, first + count):
            if person_of(S, slot) >= 0 and start_of(S, slot) < moment:
                moment = start_of(S, slot)
        latest = _predecessor(P, S, task, moments)
        moments[task] = latest if latest > moment else moment
        key = (moments[task] << at.KEY_SHIFT) + (number + 1) * room
        S[crew_row(P, task) + at.CREW_KEY] = key
        for slot in range(first, first + count):
            S[stop_row(slot) + at.STOP_ORDER] = key
