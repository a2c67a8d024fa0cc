"""A task is done at one of its places, by the whole crew at the same one.

Unit: filled slots elsewhere. The crew is where its first filled slot is.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import places
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="指定点位", en="Listed place"),
    text=Text(
        zh="{person} 不应在 {place} 承担 {task}",
        en="{person} does {task} at {place}, where it does not take place",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    filled = facts.by_task[key]
    listed = places(facts.instance.task_by_id[key])
    for stop in filled.values():
        if stop.place not in listed or stop.place != filled[min(filled)].place:
            yield Violation(1, {"person": stop.person, "task": key, "place": stop.place})


def lower(into: Into) -> None:
    """Nothing: visit_window makes options at listed places only, and a crew has one option."""
