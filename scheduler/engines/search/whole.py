"""The cost of a whole state from scratch: what an empty roster costs, and the test of every increment."""

from scheduler.engines.compiled import inner, outer
from scheduler.engines.search.capacity import place_points
from scheduler.engines.search.crew import ready_at, settle
from scheduler.engines.search.day import day_points, firm_idle, idle_ticks, rests_on_leg, worst_idle
from scheduler.engines.search.distinct import group_points
from scheduler.engines.search.empty import bundle_points, crew_points
from scheduler.engines.search.follow import follow_points
from scheduler.engines.search.gap import gap_points
from scheduler.engines.search.layout import (
    AT,
    BUNDLE_S,
    BUNDLES,
    COST,
    DAY_P,
    DAY_POINTS,
    DAY_S,
    DAY_SW,
    DAY_W,
    DAYS,
    DURATION,
    EARLIEST,
    EMPTY_POINTS,
    FILLED,
    FIRST_OPTION,
    FIRST_SLOT,
    FIT,
    GAP_P,
    GAP_S,
    GAP_W,
    GAPS,
    GROUP_S,
    GROUPS,
    HAS_WEEK,
    HEAD,
    IDLE,
    IDLE_POINTS,
    IDLE_S,
    KEY,
    KEY_SHIFT,
    LOOSE,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    ORDER,
    PEOPLE,
    PERSON,
    PERSON_P,
    PERSON_S,
    PERSON_W,
    PLACE_S,
    PLACES,
    POINTS,
    PREV,
    REST_LENGTH,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    SLOTS,
    START,
    TASK,
    TASK_GAPS,
    TASK_P,
    TASK_POINTS,
    TASK_S,
    TASK_SW,
    TASK_W,
    TASKS,
    TICK_POINTS,
    TIME,
    WANTED,
    WORST,
    WORST_IDLE,
    WORST_POINTS,
)  # fmt: skip
from scheduler.engines.search.moves.common import FAR
from scheduler.engines.search.run import run_points
from scheduler.engines.search.state import enqueue, fresh, place_of, ticks
from scheduler.engines.search.total import total_points
from scheduler.engines.search.window import worst_lateness


@inner
def _reckon_idle(P, T, S, person):
    own = P[IDLE_S] + 2 * person
    S[own] = 0
    for day_row in range(person * P[DAYS], (person + 1) * P[DAYS]):
        idle = idle_ticks(P, T, S, day_row)
        S[P[DAY_S] + day_row * DAY_SW + IDLE] = idle
        S[own] += idle
    S[own + 1] = firm_idle(P, S, person)


@outer
def whole_cost(P, T, S):
    """Points of a settled state, added up from nothing; writes every part's own cell and the sum."""
    cost = 0
    time = 0
    for slot in range(P[SLOTS]):
        own = SLOT_S + slot * SLOT_SW
        fixed = P[SLOT_P] + slot * SLOT_W
        if S[own + PERSON] < 0:
            cost += P[fixed + EMPTY_POINTS]
        else:
            cost += P[P[fixed + FIT] + S[own + PERSON]] + S[own + POINTS]
            time += S[own + POINTS]
    worst = worst_lateness(P, S) if P[WORST_POINTS] != 0 else 0
    cost += worst * P[WORST_POINTS]
    for person in range(P[PEOPLE]):
        row = P[PERSON_P] + person * PERSON_W
        for day in range(P[DAYS]):
            day_row = person * P[DAYS] + day
            slot = S[P[DAY_S] + day_row * DAY_SW + HEAD]
            if slot >= 0:
                way = ticks(
                    P, T, person, place_of(P, S, -1, person, True), S[SLOT_S + slot * SLOT_SW + AT]
                )
                while slot >= 0:
                    after = S[SLOT_S + slot * SLOT_SW + NEXT]
                    way += ticks(
                        P,
                        T,
                        person,
                        S[SLOT_S + slot * SLOT_SW + AT],
                        place_of(P, S, after, person, False),
                    )
                    slot = after
                cost += way * P[row + TICK_POINTS]
            S[P[DAY_S] + day_row * DAY_SW + DAY_POINTS] = day_points(P, T, S, day_row)
            cost += S[P[DAY_S] + day_row * DAY_SW + DAY_POINTS]
        if P[IDLE_POINTS] != 0:
            _reckon_idle(P, T, S, person)
        S[P[PERSON_S] + person] = 0
        if P[row + HAS_WEEK]:
            points = total_points(P, S, person)
            points += run_points(P, S, person) + follow_points(P, S, person)
            S[P[PERSON_S] + person] = points
            cost += points
    for task in range(P[TASKS]):
        S[P[TASK_S] + task * TASK_SW + TASK_POINTS] = crew_points(P, S, task)
        cost += S[P[TASK_S] + task * TASK_SW + TASK_POINTS]
    for group in range(P[GROUPS]):
        S[P[GROUP_S] + group] = group_points(P, S, group)
        cost += S[P[GROUP_S] + group]
    for gap in range(P[GAPS]):
        S[P[GAP_S] + gap] = gap_points(P, S, gap)
        cost += S[P[GAP_S] + gap]
    for place in range(P[PLACES]):
        S[P[PLACE_S] + place] = place_points(P, S, place)
        cost += S[P[PLACE_S] + place]
    for bundle in range(P[BUNDLES]):
        S[P[BUNDLE_S] + bundle] = bundle_points(P, S, bundle)
        cost += S[P[BUNDLE_S] + bundle]
    S[WORST_IDLE] = worst_idle(P, S) if P[IDLE_POINTS] != 0 else 0
    cost += S[WORST_IDLE] * P[IDLE_POINTS]
    S[COST] = cost
    S[TIME] = time
    S[WORST] = worst
    return cost


