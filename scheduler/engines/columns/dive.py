"""Dives: fix the largest fractional cells of the program and price again, until all shares are whole."""

from dataclasses import dataclass

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.generation import FREE, ColumnGeneration
from scheduler.engines.columns.restricted_master import MasterSolution, RosterColumn

WHOLE = 1e-4
"""Shares this near to 0 or 1 count as whole."""
MANY = 1000
"""Columns from which on a dive drops those that its fixed cells rule out."""


@dataclass
class Dive:
    """Parameters of a dive.

    pace: largest share of the fractional cells that are fixed at a time
    rounds: pricing rounds after each batch; labels: kept for each state in them
    noise: most that is added to a cell's share at random
    jump, leap: rise of the value that undoes a batch, in points and as a share of the value
    tries: cells that are tried alone where every batch makes the value jump
    rough: whether a dive that cannot go on ends with everybody's likeliest roster
    guide, until: what is added to the share of a cell that is as in the rosters it keeps near to, as long as
        less than this share of all cells is fixed
    """

    pace: float = 0.04
    rounds: int = 3
    labels: int = 1
    noise: float = 0.0
    jump: float = 0.5
    leap: float = 0.003
    tries: int = 4
    rough: bool = False
    guide: float = 0.0
    until: float = 0.0


def dive(
    master: ColumnGeneration,
    solution: MasterSolution,
    ceiling: float,
    options: Dive,
    random: np.random.Generator,
    near: Ints | None = None,
) -> Ints | None:
    """int64 [person, day] rosters whose value lies under `ceiling`, or None where the dive fails.

    Where it is `rough`, rosters of any value. near: int64 [person, day] rosters, of the program's days, that it keeps near to.

    Cells that are fixed in `master` stay so; cells that the dive fixes are free again at its end.
    """
    fixed_before = master.fixed.copy()
    forgotten: list[RosterColumn] = []
    try:
        return _dive(master, solution, ceiling, options, random, forgotten, near)
    finally:
        master.fixed = fixed_before
        master.add(forgotten)


def _dive(
    master: ColumnGeneration,
    solution: MasterSolution,
    ceiling: float,
    options: Dive,
    random: np.random.Generator,
    forgotten: list[RosterColumn],
    near: Ints | None,
) -> Ints | None:
    batch = 1 << 30
    while not master.stopped():
        rosters = whole(master, solution)
        if rosters is not None:
            return rosters if solution.artificial < WHOLE else None
        cells, shares = fractional(master, solution)
        if not len(cells):
            break
        most = max(2, int(options.pace * len(cells)))
        batch = min(batch, most)
        shares = shares + options.noise * random.random(len(shares))
        if near is not None and (master.fixed != FREE).mean() < options.until:
            shares += options.guide * (near[cells[:, 0], cells[:, 1]] == cells[:, 2])
        cells = cells[np.argsort(-shares, kind="stable")]
        after, size = _batch(master, cells, batch, solution.value, ceiling, options)
        if after is None or after.value >= ceiling - WHOLE:
            break
        solution, batch = _lighter(master, after, forgotten), max(2, 2 * size)
    return likeliest(master, solution) if options.rough else None


def _batch(
    master: ColumnGeneration, cells: Ints, size: int, value: float, ceiling: float, options: Dive
) -> tuple[MasterSolution | None, int]:
    """Fix `size` cells, or fewer where the value jumps.

    Returns the program's solution after it (None: stopped) and how many cells were fixed.
    """
    leap = min(0.2 * (ceiling - value), options.leap * (master.base + value))
    before = master.fixed.copy()
    alone: list[MasterSolution] = []
    while not master.stopped():
        begin = len(alone)
        _fix(master, cells[begin : begin + size])
        after = master.settle((options.labels,), options.rounds, ceiling).solution
        if after.artificial > WHOLE:
            after = master.settle(master.keeps[1:], options.rounds, ceiling).solution
        if after.value - value <= max(options.jump, leap):
            return after, size
        if size == 1:
            alone.append(after)
            if len(alone) == min(options.tries, len(cells)):
                return _least(master, before, cells, alone)
        master.fixed = before.copy()
        size = max(1, size // 4)
    return None, size


def _least(
    master: ColumnGeneration, before: Ints, cells: Ints, alone: list[MasterSolution]
) -> tuple[MasterSolution, int]:
    """Fix the single cell with which the value rose least."""
    best = int(np.argmin([solution.value for solution in alone]))
    if best + 1 < len(alone):
        master.fixed = before.copy()
        _fix(master, cells[best : best + 1])
        return master.settle((1,), 1).solution, 1
    return alone[best], 1


def _lighter(
    master: ColumnGeneration, solution: MasterSolution, forgotten: list[RosterColumn]
) -> MasterSolution:
    """The solution after dropping columns that the fixed cells rule out, where these are many."""
    allowed = master.allowed()
    if len(allowed) < MANY or 2 * np.count_nonzero(allowed) > len(allowed):
        return solution
    forgotten += [
        column for column, stays in zip(master.program.columns, allowed, strict=True) if not stays
    ]
    master.keep(allowed)
    return master.program.solve()


def _fix(master: ColumnGeneration, cells: Ints) -> None:
    for person, day, item in cells:
        if master.fixed[person, day] == FREE:
            master.fixed[person, day] = item


def whole(master: ColumnGeneration, solution: MasterSolution) -> Ints | None:
    """int64 [person, day] where every person has one whole column."""
    taken = np.flatnonzero(solution.shares > 1 - WHOLE)
    if len(taken) + round(solution.artificial) < len(master.people):
        return None
    rosters = np.full(master.fixed.shape, -1, dtype=np.int64)
    for number in taken:
        column = master.program.columns[number]
        rosters[column.person] = column.roster
    return rosters


def likeliest(master: ColumnGeneration, solution: MasterSolution) -> Ints:
    """int64 [person, day], the column of each person that has most of them; days off where too many would come."""
    rosters = np.full(master.fixed.shape, -1, dtype=np.int64)
    for number in np.argsort(solution.shares, kind="stable"):
        rosters[master.owner[number]] = master.table[number]
    for item, margins in zip(master.program.items, master.program.margins, strict=True):
        rosters[tuple(np.argwhere(rosters == item)[len(margins) :].T)] = -1
    return rosters


def fractional(master: ColumnGeneration, solution: MasterSolution) -> tuple[Ints, Floats]:
    """The free cells of people without a whole column, and their shares.

    Cells: int64 [cell, 3], person, day, item (-1: off). Shares: float64 [cell].
    """
    used = np.flatnonzero((solution.shares > WHOLE) & (solution.shares < 1 - WHOLE))
    if not len(used):
        return np.zeros((0, 3), np.int64), np.zeros(0)
    columns = [master.program.columns[number] for number in used]
    days = master.fixed.shape[1]
    keys = np.stack(
        [
            np.repeat([column.person for column in columns], days),
            np.tile(np.arange(days), len(columns)),
            np.concatenate([column.roster for column in columns]),
        ],
        axis=1,
    )
    cells, which = np.unique(keys, axis=0, return_inverse=True)
    shares = np.bincount(which.reshape(-1), np.repeat(solution.shares[used], days))
    free = master.fixed[cells[:, 0], cells[:, 1]] == FREE
    open_yet = free & (shares < 1 - WHOLE)
    if not open_yet.any():
        open_yet = free
    return cells[open_yet], shares[open_yet]
