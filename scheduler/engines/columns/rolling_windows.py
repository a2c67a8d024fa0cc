"""Long horizons, window by window: everything outside a window is held as it is."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.dive import Dive, dive
from scheduler.engines.columns.generation import Master
from scheduler.engines.columns.margins import Margins
from scheduler.engines.columns.network import build
from scheduler.engines.columns.pricing import Room, price
from scheduler.engines.columns.subproblem import Part
from scheduler.lowered.dense_roster import NONE
from scheduler.stop import Stop

if TYPE_CHECKING:
    from scheduler.engines.columns.solve import Columns

WEEK = 7
WEEKS = 4
"""Length of a window, at first and at most."""
ROWS = 700
"""Rows of a window's program up to which it may be that long at first."""
BACK = (0, 28, 56, 84, 400)
"""Days before a window that somebody may take up again who finds no path in it."""
QUICK = 0.87
"""Cooling of a window's soft program."""
PATIENCE = 25
"""Pricing rounds of a window's program, and after each step of its dive a few."""
PASSES, LITTLE = (4, 16), 0.01
"""Passes for which time must be left, at the last one's pace, before windows become longer: where it
gained less than that share of the cost, and where it gained more."""


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


def windows(search: "Columns") -> None:
    """Build the rosters from left to right where there are none, then improve window after window.

    Windows become longer, as long as the time left is enough for several passes like the last ones.
    """
    part = search.part
    if search.points is None:
        search.offer(_built(search, WEEK * WEEKS))
    room, half = Room(), False
    weeks = max(1, min(WEEKS, (ROWS - part.people) * part.days // (WEEK * len(part.items))))
    while not search.stopped() and search.points is not None:
        begun, before, length = search.stop.elapsed, search.points, WEEK * weeks
        for first in range(length // 2 if half else 0, max(1, part.days - WEEK), length):
            if search.stopped():
                return
            improve(search, first, min(part.days, first + length), room)
        passes = PASSES[before - search.points > LITTLE * before]
        if half and search.stop.seconds_left > passes * (search.stop.elapsed - begun):
            weeks = min(2 * weeks, -(-part.days // WEEK))
        half = not half


def _built(search: "Columns", length: int) -> NDArray[np.int64]:
    part, rosters = search.part, search.rosters.copy()
    for first in range(0, part.days, length):
        end = min(part.days, first + length)
        rosters = in_turn(part, rosters, first, end, search.stop, open_end=end < part.days)
    return rosters


def improve(search: "Columns", first: int, end: int, room: Room) -> bool:
    """Everybody's days [first, end) by their program and a dive from it; whether it found better."""
    master = Master(search.part, search.rosters, first, end, search.stop, room=room)
    master.rounds = search.rounds
    value = master.add_rosters(search.rosters)
    found = None
    if value is not None and search.points is not None:
        ceiling = value - 1 + 1e-3
        master.base = search.points - value
        if master.large:
            master.warm(QUICK)
        solved = master.settle((1,), PATIENCE, ceiling).solved
        master.most = 1
        found = dive(master, solved, ceiling, Dive(pace=0.08, rounds=2), search.random)
    search.rounds = master.rounds
    if found is None:
        return False
    rosters = search.rosters.copy()
    rosters[:, first:end] = found
    return search.offer(rosters)
