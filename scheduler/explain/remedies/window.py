"""Another hour or day: the visit's windows are widened, to the nearest start at which somebody can."""

from collections.abc import Iterator

from scheduler.explain.placements import Placement
from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import Vacancy
from scheduler.model import Instance, Visit, Window

HOURS = (480, 1200)
"""Minutes after midnight between which a visit may be put, or between those of its windows if wider."""
RINGS = (60, 120, 240, 480, 1440, 2880)
"""Minutes from a window within which the next start is looked for in turn; then anywhere."""
WINDOW_MINUTES = 30
"""Length of a window on another day."""
CLOSER = 4
"""How often a start that is nearer still is looked for."""
BUDGET = 40


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """The nearest start in time, and of equally near ones the cheapest; nothing for a shift."""
    visit = vacancy.task
    if not isinstance(visit, Visit):
        return
    best = _nearest(vacancy, visit)
    if best is not None:
        off = _off(visit, best.start)
        widened = _widened(vacancy.instance, visit, best.start)
        yield from vacancy.remedy("window", widened, best.assignments, asked=off)


def _nearest(vacancy: Vacancy, visit: Visit) -> Placement | None:
    horizon = vacancy.instance.horizon
    minute = horizon.ticks_per_minute
    for ring in (*(minutes * minute for minutes in RINGS), horizon.end):
        best = _within(vacancy, visit, 1, ring)
        for _ in range(CLOSER):
            if best is None or _off(visit, best.start) == 1:
                break
            closer = _within(vacancy, visit, 1, _off(visit, best.start) - 1)
            if closer is None:
                break
            best = closer
        if best is not None:
            off = _off(visit, best.start)
            return _within(vacancy, visit, off, off) or best
    return None


def _within(vacancy: Vacancy, visit: Visit, least: int, most: int) -> Placement | None:
    """The nearest placement that starts ``least..most`` ticks outside the windows, the cheapest of these."""
    horizon = vacancy.instance.horizon
    windows = tuple(
        Window(start=start, end=end)
        for window in visit.windows
        for start, end in (
            (window.start - most, window.start - least + 1),
            (window.end - 1 + least, window.end + most),
        )
    )
    inside = [
        Window(start=max(window.start, opens), end=min(window.end, closes))
        for window in windows
        for opens, closes in _hours(vacancy, visit)
        if max(window.start, opens, 0) < min(window.end, closes, horizon.end)
    ]
    if not inside:
        return None
    moved = visit.model_copy(update={"windows": tuple(dict.fromkeys(inside))})
    visits = (moved if other.id == visit.id else other for other in vacancy.instance.visits)
    trials = vacancy.trials.grown(vacancy.instance.changed(visits=tuple(visits)))
    feasible = [
        placement for placement in vacancy.placements(trials, budget=BUDGET) if placement.feasible
    ]
    return min(feasible, key=lambda best: (_off(visit, best.start), best.rank), default=None)


def _hours(vacancy: Vacancy, visit: Visit) -> list[tuple[int, int]]:
    """Spans, one a day, in which the visit may be put."""
    horizon = vacancy.instance.horizon
    day, minute = horizon.day_ticks, horizon.ticks_per_minute
    opens = min(HOURS[0] * minute, *(window.start % day for window in visit.windows))
    closes = max(HOURS[1] * minute, *((window.end - 1) % day + 1 for window in visit.windows))
    return [(number * day + opens, number * day + closes) for number in range(horizon.days)]


def _off(visit: Visit, start: int) -> int:
    """Ticks from a start to the nearest start that a window allows."""
    return min(max(0, window.start - start, start - window.end + 1) for window in visit.windows)


def _widened(instance: Instance, visit: Visit, start: int) -> Instance:
    """The nearest window up to the start; on a day without a window a new one."""
    horizon = instance.horizon
    near = min(visit.windows, key=lambda window: max(window.start - start, start - window.end + 1))
    day_of = horizon.day_of
    if day_of(start) in (day_of(near.start), day_of(near.end - 1)):
        wide = near.model_copy(
            update={"start": min(near.start, start), "end": max(near.end, start + 1)}
        )
        windows = tuple(wide if window is near else window for window in visit.windows)
    else:
        end = start + WINDOW_MINUTES * horizon.ticks_per_minute
        windows = (*visit.windows, Window(start=start, end=end))
    wider = visit.model_copy(update={"windows": windows})
    return instance.changed(
        visits=tuple(wider if other.id == visit.id else other for other in instance.visits)
    )
