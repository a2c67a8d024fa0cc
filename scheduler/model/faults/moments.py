"""Moments and days: windows upside down, and whatever lies outside the horizon."""

from collections.abc import Iterable, Iterator
from typing import Literal

from scheduler.model.errors import Problem, warning
from scheduler.model.instance import Instance
from scheduler.model.people import Window
from scheduler.model.pointer import pointer
from scheduler.model.time import to_datetime

YEARS = range(1971, 2200)
"""Years that a horizon may start in."""
FAR_DAYS = 3660
"""Moments further from the horizon than these ten years are slips of the pen."""

Path = tuple[str | int, ...]
Severity = Literal["error", "warning"]


class HorizonClock:
    """The horizon as a measure of moments, and moments as files write them."""

    def __init__(self, instance: Instance):
        self.horizon = instance.horizon
        self.end = self.horizon.end
        reach = FAR_DAYS * self.horizon.day_ticks
        self._first, self._last = -reach, self.end + reach

    def text(self, moment: int) -> str:
        """ISO date-time, or the plain number where no calendar reaches."""
        if not self.near(moment):
            return str(moment)
        return to_datetime(moment, self.horizon.start, self.horizon.ticks_per_minute).isoformat(
            timespec="minutes"
        )

    def near(self, moment: int) -> bool:
        """Within ten years of the horizon."""
        return self._first <= moment <= self._last

    def inside(self, moment: int) -> bool:
        """Inside the horizon."""
        return 0 <= moment < self.end

    def outside(self, moment: int, *path: str | int, severity: Severity = "error") -> Problem:
        """The fault of a moment that should lie inside the horizon."""
        return Problem(
            code="outside_horizon",
            pointer=pointer(*path),
            value=self.text(moment),
            severity=severity,
            slots={
                "first": self.horizon.start.isoformat(),
                "last": self.horizon.date(self.horizon.days - 1).isoformat(),
            },
        )


def _period(instance: Instance) -> Iterator[Problem]:
    end, last = instance.settings.period_end, instance.horizon.date(instance.horizon.days - 1)
    if end is not None and end < last:
        yield Problem(
            code="period_ends_early",
            pointer=pointer("settings", "period_end"),
            value=end.isoformat(),
            slots={"last": last.isoformat()},
        )


def moments(instance: Instance) -> Iterator[Problem]:
    """Faults of everything that lies in time, in the order of the instance."""
    if instance.horizon.start.year not in YEARS:
        yield Problem(
            code="horizon_year",
            pointer="/horizon/start",
            value=instance.horizon.start.isoformat(),
            slots={"first": str(YEARS.start), "last": str(YEARS.stop - 1)},
        )
        return
    yield from _period(instance)
    clock = HorizonClock(instance)
    for index, place in enumerate(instance.places):
        yield from _order(clock, place.opening or (), "places", index, "opening")
    yield from _of_people(clock, instance)
    yield from _calendar(instance)
    for index, duty in enumerate(instance.duties):
        if duty.great_change is not None and not clock.near(duty.great_change):
            yield clock.outside(duty.great_change, "duties", index, "great_change")
    for index, visit in enumerate(instance.visits):
        at = ("visits", index, "windows")
        yield from _order(clock, visit.windows, *at)
        yield from _within(clock, visit.windows, "error", *at)
        if visit.due is not None and not clock.near(visit.due):
            yield clock.outside(visit.due, "visits", index, "due")
    for index, shift in enumerate(instance.shifts):
        if not clock.inside(shift.start):
            yield clock.outside(shift.start, "shifts", index, "start")
    for index, pin in enumerate(instance.pins):
        if pin.start is not None and not clock.inside(pin.start):
            yield clock.outside(pin.start, "pins", index, "start")
    for index, exempt in enumerate(instance.exceptions):
        if exempt.start is not None and not clock.inside(exempt.start):
            yield clock.outside(exempt.start, "exceptions", index, "start")
        yield from _order(clock, exempt.hours, "exceptions", index, "hours")


def _of_people(clock: HorizonClock, instance: Instance) -> Iterator[Problem]:
    horizon = instance.horizon
    for index, person in enumerate(instance.people):
        for field, spans in (("availability", person.availability), ("leave", person.leave)):
            yield from _order(clock, spans, "people", index, field)
            yield from _within(clock, spans, "warning", "people", index, field)
        for number, wish in enumerate(person.wishes):
            for place, day in enumerate(wish.days):
                if not 0 <= horizon.day(day) < horizon.days:
                    yield Problem(
                        code="outside_horizon",
                        pointer=pointer("people", index, "wishes", number, "days", place),
                        value=day.isoformat(),
                        severity="warning",
                        slots={
                            "first": horizon.start.isoformat(),
                            "last": horizon.date(horizon.days - 1).isoformat(),
                        },
                    )


def _calendar(instance: Instance) -> Iterator[Problem]:
    """Days that are off and worked at once, and years of the horizon whose holidays are not known."""
    calendar, horizon = instance.settings.calendar, instance.horizon
    for day in calendar.holidays.keys() & calendar.workdays.keys():
        yield Problem(
            code="holiday_and_workday",
            pointer=pointer("settings", "calendar", "workdays", day.isoformat()),
            value=day.isoformat(),
        )
    years = {horizon.date(day).year for day in (0, horizon.days - 1)}
    for year in sorted(year for year in years if not calendar.knows(year)):
        path = ("settings", "calendar", "country")
        yield warning("holidays_not_known", path, str(calendar.country), {"year": str(year)})


def _order(clock: HorizonClock, spans: Iterable[Window], *path: str | int) -> Iterator[Problem]:
    """Spans that are empty or upside down, or have an end that no calendar reaches."""
    for number, span in enumerate(spans):
        for field, moment in (("from", span.start), ("to", span.end), ("due", span.due)):
            if moment is not None and not clock.near(moment):
                yield clock.outside(moment, *path, number, field)
        if span.end <= span.start:
            yield Problem(
                code="window_ends_before_start",
                pointer=pointer(*path, number, "to"),
                value=clock.text(span.end),
                slots={"start": clock.text(span.start)},
            )


def _within(
    clock: HorizonClock, spans: Iterable[Window], severity: Severity, *path: str | int
) -> Iterator[Problem]:
    """Spans that lie wholly outside the horizon."""
    for number, span in enumerate(spans):
        before = span.start < span.end <= 0
        after = clock.end <= span.start < span.end
        if (before or after) and clock.near(span.start):
            yield clock.outside(span.start, *path, number, "from", severity=severity)
