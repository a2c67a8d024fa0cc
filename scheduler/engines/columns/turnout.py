"""Turnout: how many people each item has, or is expected to have, and what one more of them is worth."""

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.labels import NEVER
from scheduler.engines.columns.subproblem import Subproblem


class Turnout:
    """now: float64 [item], people in it; shares of people count as such."""

    def __init__(self, subproblem: Subproblem):
        margins = subproblem.margins
        most = max((len(of_item) for of_item in margins), default=0)
        self._margins = np.full((len(margins), most + 2), NEVER)
        for item, of_item in enumerate(margins):
            self._margins[item, : len(of_item)] = of_item
        self._items = np.arange(len(margins))
        self.now = np.zeros(len(margins))

    def add(self, roster: Ints, share: float) -> None:
        """Add a share of a person to the items of a roster: int64, item or -1."""
        np.add.at(self.now, roster[roster >= 0], share)

    def worth(self) -> Floats:
        """float64 [item], points that one more saves, between whole numbers in proportion."""
        heads = np.clip(self.now, 0.0, self._margins.shape[1] - 2.0)
        whole = np.floor(heads + 1e-9).astype(np.int64)
        part = np.clip(heads - whole, 0.0, 1.0)
        low, high = self._margins[self._items, whole], self._margins[self._items, whole + 1]
        return np.where(part > 1e-6, -(1 - part) * low - part * np.minimum(high, NEVER), -low)
