"""Crew: a task's filled slots start together, or `least..most` ticks after the first slot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class CrewTable:
    """When the slots of a task start after the task's start, and how long they last.

    least, most: int64 [slot], ticks from the task's start to the slot's start (structural)
    duration: int64 [slot], ticks

    The task's start is slot 0's, whether or not slot 0 is filled. Slots start as early as their
    people can: the task's start is the least that lets every filled slot keep its `most`. In an option
    that begins where the task was published (see window.py), no slot that was published starts before its
    own published moment, as far as its `most` lets it wait. No two slots of a task are filled by one person
    (structural).
    """

    least: NDArray[np.int64]
    most: NDArray[np.int64]
    duration: NDArray[np.int64]


class CrewBuilder:
    """Makes the table from the slots' spacing and duration; no rule writes into it."""

    def __init__(self, after: list[tuple[int, int]], duration: list[int]):
        self._after = after
        self._duration = duration

    def build(self) -> CrewTable:
        """Freeze."""
        pairs = np.array(self._after, dtype=np.int64).reshape(len(self._after), 2)
        duration = np.array(self._duration, dtype=np.int64)
        return CrewTable(pairs[:, 0].copy(), pairs[:, 1].copy(), duration)
