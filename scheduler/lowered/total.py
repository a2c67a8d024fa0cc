"""Total: a convex cost of a person's sum, over days, of a measure of their slots."""

from collections.abc import Hashable, Sequence, Sized
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORK = 0
"""Measure 0: ticks of work; engines add travel to it where travel counts."""
STOPS = 1
"""Measure 1: number of stops."""


@dataclass(frozen=True)
class TotalTable:
    """All int64.

    amount_first: [slot + 1]; what slot s adds: rows amount_first[s] .. amount_first[s+1] of
    amounts: [entry, 2]: measure, amount
    measures: how many measures there are
    person, measure, any_day, base: [row]; the row's value is base plus, over its groups of days,
        the sum of the measure (any_day = 0), or 1 for each group with any of it (any_day = 1)
    group_first: [row + 1], into the groups of the row; day_first: [group + 1], into `days`: [entry]
    piece_first: [row + 1]; pieces: [piece, 3]: sense, bound, points. Sense 1 costs
        points * max(0, value - bound), sense -1 costs points * max(0, bound - value)
    """

    amount_first: NDArray[np.int64]
    amounts: NDArray[np.int64]
    measures: int
    person: NDArray[np.int64]
    measure: NDArray[np.int64]
    any_day: NDArray[np.int64]
    base: NDArray[np.int64]
    group_first: NDArray[np.int64]
    day_first: NDArray[np.int64]
    days: NDArray[np.int64]
    piece_first: NDArray[np.int64]
    pieces: NDArray[np.int64]


class TotalBuilder:
    """Collects measures and the rows that price them."""

    WORK = WORK
    STOPS = STOPS

    def __init__(self, durations: list[int]):
        self._amounts: list[dict[int, int]] = [{WORK: ticks, STOPS: 1} for ticks in durations]
        self._measures: dict[Hashable, tuple[int, dict[int, int]]] = {}
        self._rows: list[tuple[int, int, int, int]] = []
        self._groups: list[list[list[int]]] = []
        self._pieces: list[list[tuple[int, int, int]]] = []

    def measure(self, name: Hashable, amounts: dict[int, int]) -> int:
        """The measure of this name, made the first time. `amounts`: what each slot adds, by slot.

        Raises ValueError where the name already stands for other amounts.
        """
        if name not in self._measures:
            measure = self._count()
            self._measures[name] = measure, amounts.copy()
            for slot, amount in amounts.items():
                if amount:
                    self._amounts[slot][measure] = amount
        measure, first = self._measures[name]
        if first != amounts:
            raise ValueError(f"the measure {name!r} has other amounts already")
        return measure

    def _count(self) -> int:
        """How many measures there are: work, stops, and those of rules."""
        return 2 + len(self._measures)

    def add(
        self,
        person: int,
        measure: int,
        groups: list[list[int]],
        pieces: list[tuple[int, int, int]],
        *,
        any_day: bool = False,
        base: int = 0,
    ) -> None:
        """Price a person's sum. `groups`: lists of days; `pieces`: (sense, bound, points)."""
        self._rows.append((person, measure, int(any_day), base))
        self._groups.append(groups)
        self._pieces.append(pieces)

    def build(self) -> TotalTable:
        """Freeze."""
        groups = [group for of_row in self._groups for group in of_row]
        pieces = [piece for of_row in self._pieces for piece in of_row]
        entries = [pair for of_slot in self._amounts for pair in sorted(of_slot.items())]
        rows = np.array(self._rows, dtype=np.int64).reshape(len(self._rows), 4)
        return TotalTable(
            amount_first=_starts(self._amounts),
            amounts=np.array(entries, dtype=np.int64).reshape(len(entries), 2),
            measures=self._count(),
            person=rows[:, 0].copy(),
            measure=rows[:, 1].copy(),
            any_day=rows[:, 2].copy(),
            base=rows[:, 3].copy(),
            group_first=_starts(self._groups),
            day_first=_starts(groups),
            days=np.array([day for group in groups for day in group], dtype=np.int64),
            piece_first=_starts(self._pieces),
            pieces=np.array(pieces, dtype=np.int64).reshape(len(pieces), 3),
        )


def _starts(lists: Sequence[Sized]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum([len(entries) for entries in lists])]).astype(np.int64)
