"""Which tasks are near which: in place, in time, and in who could do both."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered import Lowered
from scheduler.lowered.fit import BANNED

NO_WAY_TICKS = 10**6
"""In the place of a way where there is none: such tasks are far from each other."""
WAITING = 5
"""Ticks of waiting that are as far as one on the way."""
ROWS = 64
"""Tasks whose distances are held at a time; as many as the processor keeps at hand."""


def near_tasks(lowered: Lowered, most: int) -> list[list[int]]:
    """For each task up to `most` others that could well stand beside it, nearest first.

    Nearness of u after or before t: ticks on the way plus ticks of waiting that their windows
    force, on the best day they share (or two days, where nights may make one of them); only tasks that somebody could do both of. After Vidal et
    al. 2013 (10.1016/j.cor.2012.07.018), with fit added. Memory linear in tasks.
    """
    tasks = len(lowered.empty.least)
    near: list[list[int]] = [[] for _ in range(tasks)]
    if tasks < 2 or not len(lowered.window.day):
        return near
    mode = int(lowered.travel.mode.min()) if len(lowered.travel.mode) else 0
    ways = np.where(lowered.travel.no_way[mode], NO_WAY_TICKS, lowered.travel.ticks[mode])
    ways = ways.astype(np.float32)
    moments, able = _moments(lowered, tasks), _abilities(lowered, tasks)
    timed = np.flatnonzero(np.diff(moments.first))
    timed = timed[np.argsort(able.kind[timed], kind="stable")]
    for first in range(0, len(timed), ROWS):
        some = timed[first : first + ROWS]  # of the same people, so that few others could be near
        shared: NDArray[np.bool_] = able.shared[able.kind[some]]
        wanted: NDArray[np.bool_] = np.logical_or.reduce(shared, axis=0)
        others = timed[wanted[able.kind[timed]]]
        far = _distances(moments, ways, some, others)
        far[~shared[:, able.kind[others]]] = np.inf
        far[some[:, None] == others[None, :]] = np.inf
        for task, least in zip(some.tolist(), _least(far, most), strict=True):
            near[task] = others[least].tolist()
    return near


def together(near: list[list[int]]) -> list[int]:
    """All tasks, each soon after one that it is near: breadth first."""
    order, seen = list[int](), [False] * len(near)
    reached = 0
    for first in range(len(near)):
        waiting = [first]
        while waiting:
            for task in waiting:
                if not seen[task]:
                    seen[task] = True
                    order.append(task)
            waiting = [] if reached == len(order) else near[order[reached]]
            reached += reached < len(order)
    return order


@dataclass(frozen=True)
class _Abilities:
    """Who could do which tasks. Tasks that the same people could do are of one kind.

    kind: int64 [task]; shared: bool [kind, kind], somebody could do either
    """

    kind: NDArray[np.int64]
    shared: NDArray[np.bool_]


def _abilities(lowered: Lowered, tasks: int) -> _Abilities:
    fit = lowered.fit.cost < BANNED
    able = np.zeros((tasks, fit.shape[1]), dtype=np.bool_)
    np.logical_or.at(able, np.array(lowered.index.task_of), fit[lowered.fit.row])
    _, first, kind = np.unique(
        np.packbits(able, axis=1), axis=0, return_index=True, return_inverse=True
    )
    kind = kind.reshape(-1)
    people = able[first].astype(np.float32)
    return _Abilities(kind, people @ people.T > 0)


def _least(far: NDArray[np.float32], most: int) -> list[NDArray[np.int64]]:
    """For each row the indices of the least distances that are finite, in order."""
    chosen = np.argpartition(far, most, axis=1)[:, :most] if most < far.shape[1] else None
    if chosen is None:
        chosen = np.broadcast_to(np.arange(far.shape[1]), far.shape)
    distances = np.take_along_axis(far, chosen, axis=1)
    order = np.argsort(distances, axis=1, kind="stable")
    counts = np.isfinite(distances).sum(axis=1)
    chosen = np.take_along_axis(chosen, order, axis=1)
    return [row[:count] for row, count in zip(chosen, counts.tolist(), strict=True)]


@dataclass(frozen=True)
class _Moments:
    """When tasks may be done, each moment of a day once for all days on which it is the same.

    first: int64 [task + 1], where a task's rows begin. Of each row: place; earliest and latest start and length, in
    ticks of the day; and the days as bits, uint64 [row, word].
    """

    first: NDArray[np.int64]
    place: NDArray[np.int64]
    early: NDArray[np.float32]
    late: NDArray[np.float32]
    length: NDArray[np.float32]
    days: NDArray[np.uint64]

    def of(self, tasks: NDArray[np.int64]) -> tuple["_Moments", NDArray[np.int64]]:
        """Those of some tasks, which all have any, and where each task's begin."""
        counts = self.first[tasks + 1] - self.first[tasks]
        first = np.concatenate(([0], np.cumsum(counts)))
        rows = np.repeat(self.first[tasks] - first[:-1], counts) + np.arange(first[-1])
        part = _Moments(
            first,
            self.place[rows],
            self.early[rows],
            self.late[rows],
            self.length[rows],
            self.days[rows],
        )
        return part, first[:-1]

    def seen(self, axis: int) -> "_Moments":
        """The same along one axis of a table: 0 down, 1 across."""
        early, late, length = (
            np.expand_dims(values, 1 - axis) for values in (self.early, self.late, self.length)
        )
        days = np.expand_dims(self.days, 1 - axis)
        return replace(self, early=early, late=late, length=length, days=days)


