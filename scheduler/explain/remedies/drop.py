"""Other work of somebody able, which is less urgent, is dropped."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """Every other visit in the way of lower priority that cannot be done otherwise."""
    for other in vacancy.other_work:
        if not other.moved and other.visit.priority < vacancy.task.priority:
            yield from vacancy.remedy("drop", other.instance, other.added, other.removed)
