"""Dives: fix the largest fractional cells of the program, price again, until every share is whole."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.master import FREE, Master
from scheduler.columns.program import Solved

WHOLE = 1e-4
"""Shares this near to 0 or 1 are taken for it."""


@dataclass
class Dive:
    """What a dive does. pace: share of the fractional cells fixed at a time; rounds: of pricing after
    each; noise: added to a cell's share, at most; jump, leap: rise of the value that undoes a batch,
    as points and as a share of the value."""

    pace: float = 0.04
    rounds: int = 3
    noise: float = 0.0
    jump: float = 0.5
    leap: float = 0.003


def dive(
    master: Master, solved: Solved, ceiling: float, how: Dive, random: np.random.Generator
) -> NDArray[np.int64] | None:
    """int64 [person, day] rosters whose value lies under `ceiling`, or None where the dive fails.

    Cells that `master.fixed` has stay fixed; those of the dive are freed again at its end.
    """
    begun = master.fixed.copy()
    try:
        return _dive(master, solved, ceiling, how, random)
    finally:
        master.fixed = begun


def _dive(master, solved, ceiling, how, random):
    batch: int | None = None
    while not master.stopped():
        rosters = whole(master, solved)
        if rosters is not None:
            return rosters if solved.artificial < WHOLE else None
        cells, shares = fractional(master, solved)
        if not len(cells):
            return None
        if batch is None or batch > len(cells):
            batch = max(2, int(how.pace * len(cells)))
        shares = shares + how.noise * random.random(len(shares))
        chosen = cells[np.argsort(-shares, kind="stable")]
        before = master.fixed.copy()
        size = batch
        while True:
            _fix(master, chosen[:size])
            after = master.settle((1,), how.rounds, ceiling).solved
            rise = after.value - solved.value
            leap = min(0.2 * (ceiling - solved.value), how.leap * (master.part.base + solved.value))
            if size == 1 or rise <= max(how.jump, leap):
                break
            master.fixed = before.copy()
            size = max(1, size // 4)
            if master.stopped():
                return None
        solved = after
        batch = max(2, int(how.pace * len(cells)), size)
        if solved.value >= ceiling - WHOLE:
            return None
    return None


def _fix(master: Master, cells: NDArray[np.int64]) -> None:
    for person, day, item in cells:
        if master.fixed[person, day] == FREE:
            master.fixed[person, day] = item


def whole(master: Master, solved: Solved) -> NDArray[np.int64] | None:
    """int64 [person, day] where every person has one whole column."""
    taken = np.flatnonzero(solved.shares > 1 - WHOLE)
    if len(taken) + round(solved.artificial) < master.part.people:
        return None
    rosters = np.full(master.fixed.shape, -1, dtype=np.int64)
    for number in taken:
        column = master.program.columns[number]
        rosters[column.person] = column.roster
    return rosters


def fractional(master: Master, solved: Solved) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """int64 [cell, 3]: person, day, item (-1: off) of the free cells of people without a whole column,
    and float64 [cell]: their shares."""
    used = np.flatnonzero((solved.shares > WHOLE) & (solved.shares < 1 - WHOLE))
    if not len(used):
        return np.zeros((0, 3), np.int64), np.zeros(0)
    columns = [master.program.columns[number] for number in used]
    days = master.fixed.shape[1]
    keys = np.stack(
        [
            np.repeat([one.person for one in columns], days),
            np.tile(np.arange(days), len(columns)),
            np.concatenate([one.roster for one in columns]),
        ],
        axis=1,
    )
    cells, which = np.unique(keys, axis=0, return_inverse=True)
    shares = np.bincount(which.reshape(-1), np.repeat(solved.shares[used], days))
    free = master.fixed[cells[:, 0], cells[:, 1]] == FREE
    open_yet = free & (shares < 1 - WHOLE)
    if not open_yet.any():
        open_yet = free
    return cells[open_yet], shares[open_yet]
