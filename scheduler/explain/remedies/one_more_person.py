"""One more person, as the slot asks for: an offer in words."""

from collections.abc import Iterator

from scheduler.explain.placements import Trials
from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy
from scheduler.facts import Facts
from scheduler.facts.skills import level_at
from scheduler.model import Instance, Person, Role, Window
from scheduler.model.tasks import household_of

STAND_IN = "stand-in"


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """Somebody of the role, with its limits and the skills that slot and crew lack, there all the time."""
    slot = vacancy.facts.task_slots[vacancy.task.id][vacancy.slot]
    household = household_of(vacancy.instance, vacancy.task)
    more = Person(
        id=_unused_id(vacancy.instance),
        name=STAND_IN,
        role=slot.roles[0] if slot.roles else Role.GRID_WORKER,
        skills=_skills(vacancy),
        gender=household.gender if household else None,
        clearance=True,
        availability=(Window(start=0, end=vacancy.instance.horizon.end),),
    )
    bigger = vacancy.instance.changed(people=(*vacancy.instance.people, more))
    trials = Trials(Facts(bigger, vacancy.facts.roster, vacancy.facts.travel_table))
    best = vacancy.feasible(trials, held={vacancy.slot: more.id})
    if best is not None:
        yield from vacancy.remedy("person", bigger, best.assignments, subject=(more.id,))


def _skills(vacancy: Vacancy) -> dict[str, int]:
    """The skills of the slot, and those of the task's mix that too few of its people have."""
    facts, task = vacancy.facts, vacancy.task
    skills = dict(facts.task_slots[task.id][vacancy.slot].skills)
    stops = facts.by_task[task.id].values()
    for shared in task.skill_mix:
        able = sum(level_at(facts, stop, shared.skill) >= shared.level for stop in stops)
        if able < shared.count:
            skills[shared.skill] = max(shared.level, skills.get(shared.skill, 0))
    return skills


def _unused_id(instance: Instance) -> str:
    number = 1
    while f"{STAND_IN}-{number}" in instance.person_by_id:
        number += 1
    return f"{STAND_IN}-{number}"
