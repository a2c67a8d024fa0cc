"""Gap: the time between two tasks, in ticks or in days."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OPEN = 2**40
"""No limit on this side."""


@dataclass(frozen=True)
class GapTable:
    """Pairs of tasks, and the time between them.

    first, second: int64 [gap], tasks
    least, most: int64 [gap], ticks from the first's end (its last slot's) to the second's start
        (its first slot's); `-OPEN` and `OPEN` where there is no limit
    least_days, most_days: int64 [gap], days between
    cost: int64 [gap], points for each tick short or over; a day short or over counts `day_ticks`
    requires: int64 [gap], points while the second has a filled slot and the first has none

    A gap with either task undone costs nothing but `requires`. Engines let a second that comes
    later on the same day wait until `least` has passed.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    least: NDArray[np.int64]
    most: NDArray[np.int64]
    least_days: NDArray[np.int64]
    most_days: NDArray[np.int64]
    cost: NDArray[np.int64]
    requires: NDArray[np.int64]


class GapBuilder:
    """Collects gaps."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, ...]] = []

    def add(
        self,
        first: int,
        second: int,
        least: int | None,
        most: int | None,
        least_days: int | None,
        most_days: int | None,
        points: int,
        requires: int,
    ) -> None:
        """Points for each tick; None: no limit on that side."""
        self._rows.append(
            (
                first,
                second,
                -OPEN if least is None else least,
                OPEN if most is None else most,
                -OPEN if least_days is None else least_days,
                OPEN if most_days is None else most_days,
                points,
                requires,
            )
        )

    def build(self) -> GapTable:
        """Freeze."""
        table = np.array(self._rows, dtype=np.int64).reshape(len(self._rows), 8)
        return GapTable(*(table[:, column].copy() for column in range(8)))
