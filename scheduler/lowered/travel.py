"""Travel: ticks and points between places, per mode."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TravelTable:
    """Travel between places, each person's mode and places, and the price of travel.

    ticks: int32 [mode, from, to], from place to place; where people go home within a day, from node to
        node, of which the first are the places (see spells.py)
    spell: int64 [mode, node], in which of its person's spells a node of a mode lies; elsewhere 0
    mode, start, end: int64 [person]; start and end place, -1 = the day begins or ends at a stop
    cost: int64 [mode], points a tick
    no_way: int8 [mode, from, to]: 1 where there is no way, whose ticks are then 0; of two ways how many
    no_way_cost: int64 [person], points of each leg of theirs for which there is no way
    counts: whether travel is work (see Day and Total)

    A person's day runs start place, stops in order, end place; each leg takes its ticks.
    """

    ticks: NDArray[np.int32]
    mode: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    cost: NDArray[np.int64]
    no_way: NDArray[np.int8]
    no_way_cost: NDArray[np.int64]
    counts: bool
    spell: NDArray[np.int64]

    @property
    def has_spells(self) -> bool:
        """Whether anybody goes home within a day."""
        return bool(self.spell.any())


class TravelBuilder:
    """Collects the price of a tick on the way, and of legs without a way."""

    def __init__(
        self,
        ticks: NDArray[np.int32],
        no_way: NDArray[np.bool_] | None,
        mode: list[int],
        start: list[int],
        end: list[int],
        counts: bool,
    ):
        self._ticks = ticks
        self._no_way = np.zeros_like(ticks, dtype=np.bool_) if no_way is None else no_way
        self._people = (mode, start, end)
        self._counts = counts
        self._cost = np.zeros(len(ticks), dtype=np.int64)
        self._no_way_cost = np.zeros(len(mode), dtype=np.int64)

    def add(self, mode: int, points: int) -> None:
        """A tick of this mode costs `points` more."""
        self._cost[mode] += points

    def no_way(self, person: int, points: int) -> None:
        """Each leg of a person's days for which there is no way costs `points` more."""
        self._no_way_cost[person] += points

    def build(self) -> TravelTable:
        """Freeze."""
        mode, start, end = (np.array(column, dtype=np.int64) for column in self._people)
        return TravelTable(
            ticks=self._ticks,
            mode=mode,
            start=start,
            end=end,
            cost=self._cost,
            no_way=self._no_way.astype(np.int8),
            no_way_cost=self._no_way_cost,
            counts=self._counts,
            spell=np.zeros(self._ticks.shape[:2], dtype=np.int64),
        )
