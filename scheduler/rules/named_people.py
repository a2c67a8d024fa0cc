"""A slot that names people is filled by one of them, and nobody comes whom the visit excludes.

Unit: slots filled by somebody else, or by somebody excluded.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Shift, Visit
from scheduler.model.tasks import TaskSlot
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="指定与排除人员", en="Named people"),
    text=Text(
        zh="{task} 指定了其他人员或排除了 {person}",
        en="{task} names other people or excludes {person}",
    ),
    relax=Text(
        zh="放宽 {subject} 的指定人员",
        en="let other people do {subject}",
    ),
    fits=True,
)


def _unwanted(person: str, task: Visit | Shift, slot: TaskSlot) -> bool:
    named = slot.people is None or person in slot.people
    return not named or (isinstance(task, Visit) and person in task.excluded)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for number, stop in facts.by_task[key].items():
        if _unwanted(stop.person, stop.task, facts.task_slots[key][number]):
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    for slot, task, record in into.slots():
        if record.people is not None or (isinstance(task, Visit) and task.excluded):
            unwanted = [
                person
                for person, candidate in into.people()
                if _unwanted(candidate.id, task, record)
            ]
            into.forbid(slot, unwanted)
