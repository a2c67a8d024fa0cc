"""History: what lies in the horizon or is too much for its days, and numbers that the stops contradict."""

from collections.abc import Iterator

from scheduler.model.errors import Problem
from scheduler.model.faults.moments import HorizonClock
from scheduler.model.history import PastSums
from scheduler.model.instance import Instance
from scheduler.model.past import Past
from scheduler.model.pointer import pointer

DUTY_DAYS = 7
"""Days into the horizon that work from before it may reach at most."""


def history(instance: Instance) -> Iterator[Problem]:
    """Faults of every person's history."""
    clock = HorizonClock(instance)
    for person, told in instance.history.items():
        past = instance.past(person)
        at = ("history", person)
        moments = list(_moments(clock, past, at))
        yield from moments
        if not moments:
            yield from _contradictions(clock, past, at)
            for span, first in spans(past).items():
                yield from _sums(past, span, getattr(told, span), first, at)


def spans(past: Past) -> dict[str, int]:
    """Field of the history → first day (0 or before) of the calendar span that it sums up."""
    start = past.horizon.start
    return {
        "week": past.horizon.monday,
        "month": past.horizon.day(start.replace(day=1)),
        "year": past.horizon.day(start.replace(month=1, day=1)),
    }


def _moments(clock: HorizonClock, past: Past, at: tuple[str, str]) -> Iterator[Problem]:
    """Work that begins inside the horizon, ends before it starts, or reaches further than any duty."""
    latest = DUTY_DAYS * clock.horizon.day_ticks
    for number, stop in enumerate(past.told.stops):
        if not (stop.start < 0 and clock.near(stop.start)):
            yield _inside(clock, stop.start, *at, "stops", number, "start")
        elif stop.end <= stop.start:
            yield Problem(
                code="window_ends_before_start",
                pointer=pointer(*at, "stops", number, "end"),
                value=clock.text(stop.end),
                slots={"start": clock.text(stop.start)},
            )
        elif stop.end > latest:
            yield _inside(clock, stop.end, *at, "stops", number, "end")
        elif past.day_of(stop) >= 0:
            yield _inside(
                clock, past.day_of(stop) * clock.horizon.day_ticks, *at, "stops", number, "day"
            )
    end = past.told.last_end
    if end is not None and not (end <= latest and clock.near(end)):
        yield _inside(clock, end, *at, "last_end")
    until = past.told.day_until
    if until is not None and not clock.inside(until):
        yield clock.outside(until, *at, "day_until")
    if past.told.since is not None and past.told.since > clock.horizon.start:
        yield _inside(
            clock, past.horizon.day(past.told.since) * clock.horizon.day_ticks, *at, "since"
        )


def _inside(clock: HorizonClock, moment: int, *path: str | int) -> Problem:
    return Problem(
        code="history_in_horizon",
        pointer=pointer(*path),
        value=clock.text(moment),
        slots={"first": clock.horizon.start.isoformat()},
    )


def _contradictions(clock: HorizonClock, past: Past, at: tuple[str, str]) -> Iterator[Problem]:
    """Numbers that are given and that the stops, as far as they reach, say otherwise."""
    told = past.told
    last = past.last_stop
    if last is not None and told.last_end not in (None, last.end):
        yield _other(clock.text(past.last_end or 0), clock.text(last.end), *at, "last_end")
    if past.since >= 0:
        return
    kinds = {stop.kind for stop in past.by_day.get(-1, ())}
    if told.last_kinds and set(told.last_kinds) != kinds:
        yield _other(", ".join(told.last_kinds), ", ".join(sorted(kinds)) or "-", *at, "last_kinds")
    for field, given, on in (("run_on", told.run_on, True), ("run_off", told.run_off, False)):
        days = past.told_run(on=on)
        if given and not (given >= days if days == -past.since else given == days):
            yield _other(str(given), str(days), *at, field)
    weekends, seen = told.weekends - past.weekend_counted, past.told_weekends
    whole = past.since <= next(past.weekends_before())[0] - DUTY_DAYS
    if told.weekends and (weekends < seen or (whole and weekends and not seen)):
        yield _other(str(told.weekends), str(seen + past.weekend_counted), *at, "weekends")


def _sums(
    past: Past, span: str, told: PastSums | None, first: int, at: tuple[str, str]
) -> Iterator[Problem]:
    """Sums of a calendar span: no more days than it has had, no less than its stops hold."""
    if told is None:
        return
    known, full = past.sums_of_stops(first), past.since <= first
    for field, given in told:
        bound = getattr(known, field)
        # travel is in the minutes given, but not in those of the stops
        if given and (given < bound or (full and field in ("days", "tasks") and given > bound)):
            yield _other(str(given), str(bound), *at, span, field)
        elif given and (first == 0 or (field == "days" and given > -first)):
            yield Problem(
                code="history_too_many_days",
                pointer=pointer(*at, span, field),
                value=str(given),
                slots={"days": str(-first), "first": str(past.horizon.date(first))},
            )


def _other(given: str, stops: str, *path: str | int) -> Problem:
    return Problem(
        code="history_contradicts",
        pointer=pointer(*path),
        value=given,
        slots={"stops": stops},
    )
