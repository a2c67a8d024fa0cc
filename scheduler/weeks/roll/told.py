"""What the past week tells of itself: the last stops, and sums of what the following week goes on with."""

from datetime import date, timedelta
from typing import Any

from scheduler.facts import RouteStop
from scheduler.model import PastStop, PastSums
from scheduler.weeks.roll.past import PastWeek

STOPS_OF_DAYS = 14
"""How many days before the following horizon have their stops told; no rule's day looks back further."""


def told(past: PastWeek, person: str) -> dict[str, Any]:
    """Fields of the person's history: `stops`, `since`, and the sums that have begun."""
    before, start = past.instance.past(person), past.following.horizon.start
    monday = start - timedelta(days=start.weekday())
    return {
        "since": past.instance.horizon.date(max(before.since, past.days - STOPS_OF_DAYS)),
        "stops": _stops(past, person),
        "week": _sums(past, person, monday, before.week),
        "month": _sums(past, person, start.replace(day=1), before.month),
        "year": _sums(past, person, start.replace(month=1, day=1), before.year),
        "period": _period(past, person),
    }


def _period(past: PastWeek, person: str) -> PastSums | None:
    """What the planning period holds; None where the following horizon begins a new one."""
    end, begun = past.instance.settings.period_end, past.instance.horizon.start - timedelta(days=1)
    if end is None or end < past.following.horizon.start:
        return None
    return _sums(past, person, begun, past.instance.past(person).period)


def _stops(past: PastWeek, person: str) -> tuple[PastStop, ...]:
    """The stops of the last days, as seen from the following horizon; of older ones the last."""
    stops = [
        (day, _moved(past, stop, stop.kind, day))
        for day, of_day in past.instance.past(person).by_day.items()
        for stop in of_day
    ]
    stops += [
        (day, _moved(past, stop, stop.task.kind, day))
        for day, of_day in past.facts.by_day[person].items()
        for stop in of_day
        if stop.start < past.ticks
    ]
    stops.sort(key=lambda pair: (pair[1].start, pair[1].end))
    recent = [stop for day, stop in stops if day >= past.days - STOPS_OF_DAYS]
    return tuple(recent or (stop for _, stop in stops[-1:]))


def _moved(past: PastWeek, stop: PastStop | RouteStop, kind: str, day: int) -> PastStop:
    """A stop of a working day, in the moments of the following horizon."""
    horizon = past.instance.horizon
    return PastStop(
        kind=kind,
        place=stop.place if stop.place in past.following.place_by_id else None,
        start=stop.start - past.ticks,
        end=stop.end - past.ticks,
        day=None if horizon.day_of(stop.start) == day else horizon.date(day),
    )


def _sums(past: PastWeek, person: str, first: date, before: PastSums) -> PastSums | None:
    """What a calendar span from `first` on holds at the following horizon's start; None: it begins there.

    before: what it held at the start of the week's own horizon, where it had begun then
    """
    horizon, days = past.instance.horizon, past.facts.by_day[person]
    begin = horizon.day(first)
    if begin >= past.days:
        return None
    counted = past.instance.past(person).weekend_counted
    weekends = past.weekends(person)[counted:]
    busy = [day for day in days if begin <= day < past.days]
    sums = PastSums(
        minutes=sum(past.facts.work_ticks(person, day) for day in busy),
        days=sum(day >= 0 for day in busy),
        tasks=sum(len(days[day]) for day in busy),
        weekends=sum(worked and days[0] >= begin for days, worked in weekends),
    )
    if begin >= 0:
        return sums
    return PastSums(**{name: value + getattr(before, name) for name, value in sums})
