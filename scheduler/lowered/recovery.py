"""Recovery: the rest owed after a run of days with some kind of work, before any other work."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered.follow import LONG_AGO


@dataclass(frozen=True)
class RecoveryTable:
    """All int64 [row].

    person, measure: a day belongs to a run where the person has any of the measure
    length: days in a row from which on rest is owed after the run
    ticks: from the last end on the run's last day to the first start of the next day with work;
        each that lacks costs `points`
    past: days of the run that the last day with work before day 0 belongs to; 0: it belongs to none
    past_off: days off between that day and day 0; past_end: when its work ended, or `LONG_AGO`
    """

    person: NDArray[np.int64]
    measure: NDArray[np.int64]
    length: NDArray[np.int64]
    ticks: NDArray[np.int64]
    points: NDArray[np.int64]
    past: NDArray[np.int64]
    past_off: NDArray[np.int64]
    past_end: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)


class RecoveryBuilder:
    """Collects rests owed."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, ...]] = []

    def add(
        self,
        person: int,
        measure: int,
        length: int,
        ticks: int,
        points: int,
        *,
        past: int = 0,
        past_off: int = 0,
        past_end: int = LONG_AGO,
    ) -> None:
        """Each tick of `ticks` that a rest after `length` days in a row or more lacks costs `points`."""
        self._rows.append((person, measure, length, ticks, points, past, past_off, past_end))

    def build(self) -> RecoveryTable:
        """Freeze."""
        rows = np.array(self._rows, dtype=np.int64).reshape(len(self._rows), 8)
        return RecoveryTable(*(column.copy() for column in rows.T))
