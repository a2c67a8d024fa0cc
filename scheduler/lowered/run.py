"""Run: how many days in a row somebody has some kind of work, or none, with what came before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class RunTable:
    """All int64 [row]. A run is a longest stretch of days that belong to it.

    person, measure: a day belongs where the person has any of the measure (see lowered/total.py)
    on: 1; 0: where they have none of it
    first, end: the days that the row speaks of, first .. end - 1, as if there were no others
    past: days right before `first` that belong to the first run, also where `first` does not
    begins, ends: 1 where nothing before these days (and `past`), or behind them, belongs to a run
    sense, bound, points: sense 1: each day beyond `bound` costs points, but no day of `past`.
        sense -1: each day that a run lacks of `bound` does; a run that touches the first day lacks
        none unless it begins there, nor does one that touches the last day unless it ends there,
        and a run of `past` alone has ended
    told: 0 where a run of `past` alone lacks none
    """

    person: NDArray[np.int64]
    measure: NDArray[np.int64]
    on: NDArray[np.int64]
    first: NDArray[np.int64]
    end: NDArray[np.int64]
    past: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    sense: NDArray[np.int64]
    bound: NDArray[np.int64]
    points: NDArray[np.int64]
    told: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)


class RunBuilder:
    """Collects limits on runs."""

    def __init__(self, days: int):
        self._days = days
        self._rows: list[tuple[int, ...]] = []

    def most(
        self, person: int, measure: int, days: int, points: int, *, on: bool = True, past: int = 0
    ) -> None:
        """Each day beyond `days` costs `points`."""
        row = (person, measure, on, 0, self._days, past, 0, 0, 1, days, points, 1)
        self._rows.append(row)

    def least(
        self,
        person: int,
        measure: int,
        days: int,
        points: int,
        *,
        on: bool = True,
        past: int = 0,
        begins: bool = False,
        ends: bool = False,
        told: bool = True,
        among: tuple[int, int] | None = None,
    ) -> None:
        """Each day short of `days` costs `points`; told: in a run of `past` alone too.

        among: first and end of the days spoken of.
        """
        first, end = (0, self._days) if among is None else among
        row = (person, measure, on, first, end, past, begins, ends, -1, days, points, told)
        self._rows.append(row)

    def build(self) -> RunTable:
        """Freeze."""
        rows = np.array(self._rows, dtype=np.int64).reshape(len(self._rows), 12)
        return RunTable(*(column.copy() for column in rows.T))
