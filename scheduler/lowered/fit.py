"""Fit: the cost of person p in slot s, or that it is forbidden."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

People = int | list[int] | NDArray[np.int64]
"""One person, or several, by index."""
BANNED = 2**60
"""Forbidden: engines never place such a pair."""


@dataclass(frozen=True)
class FitTable:
    """What each person costs in each slot. Slots in which everybody costs the same share a row.

    row: int64 [slot], row of `cost`; cost: int64 [row, person], points; `BANNED` or more = forbidden
    """

    row: NDArray[np.int64]
    cost: NDArray[np.int64]

    def of(self, slot: int) -> NDArray[np.int64]:
        """int64 [person]: what each person costs in the slot."""
        costs: NDArray[np.int64] = self.cost[self.row[slot]]
        return costs

    def able(self, slot: int) -> NDArray[np.int64]:
        """Indices of the people who are not forbidden."""
        return np.flatnonzero(self.of(slot) < BANNED)


class FitBuilder:
    """Collects costs and bans."""

    def __init__(self, slots: int, people: int):
        self._cost = np.zeros((slots, people), dtype=np.int64)

    @staticmethod
    def of(cost: NDArray[np.int64]) -> "FitBuilder":
        """A builder that begins with these points: int64 [slot, person]."""
        builder = FitBuilder(*cost.shape)
        builder._cost[:] = cost
        return builder

    def add(self, slot: int, person: People, points: int) -> None:
        """Person (or each of several) in slot costs `points` more."""
        self._cost[slot, person] += points

    def ban(self, slot: int, person: People) -> None:
        """Person (or each of several) may not fill slot."""
        self._cost[slot, person] = BANNED

    def build(self) -> FitTable:
        """Equal rows are kept once."""
        numbers: dict[bytes, int] = {}
        kept: list[NDArray[np.int64]] = []
        row = np.zeros(len(self._cost), dtype=np.int64)
        for slot, cost in enumerate(self._cost):
            key = cost.tobytes()
            if key not in numbers:
                numbers[key] = len(kept)
                kept.append(np.minimum(cost, BANNED))
            row[slot] = numbers[key]
        width = self._cost.shape[1]
        return FitTable(row, np.array(kept, dtype=np.int64).reshape(len(kept), width))
