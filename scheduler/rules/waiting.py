"""Nobody stands about between two stops. Off unless settings turn it on.

Unit: ticks between the arrival at a stop and its start; before the day's first stop nobody waits,
since people set out as late as it allows.
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
    level=Level.SOFT,
    on=False,
    unit="minute",
    scope="person",
    name=Text(zh="等候", en="Waiting"),
    text=Text(
        zh="{person} 在 {task}（{start}）开始前等候 {wait}",
        en="{person} waits {wait} before {task}, {start}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for day in facts.by_day[key]:
        for before, after, way in facts.legs(key, day):
            if before is not None and after is not None:
                wait = after.start - (before.end + way)
                if wait > 0:
                    yield Violation(
                        wait,
                        {
                            "person": key,
                            "task": after.task.id,
                            "start": after.start,
                            "wait": wait,
                        },
                    )


def lower(into: Into) -> None:
    for person, _ in into.people():
        into.day.wait(person, into.points())
