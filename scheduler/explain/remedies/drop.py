"""Other work of somebody able, which weighs less, is dropped."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy
from scheduler.explain.swaps import improving


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """Every swap that makes the roster better; whose work can be done otherwise is not dropped."""
    movable = {other.visit.id for other in vacancy.other_work if other.moved}
    for swap in improving(vacancy.swaps):
        if movable.isdisjoint(swap.dropped):
            yield from vacancy.remedy("drop", vacancy.instance, swap.added, swap.removed)
