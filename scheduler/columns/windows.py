"""Long horizons, window by window: everything outside a window is held as it is."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scheduler.columns.dive import Dive, dive
from scheduler.columns.labels import NEVER
from scheduler.columns.master import Master
from scheduler.columns.part import Part
from scheduler.columns.person import build
from scheduler.columns.pricing import Room, price
from scheduler.lowered.answer import NONE
from scheduler.stop import Stop

if TYPE_CHECKING:
    from scheduler.columns.solve import Columns

WEEK = 7
WEEKS = 4
"""Length of a window."""
BACK = (0, 28, 56, 84, 400)
"""Days before a window that somebody may take up again who finds no path in it."""
PATIENCE = 25
"""Pricing rounds of a window's program, and after each step of its dive a few."""


def in_turn(
    part: Part,
    rosters: NDArray[np.int64],
    first: int,
    end: int,
    stop: Stop,
    *,
    open_end: bool = False,
) -> NDArray[np.int64]:
    """Rosters in which each person in turn takes what is best beside the others on days [first, end).

    rosters: int64 [person, day]; the other days stay, but for somebody who finds no path beside them:
    then days before `first` are taken up again, as many as it needs. Without any path they stay off.
    """
    found, room = rosters.copy(), Room()
    found[:, first:end] = NONE
    prices = Margins(part, found)
    for number in range(part.people):
        if stop.reason() is not None:
            break
        for begin in dict.fromkeys(max(0, first - back) for back in BACK):
            before = found[number].copy()
            prices.leave(before[begin:end])
            own = build(part, number, begin, end, before, open_end=open_end)
            for keep in (1, 8):
                _, paths, _ = price(own, prices.now, keep, room=room)
                if len(paths):
                    found[number, begin:end] = own.items[paths[0]]
                    break
            prices.enter(found[number, begin:end])
            if len(paths):
                break
    return found


class Margins:
    """now: float64 [item], what one person more in it is worth."""

    def __init__(self, part: Part, rosters: NDArray[np.int64]):
        self._items = part.items
        self._counts = np.zeros(len(part.items), dtype=np.int64)
        self.now = np.zeros(len(part.items))
        self._change(np.arange(len(part.items)), 0)
        self.enter(rosters.reshape(-1))

    def enter(self, roster: NDArray[np.int64]) -> None:
        """Somebody is in these items, int64, -1 among them."""
        self._change(roster[roster >= 0], 1)

    def leave(self, roster: NDArray[np.int64]) -> None:
        """Somebody is no more."""
        self._change(roster[roster >= 0], -1)

    def _change(self, items: NDArray[np.int64], heads: int) -> None:
        np.add.at(self._counts, items, heads)
        for item in items:
            margin, count = self._items[item].margin, self._counts[item]
            self.now[item] = -float(margin[count]) if count < len(margin) else -NEVER


def windows(search: "Columns", weeks: int = WEEKS) -> None:
    """Build the rosters from left to right where there are none, then improve window after window."""
    part, length = search.part, WEEK * weeks
    if search.points is None:
        rosters = search.rosters.copy()
        for first in range(0, part.days, length):
            end = min(part.days, first + length)
            rosters = in_turn(part, rosters, first, end, search.stop, open_end=end < part.days)
        search.offer(rosters)
    offset = 0
    while not search.stopped():
        for first in range(offset, max(1, part.days - WEEK), length):
            if search.stopped():
                return
            _improve(search, first, min(part.days, first + length))
        offset = (offset + length // 2) % length


def _improve(search: "Columns", first: int, end: int) -> None:
    master = Master(search.part, search.rosters, first, end, search.stop)
    master.rounds = search.rounds
    master.add_rosters(search.rosters)
    settled = master.settle((1,), PATIENCE)
    found = dive(master, settled.solved, math.inf, Dive(pace=0.08, rounds=2), search.random)
    search.rounds = master.rounds
    if found is not None:
        rosters = search.rosters.copy()
        rosters[:, first:end] = found
        search.offer(rosters)
