"""Dives by the smoothed dual: cells of large shares are fixed, many at a time, and people are priced again.

After Strandmark, Qu & Curtois 2020 (10.1016/j.cor.2020.104945), who fix the shares of a first-order method
so; a batch after which the bound rises is taken back, and a smaller one is fixed.
"""

import math
from dataclasses import dataclass

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.generation import FREE
from scheduler.engines.columns.pricing import BEAM, NARROW
from scheduler.engines.columns.restricted_master import MasterSolution
from scheduler.engines.columns.rounding import round_shares
from scheduler.engines.columns.smoothed_generation import SmoothedGeneration

TRACE = 1e-3
"""Shares below this are none."""
PATIENCE, SOON, SMALL = 10, 3, 300
"""Parts in a row without gain, and those of programs of fewer rows than `SMALL`, whose root is soon proven."""
PART = 0.2, 0.6
"""Least and largest share of the people, or of the days, that are free."""
AGAIN, NOISE = 8, 0.2
"""Pricing rounds before the dive of a part, and most noise in it."""
WEEK = 7
FEW = 2
"""Cells of the smallest batch."""


@dataclass(frozen=True)
class SmoothedDive:
    """Parameters of a dive.

    sure: shares from which on cells are fixed together, at most `most` of all cells at a time
    pace: share of the free cells that are fixed at least
    rounds, tight: pricing rounds after each batch, and the gap to the bound, a share of the value, at which
        there are no more
    leap: rise of the bound that takes a batch back, as a share of the value
    tries: batches of `FEW` that are tried where all make the bound leap
    noise: most that is added to a cell's share at random
    end: share of the cells that may be free when the rest is rounded
    rough: whether a dive goes on where its bound lies above the incumbent, and ends with the shares it has
        when its program must stop
    """

    sure: float = 0.9
    most: float = 0.12
    pace: float = 0.06
    rounds: int = 4
    tight: float = 0.01
    leap: float = 0.003
    tries: int = 4
    noise: float = 0.0
    end: float = 0.0
    rough: bool = False
    hasty: bool = False


HASTE = SmoothedDive(pace=0.3, rounds=8, leap=0.01, rough=True, hasty=True)
"""A dive from a root that did not come near its bound, where all limits are hard: soon at its end."""


def smoothed_dive(
    search: ColumnSearch, smoothed: SmoothedGeneration, options: SmoothedDive
) -> None:
    """Fix cells until few are free, and offer the rosters near the shares then to the search.

    Cells that are fixed before stay so; what the dive fixes is free again at its end, and columns, prices and
    bound are those of its beginning.
    """
    master = smoothed.master
    before, columns = master.fixed.copy(), master.columns()
    prices, centre, bound = smoothed.prices, smoothed.centre, smoothed.bound
    master.beam = NARROW if options.hasty else BEAM
    try:
        solution = _dive(search, smoothed, options)
        if solution is not None:
            round_shares(search, master, solution)
    finally:
        master.fixed, master.beam = before, BEAM
        master.take_back(columns)
        smoothed.prices, smoothed.centre, smoothed.bound = prices, centre, bound


def improve_parts(search: ColumnSearch, smoothed: SmoothedGeneration) -> None:
    """Dive again and again with a part of the cells free and the others as in the incumbent.

    In turn some people are free on all days, and everybody on some days; it ends after `PATIENCE` parts
    in a row without gain.
    """
    master, idle, number = smoothed.master, 0, 0
    patience = SOON if master.rows < SMALL else PATIENCE
    columns = master.columns()
    while idle < patience and not search.stopped:
        before = search.points
        _free_part(search, smoothed, number)
        smoothed.settle(AGAIN, 0.0, search.ceiling)
        if smoothed.bound < search.ceiling:
            smoothed_dive(search, smoothed, SmoothedDive(noise=NOISE * search.random.random()))
        master.fixed[:] = FREE
        master.take_back(columns)
        number += 1
        idle = 0 if search.points != before else idle + 1


