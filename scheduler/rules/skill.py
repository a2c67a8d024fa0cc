"""The person in a slot has every skill that the slot asks for, at the level it asks for.

Unit: levels missing, summed over the slot's skills.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Person
from scheduler.model.tasks import TaskSlot
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="level",
    scope="task",
    concerns=done,
    name=Text(zh="技能与等级", en="Skill and level"),
    text=Text(
        zh="{person} 的技能等级不足以承担 {task}，差 {missing} 级",
        en="{person} lacks {missing} {missing:level|levels} of the skills that {task} asks for",
    ),
    relax=Text(
        zh="降低 {subject} 的技能要求，或增加会这项技能的人",
        en="ask for less skill at {subject}, or find more people who have it",
    ),
    fits=True,
)


def _missing(person: Person, slot: TaskSlot) -> int:
    return sum(max(0, level - person.skills.get(skill, 0)) for skill, level in slot.skills.items())


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for number, stop in facts.by_task[key].items():
        person = facts.instance.person_by_id[stop.person]
        missing = _missing(person, facts.task_slots[key][number])
        if missing:
            yield Violation(missing, {"person": person.id, "task": key, "missing": missing})


def lower(into: Into) -> None:
    lacking: dict[tuple[tuple[str, int], ...], dict[int, list[int]]] = {}
    for slot, _, record in into.slots():
        asked = tuple(record.skills.items())
        if asked not in lacking:
            lacking[asked] = {}
            for person, candidate in into.people():
                lacking[asked].setdefault(_missing(candidate, record), []).append(person)
        for missing, people in lacking[asked].items():
            if missing:
                into.forbid(slot, people, missing)
