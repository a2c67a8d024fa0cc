"""Bringing the cost up to date from what a move touched: what no time changes before times are settled, the rest after."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.capacity import place_points_quickly
from scheduler.engines.search.crew import settle
from scheduler.engines.search.day import day_points, work_points
from scheduler.engines.search.distinct import group_points
from scheduler.engines.search.empty import bundle_points, crew_points
from scheduler.engines.search.follow import follow_points, mark_kinds
from scheduler.engines.search.gap import gap_points
from scheduler.engines.search.idle import price_idle
from scheduler.engines.search.mix import mix_points
from scheduler.engines.search.points import plus
from scheduler.engines.search.recovery import recovery_points
from scheduler.engines.search.rows import (
    crew_row,
    follow_cell,
    item,
    length,
    option_row,
    person_row,
    place_row,
    route_row,
    task_row,
    week_points,
)
from scheduler.engines.search.run import run_points
from scheduler.engines.search.slack import slack
from scheduler.engines.search.state import pay, put
from scheduler.engines.search.total import total_points
from scheduler.engines.search.window import worst_lateness


@inner
def _set(P, S, W, cell, points):
    if points != S[cell]:
        pay(P, S, W, points - S[cell])
        put(P, S, W, cell, points)


@inner
def weigh(P, S, W, limit):
    """Price, of what a move touched, all that costs the same whenever it starts. Once a move, before `settle`.

    False where the cost must end above `limit` whatever starts when.
    """
    for number in range(W[at.GROUPS_TOUCHED]):
        group = W[P[at.TOUCHED_GROUPS] + number]
        _set(P, S, W, P[at.GROUP_CELLS] + group, group_points(P, S, group))
    for number in range(W[at.TASKS_TOUCHED]):
        task = W[P[at.TOUCHED_TASKS] + number]
        points = plus(crew_points(P, S, task), mix_points(P, S, task), 1)
        _set(P, S, W, crew_row(P, task) + at.CREW_POINTS, points)
        bundle = P[task_row(P, task) + at.TASK_BUNDLE]
        if bundle >= 0 and W[P[at.BUNDLE_MARKS] + bundle] != W[at.STAMP]:
            W[P[at.BUNDLE_MARKS] + bundle] = W[at.STAMP]
            _set(P, S, W, P[at.BUNDLE_CELLS] + bundle, bundle_points(P, S, bundle))
    weeks = 0
    for number in range(W[at.DAYS_TOUCHED]):
        person_day = W[P[at.TOUCHED_DAYS] + number]
        cell = route_row(P, person_day) + at.ROUTE_WORK_POINTS
        _set(P, S, W, cell, work_points(P, S, person_day))
        weeks += week_points(P, S, person_day // P[at.DAYS])
    spare = slack(P, S, W)
    W[at.SLACK] = spare
    if W[at.BEYOND] or S[at.COST] - spare - weeks > limit:
        return False
    for number in range(W[at.DAYS_TOUCHED]):
        person = W[P[at.TOUCHED_DAYS] + number] // P[at.DAYS]
        if _is_first(P, W, P[at.WEEK_MARKS], person):
            points = plus(total_points(P, S, person), run_points(P, S, person), 1)
            _set(P, S, W, P[at.WEEK_CELLS] + person, points)
    return W[at.BEYOND] == 0 and S[at.COST] - spare <= limit


@inner
def _is_first(P, W, marks, person):
    """Whether a person with a priced week comes up for the first time in this move."""
    if P[person_row(P, person) + at.PERSON_HAS_WEEK] == 0 or W[marks + person] == W[at.STAMP]:
        return False
    W[marks + person] = W[at.STAMP]
    return True


@inner
def _price_gaps(P, S, W):
    for number in range(W[at.TASKS_TOUCHED]):
        fixed_row = task_row(P, W[P[at.TOUCHED_TASKS] + number])
        gaps = P[fixed_row + at.TASK_GAPS]
        for entry in range(length(P, gaps)):
            gap = item(P, gaps, entry)
            if W[P[at.GAP_MARKS] + gap] != W[at.STAMP]:
                W[P[at.GAP_MARKS] + gap] = W[at.STAMP]
                _set(P, S, W, P[at.GAP_CELLS] + gap, gap_points(P, S, gap))
        for entry in range(P[fixed_row + at.TASK_OPTION_COUNT]):
            place = P[option_row(P, P[fixed_row + at.TASK_FIRST_OPTION] + entry) + at.OPTION_ROOM]
            if (
                P[place_row(P, place) + at.PLACE_MOST] > 0
                and W[P[at.PLACE_MARKS] + place] != W[at.STAMP]
            ):
                W[P[at.PLACE_MARKS] + place] = W[at.STAMP]
                _set(P, S, W, P[at.PLACE_CELLS] + place, place_points_quickly(P, S, W, place))


@inner
def _price_worst_late(P, S, W):
    worst = S[at.WORST_LATE]
    if W[at.WORST_LOST] and W[at.WORST_SEEN] < worst:
        worst = worst_lateness(P, S)
    elif W[at.WORST_SEEN] > worst:
        worst = W[at.WORST_SEEN]
    W[at.WORST_SEEN] = 0
    W[at.WORST_LOST] = 0
    if worst != S[at.WORST_LATE]:
        pay(P, S, W, plus(0, worst, P[at.WORST_LATE_POINTS]))
        pay(P, S, W, -S[at.WORST_LATE] * P[at.WORST_LATE_POINTS])
        put(P, S, W, at.WORST_LATE, worst)


@inner
def finish(P, T, S, W, limit):
    """Price the rest of what the move touched, now that times are settled. False where the cost ends above `limit`, or beyond TOP."""
    if W[at.BEYOND] or S[at.COST] - W[at.SLACK] > limit:
        return False
    if P[at.WORST_LATE_POINTS] != 0:
        _price_worst_late(P, S, W)
    follows = 0
    for number in range(W[at.DAYS_TOUCHED]):
        person_day = W[P[at.TOUCHED_DAYS] + number]
        cell = route_row(P, person_day) + at.ROUTE_POINTS
        _set(P, S, W, cell, day_points(P, T, S, person_day))
        mark_kinds(P, S, W, person_day)
        follows += S[follow_cell(P, person_day // P[at.DAYS])]
    if P[at.WORST_IDLE_POINTS] != 0:
        price_idle(P, T, S, W)
    _price_gaps(P, S, W)
    if S[at.COST] - follows > limit:
        return False
    for number in range(W[at.DAYS_TOUCHED]):
        person = W[P[at.TOUCHED_DAYS] + number] // P[at.DAYS]
        if _is_first(P, W, P[at.FOLLOW_MARKS], person):
            points = plus(recovery_points(P, S, person), follow_points(P, T, S, person), 1)
            _set(P, S, W, follow_cell(P, person), points)
    return W[at.BEYOND] == 0 and S[at.COST] <= limit


@inner
def price(P, T, S, W, limit):
    """Weigh, settle and finish what was linked and unlinked. False as soon as the cost must end above `limit`."""
    return weigh(P, S, W, limit) and settle(P, T, S, W, limit) and finish(P, T, S, W, limit)
