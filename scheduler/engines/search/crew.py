"""Crew: when a task's stops start, and how a change of times travels through routes and crews.

Tasks are taken in order of their keys, so each is reckoned once all before it are; what does not
change is not followed further.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search.day import into_span, outside, rest_now, rests_on_leg
from scheduler.engines.search.gap import after_gaps
from scheduler.engines.search.idle import idle_slack
from scheduler.engines.search.layout import (
    AT,
    BAD,
    BUNDLE,
    BUNDLE_S,
    COST,
    DAY,
    DAY_LIST,
    DAY_P,
    DAY_POINTS,
    DAY_S,
    DAY_SW,
    DAY_TOUCHED,
    DAY_W,
    DAYS,
    DURATION,
    EARLIEST,
    FILLED,
    FIRST_FROM,
    FIRST_OPTION,
    FIRST_SLOT,
    GAP_S,
    GROUP_LIST,
    GROUP_S,
    GROUP_TOUCHED,
    HOME_START,
    IDLE_POINTS,
    KEY,
    LATE,
    LATE_RATE,
    LATENESS,
    LATEST,
    LEAST_AFTER,
    MOST_AFTER,
    NEXT,
    OPTION,
    OPTION_COUNT,
    OPTION_P,
    OPTION_W,
    OUTSIDE,
    PERSON,
    PERSON_P,
    PERSON_S,
    PERSON_W,
    PLACE,
    PLACE_S,
    PLAIN,
    POINTS,
    PREV,
    QUEUE,
    QUEUED,
    REST_LENGTH,
    RESTED,
    SCRATCH,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK,
    TASK_GAPS,
    TASK_LIST,
    TASK_P,
    TASK_POINTS,
    TASK_S,
    TASK_SW,
    TASK_TOUCHED,
    TASK_W,
    TIME,
    WANTED,
    WORST,
    WORST_LOST,
    WORST_POINTS,
    WORST_SEEN,
)  # fmt: skip
from scheduler.engines.search.state import (
    enqueue,
    enqueue_seconds,
    late_rate,
    put,
    ticks,
    touch_day,
    touch_task,
)
from scheduler.engines.search.window import lateness, start_points


@inner
def ready_at(P, T, S, person, before, place, day):
    """(when the way to a place can begin behind a stop, or from home (-1); ticks of the way).

    day: where the person-day's row begins in P.
    """
    if before >= 0:
        other = SLOT_S + before * SLOT_SW
        ready = S[other + START] + P[P[SLOT_P] + before * SLOT_W + DURATION]
        return ready, ticks(P, T, person, S[other + AT], place)
    home = P[P[PERSON_P] + person * PERSON_W + HOME_START]
    return P[day + FIRST_FROM], ticks(P, T, person, home, place)


@inner
def _ready(P, T, S, slot, day):
    """(when the way to a filled slot's stop can begin, ticks of the way)."""
    own = SLOT_S + slot * SLOT_SW
    return ready_at(P, T, S, S[own + PERSON], S[own + PREV], S[own + AT], day)


@inner
def _push(P, T, S, slot, day, start):
    """A start moved later as far as the person's rest and presence ask."""
    own = SLOT_S + slot * SLOT_SW
    before = S[own + PREV]
    duration = P[P[SLOT_P] + slot * SLOT_W + DURATION]
    if P[day + REST_LENGTH] > 0 and (before < 0 or S[P[RESTED] + before] != 1):
        ready, way = _ready(P, T, S, slot, day)
        if not rests_on_leg(P, day, before < 0, ready, way, start):
            wanted = S[P[WANTED] + slot] == 1
            delayed = rest_now(P, day, before < 0, ready, way, start, duration, wanted)
            # A rest is missed rather than a fixed shift begun late for it.
            option = S[P[TASK_S] + P[P[SLOT_P] + slot * SLOT_W + TASK] * TASK_SW + OPTION]
            latest = P[P[OPTION_P] + option * OPTION_W + LATEST]
            if delayed <= latest + P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]:
                start = delayed
    return into_span(P, day, start, duration)


@inner
def _start_crew(P, T, S, W, task, begin):
    """Starts of a task's filled slots, into W's scratch, from the option's earliest on."""
    fixed = P[TASK_P] + task * TASK_W
    first, count = P[fixed + FIRST_SLOT], P[fixed + SLOT_COUNT]
    day_index = P[P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W + DAY]
    scratch = P[SCRATCH]
    for number in range(count):
        slot = first + number
        person = S[SLOT_S + slot * SLOT_SW + PERSON]
        if person >= 0:
            day = P[DAY_P] + (person * P[DAYS] + day_index) * DAY_W
            ready, way = _ready(P, T, S, slot, day)
            W[scratch + number] = ready + way
    again = True
    while again:
        again = False
        for number in range(count):
            slot = first + number
            if S[SLOT_S + slot * SLOT_SW + PERSON] >= 0:
                least = W[scratch + number] - P[P[SLOT_P] + slot * SLOT_W + MOST_AFTER]
                if least > begin:
                    begin = least
        for number in range(count):
            slot = first + number
            person = S[SLOT_S + slot * SLOT_SW + PERSON]
            if person < 0:
                continue
            start = begin + P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
            if W[scratch + number] > start:
                start = W[scratch + number]
            day = P[DAY_P] + (person * P[DAYS] + day_index) * DAY_W
            if not P[day + PLAIN]:
                pushed = _push(P, T, S, slot, day, start)
                if pushed > start:
                    W[scratch + number] = pushed
                    again = True
                    start = pushed
            W[scratch + count + number] = start


