"""Feasible assignments: who may fill which slot on which day, where no hard rule is broken."""

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered import Lowered

FAR = 2**40

Columns = NDArray[np.int64]


def feasible_assignments(lowered: Lowered) -> tuple[Columns, Columns, Columns]:
    """Slot, person and day of everything that breaks no hard rule by itself."""
    spans, options = presence(lowered), _options(lowered)
    slots, people, dates = [], [], []
    for slot, task in enumerate(lowered.index.task_of):
        able = np.flatnonzero(lowered.fit.of(slot) < lowered.scale.hard).tolist()
        length, least = int(lowered.crew.duration[slot]), int(lowered.crew.least[slot])
        for day, starts in options.get(task, {}).items():
            for person in able:
                if _holds(spans[person][day], starts, least, length):
                    slots.append(slot)
                    people.append(person)
                    dates.append(day)
    return (
        np.array(slots, dtype=np.int64),
        np.array(people, dtype=np.int64),
        np.array(dates, dtype=np.int64),
    )


def _options(lowered: Lowered) -> dict[int, dict[int, list[tuple[int, int]]]]:
    """Task → day → first and last start of each option; without a last where lateness is allowed."""
    window = lowered.window
    late = window.late_hard < lowered.scale.hard
    options: dict[int, dict[int, list[tuple[int, int]]]] = {}
    columns = window.task, window.day, window.earliest, window.latest
    for task, day, first, last in zip(*(column.tolist() for column in columns), strict=True):
        days = options.setdefault(task, {})
        days.setdefault(day, []).append((first, FAR if late else last))
    return options


def presence(lowered: Lowered) -> list[list[list[tuple[int, int]]]]:
    """[person][day] → spans of presence; endless ones where presence may be left."""
    days, first = lowered.index.days, lowered.day.span_first.tolist()
    spans = [(opens, closes) for opens, closes in lowered.day.spans.tolist()]
    hard = (lowered.day.outside >= lowered.scale.hard).tolist()
    present_on = []
    for person in range(len(lowered.index.people)):
        of_person = []
        for day in range(days):
            row = person * lowered.rows + day
            present = spans[first[row] : first[row + 1]]
            of_person.append(present if hard[person][day] or not present else [(-FAR, FAR)])
        present_on.append(of_person)
    return present_on


def _holds(
    spans: list[tuple[int, int]], starts: list[tuple[int, int]], least: int, length: int
) -> bool:
    """Whether a stop can start when it may and lie whole in a span."""
    return any(
        max(opens, first + least) <= min(closes - length, last + least)
        for opens, closes in spans
        for first, last in starts
    )
