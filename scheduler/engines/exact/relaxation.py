"""Relaxation: a linear program of all rosters that break no hard rule, and of some that do.

It keeps who fits and is there, how much a person may do in a day and over days, days in a row, crews
being on one day and whole; it forgets order, travel (but for the least that reaching a stop takes)
and the hours of the day. relaxed_tasks and relaxed_people write its rows.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.feasible_assignments import feasible_assignments, least_ways
from scheduler.engines.exact.linear_program import BIG, LinearProgram
from scheduler.lowered import Lowered

Entries = list[tuple[int, int]]
"""(column, factor) of a row."""


class Relaxation:
    """The program, before any rows. Its first columns are the feasible assignments, 1 where made.

    slot, person, day: int64 [assignment]; way: int64 [assignment], ticks on the way to it, at least;
        work_way: the same where travel is work, else 0
    costs: (column, points) of columns that rows have added
    worked: (person, day) → column that is 1 on a day with work; only days on which one can work
    """

    def __init__(self, lowered: Lowered):
        self.lowered = lowered
        self.program = LinearProgram()
        self.slot, self.person, self.day = feasible_assignments(lowered)
        self.way = least_ways(lowered, self.slot, self.person, self.day)
        self.work_way = self.way if lowered.travel.counts else 0 * self.way
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
        """Points for each unit of a sum beyond `free`; none at all where a unit breaks a hard rule."""
        top = sum(max(0, factor) for _, factor in entries)
        if top <= free:
            return
        if points >= self.lowered.scale.hard:
            self.program.row(-BIG, free, entries)
            return
        over = self.program.column(max(1, top - free))
        self.costs.append((over, points))
        self.program.row(-BIG, free, [*entries, (over, -1)])
