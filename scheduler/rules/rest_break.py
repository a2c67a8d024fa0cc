"""On a day with work there is a rest, such as lunch, free of work and travel.

Unit: breaks missed. The rest lies whole within its hours: before the way from the start place,
after the last stop (the way home may come later), or between two stops with the whole way between
them on one side of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.facts import Facts
from scheduler.model import Level
from scheduler.rules._rule import Rule, Text, Violation

if TYPE_CHECKING:
    from scheduler.lowered.into import Into

RULE = Rule(
    level=Level.HARD,
    unit="break",
    scope="person",
    name=Text(zh="午休与间歇", en="Rest break"),
    text=Text(
        zh="{person} 在 {day} 的 {from} 至 {to} 之间没有 {least} 的休息",
        en="{person} has no rest of {least} between {from} and {to} on {day}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    owed = facts.instance.limits(key).breaks
    if owed is None:
        return
    for day in facts.by_day[key]:
        midnight = day * facts.horizon.day_ticks
        start, end = midnight + owed.start, midnight + owed.end
        longest = max(
            min(end, last) - max(start, first) for first, last in _free(facts, key, day, start, end)
        )
        if longest < owed.minutes:
            yield Violation(
                1, {"person": key, "day": day, "from": start, "to": end, "least": owed.minutes}
            )


def _free(facts: Facts, person: str, day: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches in which the person may rest on a day with work; `start` and `end` bound the outer ones."""
    stops = facts.stops(person, day)
    leaves = stops[0].start
    for before, after, way in facts.legs(person, day):
        if before is None:
            leaves -= way
        elif after is not None:
            yield before.end, after.start - way
            yield before.end + way, after.start
    yield start, leaves
    yield stops[-1].end, end


def lower(into: Into) -> None:
    for person, record in into.people():
        owed = into.instance.limits(record.id).breaks
        if owed is None:
            continue
        for day in range(into.index.days):
            midnight = day * into.index.day_ticks
            span = midnight + owed.start, midnight + owed.end
            into.day.rest(person, day, span, owed.minutes, into.points())