def _moments(lowered: Lowered, tasks: int) -> _Moments:
    window, day_ticks = lowered.window, lowered.index.day_ticks
    longest = np.zeros(tasks, dtype=np.int64)
    np.maximum.at(longest, np.array(lowered.index.task_of), lowered.crew.duration)
    reach = 0 if lowered.at_midnight else 1
    until = np.minimum(window.latest, window.due)
    found: list[NDArray[np.int64]] = []
    for day in np.unique(window.day).tolist():
        rows = np.flatnonzero((window.day >= day) & (window.day <= day + reach))
        owners, first, at = np.unique(window.task[rows], return_index=True, return_inverse=True)
        early = np.full(len(owners), np.iinfo(np.int64).max)
        late = np.full(len(owners), np.iinfo(np.int64).min)
        np.minimum.at(early, at, window.earliest[rows])
        np.maximum.at(late, at, until[rows])
        begin = day * day_ticks
        places = window.place[rows[first]]
        columns = (owners, places, early - begin, late - begin, np.full(len(owners), day))
        found.append(np.stack(columns, axis=1))
    table = np.concatenate(found)
    kinds, kind = np.unique(table[:, :4], axis=0, return_inverse=True)
    day = table[:, 4] - table[:, 4].min()
    days = np.zeros((len(kinds), int(day.max()) // 64 + 1), dtype=np.uint64)
    bits = np.left_shift(np.uint64(1), (day % 64).astype(np.uint64))
    np.bitwise_or.at(days, (kind.reshape(-1), day // 64), bits)
    owner = kinds[:, 0]
    early, late = kinds[:, 2].astype(np.float32), kinds[:, 3].astype(np.float32)
    first = np.searchsorted(owner, np.arange(tasks + 1))
    return _Moments(first, kinds[:, 1], early, late, longest[owner].astype(np.float32), days)


def _distances(
    moments: _Moments, ways: NDArray[np.float32], some: NDArray[np.int64], others: NDArray[np.int64]
) -> NDArray[np.float32]:
    """float32 [some, others]: in ticks of waiting; infinite where they share no day."""
    here, rows = moments.of(some)
    there, columns = moments.of(others)
    way, back = ways[here.place][:, there.place], ways.T[here.place][:, there.place]
    here, there = here.seen(0), there.seen(1)
    far = np.minimum(_apart(here, there, way), _apart(there, here, back))
    shared = np.zeros(far.shape, dtype=np.bool_)
    for word in range(moments.days.shape[1]):
        shared |= (here.days[..., word] & there.days[..., word]) != 0
    far[~shared] = np.inf
    nearest: NDArray[np.float32] = np.minimum.reduceat(
        np.minimum.reduceat(far, columns, axis=1), rows, axis=0
    )
    return nearest


def _apart(before: _Moments, after: _Moments, way: NDArray[np.float32]) -> NDArray[np.float32]:
    """From each row of the first to each of the second, in ticks of waiting."""
    waiting = after.early - (before.late + before.length) - way
    np.maximum(waiting, 0, out=waiting)
    far = before.early + before.length - after.late + way
    np.maximum(far, 0, out=far)
    far += way
    far *= WAITING
    far += waiting
    return far
