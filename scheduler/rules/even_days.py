"""Work is spread over the days: nobody has a crowded day beside empty ones for no reason.

Unit: points. Of a day's visits and shifts the third costs a point, the fourth two, the fifth three, and
so on; so a visit that may be on any day goes to a day with less. Counts on horizons of more than a day.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

FREE = 2
"""Visits and shifts of a day that crowd nothing."""

RULE = Rule(
    level=Level.SOFT,
    unit="point",
    scope="person",
    grows=True,
    name=Text(zh="均匀分布到各天", en="Spread over the days"),
    text=Text(
        zh="{person} 在 {day} 有 {count} 项工作",
        en="{person} has {count} {count:task|tasks} on {day}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    if facts.horizon.days == 1:
        return
    for day, stops in facts.by_day[key].items():
        over = len(stops) - FREE
        if over > 0:
            yield Violation(
                over * (over + 1) // 2, {"person": key, "day": day, "count": len(stops)}
            )


def lower(into: Into) -> None:
    if into.index.days > 1:
        for person, _ in into.people():
            into.day.crowd(person, FREE, into.points())
