"""Somebody gets a skill or a higher level of it, or the task asks for a lower one."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The first placements by people who lack skills only; one person, and every skill of one slot."""
    minute = vacancy.instance.horizon.ticks_per_minute
    for placement in vacancy.breaking("skill"):
        work = placement.assignments
        lacking = {str(breach.violation.slots["person"]) for breach in placement.breaks}
        if len(lacking) > 1:
            continue
        part = next(part for part in work if part.person in lacking)
        person = vacancy.instance.person_by_id[part.person]
        slot = vacancy.facts.task_slots[part.task][part.slot]
        missing = {
            skill: level
            for skill, level in slot.skills.items()
            if person.skills.get(skill, 0) < level
        }
        asked = minute * sum(breach.violation.amount for breach in placement.breaks)
        trained = vacancy.with_person(person.id, skills={**person.skills, **missing})
        subject = (person.id, *(word for item in missing.items() for word in item))
        yield from vacancy.remedy("skill", trained, work, subject=subject, asked=asked)
        lower = {
            skill: min(level, person.skills.get(skill, 0)) for skill, level in slot.skills.items()
        }
        easier = vacancy.with_slot(part.slot, skills={s: n for s, n in lower.items() if n})
        subject = tuple(word for skill in missing for word in (skill, lower[skill]))
        yield from vacancy.remedy("skill_level", easier, work, subject=subject, asked=asked)
