"""PrimalDual: a first-order method for linear programs, whose multipliers get better step by step.

The primal-dual hybrid gradient method of Chambolle and Pock (2011) on rows and columns scaled by their
largest factors, with restarts from the average, as in PDLP (Applegate et al. 2021).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

ROUNDS = 100
"""Steps between two looks at the multipliers."""
Floats = NDArray[np.float64]
Entries = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


class PrimalDual:
    """Multipliers of ``min costs x, low <= a x <= high, 0 <= x <= most``; infinities where there is no limit.

    costs, most: float64 [column]; low, high: float64 [row]; entries: row, column and factor of each
    """

    def __init__(self, costs: Floats, most: Floats, low: Floats, high: Floats, entries: Entries):
        self._rows, self._columns, factors = entries
        scale = np.zeros(len(low))
        np.maximum.at(scale, self._rows, np.abs(factors).astype(np.float64))
        self._scale = np.where(scale > 0, scale, 1.0)
        self._factors = factors / self._scale[self._rows]
        self._low, self._high = low / self._scale, high / self._scale
        self._costs, self._most = costs, most
        by_column = np.bincount(self._columns, np.abs(self._factors), len(costs))
        by_row = np.bincount(self._rows, np.abs(self._factors), len(low))
        self._primal_step = 1 / np.maximum(by_column, 1e-9)
        self._dual_step = 1 / np.maximum(by_row, 1e-9)
        self._weight = max(1.0, float(np.abs(costs).max(initial=0.0)))
        self._x, self._y = np.zeros(len(costs)), np.zeros(len(low))

    def advance(self) -> Iterator[Floats]:
        """Some steps on; then the last multipliers and their average since, float64 [row]."""
        x_sum, y_sum = np.zeros_like(self._x), np.zeros_like(self._y)
        for _ in range(ROUNDS):
            self._step()
            x_sum += self._x
            y_sum += self._y
        yield self._y / self._scale
        self._x, self._y = x_sum / ROUNDS, y_sum / ROUNDS
        yield self._y / self._scale

    def _step(self) -> None:
        """One step of columns, then of rows; diagonal steps of Pock and Chambolle (2011)."""
        reduced = self._costs - np.bincount(
            self._columns, self._factors * self._y[self._rows], len(self._costs)
        )
        step = self._primal_step / self._weight
        x = np.clip(self._x - step * reduced, 0, self._most)
        ahead = 2 * x - self._x
        activity = np.bincount(self._rows, self._factors * ahead[self._columns], len(self._low))
        step = self._dual_step * self._weight
        y = self._y - step * activity
        self._y = y + step * np.clip(-y / step, self._low, self._high)
        self._x = x
