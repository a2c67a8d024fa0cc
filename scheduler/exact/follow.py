"""Follow: rest between one day and the next, and kinds that may not follow each other."""

from ortools.sat.python.cp_model import IntVar

from scheduler.exact.decisions import Decisions, each
from scheduler.lowered.follow import LONG_AGO


def encode(model: Decisions) -> None:
    """Short rests and forbidden sequences of every person."""
    for person in range(len(model.lowered.index.people)):
        _rests(model, person)
        _bans(model, person)


def _rests(model: Decisions, person: int) -> None:
    follow, days = model.lowered.follow, model.lowered.index.days
    rest, points = int(follow.rest[person]), int(follow.rest_short[person])
    past = int(follow.past_end[person])
    most = rest + model.reach
    if not points:
        return
    first, last = {}, {}
    for day in range(days):
        if (person, day) in model.stops:
            first[day], last[day] = model.moment(""), model.moment("")
            for stop in model.stops[person, day]:
                model.cp.add(first[day] <= model.start[stop.slot]).only_enforce_if(stop.taken)
                model.cp.add(last[day] >= model.end(stop.slot)).only_enforce_if(stop.taken)
    for day in first:
        worked = model.worked[person, day]
        if day == 0 and past > LONG_AGO:
            model.charge(points, rest - first[0] + past, worked, most=most + abs(past))
        if day - 1 in last:
            short = rest - first[day] + last[day - 1]
            model.charge(points, short, worked, model.worked[person, day - 1], most=most)


def _bans(model: Decisions, person: int) -> None:
    follow, days = model.lowered.follow, model.lowered.index.days
    past = int(follow.past_kinds[person])
    for before, after, points in each(follow.bans):
        for day in range(days):
            now = _kind(model, person, day, after)
            if now is None:
                continue
            if day == 0:
                if past >> before & 1:
                    model.charge_once(points, now)
                continue
            earlier = _kind(model, person, day - 1, before)
            if earlier is not None:
                model.charge_once(points, earlier, now)


def _kind(model: Decisions, person: int, day: int, kind: int) -> IntVar | None:
    """Whether a kind is worked on a day; None: it cannot be."""
    taken = [
        stop.taken
        for stop in model.stops.get((person, day), ())
        if model.lowered.follow.kind[stop.slot] == kind
    ]
    if not taken:
        return None
    worked = model.literal("")
    model.cp.add_max_equality(worked, taken)
    return worked
