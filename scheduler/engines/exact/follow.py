"""Follow: rest between one day and the next, and kinds that may not follow each other."""

from itertools import product

from ortools.sat.python.cp_model import IntVar

from scheduler.engines.exact.decisions import Decisions, OptionalStop, each
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
    if not points:
        return
    if past > LONG_AGO and (person, 0) in model.stops:
        for stop in model.stops[person, 0]:
            if stop.opens < past + rest:
                _first_rest(model, person, points, past + rest)
                break
    for day in range(1, days):
        before, after = model.stops.get((person, day - 1)), model.stops.get((person, day))
        if not before or not after:
            continue
        last = max(stop.closes + model.duration(stop.slot) for stop in before)
        if last + rest > min(stop.opens for stop in after):
            if model.units(points) == 0:
                _rest_kept(model, before, after, rest)
            else:
                _rest_between(model, person, day, points, rest)


def _first_rest(model: Decisions, person: int, points: int, since: int) -> None:
    """The rest after what came before the horizon."""
    first = first_start(model, person, 0)
    model.charge(points, since - first, model.worked[person, 0], most=max(0, since))


def _rest_between(model: Decisions, person: int, day: int, points: int, rest: int) -> None:
    """What a rest lacks, from the last end to the first start."""
    first, last = first_start(model, person, day), last_end(model, person, day - 1)
    both = model.worked[person, day], model.worked[person, day - 1]
    model.charge(points, rest - first + last, *both, most=rest + model.reach)


def last_end(model: Decisions, person: int, day: int) -> IntVar:
    """A moment not before the last end of a person's day."""
    last = model.moment("")
    for stop in model.stops[person, day]:
        model.cp.add(last >= model.end(stop.slot)).only_enforce_if(stop.taken)
    return last


def first_start(model: Decisions, person: int, day: int) -> IntVar:
    """A moment not behind the first start of a person's day."""
    first = model.moment("")
    for stop in model.stops[person, day]:
        model.cp.add(first <= model.start[stop.slot]).only_enforce_if(stop.taken)
    return first


def _rest_kept(
    model: Decisions, before: list[OptionalStop], after: list[OptionalStop], rest: int
) -> None:
    """The same where no rest may be short, stop by stop."""
    for first, second in product(before, after):
        length = model.duration(first.slot) + rest
        if first.opens + length > second.closes:
            model.cp.add_bool_or(~first.taken, ~second.taken)
        elif first.closes + length > second.opens:
            rested = model.start[second.slot] >= model.start[first.slot] + length
            model.cp.add(rested).only_enforce_if(first.taken, second.taken)


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
    return model.either(taken)
