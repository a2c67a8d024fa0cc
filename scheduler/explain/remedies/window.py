"""Another day or hour: the visit's windows are widened."""

from collections.abc import Iterator, Sequence

from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy
from scheduler.model import Instance, Visit, Window

HOURS = (480, 1200)
"""Minutes after midnight between which a visit may be put whose windows leave no room."""
WINDOW_MINUTES = 30
"""Length of the window that is added."""


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """A window of half an hour more, at the best start that any day's hours have; nothing for a shift."""
    visit, horizon = vacancy.task, vacancy.instance.horizon
    if not isinstance(visit, Visit):
        return
    minute = horizon.ticks_per_minute
    days = [
        Window(
            start=day * horizon.day_ticks + HOURS[0] * minute,
            end=day * horizon.day_ticks + HOURS[1] * minute,
        )
        for day in range(horizon.days)
    ]
    best = vacancy.feasible(vacancy.trials.grown(_widened(vacancy.instance, visit, days)))
    if best is not None:
        span = Window(start=best.start, end=best.start + WINDOW_MINUTES * minute)
        narrow = _widened(vacancy.instance, visit, [span])
        yield from vacancy.remedy("window", narrow, best.assignments)


def _widened(instance: Instance, visit: Visit, more: Sequence[Window]) -> Instance:
    wider = visit.model_copy(update={"windows": (*visit.windows, *more)})
    return instance.changed(
        visits=tuple(wider if other.id == visit.id else other for other in instance.visits)
    )
