"""Bounds: points that no roster can beat, from a relaxation of the whole instance.

A roster that breaks a hard rule costs a hard point at least; so it is enough to bound the rosters that
break none. They are relaxed to a linear program (see relaxation.py), whose bound is computed exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.linear_program import PARTS, LinearSolution
from scheduler.engines.exact.relaxation import Relaxation
from scheduler.engines.exact.relaxed_blocks import blocks
from scheduler.engines.exact.relaxed_crews import add_crew_times
from scheduler.engines.exact.relaxed_hours import DayHours
from scheduler.engines.exact.relaxed_people import add_days, add_runs, add_totals, add_worked
from scheduler.engines.exact.relaxed_routes import RelaxedRoutes
from scheduler.engines.exact.relaxed_tasks import add_crews, add_needs, add_slots
from scheduler.engines.exact.relaxed_ways import add_broken_ways, add_ways
from scheduler.engines.exact.whole_blocks import WholeBlocks
from scheduler.lowered import Lowered
from scheduler.stop import Stop

PATIENCE = 2
"""Steps that raise a bound by no more than `RISE` of it, after which a level is left."""
RISE = 0.001
NEARLY = 0.05
"""After the first step that raises the medium points by no more of them, blocks are solved: they raise them more than rows."""
LONGER = 5
"""Ticks more of presence when the worth of a further tick is asked for."""
NOTHING = -(2**62)
"""A bound that says nothing."""
Objective = tuple[int, NDArray[np.int64]]
"""A constant and the costs of the program's columns."""


@dataclass(frozen=True)
class UnmetDemand:
    """Proven of every roster that breaks no hard rule.

    nobody: slots with a cost when empty that nobody could fill even if there were no other work
    further: how many of the other slots with a cost when empty stay empty as well, at least
    """

    nobody: tuple[int, ...]
    further: int

    @property
    def slots(self) -> int:
        """Empty slots, at least."""
        return len(self.nobody) + self.further


@dataclass(frozen=True)
class LowerBound:
    """points: no roster costs less, in Lowered's points; never above `Scale.hard`, a hard point."""

    points: int
    unmet: UnmetDemand


def lower_bound(lowered: Lowered, seconds: float) -> LowerBound:
    """Bounds of an instance of any size; weaker, but still valid, where the seconds run out.

    Of an instance in which working days begin at other hours than midnight nothing is said.
    """
    if not is_bounded(lowered):
        return LowerBound(NOTHING, UnmetDemand((), 0))
    clock = Stop(seconds=seconds)
    rising = RisingBound(lowered)
    empty = rising.empty_slots(seconds / 3)
    while rising.advance(clock.seconds_left) and clock.seconds_left:
        pass
    nobody = rising.nobody
    return LowerBound(rising.points, UnmetDemand(nobody, max(0, empty - len(nobody))))


def is_bounded(lowered: Lowered) -> bool:
    """Whether the relaxation says anything of an instance."""
    negative = (lowered.fit.cost < 0).any() or (lowered.total.pieces[:, 2] < 0).any()
    return not negative and lowered.at_midnight


