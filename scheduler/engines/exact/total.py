"""Total: convex costs of a person's sums over days."""

from scheduler.engines.exact.costs import Linear
from scheduler.engines.exact.decisions import Decisions, each
from scheduler.lowered.total import WORK


def encode(model: Decisions) -> None:
    """Each row's value, exactly, and its pieces above and below their bounds."""
    total = model.lowered.total
    group_first, day_first, piece_first = map(
        each, (total.group_first, total.day_first, total.piece_first)
    )
    days, measures = each(total.days), each(total.measure)
    for row, person in enumerate(each(total.person)):
        value: Linear = int(total.base[row])
        most = abs(value)
        for group in range(group_first[row], group_first[row + 1]):
            measure = measures[group]
            of_group = days[day_first[group] : day_first[group + 1]]
            if total.any_day[row]:
                value += any_of(model, person, measure, of_group)
                most += 1
            else:
                value += sum(_amount(model, person, day, measure) for day in of_group)
                most += sum(_most(model, person, day, measure) for day in of_group)
        for sense, bound, points in each(total.pieces[piece_first[row] : piece_first[row + 1]]):
            excess = sense * (value - bound)
            model.charge(points, excess, most=most + abs(bound))


def _amount(model: Decisions, person: int, day: int, measure: int) -> Linear:
    if measure == WORK:
        return model.work(person, day)
    return sum(
        stop.added.get(measure, 0) * stop.taken for stop in model.stops.get((person, day), ())
    )


def _most(model: Decisions, person: int, day: int, measure: int) -> int:
    if measure == WORK:
        return model.most_work(person, day)
    stops = model.stops.get((person, day), ())
    return sum(abs(stop.added.get(measure, 0)) for stop in stops)


def any_of(model: Decisions, person: int, measure: int, days: list[int]) -> Linear:
    """1 when a stop on one of the days adds to the measure."""
    taken = [
        stop.taken
        for day in days
        for stop in model.stops.get((person, day), ())
        if stop.added.get(measure, 0) > 0
    ]
    if not taken:
        return 0
    return model.either(taken)
