"""The program's dual, smoothed: prices near the best ones, in milliseconds.

Every minimum of the Lagrangian dual is replaced by a soft minimum of temperature T,
``-T log(sum(exp(-x / T)))``, and the sum is maximised by L-BFGS. Its prices are central instead of at a
vertex, which saves pricing rounds; the weights of the soft minima are shares of the columns.
After Nesterov 2005 (10.1007/s10107-004-0552-5) and Liu & Nocedal 1989 (10.1007/BF01589116).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.restricted_master import MasterSolution
from scheduler.engines.columns.soft_minimum import soft_minima

ValueAndSlope = tuple[float, Floats]
MEMORY = 8
FARTHEST = 1e5
"""Most by which a step changes a price: where the dual is nearly flat, its curvature tells nothing."""
NEVER = 1e12


@dataclass
class Headcounts:
    """Slots of the decided items.

    row, margin, many: [entry], an item, the margin of some equal slots of it, and their number
    first: [item + 1], where an item begins in cum
    cum: points of an item's first 0, 1, 2 … slots; a person more than there are slots costs NEVER
    """

    row: Ints
    margin: Floats
    many: Floats
    first: Ints
    cum: Floats

    def cost(self, heads: Floats) -> float:
        """Points of fractional headcounts."""
        room = np.diff(self.first) - 2
        whole = np.minimum(heads.astype(np.int64), room)
        at = self.first[:-1] + whole
        return float((self.cum[at] + (heads - whole) * (self.cum[at + 1] - self.cum[at])).sum())


def headcounts(margins: Sequence[tuple[int, ...]]) -> Headcounts:
    """Of items with these margins."""
    floats = [np.array(of_item, dtype=np.float64) for of_item in margins]
    cums = [
        np.concatenate([[0.0], np.cumsum(of_item), [of_item.sum() + NEVER]]) for of_item in floats
    ]
    kinds = [np.unique(of_item, return_counts=True) for of_item in floats]
    return Headcounts(
        row=np.repeat(np.arange(len(kinds)), [len(of_item) for of_item, _ in kinds]),
        margin=np.concatenate([of_item for of_item, _ in kinds]),
        many=np.concatenate([many for _, many in kinds]).astype(np.float64),
        first=np.cumsum([0, *map(len, cums)]).astype(np.int64),
        cum=np.concatenate(cums),
    )


class SmoothedDual:
    """The columns of one solve. table: int64 [column, day], rows of items or -1; owner: [column]."""

    def __init__(
        self,
        heads: Headcounts,
        table: Ints,
        owner: Ints,
        points: Floats,
        people: int,
    ):
        self._heads = heads
        self._order = np.argsort(owner, kind="stable")
        self._table = (table[self._order] + 1).astype(np.int32)
        self._points = points[self._order]
        counts = np.bincount(owner, minlength=people)
        self._has_columns = counts > 0
        self._first = np.concatenate([[0], np.cumsum(counts[counts > 0])]).astype(np.int64)
        self._rows = len(heads.first) - 1
        self._without_columns = int((counts == 0).sum())
        self._weights, self._least = np.empty(len(owner)), np.empty(len(self._first) - 1)

    def _people(self, prices: Floats, temperature: float) -> tuple[float, Floats]:
        """Sum of the people's soft minima, and the people in each item; writes weights and minima."""
        worth, met = np.concatenate([[0.0], prices]), np.zeros(self._rows + 1)
        soft = soft_minima(
            worth, self._table, self._points, self._first, temperature, self._weights, self._least, met
        )  # fmt: skip
        return float(soft), met[1:]

    def _value(self, prices: Floats, temperature: float) -> ValueAndSlope:
        """The smoothed dual, and its slope: filled slots less people."""
        least, met = self._people(prices, temperature)
        lack = (self._heads.margin + prices[self._heads.row]) / temperature
        gain = np.logaddexp(0.0, -lack)
        filled = self._heads.many * np.exp(-lack - gain)
        heads = np.bincount(self._heads.row, filled, minlength=self._rows)
        value = float(least - temperature * (self._heads.many @ gain))
        return value, heads - met

    def solve(self, prices: Floats, temperature: float, evaluations: int) -> MasterSolution:
        """Maximise from these prices. The value is that of the shares, a solution of the program."""
        prices = climb(lambda at: self._value(at, temperature), prices, evaluations)
        _, met = self._people(prices, temperature)
        shares = np.empty(len(self._weights))
        shares[self._order] = self._weights
        person_prices = np.zeros(len(self._has_columns))
        person_prices[self._has_columns] = self._least
        value = float(self._weights @ self._points) + self._heads.cost(met)
        return MasterSolution(value, prices, person_prices, shares, float(self._without_columns))


def climb(evaluate: Callable[[Floats], ValueAndSlope], at: Floats, evaluations: int) -> Floats:
    """Where a smooth concave function is largest, after at most so many evaluations."""
    value, slope = evaluate(at)
    steps: list[tuple[Floats, Floats]] = []
    while evaluations > 0 and float(np.abs(slope).max()) > 1e-3:
        direction = _direction(slope, steps)
        rise = float(direction @ slope)
        if rise <= 0:
            steps, direction = [], slope.copy()
            rise = float(direction @ slope)
        if not steps:
            direction *= 1.0 / max(1e-9, float(np.abs(direction).max()))
            rise = float(direction @ slope)
        length = min(1.0, FARTHEST / max(1e-9, float(np.abs(direction).max())))
        while evaluations > 0:
            evaluations -= 1
            new_value, new_slope = evaluate(at + length * direction)
            if new_value >= value + 1e-4 * length * rise:
                break
            length *= 0.4
        else:
            break
        step, change = length * direction, slope - new_slope
        if float(step @ change) > 1e-12:
            steps = [*steps[1 - MEMORY :], (step, change)]
        at, value, slope = at + step, new_value, new_slope
    return at


def _direction(slope: Floats, steps: list[tuple[Floats, Floats]]) -> Floats:
    """The two loops of L-BFGS."""
    direction, factors = slope.copy(), []
    for step, change in reversed(steps):
        factor = float(step @ direction) / float(step @ change)
        direction -= factor * change
        factors.append(factor)
    if steps:
        step, change = steps[-1]
        direction *= float(step @ change) / float(change @ change)
    for (step, change), factor in zip(steps, reversed(factors), strict=True):
        direction += step * (factor - float(change @ direction) / float(step @ change))
    return direction
