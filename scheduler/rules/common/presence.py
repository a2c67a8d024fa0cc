"""When a person is there, working day by working day (see ``model/workdays.py``)."""

from collections.abc import Iterable

from scheduler.model import Instance
from scheduler.model.workdays import EVE
from scheduler.rules import is_on

Spans = list[tuple[int, int]]


def day_bounds(instance: Instance, person: str, day: int) -> tuple[int, int]:
    """``[begin, end)`` of a working day, in ticks: up to the next one's begin, or the horizon's end."""
    begins = instance.workdays.begins(person)
    if day == EVE:
        return -instance.horizon.day_ticks, begins[0]
    last = day + 1 == len(begins)
    return begins[day], instance.horizon.end if last else begins[day + 1]


def spans_by_day(instance: Instance, person: str, days: Iterable[int]) -> dict[int, Spans]:
    """Spans ``[start, end)`` in ticks for work that starts on each of the days; at least one a day.

    A span beyond the end of a day counts for it up to its end, and for the next from its begin on:
    a night shift is work of the day it starts on. Who is there at moment 0 has been there on the eve. A day of absence has one empty span at its
    begin. Where settings turn ``availability`` off, everybody is there all day.
    """
    bounds = {day: day_bounds(instance, person, day) for day in days}
    if not is_on(instance, "availability"):
        return {day: [bound] for day, bound in bounds.items()}
    present = instance.presence(person)
    if EVE in bounds:
        opens = bounds[EVE][0]
        present = [(opens if start <= 0 < end else start, end) for start, end in present]
    return {day: _touching(present, *bound) for day, bound in bounds.items()}


def _touching(present: Spans, begin: int, end: int) -> Spans:
    return [
        (max(start, begin), close) for start, close in present if start < end and close > begin
    ] or [(begin, begin)]


def working_spans(instance: Instance, person: str, days: Iterable[int]) -> dict[int, Spans]:
    """As `spans_by_day`, but to midnight where settings let work go on past the end of presence."""
    presence_by_day = spans_by_day(instance, person, days)
    if not instance.settings.work_past_end:
        return presence_by_day
    ticks = instance.horizon.day_ticks
    return {day: _prolonged(spans, (day + 1) * ticks) for day, spans in presence_by_day.items()}


def _prolonged(spans: Spans, midnight: int) -> Spans:
    start, end = spans[-1]
    return [*spans[:-1], (start, max(end, midnight) if start < end else end)]


def evening(instance: Instance, person: str, day: int) -> int | None:
    """The moment of a working day when the person's work has to be over, in ticks; None: there is none.

    The limit ``evening_from``, else 20:00 for minors; None where ``evening_end`` is off.
    """
    limit = instance.limits(person).evening_from
    if limit is None and instance.person_by_id[person].minor:
        limit = 20 * 60 * instance.horizon.ticks_per_minute
    if limit is None or not is_on(instance, "evening_end"):
        return None
    return day * instance.horizon.day_ticks + limit


def until(spans: Spans, moment: int | None) -> Spans:
    """Spans cut off at a moment. Spans that begin after it are dropped, unless all of them do."""
    if moment is None:
        return spans
    return [(start, min(end, moment)) for start, end in spans if start < moment] or spans
