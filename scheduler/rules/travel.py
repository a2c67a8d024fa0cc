"""Little time on the way.

Unit: ticks of travel, every leg of a day with work, from the start place and to the end place
included.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation
from scheduler.travel.base import MODES

RULE = Rule(
    level=Level.SOFT,
    unit="minute",
    scope="person",
    name=Text(zh="路程", en="Travel"),
    text=Text(
        zh="{person} 在 {day} 路上共 {ticks}",
        en="{person} is on the way for {ticks} on {day}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for day in facts.by_day[key]:
        ticks = sum(way for _, _, way in facts.legs(key, day))
        if ticks:
            yield Violation(ticks, {"person": key, "day": day, "ticks": ticks})


def lower(into: Into) -> None:
    for mode in range(len(MODES)):
        into.travel.add(mode, into.points())
