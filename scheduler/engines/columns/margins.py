"""Margins: what a further person in an item is worth, as people are added and taken away."""

import numpy as np

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.labels import NEVER
from scheduler.engines.columns.subproblem import Subproblem


class Margins:
    """now: float64 [item], points saved by a further person in it."""

    def __init__(self, subproblem: Subproblem, rosters: Ints):
        self._items = subproblem.items
        self._counts = np.zeros(len(subproblem.items), dtype=np.int64)
        self.now = np.zeros(len(subproblem.items))
        self._change(np.arange(len(subproblem.items)), 0)
        self.enter(rosters.reshape(-1))

    def enter(self, roster: Ints) -> None:
        """Add a person to the items of a roster: int64, item or -1."""
        self._change(roster[roster >= 0], 1)

    def leave(self, roster: Ints) -> None:
        """Take a person out of the items of a roster."""
        self._change(roster[roster >= 0], -1)

    def _change(self, items: Ints, heads: int) -> None:
        np.add.at(self._counts, items, heads)
        for item in items:
            margin, count = self._items[item].margin, self._counts[item]
            self.now[item] = -float(margin[count]) if count < len(margin) else -NEVER