class RisingBound:
    """Bounds of an instance that rise step by step: the least medium points, then soft points beside them.

    Each step solves the relaxation; rows about hours of the day that its solution breaks are added for
    the next. Where they raise it little, and once more at the end, further steps solve its blocks in whole
    numbers, one by one.

    points: no roster costs less, in Lowered's points; never above `Scale.hard`, a hard point
    nobody: slots with a cost when empty that nobody could fill even if there were no other work
    hours: to ask for the worth of hours: of medium points alone, and without rows about stops that cannot follow
        each other, which they may with an hour more
    """

    def __init__(self, lowered: Lowered, *, hours: bool = False):
        self.relaxation = Relaxation(lowered)
        for add in _ROWS:
            add(self.relaxation)
        self.nobody = _slots_for_nobody(self.relaxation)
        self._scale, self._hours = lowered.scale, DayHours(self.relaxation, turns=not hours)
        self._routes = None if hours else RelaxedRoutes(self.relaxation)
        self._levels = _levels(self.relaxation)[: 1 if hours else 2]
        self._least = [0, 0]
        self._level, self._stands, self._by_rows = 0, 0, 0
        self._early, self._rows_left = True, True
        self._best: LinearSolution | None = None
        self._blocks: WholeBlocks | None = None
        self._stop = Stop()
        never = (lowered.empty.cost[list(self.nobody)] >= self._scale.hard).any()
        self.points = self._scale.hard if never else 0

    def advance(self, seconds: float, incumbent: int | None = None) -> bool:
        """Solve once more, in so many seconds at most; whether there may be more to prove.

        incumbent: points of a roster; what cannot rise above it is left.
        """
        if self._level == len(self._levels) or self.points >= self._scale.hard:
            return False
        if self._level == 0 and incumbent is not None and self._reached(incumbent):
            self._next_level()
        elif self._blocks is None:
            self._solve(seconds)
        else:
            self._solve_block(self._blocks, seconds)
        return self._level < len(self._levels)

    def _solve(self, seconds: float) -> None:
        """Solve the relaxation, and add the rows that its solution breaks."""
        program, before = self.relaxation.program, self._by_rows
        constant, columns = self._levels[self._level]
        found = program.least(columns, seconds)
        if found is not None:
            self._by_rows = max(before, constant + found.least)
            self._raise(self._by_rows)
        rise = self._by_rows - before
        self._stands = 0 if rise > RISE * abs(before) else self._stands + 1
        values = None if found is None else found.values
        added = 0
        if values is not None and self._stands <= PATIENCE:
            added = self._hours.add_broken(values) + add_broken_ways(self.relaxation, values)
            added += 0 if self._routes is None else self._routes.add_broken(values)
        self._rows_left = added > 0
        early = self._level == 0 and self._early and rise <= NEARLY * abs(before)
        if found is not None and values is not None and self._routes is not None:
            self._best = found
        if early or not added:
            self._begin_blocks()

    def _begin_blocks(self) -> None:
        self._early = False
        if self._best is not None:
            columns, block = self._levels[self._level][1], blocks(self.relaxation)
            program = self.relaxation.program
            self._blocks = WholeBlocks(program, columns, self._best.multipliers, block)
        elif not self._rows_left:
            self._next_level()

    def _solve_block(self, parts: WholeBlocks, seconds: float) -> None:
        if parts.left:
            parts.solve_next(seconds, self._stop)
            self._raise(self._levels[self._level][0] + parts.least)
        if not parts.left:
            self._blocks = None
            if not self._rows_left:
                self._next_level()

    def _raise(self, least: int) -> None:
        self._least[self._level] = max(self._least[self._level], least)
        medium, soft = self._least
        points = medium * self._scale.medium + min(soft, self._scale.medium)
        self.points = min(self._scale.hard, points)

    def _reached(self, incumbent: int) -> bool:
        return incumbent < (self._least[0] + 1) * self._scale.medium

    def matters(self, incumbent: int) -> bool:
        """Whether the next step may tell more of a roster of so many points: soft points, only where it has the least medium ones."""
        return self._level == 0 or self._reached(incumbent)

    def _next_level(self) -> None:
        """Rosters with more than the least at this level cost more than any bound of the next."""
        constant, columns = self._levels[self._level]
        least = self._least[self._level] - constant
        entries = [(int(column), int(columns[column])) for column in np.flatnonzero(columns)]
        if entries and self._level + 1 < len(self._levels):
            self.relaxation.program.row(least, least, entries)
        self._level, self._stands, self._by_rows = self._level + 1, 0, 0
        self._best, self._blocks = None, None

    def hours_worth(self, seconds: float) -> dict[tuple[int, int], float]:
        """(person, day) → medium points that a further tick of presence at the end of the day would save.

        The multipliers of a program in which everybody is there a little longer: at the very limits a
        tick less may cost what a tick more does not save. No bound is proven afterwards.
        """
        program, hours = self.relaxation.program, self.relaxation.hours
        for rows in hours.values():
            for row in rows:
                program.loosen(row, LONGER)
        found = program.least(self._levels[0][1], seconds)
        if found is None:
            return {}
        return {
            where: -int(found.multipliers[np.array(rows, dtype=np.int64)].sum()) / PARTS
            for where, rows in hours.items()
        }

    def empty_slots(self, seconds: float) -> int:
        """How many slots with a cost stay empty, at least."""
        constant, columns = _empty_slots(self.relaxation)
        found = self.relaxation.program.least(columns, seconds)
        return 0 if found is None else max(0, constant + found.least)

    def interrupt(self) -> None:
        """Let a step that runs in another thread end soon."""
        self._stop.request()
        self.relaxation.program.interrupt()


_ROWS = (
    add_slots,
    add_crews,
    add_needs,
    add_crew_times,
    add_worked,
    add_ways,
    add_days,
    add_totals,
    add_runs,
)


def _slots_for_nobody(relaxation: Relaxation) -> tuple[int, ...]:
    """Slots without a feasible assignment that cost points when empty."""
    cost = relaxation.lowered.empty.cost
    served = np.zeros(len(cost), dtype=np.bool_)
    served[relaxation.slot] = True
    return tuple(np.flatnonzero((cost > 0) & ~served).tolist())


def _empty_slots(relaxation: Relaxation) -> Objective:
    """Empty slots that cost: how many there are, less the filled."""
    costly = relaxation.lowered.empty.cost > 0
    columns = np.zeros(relaxation.program.columns, dtype=np.int64)
    columns[: relaxation.assignments] = -costly[relaxation.slot].astype(np.int64)
    return int(costly.sum()), columns


def _levels(relaxation: Relaxation) -> tuple[Objective, Objective]:
    """Costs as medium and soft points, each with its constant: what all slots cost when empty.

    Each price is divided into levels before they are summed, so that a saving at one level hides no
    cost at another.
    """
    lowered = relaxation.lowered
    slot, person, medium = relaxation.slot, relaxation.person, lowered.scale.medium
    saved = np.where(lowered.empty.cost < lowered.scale.hard, lowered.empty.cost, 0)
    prices = [
        (1, lowered.fit.cost[lowered.fit.row[slot], person]),
        (-1, saved[slot]),
    ]
    columns = np.zeros((2, relaxation.program.columns), dtype=np.int64)
    for sign, price in prices:
        columns[:, : relaxation.assignments] += sign * np.array(np.divmod(price, medium))
    for column, points in relaxation.costs:
        columns[:, column] += divmod(points, medium)
    constant = np.array(np.divmod(saved, medium)).sum(axis=1)
    return (int(constant[0]), columns[0]), (int(constant[1]), columns[1])
