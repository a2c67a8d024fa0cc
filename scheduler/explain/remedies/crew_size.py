"""The visit is done by a smaller crew."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy
from scheduler.model import Visit
from scheduler.model.tasks import least_crew


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The largest crew below the least that can be sent and fills the slot; nothing for a shift."""
    visit = vacancy.task
    if not isinstance(visit, Visit):
        return
    for size in range(least_crew(visit) - 1, 0, -1):
        free = tuple(
            slot if position == vacancy.slot else slot.model_copy(update={"must": False})
            for position, slot in enumerate(visit.slots)
        )
        smaller = vacancy.with_visit(least_crew=size, slots=free)
        best = vacancy.feasible(vacancy.trials.anew(smaller))
        if best is not None:
            yield from vacancy.remedy("crew_size", smaller, best.assignments, subject=(size,))
            return
