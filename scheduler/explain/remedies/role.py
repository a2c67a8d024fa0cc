"""The slot is opened to another role."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The first placements by one person of another role only."""
    for placement in vacancy.breaking("role"):
        work = placement.assignments
        others = {str(breach.violation.slots["person"]) for breach in placement.breaks}
        if len(others) > 1:
            continue
        part = next(part for part in work if part.person in others)
        role = vacancy.instance.person_by_id[part.person].role
        roles = vacancy.facts.task_slots[part.task][part.slot].roles
        opened = vacancy.with_slot(part.slot, roles=(*roles, role))
        yield from vacancy.remedy("role", opened, work, subject=(role.value,))
