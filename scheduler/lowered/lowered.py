"""Lowered: an instance as the primitives, dense and without ids."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.lowered.capacity import CapacityTable
from scheduler.lowered.crew import CrewTable
from scheduler.lowered.day import DayTable, starts_by_the_calendar
from scheduler.lowered.distinct import DistinctTable
from scheduler.lowered.empty import EmptyTable
from scheduler.lowered.fit import FitTable
from scheduler.lowered.follow import FollowTable
from scheduler.lowered.gap import GapTable
from scheduler.lowered.index import Index
from scheduler.lowered.mix import MixTable
from scheduler.lowered.price import Scale
from scheduler.lowered.recovery import RecoveryTable
from scheduler.lowered.run import RunTable
from scheduler.lowered.total import TotalTable
from scheduler.lowered.travel import TravelTable
from scheduler.lowered.window import WindowTable


@dataclass(frozen=True)
class Lowered:
    """All that engines know of an instance. `index` is for reading rosters back, not for deciding."""

    index: Index
    scale: Scale
    fit: FitTable
    window: WindowTable
    empty: EmptyTable
    crew: CrewTable
    gap: GapTable
    travel: TravelTable
    day: DayTable
    total: TotalTable
    run: RunTable
    recovery: RecoveryTable
    follow: FollowTable
    distinct: DistinctTable
    mix: MixTable
    capacity: CapacityTable

    @cached_property
    def at_midnight(self) -> bool:
        """Whether every stop's working day is the calendar day of its option."""
        return starts_by_the_calendar(
            self.window, self.day.begins, self.index.task_of, self.crew.least, self.index.day_ticks
        )

    def workday(self, person: int, slot: int, option: int) -> int:
        """The row of the person's working day on which a slot starts in an option; see `DayTable.begins`."""
        start = self.window.earliest[option] + self.crew.least[slot]
        begins = self.day.begins[person]
        day = int(np.searchsorted(begins, start, side="right")) - 1
        return max(0, day) if begins[0] == 0 else day % self.rows

    @property
    def rows(self) -> int:
        """How many working days a person has: those of the horizon, and where anybody has an eve that one."""
        return len(self.day.ordinary[0]) if len(self.day.ordinary) else self.index.days

    @property
    def rows_in_time(self) -> list[int]:
        """Rows of working days in order of time: the eve's, which is the last, comes first."""
        days = self.index.days
        return [*range(days, self.rows), *range(days)]
