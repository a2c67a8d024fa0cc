"""Margins: what one person more in an item is worth, as people come and go."""

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.labels import NEVER
from scheduler.engines.columns.subproblem import Subproblem


class Margins:
    """now: float64 [item], what one person more in it is worth."""

    def __init__(self, subproblem: Subproblem, rosters: NDArray[np.int64]):
        self._items = subproblem.items
        self._counts = np.zeros(len(subproblem.items), dtype=np.int64)
        self.now = np.zeros(len(subproblem.items))
        self._change(np.arange(len(subproblem.items)), 0)
        self.enter(rosters.reshape(-1))

    def enter(self, roster: NDArray[np.int64]) -> None:
        """Somebody is in these items, int64, -1 among them."""
        self._change(roster[roster >= 0], 1)

    def leave(self, roster: NDArray[np.int64]) -> None:
        """Somebody is no more."""
        self._change(roster[roster >= 0], -1)

    def _change(self, items: NDArray[np.int64], heads: int) -> None:
        np.add.at(self._counts, items, heads)
        for item in items:
            margin, count = self._items[item].margin, self._counts[item]
            self.now[item] = -float(margin[count]) if count < len(margin) else -NEVER
