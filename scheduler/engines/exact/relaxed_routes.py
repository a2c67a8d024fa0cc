"""Rows of the relaxation about routes: which stops of a few hours one person can make together.

In a few hours there are few stops, so that all routes can be followed. Where a solution of the program is no
mixture of routes, there are weights of tasks of which no route collects as much as the solution does (Fenchel
cuts; Boyd 1994, 10.1287/opre.42.1.53).
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.linear_program import BIG, LinearProgram
from scheduler.engines.exact.part_routes import PartRoutes
from scheduler.engines.exact.possible_starts import PossibleStarts
from scheduler.engines.exact.relaxation import Relaxation
from scheduler.engines.exact.relaxed_hours import BROKEN, TAKEN, shortest_ways

TOGETHER = 540
"""Ticks within which stops are followed as routes."""
WHOLE = 120
"""Weights are whole numbers, of which a route collects so much at most."""
ASIDE = 0.01
"""Share that tasks outside a solution count for, so that they have weights as well."""
PAIR = 2
"""Of two stops, rows about hours say whether they can follow each other."""
PRECISE = 1e4
ROUNDS = 60
"""Routes that are asked for until weights are left as they are."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class RelaxedRoutes:
    """The few hours of the people's days of a relaxation whose routes can be followed."""

    def __init__(self, relaxation: Relaxation):
        self._relaxation = relaxation
        ticks = shortest_ways(relaxation.lowered.travel.ticks)
        mode = relaxation.lowered.travel.mode
        self._parts = [
            _RouteHours(relaxation, person, day, starts.of(spans), ticks[mode[person]])
            for person, day, starts in relaxation.days()
            for spans in _parts(starts)
        ]

    def add_broken(self, values: Floats) -> int:
        """Add rows that a solution breaks, float64 [column]; how many there were."""
        program, added = self._relaxation.program, 0
        for part in self._parts:
            if program.interrupted:
                break
            row = part.broken(values)
            if row is not None:
                program.row(-BIG, 0, row)
                added += 1
        return added


def _parts(starts: PossibleStarts) -> Iterator[Ints]:
    """Spans of assignments that lie within a few hours whenever they start: the largest such sets of several."""
    owner = np.repeat(np.arange(len(starts.cuts)), np.diff([*starts.cuts, len(starts.assignment)]))
    begins = np.minimum.reduceat(starts.first, starts.cuts)
    ends = np.maximum.reduceat(starts.last + starts.length, starts.cuts)
    before = np.zeros(len(begins), dtype=np.bool_)
    for begin in np.unique(begins):
        within = (begins >= begin) & (ends <= begin + TOGETHER)
        if within.sum() > 1 and (within & ~before).any():
            yield np.flatnonzero(within[owner])
            before = within


class _RouteHours:
    """Some hours of a person's day. weights: what routes collect little of; a row for each task, and for each route that was found."""

    def __init__(
        self,
        relaxation: Relaxation,
        person: int,
        day: int,
        starts: PossibleStarts,
        ticks: NDArray[np.int32],
    ):
        limits, hard = relaxation.lowered.day, relaxation.lowered.scale.hard
        capped = limits.too_many[person, day] >= hard
        self._most = int(limits.most[person, day]) if capped else len(starts.assignment)
        self._worked = relaxation.worked[person, day]
        self._starts, self._ticks = starts, ticks
        self._columns = starts.assignment[starts.cuts]
        self._span_task = relaxation.task[starts.assignment]
        self._tasks, self._task = np.unique(relaxation.task[self._columns], return_inverse=True)

    @cached_property
    def _routes(self) -> PartRoutes:
        return PartRoutes(self._starts, self._span_task, self._ticks, self._most)

    @cached_property
    def _weights(self) -> LinearProgram:
        program = LinearProgram()
        for _ in self._tasks:
            program.row(-BIG, WHOLE, [(program.column(WHOLE), 1)])
        return program

    def broken(self, values: Floats) -> list[tuple[int, int]] | None:
        """(column, factor) of a row, at most 0, that a solution breaks, float64 [column]; None where none is found."""
        worked = float(values[self._worked])
        share = np.zeros(len(self._tasks), dtype=np.float64)
        np.add.at(share, self._task, values[self._columns])
        taken = share > TAKEN
        if taken.sum() <= PAIR or self._found(share, worked, taken) is None:
            return None
        found = self._found(share, worked, share >= 0)
        if found is None:
            return None
        weight, most = found
        factors = weight[self._task]
        row = [(int(self._columns[at]), int(factors[at])) for at in np.flatnonzero(factors)]
        return [*row, (self._worked, -most)]

    def _found(
        self, share: Floats, worked: float, among: NDArray[np.bool_]
    ) -> tuple[Ints, int] | None:
        """Weights of tasks and the most that a route collects, so that shares collect more; None where there are none."""
        found, over = None, BROKEN
        wanted = np.round(PRECISE * (share + ASIDE * (share <= TAKEN))).astype(np.int64) * among
        for _ in range(ROUNDS):
            solved = self._weights.least(-wanted, 1.0)
            if solved is None or solved.values is None:
                break
            weight = np.floor(solved.values + TAKEN).astype(np.int64) * among
            if -solved.least <= PRECISE * WHOLE * (worked + BROKEN):
                break
            best = self._routes.best(weight, WHOLE)
            if best is None:
                break
            most, route = best
            if float(weight @ share) / most - worked > over:
                found, over = (weight, most), float(weight @ share) / most - worked
            if most == WHOLE:
                break
            self._weights.row(-BIG, WHOLE, [(task, 1) for task in route])
        return found
