"""It can be done as it is: somebody able is free."""

from collections.abc import Iterator

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The best placement that breaks no hard rule, with nothing changed."""
    if vacancy.as_it_is is not None:
        yield from vacancy.remedy("place", vacancy.instance, vacancy.as_it_is.assignments)
