"""Runs of days that are shorter than their least: of days with work, or of days off."""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import runs
from scheduler.lowered.into import Into
from scheduler.rules.common.rule import Violation


def short_runs(facts: Facts, person: str, least: int | None, *, on: bool) -> Iterator[Violation]:
    """A violation by the days that each run lacks of `least`; none where there is no least.

    A run is judged where it ends. So one up to the last day may go on after the horizon and lacks
    nothing yet; one that ended the day before the horizon lacks days here; and one that the history
    does not know from its first day lacks none.
    """
    if least is None:
        return
    past = facts.instance.past(person)
    known = past.run_on + past.run_off > 0
    before = past.run_on if on else past.run_off
    ended = 0 < before < least and (0 in facts.by_day[person]) is not on
    if ended and not past.run_is_open:
        yield _short(person, -before, before, least)
    for days, count in runs(facts, person, on=on):
        begun = known and not (before and past.run_is_open) if days[0] == 0 else True
        if count < least and begun and days[-1] < facts.horizon.days - 1:
            yield _short(person, days[0], count, least)


def lower_ended(into: Into, person: int, least: int, *, on: bool) -> None:
    """Price a run that is too short and ended before the horizon, should day 0 not go on with it.

    The primitive `run` knows the runs of the horizon's days.
    """
    past = into.instance.past(into.instance.people[person].id)
    before = past.run_on if on else past.run_off
    if 0 < before < least and not past.run_is_open:
        piece = (-1, 1, into.points(least - before)) if on else (1, 0, into.points(least - before))
        into.total.add(person, into.total.STOPS, [[0]], [piece], any_day=True)


def _short(person: str, day: int, count: int, least: int) -> Violation:
    return Violation(least - count, {"person": person, "day": day, "count": count, "limit": least})
