"""Each slot of a visit that stays empty costs the points of the visit's priority.

Unit: points, by ``priority_points`` of the settings.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Visit
from scheduler.rules.common.concerns import visits
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.MEDIUM,
    unit="point",
    scope="task",
    concerns=visits,
    name=Text(zh="未安排", en="Unassigned"),
    text=Text(
        zh="{task} 有 {count} 个岗位名额未安排",
        en="{task} has {count} {count:slot|slots} that nobody fills",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    task = facts.instance.task_by_id[key]
    count = len(facts.task_slots[key]) - len(facts.by_task[key])
    if isinstance(task, Visit) and count:
        points = facts.instance.settings.priority_points[task.priority - 1]
        yield Violation(points * count, {"task": key, "count": count})


def lower(into: Into) -> None:
    for _, visit in into.visits():
        points = into.instance.settings.priority_points[visit.priority - 1]
        for slot in into.slots_of(visit.id):
            into.empty.add(slot, into.points(points))
