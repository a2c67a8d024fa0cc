"""What people can do, and until when: a skill may have a last day."""

from scheduler.facts.facts import Facts, RouteStop
from scheduler.model import Instance, Person


def last_day(instance: Instance, person: Person, skill: str) -> int | None:
    """Day index of the last day on which a person has a skill; None: they have it for good.

    May lie before the horizon or behind it.
    """
    until = person.skill_until.get(skill)
    if until is None:
        return None
    granted = (exemption.skill_until for exemption in instance.exceptions_for(person.id))
    return instance.horizon.day(max([until, *(days[skill] for days in granted if skill in days)]))


def level_at(facts: Facts, stop: RouteStop, skill: str) -> int:
    """The level of a skill that a stop's person has on the day of the stop."""
    person = facts.instance.person_by_id[stop.person]
    last = last_day(facts.instance, person, skill)
    if last is not None and max(0, facts.workday(stop)) > last:
        return 0
    return person.skills.get(skill, 0)
