"""Crew: when a task's stops start, and how a change of times travels through routes and crews.

Tasks are taken in order of their keys, so each is computed once all before it are; what does not
change is not followed further.
"""

from functools import partial

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.day import into_span, outside, rest_now, rests_on_leg
from scheduler.engines.search.follow import rested_from
from scheduler.engines.search.gap import after_gaps
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    crew_row,
    day_row,
    duration_of,
    filled_of,
    first_slot,
    key_of,
    next_of,
    option_of,
    option_row,
    person_of,
    person_row,
    prev_of,
    rested_at,
    slot_count,
    slot_row,
    start_of,
    stop_row,
    task_of,
    task_row,
)
from scheduler.engines.search.slack import reach_day, reach_task
from scheduler.engines.search.state import (
    enqueue,
    enqueue_next_day,
    enqueue_seconds,
    pay,
    person_day_at,
    person_day_of,
    put,
    ticks,
)
from scheduler.engines.search.window import is_of_another, lateness, start_points

MOST_STEPS = 1_000_000
"""Starts computed for one move, beyond which something goes round in a circle."""


@inner
def ready_at(P, T, S, person, before, place, person_day_row):
    """(when the way to a place can begin behind a stop, or from home (NONE); ticks of the way).

    person_day_row: where the person-day's row begins in P.
    """
    if before >= 0:
        state_row = stop_row(before)
        ready = start_of(S, before) + duration_of(P, before)
        return ready, ticks(P, T, person, S[state_row + at.STOP_PLACE], place)
    home = P[person_row(P, person) + at.PERSON_HOME_START]
    return P[person_day_row + at.DAY_FIRST_FROM], ticks(P, T, person, home, place)


@inner
def _ready(P, T, S, slot, person_day_row):
    """(when the way to a filled slot's stop can begin, ticks of the way)."""
    state_row = stop_row(slot)
    return ready_at(
        P, T, S, person_of(S, slot), prev_of(S, slot), S[state_row + at.STOP_PLACE], person_day_row
    )


@inner
def _push(P, T, S, slot, person_day_row, start):
    """A start moved later as far as the person's rest and presence ask."""
    before = prev_of(S, slot)
    duration = duration_of(P, slot)
    if P[person_day_row + at.DAY_REST_LENGTH] > 0 and (before < 0 or rested_at(P, S, before) != 1):
        ready, way = _ready(P, T, S, slot, person_day_row)
        if not rests_on_leg(P, person_day_row, before < 0, ready, way, start):
            wanted = S[P[at.WANTED_CELLS] + slot] == 1
            delayed = rest_now(P, person_day_row, before < 0, ready, way, start, duration, wanted)
            # A rest is missed rather than a fixed shift begun late for it.
            option = option_of(P, S, task_of(P, slot))
            latest = P[option_row(P, option) + at.OPTION_LATEST]
            if delayed <= latest + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]:
                start = delayed
    return into_span(P, person_day_row, start, duration)


