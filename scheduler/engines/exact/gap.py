"""Gap: ticks and days between two tasks."""

from ortools.sat.python.cp_model import IntVar

from scheduler.engines.exact.costs import Linear
from scheduler.engines.exact.decisions import Decisions, each
from scheduler.lowered.gap import OPEN


def encode(model: Decisions) -> None:
    """What each gap lacks or has too much of, while both its tasks are done."""
    gap, index = model.lowered.gap, model.lowered.index
    columns = (gap.first, gap.second, gap.least, gap.most, gap.least_days, gap.most_days)
    for row, (first, second, *limits) in enumerate(zip(*map(each, columns), strict=True)):
        both = model.done[first], model.done[second]
        least, most, least_days, most_days = limits
        points = int(gap.cost[row])
        if least > -OPEN or most < OPEN:
            _outside(model, points, model.begin(second) - model.finish(first), least, most, both)
        if least_days > -OPEN or most_days < OPEN:
            apart = model.day_of(second) - model.day_of(first)
            _outside(model, points * index.day_ticks, apart, least_days, most_days, both)
        model.charge_once(int(gap.requires[row]), model.done[second], ~model.done[first])


def _outside(
    model: Decisions,
    points: int,
    value: Linear,
    least: int,
    most: int,
    both: tuple[IntVar, IntVar],
) -> None:
    if least > -OPEN:
        model.charge(points, least - value, *both, most=model.reach + abs(least))
    if most < OPEN:
        model.charge(points, value - most, *both, most=model.reach + abs(most))
