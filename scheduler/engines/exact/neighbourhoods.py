"""Neighbourhoods: which tasks, people and days of a roster are thought over again.

Each kind takes a roster, a random state and a size in person-days, and says what becomes free.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.part import Whole
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.fit import BANNED

UNDONE_SHARE = 0.3
"""Undone tasks in a neighbourhood, at most this share of its person-days, and three."""


@dataclass(frozen=True)
class Neighbourhood:
    """Tasks that become free, for these people on these days."""

    free: set[int]
    people: set[int]
    days: set[int]


Kind = Callable[["Map", Whole, Random, float], Neighbourhood | None]


class Map:
    """What lies near what, whatever the roster."""

    def __init__(self, lowered: Lowered):
        self.lowered = lowered

    @cached_property
    def able(self) -> NDArray[np.bool_]:
        """[slot, person]: who fits."""
        return (self.lowered.fit.cost < BANNED)[self.lowered.fit.row]

    @cached_property
    def alike(self) -> NDArray[np.float64]:
        """[person, person]: share of the slots of either that both fit."""
        able = self.able.astype(np.float64)
        both = able.T @ able
        own = np.diag(both)
        return both / np.maximum(1.0, own[:, None] + own[None, :] - both)

    @cached_property
    def slot_days(self) -> NDArray[np.bool_]:
        """[task, day]: whether a task may be done on a day."""
        window, index = self.lowered.window, self.lowered.index
        days = np.zeros((len(index.tasks), index.days), dtype=np.bool_)
        days[window.task, window.day] = True
        return days

    @cached_property
    def open_days(self) -> NDArray[np.bool_]:
        """[person, day]: who is there."""
        first, days = self.lowered.day.span_first, self.lowered.index.days
        return (np.diff(first) > 0).reshape(-1, days)

    def company(self, random: Random, person: int, count: int) -> set[int]:
        """A person and others, the more alike the likelier."""
        weight = self.alike[person] + 1e-3
        draw = np.array([random.random() for _ in weight])
        order = np.argsort(-(draw ** (1 / weight)))
        others = [int(one) for one in order if one != person]
        return {person, *others[: count - 1]}


def people_by_days(near: Map, whole: Whole, random: Random, size: float) -> Neighbourhood | None:
    """People who can do the same work, some days in a row."""
    people, days = near.open_days.shape
    length = random.randint(1, days) if days <= 7 else random.choice([3, 7, 10, 14])
    length = max(1, min(length, days, int(size // 2)))
    first = random.randrange(days - length + 1)
    count = max(2, min(people, round(size / length)))
    seed = _working(whole, random)
    if seed is None:
        seed = random.randrange(people)
    elif not whole.confined({seed}, set(range(first, first + length))):
        first = max(0, min(days - length, _day_of(whole, random, seed)))
    chosen = near.company(random, seed, count)
    return _whole_days(near, whole, random, chosen, set(range(first, first + length)), size)


def lacking(near: Map, whole: Whole, random: Random, size: float) -> Neighbourhood | None:
    """People who fit a slot that is empty, and others like them, on days when it may be done."""
    empty = np.flatnonzero((whole.person == NONE) & near.able.any(axis=1))
    if not len(empty):
        return None
    slot = int(empty[random.randrange(len(empty))])
    task = int(whole.task_of[slot])
    days = np.flatnonzero(near.slot_days[task]).tolist()
    if not days:
        return None
    day = random.choice(days)
    able = np.flatnonzero(near.able[slot] & near.open_days[:, day]).tolist()
    if not able:
        return None
    length = random.randint(1, max(1, min(len(days), int(size // 4))))
    chosen_days = {day, *random.sample(days, length)}
    count = max(2, round(size / len(chosen_days)))
    people = set(random.sample(able, min(len(able), max(1, count - 1))))
    for one in sorted(people):
        if len(people) < count:
            people |= near.company(random, one, 2)
    found = _whole_days(near, whole, random, people, chosen_days, size)
    if whole.option[task] == NONE:
        found.free.add(task)
    return found


def whole_team(near: Map, whole: Whole, random: Random, size: float) -> Neighbourhood | None:
    """Everybody, as many days in a row as the size allows."""
    people, days = near.open_days.shape
    length = min(days, int(size // people))
    if length < 1:
        return None
    first = random.randrange(days - length + 1)
    return _whole_days(
        near, whole, random, set(range(people)), set(range(first, first + length)), size
    )


def near_by(near: Map, whole: Whole, random: Random, size: float) -> Neighbourhood | None:
    """Tasks near one another in place and time; what else their people do stays where it is."""
    done = np.flatnonzero(whole.option != NONE)
    if not len(done):
        return None
    seed = int(done[random.randrange(len(done))])
    lowered = near.lowered
    begin = whole.start[whole.first_slot[:-1]]
    ways = lowered.travel.ticks.min(axis=0)[whole.place[seed], whole.place[done]]
    apart = ways * (1 + random.random()) + np.abs(begin[done] - begin[seed]) / 4
    order = done[np.argsort(apart, kind="stable")][: max(2, round(size))].tolist()
    days = {int(whole.day[task]) for task in order}
    people = {int(whole.person[slot]) for task in order for slot in whole.slots_of(task)} - {NONE}
    for one in sorted(people)[: max(1, int(size // 4))]:
        people |= near.company(random, one, 2)
    free = set(order) & whole.confined(people, days)
    free |= _undone(near, whole, random, people, days, size)
    return Neighbourhood(free, people, days)


KINDS: dict[str, Kind] = {
    "people_by_days": people_by_days,
    "lacking": lacking,
    "whole_team": whole_team,
    "near_by": near_by,
}


def _whole_days(
    near: Map, whole: Whole, random: Random, people: set[int], days: set[int], size: float
) -> Neighbourhood:
    free = whole.confined(people, days) | _undone(near, whole, random, people, days, size)
    return Neighbourhood(free, people, days)


def _undone(
    near: Map, whole: Whole, random: Random, people: set[int], days: set[int], size: float
) -> set[int]:
    """Some of the tasks that nobody does and one of these people could."""
    able = near.able[:, sorted(people)].any(axis=1) & (whole.person == NONE)
    tasks = np.unique(whole.task_of[able])
    tasks = tasks[whole.option[tasks] == NONE]
    tasks = tasks[near.slot_days[tasks][:, sorted(days)].any(axis=1)]
    most = 3 + int(UNDONE_SHARE * size)
    chosen = tasks.tolist()
    return set(random.sample(chosen, min(most, len(chosen))))


def _working(whole: Whole, random: Random) -> int | None:
    filled = np.flatnonzero(whole.person != NONE)
    return int(whole.person[filled[random.randrange(len(filled))]]) if len(filled) else None


def _day_of(whole: Whole, random: Random, person: int) -> int:
    own = np.flatnonzero(whole.person == person)
    return int(whole.day[whole.task_of[own[random.randrange(len(own))]]])
