"""The days that are planned, their dates, and the calendar weeks among them."""

import datetime

from pydantic import Field

from scheduler.model.base import Record
from scheduler.model.time import MINUTES_PER_DAY


class Horizon(Record):
    """The days that are planned (排班周期)."""

    start: datetime.date
    """First day."""
    days: int = Field(ge=1, le=400)
    """How many days."""
    ticks_per_minute: int = Field(default=1, ge=1, le=60_000)
    """1 unless the durations have decimals (literature: 1000)."""

    @property
    def day_ticks(self) -> int:
        """Ticks in a day."""
        return MINUTES_PER_DAY * self.ticks_per_minute

    @property
    def end(self) -> int:
        """First tick after the horizon."""
        return self.days * self.day_ticks

    def date(self, day: int) -> datetime.date:
        """Calendar date of a day index; negative days lie before the horizon."""
        return self.start + datetime.timedelta(days=day)

    def day(self, when: datetime.date) -> int:
        """Day index of a calendar date; may lie outside the horizon."""
        return (when - self.start).days

    def day_of(self, moment: int) -> int:
        """Day index in which a moment lies."""
        return moment // self.day_ticks

    @property
    def monday(self) -> int:
        """Day index of the Monday of day 0's calendar week; 0 or before."""
        return 1 - self.start.isoweekday()

    def weeks(self) -> list[list[int]]:
        """Day indices grouped by calendar week (Monday first); the first and last may be short."""
        groups: dict[tuple[int, int], list[int]] = {}
        for day in range(self.days):
            groups.setdefault(self.date(day).isocalendar()[:2], []).append(day)
        return list(groups.values())
