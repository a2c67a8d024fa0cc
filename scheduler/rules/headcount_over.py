"""People beyond a shift's target cost what its need says.

Unit: points, the need's ``over_points`` for each slot beyond the target that is filled.
"""

from collections.abc import Iterator

import numpy as np

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.tasks import Rank, TaskSlot
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    unit="point",
    scope="task",
    concerns=done,
    name=Text(zh="超出目标人数", en="Beyond target headcount"),
    text=Text(
        zh="{task} 超出目标人数 {count} 人",
        en="{task} has {count} {count:person|people} beyond its target",
    ),
)


def _points(slot: TaskSlot) -> int:
    return slot.need.over_points if slot.need and slot.rank is Rank.EXTRA else 0


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    slots = facts.task_slots[key]
    over = [points for number in facts.by_task[key] if (points := _points(slots[number]))]
    if over:
        yield Violation(sum(over), {"task": key, "count": len(over)})


def lower(into: Into) -> None:
    everybody = np.array([person for person, _ in into.people()], dtype=np.int64)
    for slot, _, record in into.slots():
        if points := _points(record):
            into.fit.add(slot, everybody, into.points(points))