def _free_part(search: ColumnSearch, smoothed: SmoothedGeneration, number: int) -> None:
    """Fix all cells as in the incumbent but those of some people, or of some days."""
    master, random = smoothed.master, search.random
    people, days = master.fixed.shape
    free = np.zeros(master.fixed.shape, dtype=np.bool_)
    share = random.uniform(*PART)
    if number % 2:
        length = max(min(days, WEEK), int(share * days))
        first = int(random.integers(days - length + 1))
        free[:, first : first + length] = True
    else:
        free[random.permutation(people)[: max(2, int(share * people))]] = True
    master.add_rosters(search.rosters)
    master.fixed[:] = np.where(free, FREE, search.rosters[:, master.first : master.end])


def _dive(
    search: ColumnSearch, smoothed: SmoothedGeneration, options: SmoothedDive
) -> MasterSolution | None:
    """Shares of the columns when few cells are free; None where it ends before."""
    master, ceiling = smoothed.master, math.inf if options.rough else search.ceiling
    size, value = master.fixed.size, smoothed.bound
    batch = size
    while not master.stopped():
        solution = smoothed.shares()
        cells, shares = _open_cells(smoothed, solution)
        free = np.count_nonzero(master.fixed == FREE)
        if free <= options.end * size or not len(cells):
            return solution
        shares = shares + options.noise * search.random.random(len(shares))
        order = np.argsort(-shares, kind="stable")
        many = min(int((shares >= options.sure).sum()), int(options.most * size))
        many = max(many, int(options.pace * free), 2)
        if options.hasty:  # a bound may also rise because pricing comes nearer to the value
            value = max(smoothed.bound, solution.value)
        many = _batch(smoothed, cells[order], min(many, batch), value, ceiling, options)
        value, batch = max(value, smoothed.bound), 2 * many
        if value >= ceiling:
            return None
    return smoothed.shares() if options.rough else None


def _batch(
    smoothed: SmoothedGeneration,
    cells: Ints,
    many: int,
    value: float,
    ceiling: float,
    options: SmoothedDive,
) -> int:
    """Fix that many cells, or fewer where the bound leaps; how many.

    Where even `FEW` make it leap, the next ones are tried instead, and at last those that did the least harm.
    """
    master = smoothed.master
    kept, points = master.fixed.copy(), max(1.0, master.base + value)
    most = value + options.leap * points
    enough = most if options.hasty else -math.inf
    ceiling = min(ceiling, most)
    tried: list[tuple[float, Ints]] = []
    while not master.stopped():
        _fix(smoothed, cells[:many])
        smoothed.settle(options.rounds, options.tight * points, ceiling, enough)
        if smoothed.bound <= most:
            break
        if many <= FEW:
            tried.append((smoothed.bound, cells[:many]))
            cells = cells[many:]
            if len(tried) == options.tries or not len(cells):
                master.fixed = kept
                _fix(smoothed, min(tried, key=lambda one: one[0])[1])
                smoothed.settle(options.rounds, options.tight * points, ceiling, enough)
                break
        master.fixed, many = kept.copy(), max(FEW, many // 4)
    return many


def _open_cells(smoothed: SmoothedGeneration, solution: MasterSolution) -> tuple[Ints, Floats]:
    """The free cells of the columns with a share: int64 [cell, 3], person, day, item; and their shares."""
    master = smoothed.master
    used = np.flatnonzero(solution.shares > TRACE)
    days = master.fixed.shape[1]
    table, owner = master.table[used], master.owner[used]
    item = int(table.max(initial=0)) + 2
    keys = (owner[:, None] * days + np.arange(days)) * item + table + 1
    flat, which = np.unique(keys.reshape(-1), return_inverse=True)
    shares = np.bincount(which.reshape(-1), np.repeat(solution.shares[used], days))
    cells = np.stack([flat // item // days, flat // item % days, flat % item - 1], axis=1)
    free = master.fixed[cells[:, 0], cells[:, 1]] == FREE
    return cells[free], shares[free]


def _fix(smoothed: SmoothedGeneration, cells: Ints) -> None:
    """Fix cells in turn, but those with which a person would have no column left."""
    master = smoothed.master
    left: dict[int, Ints] = {}
    allowed = master.allowed()
    for person, day, item in cells.tolist():
        if master.fixed[person, day] != FREE:
            continue
        if person not in left:
            left[person] = np.flatnonzero((master.owner == person) & allowed)
        agree = left[person][master.table[left[person], day] == item]
        if len(agree):
            left[person] = agree
            master.fixed[person, day] = item
