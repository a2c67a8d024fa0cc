"""Run: days in a row with and without work."""

from ortools.sat.python.cp_model import LiteralT

from scheduler.engines.exact.decisions import Decisions


def encode(model: Decisions) -> None:
    """Runs too long and runs too short, of every person."""
    run = model.lowered.run
    for person in range(len(model.lowered.index.people)):
        past_on, past_off = int(run.past_on[person]), int(run.past_off[person])
        on = _on(model, person)
        off = [~worked for worked in on]
        _most(model, on, int(run.most_on[person]), past_on, int(run.over_on[person]))
        for days, least, past, points in (
            (on, run.least_on, past_on, run.under_on),
            (off, run.least_off, past_off, run.under_off),
        ):
            owed = past_on + past_off > 0 and not (past and run.past_open[person])
            _least(model, days, int(least[person]), past, owed, int(points[person]))


def _on(model: Decisions, person: int) -> list[LiteralT]:
    never = model.cp.new_constant(0)
    return [model.worked.get((person, day), never) for day in range(model.lowered.index.days)]


def _most(model: Decisions, on: list[LiteralT], most: int, past: int, points: int) -> None:
    """A day is one too many when it and the `most` days before it are worked."""
    for day in range(len(on)):
        if past + day >= most:
            model.charge_once(points, *on[max(0, day - most) : day + 1])


def _least(
    model: Decisions, days: list[LiteralT], least: int, past: int, owed: bool, points: int
) -> None:
    """A run of `length` days from `first` on that ends before the last day lacks some.

    owed: whether a run from day 0 on may lack days
    """
    if points and model.units(points) == 0:
        _least_kept(model, days, least, past, owed)
        return
    for first in range(0 if owed else 1, len(days)):
        before = past if first == 0 else 0
        for length in range(1, least - before):
            last = first + length - 1
            if last + 1 >= len(days):
                break
            edges = [] if first == 0 else [~days[first - 1]]
            lacks = least - before - length
            model.charge_once(points * lacks, *edges, *days[first : last + 1], ~days[last + 1])


def _least_kept(model: Decisions, days: list[LiteralT], least: int, past: int, owed: bool) -> None:
    """No run may lack days: a run that begins goes on for `least` days, or to the horizon's end.

    Clauses of three literals propagate, and relax, better than clauses about whole runs.
    """
    if owed:
        for day in days[1 : max(1, least - past)]:
            model.cp.add_bool_or(~days[0], day)
    for first in range(1, len(days)):
        for day in days[first + 1 : first + least]:
            model.cp.add_bool_or(days[first - 1], ~days[first], day)
