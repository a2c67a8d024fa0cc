"""Bounds: points that no roster can beat, from a relaxation of the whole instance.

A roster that breaks a hard rule costs a hard point at least; so it is enough to bound the rosters that
break none. They are relaxed to a linear program (see relaxation.py), whose bound is computed exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.linear_program import BIG
from scheduler.engines.exact.relaxation import Relaxation
from scheduler.engines.exact.relaxed_people import add_days, add_runs, add_totals
from scheduler.engines.exact.relaxed_tasks import add_crews, add_slots
from scheduler.lowered import Lowered
from scheduler.stop import Stop

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
    negative = (lowered.fit.cost < 0).any() or (lowered.total.pieces[:, 2] < 0).any()
    if negative or not lowered.at_midnight:
        return LowerBound(-(2**62), UnmetDemand((), 0))
    clock = Stop()
    relaxation = Relaxation(lowered)
    for add in (add_slots, add_crews, add_days, add_totals, add_runs):
        add(relaxation)
    nobody = _slots_for_nobody(relaxation)
    empty = _least(relaxation, _empty_slots(relaxation), seconds / 3)
    further = max(0, empty - len(nobody))
    points = _least_points(relaxation, nobody, lambda share: (seconds - clock.elapsed) * share)
    return LowerBound(points, UnmetDemand(nobody, further))


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


def _least(relaxation: Relaxation, objective: Objective, seconds: float) -> int:
    """A bound on an objective that is never negative."""
    constant, columns = objective
    least = relaxation.program.least(columns, seconds)
    return 0 if least is None else max(0, constant + least)


def _least_points(
    relaxation: Relaxation, nobody: tuple[int, ...], seconds: Callable[[float], float]
) -> int:
    """Level by level: the least medium points, then the least soft points beside them.

    seconds: share of the time left → seconds.
    """
    scale = relaxation.lowered.scale
    if (relaxation.lowered.empty.cost[list(nobody)] >= scale.hard).any():
        return scale.hard
    medium, soft = _levels(relaxation)
    least = _least(relaxation, medium, seconds(0.5))
    constant, columns = medium
    entries = [(int(column), int(columns[column])) for column in np.flatnonzero(columns)]
    if entries:
        relaxation.program.row(-BIG, least - constant, entries)
    beside = _least(relaxation, soft, seconds(1.0))
    return min(scale.hard, least * scale.medium + min(beside, scale.medium))


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
        (1, lowered.travel.cost[lowered.travel.mode[person]] * relaxation.travel_ticks),
        (-1, saved[slot]),
    ]
    columns = np.zeros((2, relaxation.program.columns), dtype=np.int64)
    for sign, price in prices:
        columns[:, : relaxation.assignments] += sign * np.array(np.divmod(price, medium))
    for column, points in relaxation.costs:
        columns[:, column] += divmod(points, medium)
    constant = np.array(np.divmod(saved, medium)).sum(axis=1)
    return (int(constant[0]), columns[0]), (int(constant[1]), columns[1])
