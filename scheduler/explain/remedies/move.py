"""Other work of somebody able goes to another time or person."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """Every other visit in the way that can be done otherwise, as a whole."""
    for other in vacancy.other_work:
        if other.moved:
            yield from vacancy.remedy(
                "move", other.instance, other.added, other.removed, other.moved
            )
