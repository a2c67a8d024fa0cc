"""Recovery: rest after a run of days with some kind of work."""

from ortools.sat.python.cp_model import IntVar, LiteralT

from scheduler.engines.exact.costs import Linear
from scheduler.engines.exact.decisions import Decisions, OptionalStop
from scheduler.engines.exact.run import day_literal
from scheduler.lowered.follow import LONG_AGO


def encode(model: Decisions) -> None:
    """Short rests after runs, of every row."""
    table = model.lowered.recovery
    for row in range(len(table)):
        person, measure = int(table.person[row]), int(table.measure[row])
        on = [day_literal(model, person, day, measure) for day in range(model.lowered.index.days)]
        _past(model, row, on)
        for day in range(len(on)):
            if (person, day) in model.stops:
                _after(model, row, day, on)


def _past(model: Decisions, row: int, on: list[LiteralT]) -> None:
    """The rest after a run of which the last day lies before the horizon."""
    table = model.lowered.recovery
    person, ended = int(table.person[row]), int(table.past_end[row])
    if table.past[row] < table.length[row] or ended <= LONG_AGO:
        return
    last, ticks = _end_of_eve(model, person, ended), int(table.ticks[row])
    latest = max(
        [ended, *(stop.closes + model.duration(stop.slot) for stop in _eve(model, person))]
    )
    for day in _next_days(model, person, 0, latest + ticks):
        goes_on = [~on[0]] if day == 0 and table.past_off[row] == 0 else []
        short = last + ticks - _first_start(model, person, day)
        when = [*goes_on, *_free(model, person, 0, day), model.worked[person, day]]
        model.charge(int(table.points[row]), short, *when, most=max(0, latest + ticks))


def _eve(model: Decisions, person: int) -> list[OptionalStop]:
    """What a person could do on the eve."""
    return model.stops.get((person, model.lowered.index.days), [])


def _end_of_eve(model: Decisions, person: int, ended: int) -> Linear:
    """A moment not before the last end of the eve, of which what lies before the horizon has `ended`."""
    stops = _eve(model, person)
    if not stops:
        return ended
    last = model.cp.new_int_var(min(ended, 0), model.reach, "")
    model.cp.add(last >= ended)
    for stop in stops:
        model.cp.add(last >= model.end(stop.slot)).only_enforce_if(stop.taken)
    return last


def _after(model: Decisions, row: int, day: int, on: list[LiteralT]) -> None:
    """The rest after a run of which `day` is the last."""
    table = model.lowered.recovery
    person, ticks, length = (
        int(column[row]) for column in (table.person, table.ticks, table.length)
    )
    past = int(table.past[row]) if table.past_off[row] == 0 else 0
    if day + 1 < length - past:
        return
    run = on[max(0, day + 1 - length) : day + 1]
    closes = max(stop.closes + model.duration(stop.slot) for stop in model.stops[person, day])
    for later in _next_days(model, person, day + 1, closes + ticks):
        ends = [~on[day + 1]] if later == day + 1 else []
        when = [*run, *ends, *_free(model, person, day + 1, later), model.worked[person, later]]
        short = ticks - _first_start(model, person, later) + _last_end(model, person, day)
        model.charge(int(table.points[row]), short, *when, most=ticks + model.reach)


def _next_days(model: Decisions, person: int, first: int, until: int) -> list[int]:
    """Days from `first` on of which work could start before `until`."""
    return [
        day
        for day in range(first, model.lowered.index.days)
        if any(stop.opens < until for stop in model.stops.get((person, day), ()))
    ]


def _free(model: Decisions, person: int, first: int, end: int) -> list[LiteralT]:
    """That nothing is worked on days first .. end - 1."""
    days = [model.worked.get((person, day)) for day in range(first, end)]
    return [~worked for worked in days if worked is not None]


def _first_start(model: Decisions, person: int, day: int) -> IntVar:
    """A moment not behind the first start of a person's day."""
    first = model.moment("")
    for stop in model.stops[person, day]:
        model.cp.add(first <= model.start[stop.slot]).only_enforce_if(stop.taken)
    return first


def _last_end(model: Decisions, person: int, day: int) -> IntVar:
    """A moment not before the last end of a person's day."""
    last = model.moment("")
    for stop in model.stops[person, day]:
        model.cp.add(last >= model.end(stop.slot)).only_enforce_if(stop.taken)
    return last
