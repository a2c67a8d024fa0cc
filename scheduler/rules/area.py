"""People work in the areas they are responsible for, and in everything below those.

Unit: slots filled from outside the area. A person without areas works anywhere; a place without
an area is open to everybody. A visit lies where its household lives, else at its first place.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.facts import Facts
from scheduler.facts.visits import areas, places
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Person, Shift, Visit
from scheduler.model.tasks import household_of
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="责任片区", en="Responsible area"),
    text=Text(
        zh="{task} 不在 {person} 负责的片区内",
        en="{task} lies outside the areas that {person} is responsible for",
    ),
    relax=Text(
        zh="让其他片区的人也可承担 {subject}",
        en="let people of other areas do {subject}",
    ),
    fits=True,
)


def _place(instance: Instance, task: Visit | Shift) -> str:
    household = household_of(instance, task)
    return household.place if household else places(task)[0]


def _around(instance: Instance, task: Visit | Shift) -> frozenset[str]:
    return frozenset(areas(instance, _place(instance, task)))


def _outside(person: Person, around: frozenset[str]) -> bool:
    return bool(around) and bool(person.areas) and around.isdisjoint(person.areas)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    instance, task = facts.instance, facts.instance.task_by_id[key]
    area = instance.place_by_id[_place(instance, task)].area
    for stop in facts.by_task[key].values():
        person = instance.person_by_id[stop.person]
        if area not in person.areas and _outside(person, _around(instance, task)):
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    outsiders: dict[frozenset[str], NDArray[np.int64]] = {}
    for _, task in into.tasks():
        around = _around(into.instance, task)
        if around not in outsiders:
            outside = [person for person, record in into.people() if _outside(record, around)]
            outsiders[around] = np.array(outside, dtype=np.int64)
        for slot in into.slots_of(task.id):
            into.forbid(slot, outsiders[around])
