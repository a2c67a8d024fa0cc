"""Slack: how far the cost of a move that is linked and weighed may still fall, by times alone.

What the touched days, gaps and places pay, and all lateness that may be saved, is credited
beforehand. The credit grows where a change of times reaches another day or task, and shrinks as
starts are written: what has been saved is not saved again.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.idle import idle_slack
from scheduler.engines.search.rows import (
    day_row,
    follow_cell,
    item,
    length,
    option_row,
    route_row,
    task_row,
)
from scheduler.engines.search.state import touch_day, touch_task


@inner
def _of_day(P, S, person_day):
    """Points that a person-day and what follows from it may save by times."""
    return (
        S[route_row(P, person_day) + at.ROUTE_POINTS] + S[follow_cell(P, person_day // P[at.DAYS])]
    )


@inner
def _of_task(P, S, task):
    """Points that a task's gaps and places may save by times."""
    points = 0
    fixed_row = task_row(P, task)
    gaps = P[fixed_row + at.TASK_GAPS]
    for entry in range(length(P, gaps)):
        points += S[P[at.GAP_CELLS] + item(P, gaps, entry)]
    for entry in range(P[fixed_row + at.TASK_OPTION_COUNT]):
        place = P[option_row(P, P[fixed_row + at.TASK_FIRST_OPTION] + entry) + at.OPTION_ROOM]
        points += S[P[at.PLACE_CELLS] + place]
    return points


@inner
def slack(P, S, W):
    """Points by which the cost may still fall when times are settled and priced, from what is touched so far."""
    points = W[at.LATENESS]
    if points < 0:
        points = S[at.START_POINTS] + S[at.WORST_LATE] * P[at.WORST_LATE_POINTS]
    if P[at.WORST_IDLE_POINTS] != 0:
        points += idle_slack(P, S, W)
    for number in range(W[at.DAYS_TOUCHED]):
        points += _of_day(P, S, W[P[at.TOUCHED_DAYS] + number])
    for number in range(W[at.TASKS_TOUCHED]):
        points += _of_task(P, S, W[P[at.TOUCHED_TASKS] + number])
    return points


@inner
def reach_day(P, S, W, person_day):
    """A start of this day changes: it has to be priced again, and may save what it pays."""
    if (
        not P[day_row(P, person_day) + at.DAY_FREE]
        and W[P[at.DAY_MARKS] + person_day] != W[at.STAMP]
    ):
        W[at.SLACK] += _of_day(P, S, person_day)
    touch_day(P, W, person_day)


@inner
def reach_task(P, S, W, task):
    """A start of this task changes: its gaps and places have to be priced again, and may save what they pay."""
    if P[task_row(P, task) + at.TASK_WATCHED] and W[P[at.TASK_MARKS] + task] != W[at.STAMP]:
        W[at.SLACK] += _of_task(P, S, task)
    touch_task(P, W, task)
