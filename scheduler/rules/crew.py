"""A visit is begun by enough people, with everybody it cannot go without, or by nobody.

Unit: slots that a begun crew lacks: up to the visit's ``least_crew`` (all, unless it says fewer),
or its empty ``must`` slots, whichever are more. Source: inspections in pairs; for some visits one
of two may go alone.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Visit
from scheduler.model.tasks import least_crew
from scheduler.rules.common.concerns import where
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=where(lambda task: isinstance(task, Visit) and len(task.slots) > 1),
    name=Text(zh="同行人员到齐", en="Whole crew"),
    text=Text(
        zh="{task} 已有人前往，但还缺 {count} 名必需的同行人员",
        en="{task} is begun with {count} {count:person|people} of its crew missing",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    filled = facts.by_task[key]
    if not filled:
        return
    musts = sum(slot.must and n not in filled for n, slot in enumerate(facts.task_slots[key]))
    count = max(musts, least_crew(facts.instance.task_by_id[key]) - len(filled))
    if count > 0:
        yield Violation(count, {"task": key, "count": count})


def lower(into: Into) -> None:
    for number, _ in into.visits():
        into.empty.partial(number, into.points())
