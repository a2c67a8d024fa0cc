"""Rows of the relaxation about crews: the people of a task are there at one time, and at one place.

The starts of a task on a day are cut into times at which the same assignments are possible; of these only
those count of which no other allows more. A column says that the task starts at such a time.
"""

from collections import defaultdict

from scheduler.engines.exact.linear_program import BIG
from scheduler.engines.exact.relaxation import Relaxation

Spans = list[tuple[int, int, int, int]]
"""(assignment, place, first start of the task, last)."""


def add_crew_times(relaxation: Relaxation) -> None:
    """Of tasks of several slots whose people cannot all be there at every time."""
    for (task, day), spans in _task_starts(relaxation).items():
        times = _times(spans)
        if len(times) > 1:
            _add_times(relaxation, relaxation.done[task, day], times, spans)


def _task_starts(relaxation: Relaxation) -> dict[tuple[int, int], Spans]:
    """(task, day) → when the task may start for each of its assignments."""
    crew, window, starts = relaxation.lowered.crew, relaxation.lowered.window, relaxation.starts
    earliest: dict[tuple[int, int, int], int] = {}
    columns = window.task, window.day, window.node, window.earliest
    for *where, first in zip(*(column.tolist() for column in columns), strict=True):
        task, day, place = where
        earliest[task, day, place] = min(first, earliest.get((task, day, place), first))
    task_starts: dict[tuple[int, int], Spans] = defaultdict(list)
    tasks, days, slots = (
        keys.tolist() for keys in (relaxation.task, relaxation.day, relaxation.slot)
    )
    rows = starts.assignment, starts.place, starts.first, starts.last
    for column, place, first, last in zip(*(row.tolist() for row in rows), strict=True):
        task, day, slot = tasks[column], days[column], slots[column]
        if (task, day) in relaxation.done:
            begin = max(first - int(crew.most[slot]), earliest[task, day, place])
            end = last - int(crew.least[slot])
            task_starts[task, day].append((column, place, begin, end))
    return task_starts


def _times(spans: Spans) -> list[frozenset[int]]:
    """The largest sets of assignments that are possible at one time and place."""
    times = {
        frozenset(
            column for column, place, first, last in spans if place == here and first <= now <= last
        )
        for _, here, now, _ in spans
    }
    return [time for time in times if not any(time < other for other in times)]


def _add_times(
    relaxation: Relaxation, done: int, times: list[frozenset[int]], spans: Spans
) -> None:
    """The task has one of the times, and only who can be there then."""
    program = relaxation.program
    begins = [program.column() for _ in times]
    program.row(-BIG, 0, [*((column, 1) for column in begins), (done, -1)])
    by_slot: dict[int, dict[frozenset[int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for column in sorted({column for column, *_ in spans}):
        possible = frozenset(number for number, time in enumerate(times) if column in time)
        by_slot[int(relaxation.slot[column])][possible].append(column)
    for kinds in by_slot.values():
        for possible in kinds:
            if len(possible) < len(times):
                columns = [
                    column for kind, same in kinds.items() if kind <= possible for column in same
                ]
                entries = [*((column, 1) for column in columns)]
                entries += [(begins[number], -1) for number in sorted(possible)]
                program.row(-BIG, 0, entries)
