"""When a task may start, as its windows and its place's opening hours say, and how far off it is.

A task's start is that of its slot 0; another slot's start, less its least `after`, is measured
against the same spans. Everything is in ticks from the horizon's start, first and last included.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scheduler.facts import Facts, RouteStop
from scheduler.model import Instance, Shift, Visit
from scheduler.model.tasks import TaskSlot, slots
from scheduler.rules import is_on

Spans = list[tuple[int, int]]


class Span(NamedTuple):
    """First and last start on one day of the horizon, and the moment after which it is late."""

    day: int
    first: int
    last: int
    due: int | None


def window_spans(instance: Instance, task: Visit | Shift) -> list[Span]:
    """The task's windows, cut at midnights and at the horizon's ends; a shift's one moment.

    Every slot starts in the horizon, so the last span ends early enough for the last slot's spacing.
    """
    day_ticks, horizon_end = instance.horizon.day_ticks, instance.horizon.end
    if isinstance(task, Shift):
        inside = 0 <= task.start < horizon_end
        return [Span(task.start // day_ticks, task.start, task.start, None)] if inside else []
    spacing = max([slot.after[0] for slot in task.slots])
    spans = []
    for window in task.windows:
        begin, end = max(window.start, 0), min(window.end, horizon_end)
        due = task.due if window.due is None else window.due
        for day in range(begin // day_ticks, max(begin, end - 1) // day_ticks + 1):
            first = max(begin, day * day_ticks)
            last = min(end, (day + 1) * day_ticks, horizon_end - spacing) - 1
            if first <= last:
                spans.append(Span(day, first, last, due))
    for start in _exempt_starts(instance, "visit_window", task):
        spans.append(Span(start // day_ticks, start, start, task.due))
    return spans


def _exempt_starts(instance: Instance, rule: str, task: Visit, place: str = "") -> Iterator[int]:
    """Starts that exceptions allow besides, at a place or at all of them."""
    for exemption in instance.exceptions_of(rule):
        here = not place or exemption.place in (None, place)
        if exemption.task == task.id and exemption.start is not None and here:
            yield exemption.start


def starts_inside(facts: Facts, key: str) -> bool:
    """Whether a task's people all start in one of its windows at one moment, as they nearly always do."""
    task, end = facts.instance.task_by_id[key], facts.horizon.end
    starts = set(_starts(facts.by_task[key], facts.task_slots[key]))
    if len(starts) > 1:
        return False
    start = min(starts, default=-1)
    if isinstance(task, Shift):
        return 0 <= start == task.start < end
    last = end - max([slot.after[0] for slot in task.slots])
    return 0 <= start < last and any(span.start <= start < span.end for span in task.windows)


def bounds(spans: list[Span]) -> Spans:
    """First and last starts alone."""
    return [(span.first, span.last) for span in spans]


def opening_spans(instance: Instance, visit: Visit, place: str) -> Spans | None:
    """Starts from which the whole crew is done before the place closes; None: it is always open."""
    opening = instance.place_by_id[place].opening
    if opening is None:
        return None
    length = max(slot.after[0] + slot.duration for slot in slots(visit))
    open_starts = [
        (hours.start, hours.end - length) for hours in opening if hours.start + length <= hours.end
    ]
    exempt = _exempt_starts(instance, "opening_hours", visit, place)
    return open_starts + [(start, start) for start in exempt]


def common(spans: Spans, limits: Spans) -> Spans:
    """The parts of spans that lie inside limits, each given by its first and last start."""
    parts = [
        (max(first, earliest), min(last, latest))
        for first, last in spans
        for earliest, latest in limits
    ]
    return [(first, last) for first, last in parts if first <= last]


def admissible(instance: Instance, task: Visit | Shift, place: str) -> list[Span]:
    """Starts inside a window and, where that rule is on, inside the place's opening hours."""
    spans = window_spans(instance, task)
    if not isinstance(task, Visit) or not is_on(instance, "opening_hours"):
        return spans
    opening = opening_spans(instance, task, place)
    if opening is None:
        return spans
    return [
        span._replace(first=first, last=last)
        for span in spans
        for first, last in common([(span.first, span.last)], opening)
    ]


def off(spans: Spans, filled: dict[int, RouteStop], task_slots: tuple[TaskSlot, ...]) -> int:
    """Ticks by which the filled slots' starts together lie outside the best of the spans.

    A start between two spans is late for the earlier of them; only a start before all spans is
    early. Without any span: the ticks of all the work.
    """
    if not spans:
        return sum(stop.end - stop.start for stop in filled.values())
    starts = _starts(filled, task_slots)
    begun = [span for span in spans if span[0] <= min(starts, default=0)] or spans
    return min(_off(span, starts) for span in begun)


def _starts(filled: dict[int, RouteStop], task_slots: tuple[TaskSlot, ...]) -> list[int]:
    return [stop.start - task_slots[number].after[0] for number, stop in filled.items()]


def _off(span: tuple[int, int], starts: list[int]) -> int:
    return sum(max(0, span[0] - start, start - span[1]) for start in starts)


def lateness(facts: Facts, task: str) -> Iterator[tuple[RouteStop, int]]:
    """(stop, ticks after due) for every filled slot that is late.

    Due is what the window says in which the crew starts, or for which it is late; of several windows,
    the latest due. Settings say whether the start or the end is late.
    """
    filled = facts.by_task[task]
    earliest = _earliest_due(facts.instance.task_by_id[task]) if filled else None
    if earliest is None:
        return
    at_end = facts.instance.settings.late_at == "end"
    moments = [stop.end if at_end else stop.start for stop in filled.values()]
    due = _due(facts, task) if max(moments) > earliest else None
    if due is not None:
        for stop, moment in zip(filled.values(), moments, strict=True):
            if moment > due:
                yield stop, moment - due


def _earliest_due(task: Visit | Shift) -> int | None:
    """The earliest moment after which a start or end may be late; None: it never is."""
    if isinstance(task, Shift):
        return None
    dues = [task.due, *(window.due for window in task.windows)]
    return min((due for due in dues if due is not None), default=None)


def _due(facts: Facts, task: str) -> int | None:
    filled = facts.by_task[task]
    place = filled[min(filled)].place
    spans = admissible(facts.instance, facts.instance.task_by_id[task], place)
    starts = _starts(filled, facts.task_slots[task])
    begun = [span for span in spans if span.first <= min(starts)] or spans
    least = min((_off((span.first, span.last), starts) for span in begun), default=0)
    dues = [span.due for span in begun if _off((span.first, span.last), starts) == least]
    return None if None in dues else max((due for due in dues if due is not None), default=None)
