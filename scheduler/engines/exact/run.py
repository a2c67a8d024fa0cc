"""Run: days in a row with some kind of work, or without."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python.cp_model import LiteralT

from scheduler.engines.exact.decisions import Decisions
from scheduler.engines.exact.total import any_of
from scheduler.lowered.total import STOPS


@dataclass(frozen=True)
class _RunLimit:
    """A row of Run. days: for each of its days, that it belongs to a run."""

    days: Sequence[LiteralT]
    past: int
    begins: bool
    ends: bool
    bound: int
    points: int
    told: bool


def encode(model: Decisions) -> None:
    """Runs too long and runs too short, of every person."""
    run = model.lowered.run
    for row in range(len(run)):
        days = [
            day_literal(model, int(run.person[row]), day, int(run.measure[row]))
            for day in range(int(run.first[row]), int(run.end[row]))
        ]
        limit = _RunLimit(
            days if run.on[row] else [~day for day in days],
            int(run.past[row]),
            bool(run.begins[row]),
            bool(run.ends[row]),
            int(run.bound[row]),
            int(run.points[row]),
            bool(run.told[row]),
        )
        if run.sense[row] > 0:
            _most(model, limit)
        elif limit.points and model.units(limit.points) == 0 and not limit.ends:
            _least_kept(model, limit)
        else:
            _least(model, limit)


def day_literal(model: Decisions, person: int, day: int, measure: int) -> LiteralT:
    """That a person has any of a measure on a day."""
    if measure <= STOPS:
        found = model.worked.get((person, day))
        return model.cp.new_constant(0) if found is None else found
    any_day = any_of(model, person, measure, [day])
    return model.cp.new_constant(0) if isinstance(any_day, int) else any_day


def _most(model: Decisions, row: _RunLimit) -> None:
    """A day is one too many when it and the `bound` days before it are in a run, or all back to the past.

    Days of the past that are too many by themselves are not counted.
    """
    for day in range(len(row.days)):
        if row.past + day >= row.bound:
            model.charge_once(row.points, *row.days[max(0, day - row.bound) : day + 1])


def _least(model: Decisions, row: _RunLimit) -> None:
    """A run of `length` days from `first` on that ends before the last day, or with it, lacks some."""
    days = row.days
    for first in range(0 if row.begins else 1, len(days)):
        before = row.past if first == 0 else 0
        for length in range(0 if before and row.told else 1, row.bound - before):
            end = first + length
            if end > len(days) or (end == len(days) and not row.ends):
                break
            edges = [] if first == 0 else [~days[first - 1]]
            edges += [] if end == len(days) else [~days[end]]
            model.charge_once(row.points * (row.bound - before - length), *edges, *days[first:end])


def _least_kept(model: Decisions, row: _RunLimit) -> None:
    """No run may lack days: a run that begins goes on for `bound` days, or to the horizon's end.

    Clauses of three literals propagate, and relax, better than clauses about whole runs.
    """
    days = row.days
    if row.begins:
        begun = [] if row.past and row.told else [~days[0]]
        for day in days[len(begun) : max(0, row.bound - row.past)]:
            model.cp.add_bool_or(*begun, day)
    for first in range(1, len(days)):
        for day in days[first + 1 : first + row.bound]:
            model.cp.add_bool_or(days[first - 1], ~days[first], day)
