"""After: what the days and weeks of the people that a move touches cost after it, found before it is made.

Stops, work, ways and amounts of each touched day are known beforehand, and with them all that no
time changes: a day's limits, the totals and the runs of a week. `note_change` writes down what comes
and goes; `cost_after` makes the sums as they will be, prices them, and unmakes them.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.day import work_points
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    change_row,
    day_row,
    duration_of,
    follow_cell,
    length,
    measure_cell,
    person_row,
    route_row,
    slot_row,
    task_of,
    task_row,
    week_points,
)
from scheduler.engines.search.run import run_points
from scheduler.engines.search.total import total_points


@inner
def note_change(P, W, person_day, slot, option, sign, way):
    """A stop comes into a day (sign 1) or goes (-1) in an option, with so many ticks of ways more; slot NONE: only ways."""
    if P[day_row(P, person_day) + at.DAY_FREE]:
        return
    if W[at.CHANGES] < at.CHANGE_ROOM:
        row = change_row(W[at.CHANGES])
        W[row + at.CHANGE_PERSON_DAY] = person_day
        W[row + at.CHANGE_SLOT] = slot
        W[row + at.CHANGE_OPTION] = option
        W[row + at.CHANGE_SIGN] = sign
        W[row + at.CHANGE_WAY] = way
    W[at.CHANGES] += 1


@inner
def _is_first(P, W, number, days):
    """Whether a noted change is the first of its person-day (days 1), or of its person (DAYS)."""
    of = W[change_row(number) + at.CHANGE_PERSON_DAY] // days
    for earlier in range(number):
        if W[change_row(earlier) + at.CHANGE_PERSON_DAY] // days == of:
            return False
    return True


@inner
def reach(P, S, W):
    """(points that the noted days and weeks could save by times, points that they pay whatever starts when)."""
    by_times, by_work = 0, 0
    for number in range(W[at.CHANGES]):
        person_day = W[change_row(number) + at.CHANGE_PERSON_DAY]
        if not _is_first(P, W, number, 1):
            continue
        by_times += S[route_row(P, person_day) + at.ROUTE_POINTS]
        by_work += S[route_row(P, person_day) + at.ROUTE_WORK_POINTS]
        if _is_first(P, W, number, P[at.DAYS]):
            by_times += S[follow_cell(P, person_day // P[at.DAYS])]
            by_work += week_points(P, S, person_day // P[at.DAYS])
    return by_times, by_work


@inner
def _make(P, S, W, made):
    """Change the sums of the noted days as the move will (made 1), or change them back (-1)."""
    for number in range(W[at.CHANGES]):
        row = change_row(number)
        person_day, slot = W[row + at.CHANGE_PERSON_DAY], W[row + at.CHANGE_SLOT]
        day_state_row = route_row(P, person_day)
        S[day_state_row + at.ROUTE_ON_WAY] += made * W[row + at.CHANGE_WAY]
        if slot < 0:
            continue
        sign = made * W[row + at.CHANGE_SIGN]
        S[day_state_row + at.ROUTE_COUNT] += sign
        S[day_state_row + at.ROUTE_SERVICE] += sign * duration_of(P, slot)
        first_option = P[task_row(P, task_of(P, slot)) + at.TASK_FIRST_OPTION]
        amounts = P[
            P[slot_row(P, slot) + at.SLOT_AMOUNTS] + W[row + at.CHANGE_OPTION] - first_option
        ]
        for added in range(length(P, amounts)):
            entry = amounts + 1 + added * at.AMOUNT_WIDTH
            cell = measure_cell(P, person_day, P[entry + at.AMOUNT_MEASURE])
            S[cell] += sign * P[entry + at.AMOUNT_VALUE]


@inner
def cost_after(P, S, W):
    """Points that the noted days and weeks pay after the move whatever starts when."""
    _make(P, S, W, 1)
    points = 0
    for number in range(W[at.CHANGES]):
        person_day = W[change_row(number) + at.CHANGE_PERSON_DAY]
        if not _is_first(P, W, number, 1):
            continue
        points = plus(points, work_points(P, S, person_day), 1)
        person = person_day // P[at.DAYS]
        if P[person_row(P, person) + at.PERSON_HAS_WEEK] and _is_first(P, W, number, P[at.DAYS]):
            points = plus(points, total_points(P, S, person), 1)
            points = plus(points, run_points(P, S, person), 1)
    _make(P, S, W, -1)
    return points
