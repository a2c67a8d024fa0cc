"""Distinct: the cost of each further person in a group of slots."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class DistinctTable:
    """Groups of slots, and what further people in them cost.

    slot_first: int64 [group + 1]; slots of group g are slots[slot_first[g] .. slot_first[g+1]]
    slots: int64 [entry]
    known: bool [group, person]: people whom the group knows already; they cost nothing
    cost: int64 [group]: points for each distinct person in the group's filled slots who is not
        known; where nobody is known, the first person costs nothing
    """

    slot_first: NDArray[np.int64]
    slots: NDArray[np.int64]
    known: NDArray[np.bool_]
    cost: NDArray[np.int64]


class DistinctBuilder:
    """Collects groups."""

    def __init__(self, people: int):
        self._people = people
        self._groups: list[list[int]] = []
        self._known: list[list[int]] = []
        self._cost: list[int] = []

    def add(self, slots: list[int], known: list[int], points: int) -> None:
        """Each further person in `slots` costs `points`; `known` people cost nothing."""
        self._groups.append(slots)
        self._known.append(known)
        self._cost.append(points)

    def build(self) -> DistinctTable:
        """Freeze."""
        known = np.zeros((len(self._groups), self._people), dtype=np.bool_)
        for number, people in enumerate(self._known):
            known[number, people] = True
        sizes = [len(group) for group in self._groups]
        return DistinctTable(
            slot_first=np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64),
            slots=np.array([slot for group in self._groups for slot in group], dtype=np.int64),
            known=known,
            cost=np.array(self._cost, dtype=np.int64),
        )
