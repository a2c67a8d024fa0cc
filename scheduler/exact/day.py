"""Day: presence, the rest owed, work, overtime, waiting and coming home."""

from ortools.sat.python.cp_model import IntVar

from scheduler.exact.decisions import Decisions, Leg, Linear, Stop


def encode(model: Decisions) -> None:
    """Costs of every day on which somebody may work."""
    for person, day in model.stops:
        _presence(model, person, day)
        _work(model, person, day)
        _rest(model, person, day)
        _waiting(model, person, day)


def _presence(model: Decisions, person: int, day: int) -> None:
    """Ticks of stops outside every span, of leaving before the first and returning after the last."""
    lowered = model.lowered
    spans = model.spans(person, day)
    outside, home = int(lowered.day.outside[person, day]), int(lowered.day.home[person, day])
    if outside:
        for stop in model.stops[person, day]:
            if not _inside(model, stop, spans):
                _outside(model, stop, spans, outside)
    for leg in model.legs[person, day]:
        if leg.before is None and leg.after is not None and lowered.travel.start[person] >= 0:
            early = spans[0][0] + leg.ticks - model.start[leg.after.slot]
            model.charge(outside, early, leg.taken)
        if leg.after is None and leg.before is not None and lowered.travel.end[person] >= 0:
            late = model.end(leg.before.slot) + leg.ticks - spans[-1][1]
            model.charge(home, late, leg.taken)


def _inside(model: Decisions, stop: Stop, spans: list[tuple[int, int]]) -> bool:
    """Whether a stop lies in one span, whenever it starts."""
    last = stop.closes + model.duration(stop.slot)
    return any(opens <= stop.opens and last <= closes for opens, closes in spans)


def _outside(model: Decisions, stop: Stop, spans: list[tuple[int, int]], points: int) -> None:
    """Ticks of a stop less those inside each span."""
    length = model.duration(stop.slot)
    start, end = model.start[stop.slot], model.end(stop.slot)
    inside = []
    for opens, closes in spans:
        touched = model.literal("")
        shared = model.cp.new_int_var(0, min(length, closes - opens), "")
        model.cp.add(shared <= end - opens).only_enforce_if(touched)
        model.cp.add(shared <= closes - start).only_enforce_if(touched)
        model.cp.add(shared == 0).only_enforce_if(~touched)
        inside.append(shared)
    model.charge(points, length - sum(inside), stop.taken, most=length)


def _work(model: Decisions, person: int, day: int) -> None:
    limits = model.lowered.day
    worked = model.work(person, day)
    most = model.most_work(person, day)
    for points, free in (
        (limits.overtime, limits.ordinary),
        (limits.too_long, limits.longest),
    ):
        if most > free[person, day]:
            over = most - int(free[person, day])
            model.charge(int(points[person, day]), worked - int(free[person, day]), most=over)
    stops = model.stops[person, day]
    if len(stops) > limits.most[person, day]:
        count = sum(stop.taken for stop in stops) - int(limits.most[person, day])
        model.charge(int(limits.too_many[person, day]), count, most=len(stops))


def _rest(model: Decisions, person: int, day: int) -> None:
    """The rest is missed unless it lies on some way, or after the last stop."""
    limits = model.lowered.day
    length, points = int(limits.rest_length[person, day]), int(limits.rest_missed[person, day])
    if not length or not points:
        return
    opens, closes = int(limits.rest_from[person, day]), int(limits.rest_to[person, day])
    taken: list[IntVar] = []
    if opens + length <= closes:
        for leg in model.legs[person, day]:
            taken += _rests(model, leg, opens, closes, length)
    missed = model.literal(f"person {person} misses the rest on {day}")
    model.cp.add_bool_or(missed, *taken, ~model.worked[person, day])
    model.pay(points, missed)


def _rests(model: Decisions, leg: Leg, opens: int, closes: int, length: int) -> list[IntVar]:
    """Literals, each of which makes room for the rest on a leg: before the way, or after it.

    Before the first stop only the first counts: the way is begun as late as that stop allows.
    """
    literals = []
    for way_first in (False, True):
        if way_first and (leg.before is None or leg.after is None):
            continue
        rest = model.literal("")
        model.cp.add_implication(rest, leg.taken)
        begins: list[Linear] = [opens]
        if leg.before is not None:
            begins.append(model.end(leg.before.slot) + (leg.ticks if way_first else 0))
            model.cp.add(begins[1] + length <= closes).only_enforce_if(rest)
        if leg.after is not None:
            start = model.start[leg.after.slot] - (0 if way_first else leg.ticks)
            for begin in begins:
                model.cp.add(start >= begin + length).only_enforce_if(rest)
        literals.append(rest)
    return literals


def _waiting(model: Decisions, person: int, day: int) -> None:
    points = int(model.lowered.day.wait[person, day])
    for leg in model.legs[person, day]:
        if leg.before is not None and leg.after is not None:
            arrival = model.end(leg.before.slot) + leg.ticks
            model.charge(points, model.start[leg.after.slot] - arrival, leg.taken)
