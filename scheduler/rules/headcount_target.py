"""A shift should have its target of people.

Unit: points for each slot between minimum and target that stays empty: the need's
``under_points``, else the settings' ``target_points``.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.model.tasks import Rank, TaskSlot
from scheduler.rules.common.concerns import shifts
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    unit="point",
    scope="task",
    concerns=shifts,
    name=Text(zh="目标人数", en="Target headcount"),
    text=Text(
        zh="{task} 距目标人数还缺 {count} 人",
        en="{task} lacks {count} {count:person|people} of its target",
    ),
)


def _points(instance: Instance, slot: TaskSlot) -> int:
    points = slot.need.under_points if slot.need else None
    return instance.settings.target_points if points is None else points


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    empty = [
        slot
        for number, slot in enumerate(facts.task_slots[key])
        if slot.rank is Rank.TARGET and number not in facts.by_task[key]
    ]
    points = sum(_points(facts.instance, slot) for slot in empty)
    if points:
        yield Violation(points, {"task": key, "count": len(empty)})


def lower(into: Into) -> None:
    for slot, _, record in into.slots():
        if record.rank is Rank.TARGET:
            into.empty.add(slot, into.points(_points(into.instance, record)))
