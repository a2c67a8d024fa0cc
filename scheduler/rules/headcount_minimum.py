"""A shift has at least its minimum of people.

Unit: points, by the shift's priority, for each slot up to the minimum that stays empty.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.tasks import Rank
from scheduler.rules.common.concerns import shifts
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.MEDIUM,
    unit="point",
    scope="task",
    concerns=shifts,
    name=Text(zh="最低人数", en="Minimum headcount"),
    text=Text(
        zh="{task} 距最低人数还缺 {count} 人",
        en="{task} lacks {count} {count:person|people} of its minimum",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    filled = facts.by_task[key]
    slots = enumerate(facts.task_slots[key])
    count = sum(slot.rank is Rank.MINIMUM and number not in filled for number, slot in slots)
    if count:
        priority = facts.instance.task_by_id[key].priority
        points = facts.instance.settings.priority_points[priority - 1]
        yield Violation(points * count, {"task": key, "count": count})


def lower(into: Into) -> None:
    for slot, task, record in into.slots():
        if record.rank is Rank.MINIMUM:
            points = into.instance.settings.priority_points[task.priority - 1]
            into.empty.add(slot, into.points(points))
