"""Travel: ticks and points between places, per mode."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TravelTable:
    """Travel between places, each person's mode and places, and the price of travel.

    ticks: int32 [mode, from, to]
    mode, start, end: int64 [person]; start and end place, -1 = the day begins or ends at a stop
    cost: int64 [mode], points a tick
    counts: whether travel is work (see Day and Total)

    A person's day runs start place, stops in order, end place; each leg takes its ticks.
    """

    ticks: NDArray[np.int32]
    mode: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    cost: NDArray[np.int64]
    counts: bool


class TravelBuilder:
    """Collects the price of a tick on the way."""

    def __init__(
        self,
        ticks: NDArray[np.int32],
        mode: list[int],
        start: list[int],
        end: list[int],
        counts: bool,
    ):
        self._ticks = ticks
        self._people = (mode, start, end)
        self._counts = counts
        self._cost = np.zeros(len(ticks), dtype=np.int64)

    def add(self, mode: int, points: int) -> None:
        """A tick of this mode costs `points` more."""
        self._cost[mode] += points

    def build(self) -> TravelTable:
        """Freeze."""
        mode, start, end = (np.array(column, dtype=np.int64) for column in self._people)
        return TravelTable(self._ticks, mode, start, end, self._cost, self._counts)
