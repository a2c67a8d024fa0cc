"""Bringing the cost up to date after times are settled, from what the move touched."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.capacity import place_points
from scheduler.engines.search.day import day_points
from scheduler.engines.search.distinct import group_points
from scheduler.engines.search.empty import bundle_points, crew_points
from scheduler.engines.search.follow import follow_points, mark_kinds
from scheduler.engines.search.gap import gap_points
from scheduler.engines.search.idle import price_idle
from scheduler.engines.search.layout import (
    BUNDLE,
    BUNDLE_MARK,
    BUNDLE_S,
    COST,
    DAY_LIST,
    DAY_POINTS,
    DAY_S,
    DAY_SW,
    DAY_TOUCHED,
    DAYS,
    FIRST_OPTION,
    GAP_MARK,
    GAP_S,
    GROUP_LIST,
    GROUP_S,
    GROUP_TOUCHED,
    HAS_WEEK,
    IDLE_POINTS,
    OPTION_COUNT,
    OPTION_P,
    OPTION_W,
    PERSON_MARK,
    PERSON_P,
    PERSON_S,
    PERSON_W,
    PLACE,
    PLACE_MARK,
    PLACE_P,
    PLACE_S,
    PLACE_W,
    STAMP,
    TASK_GAPS,
    TASK_LIST,
    TASK_P,
    TASK_POINTS,
    TASK_S,
    TASK_SW,
    TASK_TOUCHED,
    TASK_W,
    WORST,
    WORST_LOST,
    WORST_POINTS,
    WORST_SEEN,
)  # fmt: skip
from scheduler.engines.search.run import run_points
from scheduler.engines.search.state import put
from scheduler.engines.search.total import total_points
from scheduler.engines.search.window import worst_lateness


@inner
def _set(P, S, W, cell, points):
    if points != S[cell]:
        put(P, S, W, COST, S[COST] + points - S[cell])
        put(P, S, W, cell, points)


@inner
def _price_tasks(P, S, W):
    for number in range(W[TASK_TOUCHED]):
        task = W[P[TASK_LIST] + number]
        fixed = P[TASK_P] + task * TASK_W
        _set(P, S, W, P[TASK_S] + task * TASK_SW + TASK_POINTS, crew_points(P, S, task))
        bundle = P[fixed + BUNDLE]
        if bundle >= 0 and W[P[BUNDLE_MARK] + bundle] != W[STAMP]:
            W[P[BUNDLE_MARK] + bundle] = W[STAMP]
            _set(P, S, W, P[BUNDLE_S] + bundle, bundle_points(P, S, bundle))
        gaps = P[fixed + TASK_GAPS]
        for entry in range(P[gaps]):
            gap = P[gaps + 1 + entry]
            if W[P[GAP_MARK] + gap] != W[STAMP]:
                W[P[GAP_MARK] + gap] = W[STAMP]
                _set(P, S, W, P[GAP_S] + gap, gap_points(P, S, gap))
        for entry in range(P[fixed + OPTION_COUNT]):
            place = P[P[OPTION_P] + (P[fixed + FIRST_OPTION] + entry) * OPTION_W + PLACE]
            if P[P[PLACE_P] + place * PLACE_W] > 0 and W[P[PLACE_MARK] + place] != W[STAMP]:
                W[P[PLACE_MARK] + place] = W[STAMP]
                _set(P, S, W, P[PLACE_S] + place, place_points(P, S, place))


@inner
def finish(P, T, S, W, limit):
    """Price all that the move touched. False as soon as the cost is known to end above `limit`."""
    if P[WORST_POINTS] != 0:
        worst = S[WORST]
        if W[WORST_LOST] and W[WORST_SEEN] < worst:
            worst = worst_lateness(P, S)
        elif W[WORST_SEEN] > worst:
            worst = W[WORST_SEEN]
        W[WORST_SEEN] = 0
        W[WORST_LOST] = 0
        if worst != S[WORST]:
            put(P, S, W, COST, S[COST] + (worst - S[WORST]) * P[WORST_POINTS])
            put(P, S, W, WORST, worst)
    for number in range(W[GROUP_TOUCHED]):
        group = W[P[GROUP_LIST] + number]
        _set(P, S, W, P[GROUP_S] + group, group_points(P, S, group))
    for number in range(W[DAY_TOUCHED]):
        day_row = W[P[DAY_LIST] + number]
        cell = P[DAY_S] + day_row * DAY_SW + DAY_POINTS
        points = day_points(P, T, S, day_row)
        _set(P, S, W, cell, points)
        mark_kinds(P, S, W, day_row)
    if P[IDLE_POINTS] != 0:
        price_idle(P, T, S, W)
    _price_tasks(P, S, W)
    for number in range(W[DAY_TOUCHED]):
        person = W[P[DAY_LIST] + number] // P[DAYS]
        has_week = P[P[PERSON_P] + person * PERSON_W + HAS_WEEK]
        if has_week and W[P[PERSON_MARK] + person] != W[STAMP]:
            W[P[PERSON_MARK] + person] = W[STAMP]
            points = total_points(P, S, person)
            points += run_points(P, S, person) + follow_points(P, S, person)
            _set(P, S, W, P[PERSON_S] + person, points)
    return S[COST] <= limit
