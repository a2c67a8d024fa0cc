"""Where the rest lies that a person is owed on a day with work (see ``rest_break``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.facts import Facts, RouteStop
from scheduler.model import Break, Horizon, Instance
from scheduler.model.workdays import EVE
from scheduler.rules import is_on
from scheduler.rules.common.presence import working_spans


@dataclass(frozen=True, slots=True)
class RestBreak:
    """A rest, ticks from the horizon's start, between two stops; None: before the first, behind the last."""

    before: RouteStop | None
    after: RouteStop | None
    start: int
    end: int


SIX_HOURS = 6 * 60


def long_day(owed: Break, horizon: Horizon) -> int:
    """Ticks from first start to last end beyond which a day owes the break."""
    return SIX_HOURS * horizon.ticks_per_minute if owed.beyond is None else owed.beyond


def long_piece(owed: Break, horizon: Horizon) -> int:
    """Ticks from which on one piece of work holds the break itself."""
    return SIX_HOURS * horizon.ticks_per_minute if owed.within is None else owed.within


def is_owed(facts: Facts, person: str, day: int) -> bool:
    """Whether a day with work is so long, and so parted, that it owes the person's break; the eve's is not judged."""
    owed, stops = facts.instance.limits(person).breaks, facts.stops(person, day)
    if (
        owed is None
        or day == EVE
        or stops[-1].end - stops[0].start <= long_day(owed, facts.horizon)
    ):
        return False
    midnight = day * facts.horizon.day_ticks
    opens, closes = midnight + owed.start, midnight + owed.end
    least = long_piece(owed, facts.horizon)
    return not any(
        stop.end - stop.start >= least
        and min(stop.end, closes) - max(stop.start, opens) >= owed.minutes
        for stop in stops
    )


def rest(facts: Facts, person: str, day: int) -> RestBreak | None:
    """The rest of a day with work: between two stops where it fits, else before the first, else behind the last.

    None where none is owed, where ``rest_break`` is off or gives way, and where it is missed.
    """
    owed = facts.instance.limits(person).breaks
    if owed is None or day == EVE or not _holds(facts.instance, person):
        return None
    midnight = day * facts.horizon.day_ticks
    for before, after, first, last in _free(facts, person, day):
        start = max(first, midnight + owed.start)
        if start + owed.minutes <= min(last, midnight + owed.end):
            return RestBreak(before, after, start, start + owed.minutes)
    return None


def _holds(instance: Instance, person: str) -> bool:
    excused = {exemption.person for exemption in instance.exceptions_of("rest_break")}
    return is_on(instance, "rest_break") and person not in excused


def _free(
    facts: Facts, person: str, day: int
) -> Iterator[tuple[RouteStop | None, RouteStop | None, int, int]]:
    """(stop before, stop after, first tick, last tick) of the stretches in which the person may rest.

    Those over which they go home come after the others.
    """
    stops = facts.stops(person, day)
    opens, closes = day * facts.horizon.day_ticks, (day + 2) * facts.horizon.day_ticks
    before, _, way = facts.legs(person, day)[0] if facts.legs(person, day) else (stops[0], None, 0)
    way_out = way if before is None else 0
    pairs = sorted(pairwise(stops), key=lambda pair: facts.goes_home(*pair))
    for before, after in pairs:
        way = facts.way(before, after)
        yield before, after, before.end, after.start - way
        yield before, after, before.end + way, after.start
    if facts.instance.settings.rest_on_duty:
        present = working_spans(facts.instance, person, [day])[day][0][0]
        yield None, stops[0], present + way_out, stops[0].start
    else:
        yield None, stops[0], opens, stops[0].start - way_out
    yield stops[-1], None, stops[-1].end, closes


def returns(facts: Facts, person: str, day: int) -> int:
    """When a day with work ends: at the end place, or with the last stop where there is none."""
    last = facts.stops(person, day)[-1]
    pause = rest(facts, person, day)
    behind = pause is not None and pause.after is None and facts.instance.settings.rest_on_duty
    leaves = pause.end if pause is not None and behind else last.end
    end = facts.instance.person_by_id[person].end_place
    return leaves + (0 if end is None else facts.travel(person, last.place, end))
