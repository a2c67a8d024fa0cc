"""A crew starts together, or each at its slot's spacing after the first slot's start.

Unit: least ticks by which the starts miss every common start of the task: a slot that starts at s
and is spaced ``least..most`` allows the task's start to be anywhere from s - most to s - least.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import crews
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="task",
    concerns=crews,
    name=Text(zh="同时或先后到场", en="Crew together"),
    text=Text(
        zh="{task} 的同行人员没有按要求同时或先后到场，相差 {ticks}",
        en="The crew of {task} does not start as it should: {ticks} off",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    filled, slots = facts.by_task[key], facts.task_slots[key]
    if not filled:
        return
    earliest = max(stop.start - slots[number].after[1] for number, stop in filled.items())
    latest = min(stop.start - slots[number].after[0] for number, stop in filled.items())
    if earliest > latest:
        ticks = earliest - latest
        yield Violation(ticks, {"task": key, "ticks": ticks})


def lower(into: Into) -> None:
    """Nothing: engines know crews only so (see lowered/crew.py)."""
