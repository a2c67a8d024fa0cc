"""Capacity: how many tasks a place holds at one time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class CapacityTable:
    """All int64 [place].

    most: tasks at one time, 0 = no limit
    cost: points for each task at whose start more than `most` tasks (itself included) are under
        way at the place. A task is under way from its first filled slot's start to its last one's end.
    """

    most: NDArray[np.int64]
    cost: NDArray[np.int64]


class CapacityBuilder:
    """Collects limits."""

    def __init__(self, places: int):
        self._most = np.zeros(places, dtype=np.int64)
        self._cost = np.zeros(places, dtype=np.int64)

    def limit(self, place: int, tasks: int, points: int) -> None:
        """At most `tasks` at one time; each task too many costs `points`."""
        self._most[place] = tasks
        self._cost[place] += points

    def build(self) -> CapacityTable:
        """Freeze."""
        return CapacityTable(self._most, self._cost)
