"""Long horizons, window by window: everything outside a window is held as it is."""

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.dive import Dive, dive
from scheduler.engines.columns.generation import ColumnGeneration
from scheduler.engines.columns.in_turn import in_turn
from scheduler.engines.columns.pricing import LabelMemory

WEEK = 7
WEEKS = 4
"""Length of a window, at first and at most."""
ROWS = 700
"""Rows of a window's program up to which it may be that long at first."""
QUICK = 0.87
"""Cooling of a window's smoothed program."""
PATIENCE = 25
"""Pricing rounds of a window's program, before its dive."""
PASSES, LITTLE = (4, 16), 0.01
"""Windows become longer when time is left for so many passes like the last: 4 where it gained less than
`LITTLE` of the cost, 16 where it gained more."""


def search_windows(search: ColumnSearch) -> None:
    """Build the rosters from left to right where there are none, then improve window after window.

    Windows become longer, as long as the time left is enough for several passes like the last ones. It
    ends where no window has rosters to begin from, since somebody's break a hard rule.
    """
    subproblem, stop = search.subproblem, search.stop
    if search.points is None:
        search.offer(_built(search, WEEK * WEEKS))
    memory, half, idle = LabelMemory(), False, 0
    rows_a_week = WEEK * len(subproblem.items)
    weeks = max(1, min(WEEKS, (ROWS - subproblem.people) * subproblem.days // rows_a_week))
    while not search.stopped and search.points is not None and idle < 2:
        begun, before, length = stop.elapsed, search.points, WEEK * weeks
        rounds = search.rounds
        for first in range(length // 2 if half else 0, max(1, subproblem.days - WEEK), length):
            if search.stopped:
                return
            improve(search, first, min(subproblem.days, first + length), memory)
        passes = PASSES[before - search.points > LITTLE * before]
        if half and stop.seconds_left > passes * (stop.elapsed - begun):
            weeks = min(2 * weeks, -(-subproblem.days // WEEK))
        half, idle = not half, idle + 1 if search.rounds == rounds else 0


def _built(search: ColumnSearch, length: int) -> Ints:
    subproblem, rosters = search.subproblem, search.rosters.copy()
    for first in range(0, subproblem.days, length):
        end = min(subproblem.days, first + length)
        last_window = end == subproblem.days
        rosters = in_turn(subproblem, rosters, first, end, search.stop, open_end=not last_window)
    return rosters


def improve(search: ColumnSearch, first: int, end: int, memory: LabelMemory) -> bool:
    """Decide all days [first, end) again, by a program and a dive; whether the rosters became better."""
    master = ColumnGeneration(
        search.subproblem, search.rosters, first, end, search.stop, memory=memory
    )
    master.rounds = search.rounds
    value = master.add_rosters(search.rosters)
    better = None
    if value is not None and search.points is not None:
        ceiling = value - 1 + 1e-3
        master.base = search.points - value
        if master.large:
            master.warm(QUICK)
        solution = master.settle((1,), PATIENCE, ceiling).solution
        master.most = 1
        better = dive(master, solution, ceiling, Dive(pace=0.08, rounds=2), search.random)
    search.rounds = master.rounds
    if better is None:
        return False
    rosters = search.rosters.copy()
    rosters[:, first:end] = better
    return search.offer(rosters)
