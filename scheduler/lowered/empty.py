"""Empty: the cost of a slot left empty, of a crew too small, and of a bundle done in part."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class EmptyTable:
    """What is not done, and its price.

    cost: int64 [slot], points while the slot is empty
    least: int64 [task]; must: bool [slot]
    partial: int64 [task]: a task with some slots filled costs `partial` points for each slot it
        still lacks: the larger of `least` - filled and the number of its empty `must` slots
    bundle: int64 [task], bundle index or -1; a task is done when it has a filled slot
    broken: int64 [bundle]: points of a bundle that is neither wholly done nor wholly undone
    """

    cost: NDArray[np.int64]
    least: NDArray[np.int64]
    must: NDArray[np.bool_]
    partial: NDArray[np.int64]
    bundle: NDArray[np.int64]
    broken: NDArray[np.int64]


class EmptyBuilder:
    """Collects what emptiness costs."""

    def __init__(self, slots: int, least: tuple[int, ...], must: list[bool]):
        self._cost = np.zeros(slots, dtype=np.int64)
        self._least = np.array(least, dtype=np.int64)
        self._must = np.array(must, dtype=np.bool_)
        self._partial = np.zeros(len(least), dtype=np.int64)
        self._bundle = np.full(len(least), -1, dtype=np.int64)
        self._broken: list[int] = []

    def add(self, slot: int, points: int) -> None:
        """The slot costs `points` more while it is empty."""
        self._cost[slot] += points

    def partial(self, task: int, points: int) -> None:
        """Each slot that a begun crew lacks costs `points`."""
        self._partial[task] += points

    def bundle(self, tasks: list[int], points: int) -> None:
        """These tasks are all done or none; else `points`."""
        self._bundle[tasks] = len(self._broken)
        self._broken.append(points)

    def build(self) -> EmptyTable:
        """Freeze."""
        broken = np.array(self._broken, dtype=np.int64)
        return EmptyTable(self._cost, self._least, self._must, self._partial, self._bundle, broken)