@inner
def _set_start(P, T, S, W, slot, option, day_row, start):
    """Write a stop's start and what it costs; its follower is queued where something changed."""
    own = SLOT_S + slot * SLOT_SW
    day = P[DAY_P] + day_row * DAY_W
    rested = 0
    if P[day + REST_LENGTH] > 0:
        before = S[own + PREV]
        if before >= 0 and S[P[RESTED] + before] == 1:
            rested = 1
        else:
            ready, way = _ready(P, T, S, slot, day)
            rested = 1 if rests_on_leg(P, day, before < 0, ready, way, start) else 0
    if start == S[own + START] and rested == S[P[RESTED] + slot]:
        return
    put(P, S, W, own + START, start)
    if rested != S[P[RESTED] + slot]:
        put(P, S, W, P[RESTED] + slot, rested)
    late = lateness(P, slot, option, start)
    points = start_points(P, slot, option, start, late)
    if not P[day + PLAIN]:
        points += P[day + OUTSIDE] * outside(P, day, start, P[P[SLOT_P] + slot * SLOT_W + DURATION])
    if points != S[own + POINTS]:
        put(P, S, W, COST, S[COST] + points - S[own + POINTS])
        put(P, S, W, TIME, S[TIME] + points - S[own + POINTS])
        if points == 0 or S[own + POINTS] == 0:
            sign = 1 if points != 0 else -1
            put(P, S, W, LATE_RATE, S[LATE_RATE] + sign * late_rate(P, option, day_row))
        put(P, S, W, own + POINTS, points)
    if late != S[own + LATE]:
        if S[own + LATE] == S[WORST]:
            W[WORST_LOST] = 1
        if late > W[WORST_SEEN]:
            W[WORST_SEEN] = late
        put(P, S, W, own + LATE, late)
    touch_day(P, W, day_row)
    after = S[own + NEXT]
    if after >= 0:
        enqueue(P, W, P[P[SLOT_P] + after * SLOT_W + TASK])


@inner
def slack(P, S, W):
    """How far the cost may still fall when times and weeks are priced: what is touched, and all lateness."""
    points = W[LATENESS]
    if points < 0:
        points = S[TIME] + S[WORST] * P[WORST_POINTS]
    if P[IDLE_POINTS] != 0:
        points += idle_slack(P, S, W)
    last = -1
    for number in range(W[DAY_TOUCHED]):
        day_row = W[P[DAY_LIST] + number]
        points += S[P[DAY_S] + day_row * DAY_SW + DAY_POINTS]
        person = day_row // P[DAYS]
        if person != last:
            points += S[P[PERSON_S] + person]
            last = person
    for number in range(W[GROUP_TOUCHED]):
        points += S[P[GROUP_S] + W[P[GROUP_LIST] + number]]
    for number in range(W[TASK_TOUCHED]):
        task = W[P[TASK_LIST] + number]
        fixed = P[TASK_P] + task * TASK_W
        points += S[P[TASK_S] + task * TASK_SW + TASK_POINTS]
        if P[fixed + BUNDLE] >= 0:
            points += S[P[BUNDLE_S] + P[fixed + BUNDLE]]
        gaps = P[fixed + TASK_GAPS]
        for entry in range(P[gaps]):
            points += S[P[GAP_S] + P[gaps + 1 + entry]]
        for entry in range(P[fixed + OPTION_COUNT]):
            place = P[P[OPTION_P] + (P[fixed + FIRST_OPTION] + entry) * OPTION_W + PLACE]
            points += S[P[PLACE_S] + place]
    return points


@inner
def settle(P, T, S, W, limit):
    """Reckon the starts of all queued tasks and of all that depend on them.

    Stops early, with False, once the cost must end above `limit` whatever lateness may still fall.
    """
    queue = P[QUEUE]
    reducible = slack(P, S, W)
    steps = 0
    while W[QUEUED] > 0:
        if S[COST] - reducible > limit:
            return False
        steps += 1
        if steps > 1_000_000:
            W[BAD] = 2
            return False
        best = 0
        least = S[P[TASK_S] + W[queue] * TASK_SW + KEY]
        for number in range(1, W[QUEUED]):
            key = S[P[TASK_S] + W[queue + number] * TASK_SW + KEY]
            if key < least:
                least = key
                best = number
        task = W[queue + best]
        W[QUEUED] -= 1
        W[queue + best] = W[queue + W[QUEUED]]
        row = P[TASK_S] + task * TASK_SW
        if S[row + FILLED] == 0:
            continue
        option = S[row + OPTION]
        begin = P[P[OPTION_P] + option * OPTION_W + EARLIEST]
        fixed = P[TASK_P] + task * TASK_W
        if P[P[fixed + TASK_GAPS]] > 0:
            begin = after_gaps(P, S, task, begin)
        first, count = P[fixed + FIRST_SLOT], P[fixed + SLOT_COUNT]
        day_index = P[P[OPTION_P] + option * OPTION_W + DAY]
        if count == 1:
            person = S[SLOT_S + first * SLOT_SW + PERSON]
            day_row = person * P[DAYS] + day_index
            day = P[DAY_P] + day_row * DAY_W
            ready, way = _ready(P, T, S, first, day)
            start = ready + way if ready + way > begin else begin
            if not P[day + PLAIN]:
                pushed = _push(P, T, S, first, day, start)
                while pushed > start:
                    start = pushed
                    pushed = _push(P, T, S, first, day, start)
            _set_start(P, T, S, W, first, option, day_row, start)
        else:
            _start_crew(P, T, S, W, task, begin)
            starts = P[SCRATCH] + count
            for number in range(count):
                slot = first + number
                person = S[SLOT_S + slot * SLOT_SW + PERSON]
                if person >= 0:
                    _set_start(
                        P, T, S, W, slot, option, person * P[DAYS] + day_index, W[starts + number]
                    )
        touch_task(P, W, task)
        enqueue_seconds(P, S, W, task)
    return True
