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


def least_travel(lowered: Lowered, slot: Columns, person: Columns, day: Columns) -> Columns:
    """int64 [assignment]: ticks of the shortest travel to it, from the start place or any other stop.

    0 for people whose day begins at their first stop.
    """
    task_of = np.array(lowered.index.task_of, dtype=np.int64)
    travel_ticks = np.zeros(len(slot), dtype=np.int64)
    places = _places(lowered)
    order = np.lexsort((day, person))
    keys = np.stack([person[order], day[order]], axis=1)
    cuts = np.flatnonzero(np.any(np.diff(keys, axis=0), axis=1)) + 1
    for group in np.split(order, cuts) if len(order) else []:
        traveller, date = int(person[group[0]]), int(day[group[0]])
        start = int(lowered.travel.start[traveller])
        if start < 0:
            continue
        ticks = lowered.travel.ticks[lowered.travel.mode[traveller]]
        tasks = np.unique(task_of[slot[group]])
        spots = [(task, place) for task in tasks.tolist() for place in places[task, date]]
        task, place = (np.array(column, dtype=np.int64) for column in zip(*spots, strict=True))
        between = ticks[place][:, place].astype(np.int64)
        between[task[:, None] == task[None, :]] = FAR
        nearest = np.minimum(between.min(axis=0), ticks[start, place])
        reached = np.full(len(lowered.index.tasks), FAR, dtype=np.int64)
        np.minimum.at(reached, task, nearest)
        travel_ticks[group] = reached[task_of[slot[group]]]
    return travel_ticks


def _places(lowered: Lowered) -> dict[tuple[int, int], list[int]]:
    """(task, day) → places where it may be."""
    places: dict[tuple[int, int], list[int]] = {}
    columns = lowered.window.task, lowered.window.day, lowered.window.node
    for task, day, place in zip(*(column.tolist() for column in columns), strict=True):
        places.setdefault((task, day), []).append(place)
    return places


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
