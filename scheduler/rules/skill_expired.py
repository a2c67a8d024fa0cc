"""Nobody does work for which they have a skill no longer: a certificate has a last day (``skill_until``).

Unit: levels lost, of those that the person had and the slot asks for, for each skill of each stop on
a day behind the skill's last. What a person never had is told by the rule `skill`.
"""

from collections.abc import Iterator, Sequence

from scheduler.facts import Facts
from scheduler.facts.skills import last_day
from scheduler.lowered.into import Into
from scheduler.model import Assignment, Instance, Level, Person
from scheduler.model.tasks import slots
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="level",
    scope="person",
    name=Text(zh="技能有效期", en="Skill expired"),
    text=Text(
        zh="{person} 的技能“{skill}”有效期至 {day}，此后不能承担 {task}",
        en="{person} has the skill “{skill}” until {day} only, too short for {task}",
    ),
    relax=Text(
        zh="为 {subject} 延长技能有效期，或降低任务的技能要求",
        en="renew the skills of {subject}, or ask for less skill",
    ),
    remedy=Text(
        zh="{person} 为 {when} 的任务续期技能（{count} 级）",
        en="{person} renews {count} {count:level|levels} of their skills for {when}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    person = facts.instance.person_by_id[key]
    for skill, held in person.skills.items():
        last = last_day(facts.instance, person, skill)
        if last is None:
            continue
        for day, stops in facts.by_day[key].items():
            for stop in stops if max(0, day) > last else ():
                asked = facts.task_slots[stop.task.id][stop.slot].skills.get(skill, 0)
                if min(asked, held) > 0:
                    yield Violation(
                        min(asked, held),
                        {"person": key, "skill": skill, "day": last, "task": stop.task.id},
                    )


def lower(into: Into) -> None:
    """A sum over the days behind the last; from day 0 on it is as though the skill were not there."""
    asked: dict[str, dict[int, int]] = {}
    for slot, _, needed in into.slots():
        for skill, level in needed.skills.items():
            asked.setdefault(skill, {})[slot] = level
    for person, record in into.people():
        for skill, held in record.skills.items():
            last = last_day(into.instance, record, skill)
            if last is None or held <= 0:
                continue
            lost = {slot: min(held, level) for slot, level in asked.get(skill, {}).items()}
            if last < 0:
                for slot, amount in lost.items():
                    into.forbid(slot, person, amount)
            elif last < into.index.days - 1:
                measure = into.total.measure(("expired", skill, held), lost)
                behind = list(range(last + 1, into.index.days))
                into.total.add(person, measure, [behind], [(1, 0, into.points())])


def relaxed(instance: Instance, person: Person, _levels: int, work: Sequence[Assignment]) -> Person:
    """The skills that the work asks for are renewed up to its last day."""
    until = dict(person.skill_until)
    for part in work:
        asked = slots(instance.task_by_id[part.task])[part.slot].skills
        day = instance.horizon.date(instance.horizon.day_of(part.start))
        for skill in asked.keys() & until.keys() if part.person == person.id else ():
            until[skill] = max(until[skill], day)
    return person.model_copy(update={"skill_until": until})
