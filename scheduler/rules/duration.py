"""The person in a slot stays as long as it lasts.

Unit: ticks by which the time from start to end differs from the slot's length.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="task",
    concerns=done,
    name=Text(zh="时长", en="Duration"),
    text=Text(
        zh="{person} 承担 {task} 的时长与要求相差 {ticks}",
        en="{person} spends on {task} a time that is {ticks} off",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for number, stop in facts.by_task[key].items():
        ticks = abs(stop.end - stop.start - facts.task_slots[key][number].duration)
        if ticks:
            yield Violation(ticks, {"person": stop.person, "task": key, "ticks": ticks})


def lower(into: Into) -> None:
    """Nothing: engines know no other length than the slot's."""
