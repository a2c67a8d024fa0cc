"""DayWays: a person's ways on a day of the relaxation, and the rows that say how long they are at least."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.linkage import ClusterLevel, least_path


@dataclass(frozen=True)
class DayWays:
    """A person's ways on a day.

    column: ticks on the way, at least; worked: 1 where the day has work
    assignment: int64 [stop]; levels: of the stops, and of the start place behind them, where there is one
    home: ticks of the way home, at least
    """

    column: int
    worked: int
    assignment: NDArray[np.int64]
    levels: list[ClusterLevel]
    home: int

    def row(self, values: NDArray[np.float64]) -> list[tuple[int, int]]:
        """(column, factor) of the row, at most 0, that a solution, float64 [column], breaks most."""
        points = np.append(self.assignment, self.worked)
        if self.levels:
            points = points[: len(self.levels[0].cluster)]
        ticks, off = least_path(self.levels, values[points], float(values[self.worked]))
        entries = dict(zip(points.tolist(), ticks.tolist(), strict=True))
        entries[self.worked] = entries.get(self.worked, 0) + self.home - off
        return [*((column, by) for column, by in entries.items() if by), (self.column, -1)]
