"""Mix: what a begun task costs by how many of its people are of a set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FOREVER = 2**31
"""A last day that nobody lives to see."""


@dataclass(frozen=True)
class MixTable:
    """Rows of (task, set of people), and points by how many people of the set the task has.

    task: int64 [row], in order
    set: int64 [row], row of `until`
    until: int64 [set, person]: last day on which the person is of the set; -1 = never
    least: int64 [row]: while fewer slots than this are filled, each that lacks counts as of the set
    first: int64 [row + 1]; row r has points[first[r] .. first[r+1]], by count from 0; a larger count
        costs as much as the last
    points: int64 [entry]

    A task with a filled slot pays for each of its rows; one without pays nothing.
    """

    task: NDArray[np.int64]
    set: NDArray[np.int64]
    until: NDArray[np.int64]
    least: NDArray[np.int64]
    first: NDArray[np.int64]
    points: NDArray[np.int64]


class MixBuilder:
    """Collects rows."""

    def __init__(self, people: int):
        self._people = people
        self._sets: dict[tuple[tuple[int, int], ...], int] = {}
        self._rows: list[tuple[int, int, int, list[int]]] = []

    def add(
        self, task: int, until: Mapping[int, int], points: Sequence[int], least: int = 0
    ) -> None:
        """A begun task costs points[n] where n of its people are of the set, the last where more are.

        until: person → last day on which they are of the set (`FOREVER`). least: up to so many filled
        slots, those that lack are counted as of the set.
        """
        number = self._sets.setdefault(tuple(sorted(until.items())), len(self._sets))
        self._rows.append((task, number, least, list(points)))

    def build(self) -> MixTable:
        """Freeze, in order of tasks."""
        rows = sorted(self._rows, key=lambda row: row[0])
        until = np.full((len(self._sets), self._people), -1, dtype=np.int64)
        for members, number in self._sets.items():
            for person, day in members:
                until[number, person] = day
        sizes = [len(points) for *_, points in rows]
        return MixTable(
            task=np.array([task for task, *_ in rows], dtype=np.int64),
            set=np.array([number for _, number, *_ in rows], dtype=np.int64),
            until=until,
            least=np.array([least for _, _, least, _ in rows], dtype=np.int64),
            first=np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64),
            points=np.array([value for *_, points in rows for value in points], dtype=np.int64),
        )