@inner
def round_up(moment, every):
    """The first multiple of `every` ticks from a moment on."""
    return moment if every == 1 else -(-moment // every) * every


@inner
def _after_earlier_days(P, T, S, slot, option, arrival, every):
    """An arrival moved later as far as way and rest after earlier days ask, if the stop is then still in time."""
    if prev_of(S, slot) >= 0:
        return arrival
    person_day = person_day_of(P, S, slot)
    place = S[stop_row(slot) + at.STOP_PLACE]
    moment = round_up(rested_from(P, T, S, person_day, place, key_of(S, slot)), every)
    latest = (
        P[option_row(P, option) + at.OPTION_LATEST] + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
    )
    return moment if arrival < moment <= latest else arrival


@inner
def _announced(P, slot, option):
    """When a slot of a crew was announced to start, in an option that begins as its task was announced; else long ago."""
    row, fixed_row = option_row(P, option), slot_row(P, slot)
    first = P[row + at.OPTION_ANNOUNCED_FIRST]
    if P[row + at.OPTION_EARLIEST] != first or P[row + at.OPTION_ANNOUNCED_LAST] < first:
        return -at.FAR
    after = P[fixed_row + at.SLOT_ANNOUNCED_AFTER]
    most = P[fixed_row + at.SLOT_MOST_AFTER]
    return first + (after if after < most else most)


@inner
def _start_crew(P, T, S, W, task, begin):
    """Starts of a task's filled slots, into W, from the option's earliest on."""
    first, count = first_slot(P, task), slot_count(P, task)
    option = option_of(P, S, task)
    every = P[option_row(P, option) + at.OPTION_EVERY]
    could, starts = P[at.CREW_READY], P[at.CREW_STARTS]
    for number in range(count):
        slot = first + number
        person = person_of(S, slot)
        if person >= 0:
            person_day_row = day_row(P, person_day_at(P, person, slot, option))
            ready, way = _ready(P, T, S, slot, person_day_row)
            arrival = _after_earlier_days(P, T, S, slot, option, ready + way, every)
            if P[at.ANY_ANNOUNCED]:
                announced = _announced(P, slot, option)
                arrival = announced if announced > arrival else arrival
            W[could + number] = round_up(arrival, every)
    again = True
    while again:
        again = False
        for number in range(count):
            slot = first + number
            if person_of(S, slot) >= 0:
                least = W[could + number] - P[slot_row(P, slot) + at.SLOT_MOST_AFTER]
                if least > begin:
                    begin = least
        for number in range(count):
            slot = first + number
            person = person_of(S, slot)
            if person < 0:
                continue
            start = begin + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
            if W[could + number] > start:
                start = W[could + number]
            person_day_row = day_row(P, person_day_at(P, person, slot, option))
            if not P[person_day_row + at.DAY_PLAIN]:
                pushed = _push(P, T, S, slot, person_day_row, start)
                if pushed > start:
                    pushed = round_up(pushed, every)
                    W[could + number] = pushed
                    again = True
                    start = pushed
            W[starts + number] = start


@inner
def _set_start(P, T, S, W, slot, option, person_day, start):
    """Write a stop's start and what it costs; its follower is queued where something changed."""
    state_row = stop_row(slot)
    person_day_row = day_row(P, person_day)
    rested = 0
    if P[person_day_row + at.DAY_REST_LENGTH] > 0:
        before = prev_of(S, slot)
        if before >= 0 and rested_at(P, S, before) == 1:
            rested = 1
        else:
            ready, way = _ready(P, T, S, slot, person_day_row)
            rested = 1 if rests_on_leg(P, person_day_row, before < 0, ready, way, start) else 0
    if start == start_of(S, slot) and rested == rested_at(P, S, slot):
        return
    put(P, S, W, state_row + at.STOP_START, start)
    if rested != rested_at(P, S, slot):
        put(P, S, W, P[at.RESTED_CELLS] + slot, rested)
    late = lateness(P, slot, option, start)
    points = start_points(P, slot, option, start, late)
    if not P[person_day_row + at.DAY_PLAIN]:
        away = outside(P, person_day_row, start, duration_of(P, slot))
        points = plus(points, away, P[person_day_row + at.DAY_OUTSIDE])
    if points != S[state_row + at.STOP_POINTS]:
        if points < S[state_row + at.STOP_POINTS]:
            W[at.SLACK] -= S[state_row + at.STOP_POINTS] - points
        pay(P, S, W, points - S[state_row + at.STOP_POINTS])
        put(P, S, W, at.START_POINTS, S[at.START_POINTS] + points - S[state_row + at.STOP_POINTS])
        put(P, S, W, state_row + at.STOP_POINTS, points)
    if late != S[state_row + at.STOP_LATE]:
        if S[state_row + at.STOP_LATE] == S[at.WORST_LATE]:
            W[at.WORST_LOST] = 1
        if late > W[at.WORST_SEEN]:
            W[at.WORST_SEEN] = late
        put(P, S, W, state_row + at.STOP_LATE, late)
    reach_day(P, S, W, person_day)
    after = next_of(S, slot)
    if after >= 0:
        enqueue(P, W, task_of(P, after))
    else:
        enqueue_next_day(P, S, W, person_day)


@partial(inner, inlined=True)
def time_task(P, T, S, W, task):
    """Compute the starts of a task that is done, and queue what they move.

    False where a stop would start when its day is over, or when another option of its task holds it.
    """
    if filled_of(P, S, task) == 0:
        return True
    option = option_of(P, S, task)
    begin = P[option_row(P, option) + at.OPTION_EARLIEST]
    fixed_row = task_row(P, task)
    if P[P[fixed_row + at.TASK_GAPS]] > 0:
        begin = after_gaps(P, S, task, begin)
    first, count = first_slot(P, task), slot_count(P, task)
    if count == 1:
        person = person_of(S, first)
        person_day = person_day_at(P, person, first, option)
        person_day_row = day_row(P, person_day)
        ready, way = _ready(P, T, S, first, person_day_row)
        every = P[option_row(P, option) + at.OPTION_EVERY]
        arrival = _after_earlier_days(P, T, S, first, option, ready + way, every)
        start = round_up(arrival if arrival > begin else begin, every)
        if not P[person_day_row + at.DAY_PLAIN]:
            pushed = _push(P, T, S, first, person_day_row, start)
            while pushed > start:
                start = round_up(pushed, every)
                pushed = _push(P, T, S, first, person_day_row, start)
        begin = start - P[slot_row(P, first) + at.SLOT_LEAST_AFTER]
        if begin >= P[option_row(P, option) + at.OPTION_UNTIL]:
            return False
        if is_of_another(P, task, option, begin, begin):
            return False
        _set_start(P, T, S, W, first, option, person_day, start)
    else:
        every = P[option_row(P, option) + at.OPTION_EVERY]
        _start_crew(P, T, S, W, task, round_up(begin, every))
        starts = P[at.CREW_STARTS]
        begin, last = at.FAR, -at.FAR
        for number in range(count):
            slot = first + number
            person = person_of(S, slot)
            if person >= 0:
                person_day = person_day_at(P, person, slot, option)
                start = W[starts + number]
                begun = start - P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
                if begun < begin:
                    begin = begun
                if begun > last:
                    last = begun
                _set_start(P, T, S, W, slot, option, person_day, start)
        if last >= P[option_row(P, option) + at.OPTION_UNTIL]:
            return False
        if is_of_another(P, task, option, begin, last):
            return False
    reach_task(P, S, W, task)
    enqueue_seconds(P, S, W, task)
    return True


@inner
def settle(P, T, S, W, limit):
    """Compute the starts of all queued tasks and of all that depend on them, once `weigh` has told the slack.

    Stops early, with False, once the cost must end above `limit` whatever lateness may still fall, and
    where a stop would start when its day is over, or when another option of its task holds it.
    """
    queue = P[at.QUEUE]
    steps = 0
    while W[at.QUEUED] > 0:
        if W[at.BEYOND] or S[at.COST] - W[at.SLACK] > limit:
            return False
        steps += 1
        if steps > MOST_STEPS:
            W[at.BUG] = at.ENDLESS
            return False
        best = 0
        least = S[crew_row(P, W[queue]) + at.CREW_KEY]
        for number in range(1, W[at.QUEUED]):
            key = S[crew_row(P, W[queue + number]) + at.CREW_KEY]
            if key < least:
                least = key
                best = number
        task = W[queue + best]
        W[at.QUEUED] -= 1
        W[queue + best] = W[queue + W[at.QUEUED]]
        if not time_task(P, T, S, W, task):
            return False
    return True
