"""The calendar of the office: which days are public holidays, and which weekend days make up for them."""

import datetime
from functools import cache
from typing import Literal

from pydantic import Field

from scheduler.model import most
from scheduler.model.base import Record


class Calendar(Record):
    """Public holidays and make-up workdays (公共假日与调休), the same for everybody.

    What is named here comes before what is published.
    """

    country: Literal["cn"] | None = None
    """Whose published arrangements hold: cn, the General Office of the State Council's of each year. None: nobody's."""
    holidays: dict[datetime.date, str] = Field(default={}, max_length=most.SPANS)
    """Further days off, with their names."""
    workdays: dict[datetime.date, str] = Field(default={}, max_length=most.SPANS)
    """Further days of work, with what they make up for."""
    open_kinds: tuple[str, ...] = Field(default=(), max_length=most.KINDS)
    """Kinds of work that go on on public holidays, so that nobody's limit counts them."""

    def holiday(self, day: datetime.date) -> str:
        """Name of the public holiday on a day, in words or as a key of ``words.holiday``; "" where there is none."""
        if day in self.holidays or day in self.workdays:
            return self.holidays[day] or "holiday" if day in self.holidays else ""
        return _published(self.country, day, off=True)

    def makes_up(self, day: datetime.date) -> str:
        """What a weekend day makes up for by being a workday, named as a holiday; "" for any other day."""
        if day in self.holidays or day in self.workdays:
            return "" if day in self.holidays else self.workdays[day] or "workday"
        return _published(self.country, day, off=False)

    def day_off(self, day: datetime.date) -> bool:
        """Whether the day is a public holiday, or of a weekend and no workday."""
        if day in self.holidays or day in self.workdays:
            return day in self.holidays
        return _is_off(self.country, day)

    def knows(self, year: int) -> bool:
        """Whether the arrangements of a year are known, as they are where nobody's hold."""
        return self.country is None or year in _years()


@cache
def _published(country: str | None, day: datetime.date, *, off: bool) -> str:
    """Key of the holiday for which a day is off, or else worked, by what is published; "" for none.

    Source: the State Council's notices as the package chinesecalendar has them, such as 国办发明电
    〔2025〕7号 for the year 2026.
    """
    if country is None:
        return ""
    import chinese_calendar  # late: most instances name no country

    days = chinese_calendar.holidays if off else chinese_calendar.workdays
    name = days.get(day)
    return "" if name is None else chinese_calendar.Holiday(name).name


@cache
def _is_off(country: str | None, day: datetime.date) -> bool:
    """Whether a day is off by what is published, or of a weekend; history asks for those of a year, for everybody."""
    off = bool(_published(country, day, off=True))
    return off or (day.isoweekday() >= 6 and not _published(country, day, off=False))


@cache
def _years() -> frozenset[int]:
    import chinese_calendar

    return frozenset(day.year for day in chinese_calendar.holidays)
