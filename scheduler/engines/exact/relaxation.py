"""Relaxation: a linear program of all rosters that break no hard rule, and of some that do.

It keeps who fits and is present, how much a person may do in a day and over days, days in a row, and
crews that are complete, of different people, on one day and at one time. It leaves out the order of
stops except within a few hours, and travel except the least tree of the visited places. relaxed_tasks and relaxed_people write
its rows; relaxed_hours and relaxed_routes those about hours of the day that its solution breaks.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.day_ways import DayWays
from scheduler.engines.exact.feasible_assignments import feasible_assignments
from scheduler.engines.exact.linear_program import BIG, LinearProgram
from scheduler.engines.exact.possible_starts import PossibleStarts, possible_starts
from scheduler.lowered import Lowered

Entries = list[tuple[int, int]]
"""(column, factor) of a row."""


class Relaxation:
    """The program, before any rows. Its first columns are the feasible assignments, 1 where made.

    slot, person, day: int64 [assignment]
    costs: (column, points) of columns that rows have added
    starts: where and when each assignment can begin
    worked: (person, day) → column that is 1 on a day with work; only days with feasible assignments
    ways: (person, day) → ways of the day; only days with feasible assignments
    hours: (person, day) → rows that are the looser the longer the person is there at the end of the day
    done: (task, day) → column that is 1 where the task has a filled slot, for tasks of several slots
    """

    def __init__(self, lowered: Lowered):
        self.lowered = lowered
        self.program = LinearProgram()
        self.slot, self.person, self.day = feasible_assignments(lowered)
        self.starts = possible_starts(lowered, self.slot, self.person, self.day)
        self.costs: list[tuple[int, int]] = []
        self.worked: dict[tuple[int, int], int] = {}
        self.ways: dict[tuple[int, int], DayWays] = {}
        self.hours: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.done: dict[tuple[int, int], int] = {}
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

    def work_on_way(self, person: int, day: int) -> Entries:
        """What somebody's ways on a day add to the work."""
        ways = self.ways.get((person, day))
        return [] if ways is None or not self.lowered.travel.counts else [(ways.column, 1)]

    def days(self) -> Iterator[tuple[int, int, PossibleStarts]]:
        """Person, day, and when the assignments of that day can begin; only days with feasible assignments."""
        starts = self.starts
        people, days = self.person[starts.assignment], self.day[starts.assignment]
        order = np.lexsort((starts.assignment, days, people))
        key = (people * self.lowered.index.days + days)[order]
        for spans in np.split(order, np.flatnonzero(np.diff(key)) + 1):
            if len(spans):
                yield int(people[spans[0]]), int(days[spans[0]]), starts.of(spans)

    @cached_property
    def task(self) -> NDArray[np.int64]:
        """int64 [assignment]: of which task."""
        return np.array(self.lowered.index.task_of, dtype=np.int64)[self.slot]

    def charge_excess(self, entries: Entries, free: int, points: int) -> None:
        """Points for each unit of a sum beyond `free`; where a unit breaks a hard rule, forbid it."""
        top = sum(max(0, factor) * self.program.most(column) for column, factor in entries)
        if top <= free:
            return
        if points >= self.lowered.scale.hard:
            self.program.row(-BIG, free, entries)
            return
        over = self.program.column(max(1, top - free))
        self.costs.append((over, points))
        self.program.row(-BIG, free, [*entries, (over, -1)])
