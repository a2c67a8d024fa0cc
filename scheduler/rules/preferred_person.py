"""Where a visit prefers people, each slot filled by somebody else costs points.

Unit: slots filled by somebody not preferred.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Visit
from scheduler.rules.common.concerns import where
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=60,
    unit="slot",
    scope="task",
    concerns=where(lambda task: isinstance(task, Visit) and task.preferred),
    name=Text(zh="优先人选", en="Preferred person"),
    text=Text(
        zh="{task} 希望由优先人选承担，{person} 不在其中",
        en="{task} prefers other people than {person}",
    ),
    fits=True,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    task = facts.instance.task_by_id[key]
    if not isinstance(task, Visit) or not task.preferred:
        return
    for stop in facts.by_task[key].values():
        if stop.person not in task.preferred:
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    for _, visit in into.visits():
        if visit.preferred:
            others = [
                person for person, record in into.people() if record.id not in visit.preferred
            ]
            for slot in into.slots_of(visit.id):
                into.forbid(slot, others)
