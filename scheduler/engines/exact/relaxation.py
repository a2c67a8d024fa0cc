"""Relaxation: a linear program of all rosters that break no hard rule, and of some that do.

It keeps who fits and is present, how much a person may do in a day and over days, days in a row, and
crews that are on one day and complete. It leaves out the order of stops, the hours of the day, and
travel except the least that reaching a stop takes. relaxed_tasks and relaxed_people write its rows.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.feasible_assignments import feasible_assignments, least_travel
from scheduler.engines.exact.linear_program import BIG, LinearProgram
from scheduler.lowered import Lowered

Entries = list[tuple[int, int]]
"""(column, factor) of a row."""


class Relaxation:
    """The program, before any rows. Its first columns are the feasible assignments, 1 where made.

    slot, person, day: int64 [assignment]; travel_ticks: int64 [assignment], least travel to it;
        work_travel: the same where travel is work, else 0
    costs: (column, points) of columns that rows have added
    worked: (person, day) → column that is 1 on a day with work; only days with feasible assignments
    """

    def __init__(self, lowered: Lowered):
        self.lowered = lowered
        self.program = LinearProgram()
        self.slot, self.person, self.day = feasible_assignments(lowered)
        self.travel_ticks = least_travel(lowered, self.slot, self.person, self.day)
        self.work_travel = self.travel_ticks if lowered.travel.counts else 0 * self.travel_ticks
        self.costs: list[tuple[int, int]] = []
        self.worked: dict[tuple[int, int], int] = {}
        for _ in self.slot:
            self.program.column()

    @property
    def assignments(self) -> int:
        """Number of feasible assignments."""
        return len(self.slot)

    def grouped(self, *keys: NDArray[np.int64]) -> Iterator[tuple[tuple[int, ...], list[int]]]:
        """Columns of assignments that agree in the keys, each int64 [assignment]."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for column, key in enumerate(zip(*(values.tolist() for values in keys), strict=True)):
            groups.setdefault(key, []).append(column)
        return iter(groups.items())

    def charge_excess(self, entries: Entries, free: int, points: int) -> None:
        """Points for each unit of a sum beyond `free`; where a unit breaks a hard rule, forbid it."""
        top = sum(max(0, factor) for _, factor in entries)
        if top <= free:
            return
        if points >= self.lowered.scale.hard:
            self.program.row(-BIG, free, entries)
            return
        over = self.program.column(max(1, top - free))
        self.costs.append((over, points))
        self.program.row(-BIG, free, [*entries, (over, -1)])
