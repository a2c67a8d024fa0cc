"""Which tasks are near which: in place, in time, and in who could do both."""

import numpy as np

from scheduler.lowered import Lowered
from scheduler.lowered.fit import BANNED

NO_WAY_TICKS = 10**6
"""In the place of a way where there is none: such tasks are far from each other."""


def near_tasks(lowered: Lowered, most: int) -> list[list[int]]:
    """For each task up to `most` others that could well stand beside it, nearest first.

    Nearness of u after or before t: ticks on the way plus ticks of waiting that their windows
    force, on the best day they share (or two days, where nights may make one of them); only tasks that somebody could do both of. After Vidal et
    al. 2013 (10.1016/j.cor.2012.07.018), with fit added.
    """
    window, tasks = lowered.window, len(lowered.empty.least)
    if tasks < 2:
        return [[] for _ in range(tasks)]
    best = np.full((tasks, tasks), np.inf, dtype=np.float32)
    mode = int(lowered.travel.mode.min()) if len(lowered.travel.mode) else 0
    ticks = np.where(lowered.travel.no_way[mode], NO_WAY_TICKS, lowered.travel.ticks[mode])
    longest = np.zeros(tasks, dtype=np.int64)
    np.maximum.at(longest, np.array(lowered.index.task_of), lowered.crew.duration)
    reach = 0 if lowered.at_midnight else 1
    for day in np.unique(window.day):
        rows = np.flatnonzero((window.day >= day) & (window.day <= day + reach))
        if not len(rows):
            continue
        owners, first = np.unique(window.task[rows], return_index=True)
        early = np.full(len(owners), np.iinfo(np.int64).max)
        late = np.full(len(owners), np.iinfo(np.int64).min)
        at = np.searchsorted(owners, window.task[rows])
        np.minimum.at(early, at, window.earliest[rows])
        np.maximum.at(late, at, np.minimum(window.latest[rows], window.due[rows]))
        place = window.place[rows[first]]
        way = ticks[np.ix_(place, place)].astype(np.float32)
        ends = late + longest[owners]
        waiting = np.maximum(0, early[None, :] - ends[:, None] - way)
        tardy = np.maximum(0, (early + longest[owners])[:, None] + way - late[None, :])
        cost = (way + 0.2 * waiting + tardy).astype(np.float32)
        cost = np.minimum(cost, cost.T)
        best[np.ix_(owners, owners)] = np.minimum(best[np.ix_(owners, owners)], cost)
    best[~_shared(lowered, tasks)] = np.inf
    np.fill_diagonal(best, np.inf)
    near: list[list[int]] = []
    take = min(most, max(tasks - 1, 0))
    for row in best:
        chosen = np.argpartition(row, take)[:take] if take < len(row) else np.arange(len(row))
        chosen = chosen[np.isfinite(row[chosen])]
        near.append(chosen[np.argsort(row[chosen], kind="stable")].tolist())
    return near


def _shared(lowered: Lowered, tasks: int) -> np.ndarray:
    """bool [task, task]: somebody may fill a slot of either."""
    people = lowered.fit.cost.shape[1]
    able = np.zeros((tasks, people), dtype=np.float32)
    for slot, task in enumerate(lowered.index.task_of):
        able[task] += lowered.fit.of(slot) < BANNED
    able = np.minimum(able, 1)
    return able @ able.T > 0
