"""The tables of a reduced instance as the numbers that Problem.java reads, and its routes back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from benchmarks.peers.tables import RoutingTables, overtime_points
from scheduler.model import Limits, Score

NONE = -1
"""Stands for no limit."""


@dataclass(frozen=True)
class TimefoldRoutes:
    """routes: job numbers by vehicle. score: as Timefold reckons it. moves: how many it tried."""

    routes: list[list[int]]
    score: Score
    moves: int


def order(tables: RoutingTables) -> list[int]:
    """Job numbers in the order in which construction does well: dear ones first, then those whom few can do."""
    able = tables.able.sum(axis=1)
    jobs = tables.jobs
    return sorted(range(len(jobs)), key=lambda job: (-jobs[job].prize, int(able[job])))


def write(path: Path, tables: RoutingTables) -> None:
    """32-bit integers, high byte first, in the order in which Problem.java takes them; jobs by `order`."""
    head = [int(tables.instance.settings.travel_counts), overtime_points(tables.instance)]
    modes, places, _ = tables.minutes.shape
    parts: list[Sequence[int]] = [head, [modes, places]]
    for mode in range(modes):
        parts += [[tables.price[mode]], tables.minutes[mode].ravel().tolist()]
    people = sorted({vehicle.person for vehicle in tables.vehicles})
    parts.append([len(people)])
    parts += [list(_limits(tables.instance.limits(person))) for person in people]
    parts.append([len(tables.vehicles)])
    parts += _vehicles(tables, people)
    parts.append([len(tables.jobs)])
    parts += [list(_job(tables, job)) for job in order(tables)]
    np.array(list(chain.from_iterable(parts)), dtype=">i4").tofile(path)


def read(path: Path, tables: RoutingTables) -> TimefoldRoutes:
    """What Main.java wrote."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    hard, medium, soft, moves = map(int, head.split())
    numbers = order(tables)
    routes = [[numbers[int(word)] for word in line.split()] for line in lines]
    return TimefoldRoutes(routes, Score(hard=hard, medium=medium, soft=soft), moves)


def _limits(limits: Limits) -> Iterator[int]:
    """In the order of Worker.java."""
    day, overtime = limits.daily_minutes, limits.daily_overtime
    longest = None if day is None or overtime is None else day + overtime
    weekly = (limits.weekly_minutes, limits.weekly_tasks, limits.weekly_days)
    for limit in (*weekly, limits.rest_minutes, day, longest, limits.daily_tasks):
        yield NONE if limit is None else limit


def _vehicles(tables: RoutingTables, people: list[str]) -> list[list[int]]:
    worker = {person: number for number, person in enumerate(people)}
    weeks = enumerate(tables.instance.horizon.weeks())
    week = {day: number for number, days in weeks for day in days}
    return [
        [
            worker[vehicle.person],
            vehicle.day,
            week[vehicle.day],
            vehicle.mode,
            vehicle.start,
            vehicle.end,
            vehicle.earliest,
            vehicle.latest,
        ]
        for vehicle in tables.vehicles
    ]


def _job(tables: RoutingTables, number: int) -> Iterator[int]:
    """In the order of Task.java."""
    job = tables.jobs[number]
    yield from (job.place, job.duration, job.undone.hard, job.undone.medium, job.undone.soft)
    first, last = zip(*job.windows, strict=True)
    for numbers in (first, last, tables.able[number].nonzero()[0].tolist()):
        yield len(numbers)
        yield from numbers