@outer
def place_loose(P, S):
    """Give every loose task its only option and an order key by its start."""
    for task in range(P[TASKS]):
        fixed = P[TASK_P] + task * TASK_W
        if P[fixed + LOOSE]:
            row = P[TASK_S] + task * TASK_SW
            S[row + OPTION] = P[fixed + FIRST_OPTION]
            start = P[P[OPTION_P] + P[fixed + FIRST_OPTION] * OPTION_W + EARLIEST]
            S[row + KEY] = (start << KEY_SHIFT) + task + 1


@outer
def want_rests(P, T, S, starts):
    """Want each day's rest before the first stop where it fits, going by the starts of a roster.

    starts: int64 [slot], ticks; says nothing where the slot is empty.
    """
    for day_row in range(P[PEOPLE] * P[DAYS]):
        day = P[DAY_P] + day_row * DAY_W
        person = day_row // P[DAYS]
        before = -1
        slot = S[P[DAY_S] + day_row * DAY_SW + HEAD] if P[day + REST_LENGTH] > 0 else -1
        while slot >= 0:
            place = S[SLOT_S + slot * SLOT_SW + AT]
            ready, way = ready_at(P, T, S, person, before, place, day)
            if before >= 0:
                ready = starts[before] + P[P[SLOT_P] + before * SLOT_W + DURATION]
            if rests_on_leg(P, day, before < 0, ready, way, starts[slot]):
                S[P[WANTED] + slot] = 1
                break
            before = slot
            slot = S[SLOT_S + slot * SLOT_SW + NEXT]


@outer
def resettle(P, T, S, W):
    """Reckon every start anew, all done tasks queued."""
    fresh(W)
    for task in range(P[TASKS]):
        if S[P[TASK_S] + task * TASK_SW + FILLED] > 0:
            enqueue(P, W, task)
    W[0] = 0
    settle(P, T, S, W, FAR)
    W[0] = 0


@inner
def _forerunner(P, S, task, moments):
    """The latest moment among what comes right before a task in its routes and gaps; -1 without any."""
    latest = -1
    fixed = P[TASK_P] + task * TASK_W
    for slot in range(P[fixed + FIRST_SLOT], P[fixed + FIRST_SLOT] + P[fixed + SLOT_COUNT]):
        before = S[SLOT_S + slot * SLOT_SW + PREV]
        if S[SLOT_S + slot * SLOT_SW + PERSON] >= 0 and before >= 0:
            moment = moments[P[P[SLOT_P] + before * SLOT_W + TASK]]
            latest = moment if moment > latest else latest
    gaps = P[fixed + TASK_GAPS]
    for number in range(P[gaps]):
        row = P[GAP_P] + P[gaps + 1 + number] * GAP_W
        other = P[row] if P[row + 1] == task else P[row + 1]
        latest = moments[other] if moments[other] > latest else latest
    return latest


@outer
def respace(P, S, order, moments):
    """Renew the order keys: a task's own start, or its latest forerunner's moment where that is later.

    Keys drift from starts as tasks move, and moves look for positions by key. order: done tasks
    sorted by key; what comes before a task in a route or a gap still does. moments: int64 [task],
    -1 everywhere. Loose tasks that nobody fills keep their keys.
    """
    room = (1 << KEY_SHIFT) // (len(order) + 1)
    for number in range(len(order)):
        task = order[number]
        fixed = P[TASK_P] + task * TASK_W
        first, count = P[fixed + FIRST_SLOT], P[fixed + SLOT_COUNT]
        moment = FAR
        for slot in range(first, first + count):
            own = SLOT_S + slot * SLOT_SW
            if S[own + PERSON] >= 0 and S[own + START] < moment:
                moment = S[own + START]
        latest = _forerunner(P, S, task, moments)
        moments[task] = latest if latest > moment else moment
        key = (moments[task] << KEY_SHIFT) + (number + 1) * room
        S[P[TASK_S] + task * TASK_SW + KEY] = key
        for slot in range(first, first + count):
            S[SLOT_S + slot * SLOT_SW + ORDER] = key
