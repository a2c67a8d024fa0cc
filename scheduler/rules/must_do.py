"""A visit that has to be done is done in full.

Unit: slots of such visits that nobody fills. Concerns visits marked ``must``; ``unassigned`` says
what the others cost when they are left undone.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Visit
from scheduler.rules.common.concerns import where
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=where(lambda task: isinstance(task, Visit) and task.must),
    name=Text(zh="必办走访", en="Visits that must be done"),
    text=Text(
        zh="{task} 必须办理，仍有 {count} 个岗位名额无人承担",
        en="{task} has to be done, and {count} of its slots {count:is|are} empty",
    ),
    relax=Text(
        zh="不再要求 {subject} 必须完成",
        en="no longer insist on {subject}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    task = facts.instance.task_by_id[key]
    count = len(facts.task_slots[key]) - len(facts.by_task[key])
    if isinstance(task, Visit) and task.must and count:
        yield Violation(count, {"task": key, "count": count})


def lower(into: Into) -> None:
    for _, visit in into.visits():
        if visit.must:
            for slot in into.slots_of(visit.id):
                into.empty.add(slot, into.points())
