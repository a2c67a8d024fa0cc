"""Long horizons, window by window: everything outside a window is held as it is."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.dive import Dive, dive
from scheduler.columns.master import Master
from scheduler.lowered.answer import NONE

if TYPE_CHECKING:
    from scheduler.columns.solve import Columns

WEEK = 7
WEEKS = 4
"""Length of a window."""
PATIENCE = 25
"""Pricing rounds of a window's program, and after each step of its dive a few."""


def in_turn(master: Master, rosters: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rosters in which each person in turn takes what is best beside those before.

    rosters: int64 [person, day]; days outside the master's stay. A person without any path is off.
    """
    part, found = master.part, rosters.copy()
    found[:, master.first : master.end] = NONE
    counts = np.zeros(len(part.items), dtype=np.int64)
    prices = np.array([-float(item.margin[0]) for item in part.items])
    for number in range(part.people):
        if master.stopped():
            break
        _, columns, _ = master.best(number, prices, 1)
        if not columns:
            continue
        master.add(columns)
        roster = columns[0].roster
        found[number, master.first : master.end] = roster
        for item in roster[roster >= 0]:
            counts[item] += 1
            margin = part.items[item].margin
            prices[item] = -float(margin[counts[item]]) if counts[item] < len(margin) else -1e29
    return found


def windows(search: "Columns") -> None:
    """Build the rosters from left to right where there are none, then improve window after window."""
    part, length = search.part, WEEK * WEEKS
    if search.points is None:
        rosters = search.rosters.copy()
        for first in range(0, part.days, length):
            end = min(part.days, first + length)
            master = _master(search, rosters, first, end, open_end=end < part.days)
            rosters = in_turn(master, rosters)
        search.offer(rosters)
    offset = 0
    while not search.stopped():
        for first in range(offset, max(1, part.days - WEEK), length):
            if search.stopped():
                return
            _improve(search, first, min(part.days, first + length))
        offset = (offset + WEEK * WEEKS // 2) % length


def _master(search: "Columns", rosters, first: int, end: int, *, open_end: bool = False) -> Master:
    return Master(search.part, rosters, first, end, search.stop, open_end=open_end)


def _improve(search: "Columns", first: int, end: int) -> None:
    master = _master(search, search.rosters, first, end)
    master.rounds = search.rounds
    master.add_rosters(search.rosters)
    settled = master.settle((1,), PATIENCE)
    found = dive(master, settled.solved, math.inf, Dive(pace=0.08, rounds=2), search.random)
    search.rounds = master.rounds
    if found is not None:
        rosters = search.rosters.copy()
        rosters[:, first:end] = found
        search.offer(rosters)
