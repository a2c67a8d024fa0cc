"""Lowered as plain lists of Python integers, and an answer as people's days."""

from dataclasses import fields, is_dataclass
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster

_READ: dict[int, tuple[Lowered, SimpleNamespace]] = {}


def read(lowered: Lowered) -> SimpleNamespace:
    """Every primitive's arrays as lists, so that sums are exact and never wrap around."""
    if id(lowered) not in _READ:
        _READ.clear()
        _READ[id(lowered)] = lowered, _lists(lowered)
    return _READ[id(lowered)][1]


def _lists(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    if is_dataclass(value) and type(value).__name__ != "Index":
        return SimpleNamespace(
            **{one.name: _lists(getattr(value, one.name)) for one in fields(value)}
        )
    return value


class Stop(NamedTuple):
    """A filled slot. `day` is the person's working day, `date` the calendar day of the option."""

    slot: int
    task: int
    person: int
    place: int
    option: int
    date: int
    day: int
    start: int
    end: int


def stops(low: SimpleNamespace, answer: DenseRoster) -> list[Stop]:
    """Every filled slot, in order of slots."""
    found = []
    for slot, person in enumerate(answer.person):
        if person != NONE:
            task = low.index.task_of[slot]
            option = answer.option[task]
            start = answer.start[slot]
            found.append(
                Stop(
                    slot,
                    task,
                    person,
                    low.window.node[option],
                    option,
                    low.window.day[option],
                    workday(low, person, low.window.earliest[option] + low.crew.least[slot]),
                    start,
                    start + low.crew.duration[slot],
                )
            )
    return found


def workday(low: SimpleNamespace, person: int, start: int) -> int:
    """The last working day of a person that begins by a moment; before all of them the first, or the eve's row."""
    begins = low.day.begins[person]
    if start < begins[0] != 0:
        return eve(low)
    return max(n for n, begin in enumerate(begins) if begin <= start or n == 0)


def eve(low: SimpleNamespace) -> int:
    """The row of the working day before day 0, where there is one."""
    return low.index.days


def in_time(low: SimpleNamespace) -> list[int]:
    """Rows of a person's working days in order of time."""
    return [*range(low.index.days, len(low.day.ordinary[0])), *range(low.index.days)]


def days(every: list[Stop]) -> dict[tuple[int, int], list[Stop]]:
    """(person, working day) → stops in order of start; only days with work."""
    found: dict[tuple[int, int], list[Stop]] = {}
    for stop in sorted(every, key=lambda one: (one.start, one.end)):
        found.setdefault((stop.person, stop.day), []).append(stop)
    return found


def by_task(every: list[Stop]) -> dict[int, list[Stop]]:
    """Task → its stops; only tasks with a filled slot."""
    found: dict[int, list[Stop]] = {}
    for stop in every:
        found.setdefault(stop.task, []).append(stop)
    return found


def ticks(low: SimpleNamespace, person: int, start: int, end: int) -> int:
    """Travel from place to place; from or to nowhere (-1) it takes no time."""
    if start < 0 or end < 0:
        return 0
    return low.travel.ticks[low.travel.mode[person]][start][end]


def legs(low: SimpleNamespace, own: list[Stop]) -> list[int]:
    """Ticks of every leg of a day: to the first stop, between stops, to the end place."""
    return [ticks(low, own[0].person, a, b) for a, b in pairwise(stations(low, own))]


def stations(low: SimpleNamespace, own: list[Stop]) -> list[int]:
    """The places of a day in order, from where it begins to where it ends (-1: nowhere)."""
    person = own[0].person
    return [low.travel.start[person], *(stop.place for stop in own), low.travel.end[person]]


def spans(low: SimpleNamespace, person: int, day: int) -> list[list[int]]:
    """A person's presence on a day."""
    row = person * len(low.day.ordinary[0]) + day
    return low.day.spans[low.day.span_first[row] : low.day.span_first[row + 1]]


def work(low: SimpleNamespace, own: list[Stop]) -> int:
    """Ticks of work of a day."""
    service = sum(stop.end - stop.start for stop in own)
    return service + (sum(legs(low, own)) if low.travel.counts else 0)
