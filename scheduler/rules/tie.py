"""Visits and shifts of one tie are led by one person: a sleepover in three parts, a class and its exam.

Unit: people who lead beside the first. A task is led by the person in its slot 0; one without a leader
says nothing (a ``bundle`` asks that all of them are done).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.tasks import tasks
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="person",
    scope="tie",
    name=Text(zh="同一人承担", en="Tied to one person"),
    text=Text(
        zh="与 {task} 绑定的任务应由同一人承担，却多用了 {count} 人",
        en="The work tied to {task} is for one person, but has {count} more",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    tied = [task.id for task in tasks(facts.instance) if task.tie == key]
    leads = {crew[0].person for task in tied if 0 in (crew := facts.by_task[task])}
    if len(leads) > 1:
        yield Violation(len(leads) - 1, {"task": tied[0], "count": len(leads) - 1})


def lower(into: Into) -> None:
    leads: dict[str, list[int]] = {}
    for number, task in into.tasks():
        if task.tie is not None:
            leads.setdefault(task.tie, []).append(into.index.slot_of[number])
    for _, slots in into.each(leads):
        into.distinct.add(slots, [], into.points())
