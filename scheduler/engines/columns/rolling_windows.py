"""Horizons window by window: everything outside a window is held as it is."""

from contextlib import suppress

from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.dive import Dive, dive
from scheduler.engines.columns.generation import ColumnGeneration
from scheduler.engines.columns.in_turn import built, choose_again
from scheduler.engines.columns.pricing import LabelMemory
from scheduler.engines.columns.restricted_master import UnsolvedError
from scheduler.engines.columns.smoothed_generation import SmoothedGeneration
from scheduler.engines.columns.subproblem import Subproblem

WEEK = 7
WEEKS = 4
"""Length of a window, at first and at most."""
ROWS = 700
"""Rows of a window's program up to which it may be that long at first."""
QUICK, WARM_ROUNDS = 0.8, 20
"""Cooling of a window's smoothed program, and its rounds."""
PATIENCE, LEAST = 12, 25
"""Pricing rounds of a window's program before its dive, for each of its weeks, and the least of them: with
fewer its value stays at the rosters' own."""
DIVE = Dive(pace=0.08, rounds=2)
LONGEST = 60
"""Most pricing rounds for each week of a window."""
PASSES, LITTLE = (1, 8), 0.01
"""Windows become longer when time is left for so many passes like the last: 1 where it gained less than
`LITTLE` of the cost, 8 where it gained more."""

WHOLE = 4
"""Least passes like the last for which time is left where the whole horizon comes next."""


def search_windows(search: ColumnSearch) -> None:
    """Improve window after window, in passes whose windows become longer, until one would be the horizon.

    Windows become longer where the time left is enough for several passes like the last. Between passes
    people choose again on all days, since no window moves a sum from week to week. Where there are no
    rosters yet that break no hard rule, some are built.
    """
    subproblem, stop = search.subproblem, search.stop
    if search.broken:
        search.offer(built(search))
    memory, weeks, number = LabelMemory(), _weeks(subproblem), 0
    while WEEK * weeks < subproblem.days and not search.stopped and search.points is not None:
        begun, before, rounds = stop.elapsed, search.points, search.rounds
        _pass(search, WEEK * weeks, memory, number)
        with suppress(UnsolvedError):
            choose_again(search, search.rosters, LabelMemory())
        number += 1
        if number > 1 and search.rounds == rounds:
            return
        gain, longer = before - search.points, _longer(subproblem, weeks)
        passes = PASSES[gain > LITTLE * before]
        if longer * WEEK >= subproblem.days:
            passes = max(passes, WHOLE)
        enough = stop.seconds_left > passes * (stop.elapsed - begun)
        if number > 1 and (enough or not gain):
            weeks, number = longer, 0


def _longer(subproblem: Subproblem, weeks: int) -> int:
    """Length of the next windows: twice as many weeks, or all where two of these would be more."""
    days = subproblem.days
    return 2 * weeks if 4 * WEEK * weeks <= days else -(-days // WEEK)


def _weeks(subproblem: Subproblem) -> int:
    """Length of a window at first."""
    rows_a_week = WEEK * len(subproblem.items) / subproblem.days
    most = min(WEEKS, subproblem.days // (2 * WEEK))
    return max(1, min(most, int((ROWS - subproblem.people) / rows_a_week)))


def _pass(search: ColumnSearch, length: int, memory: LabelMemory, number: int) -> None:
    """Improve all windows of a length in turn, but those that cannot be solved.

    number: of the pass. The second begins half a window later, the others anywhere.
    """
    days = search.subproblem.days
    begin = number * length // 2 if number < 2 else int(search.random.integers(length))
    for first in range(begin, max(1, days - WEEK), length):
        if search.stopped:
            return
        with suppress(UnsolvedError):
            improve(search, first, min(days, first + length), memory)


def improve(search: ColumnSearch, first: int, end: int, memory: LabelMemory) -> bool:
    """Decide all days [first, end) again, by a program and a dive; whether the rosters became better.

    It ends after `LONGEST` pricing rounds a week: where the program's value is hardly below the rosters' own,
    a dive goes on from cell to cell for long, and seldom to an end.
    """
    weeks = -(-(end - first) // WEEK)
    last = search.rounds + LONGEST * weeks
    stop = search.stop.within(steps=min(last, search.stop.steps or last))
    master = ColumnGeneration(search.subproblem, search.rosters, first, end, stop, memory=memory)
    master.rounds = search.rounds
    value = master.add_rosters(search.rosters)
    ceiling = value - 1 + 1e-3
    if search.points is not None and not search.broken:
        master.base = search.points - value
    if master.large:
        SmoothedGeneration(master).warm(QUICK, rounds=WARM_ROUNDS)
    solution = master.settle((1,), max(LEAST, PATIENCE * weeks), ceiling).solution
    master.most = 1
    better = dive(master, solution, ceiling, DIVE, search.random)
    search.rounds = master.rounds
    if better is None:
        return False
    rosters = search.rosters.copy()
    rosters[:, first:end] = better
    return search.offer(rosters)
