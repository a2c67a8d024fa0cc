"""Rows of the relaxation about ways: how long somebody is on the way on a day, at least (see linkage.py).

There are far too many such rows to write them all: only those are added that a solution breaks.
"""

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.day_ways import DayWays
from scheduler.engines.exact.linear_program import BIG
from scheduler.engines.exact.linkage import levels
from scheduler.engines.exact.possible_starts import PossibleStarts
from scheduler.engines.exact.relaxation import Relaxation

BROKEN = 0.1
"""Ticks by which a row must be broken to be worth adding."""


def add_ways(relaxation: Relaxation) -> None:
    """A column for the ticks on the way of each day with feasible assignments, and what they cost."""
    travel = relaxation.lowered.travel
    for person, day, starts in relaxation.days():
        ways = relaxation.ways[person, day] = _ways(relaxation, person, day, starts)
        if price := int(travel.cost[travel.mode[person]]):
            relaxation.costs.append((ways.column, price))
        if ways.home:
            relaxation.program.row(-BIG, 0, [(ways.worked, ways.home), (ways.column, -1)])


def _ways(relaxation: Relaxation, person: int, day: int, starts: PossibleStarts) -> DayWays:
    travel = relaxation.lowered.travel
    ticks = travel.ticks[travel.mode[person]]
    start, end = int(travel.start[person]), int(travel.end[person])
    place, first = starts.place, starts.cuts
    if start >= 0:
        place, first = np.append(place, start), np.append(first, len(place))
    between = ticks[place][:, place].astype(np.int64)
    distance = np.minimum.reduceat(np.minimum.reduceat(between, first), first, axis=1)
    home = int(ticks[starts.place, end].min()) if end >= 0 else 0
    found = levels(distance)
    most = home + sum(level.ticks * int(level.cluster.max()) for level in found)
    return DayWays(
        relaxation.program.column(most),
        relaxation.worked[person, day],
        starts.assignment[starts.cuts],
        found,
        home,
    )


def add_broken_ways(relaxation: Relaxation, values: NDArray[np.float64]) -> int:
    """Add rows that a solution breaks, float64 [column]; how many there were."""
    added = 0
    for ways in relaxation.ways.values():
        entries = ways.row(values)
        if sum(factor * values[column] for column, factor in entries) > BROKEN:
            relaxation.program.row(-BIG, 0, entries)
            added += 1
    return added
