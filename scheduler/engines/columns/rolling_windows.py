"""Horizons window by window: everything outside a window is held as it is.

Wide windows, of many people and kinds of shift, are solved and dived into by their smoothed dual alone, others by
their linear program.
"""

from contextlib import suppress

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.dive import Dive, dive
from scheduler.engines.columns.generation import ColumnGeneration
from scheduler.engines.columns.in_turn import built, choose_again, width
from scheduler.engines.columns.pricing import NARROW, LabelMemory
from scheduler.engines.columns.restricted_master import UnsolvedError
from scheduler.engines.columns.smoothed_dive import HASTE, smoothed_dive
from scheduler.engines.columns.smoothed_generation import SmoothedGeneration
from scheduler.engines.columns.subproblem import Subproblem

WEEK = 7
WEEKS = 4
"""Length of a window, at first and at most."""
ROWS, WIDE = 700, 500
"""Rows of a window's program up to which it may be that long at first, and from which on the longest is wide: it may
then have any."""
WIDE_ROUNDS, WIDE_SHARP, KNOWN = 60, 0.02, 3.0
"""A wide window's rounds, the gap that is enough, and its first temperature, in grains, where its prices are known."""
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
    if width(subproblem) == NARROW:  # else the first rosters are such already
        with suppress(UnsolvedError):
            choose_again(search, search.rosters, LabelMemory())
    memory, weeks, number = LabelMemory(), _weeks(subproblem), 0
    prices = np.full(len(subproblem.items), np.nan)
    while WEEK * weeks < subproblem.days and not search.stopped and search.points is not None:
        begun, before, rounds = stop.elapsed, search.points, search.rounds
        _pass(search, WEEK * weeks, memory, number, prices)
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
    most = max(1, min(WEEKS, subproblem.days // (2 * WEEK)))
    if _rows(subproblem, WEEK * most) >= WIDE:
        return most
    rows_a_week = _rows(subproblem, WEEK) - subproblem.people
    return max(1, min(most, int((ROWS - subproblem.people) / rows_a_week)))


def _pass(
    search: ColumnSearch, length: int, memory: LabelMemory, number: int, prices: Floats
) -> None:
    """Improve all windows of a length in turn, but those that cannot be solved.

    number: of the pass. The second begins half a window later, the others anywhere.
    prices: float64 [item], those of wide windows so far, else nan
    """
    days = search.subproblem.days
    begin = number * length // 2 if number < 2 else int(search.random.integers(length))
    begins = list(range(begin, max(1, days - WEEK), length))
    if _rows(search.subproblem, length) >= WIDE:
        begins.sort(key=lambda first: -_lacking(search, first, min(days, first + length)))
    for first in begins:
        if search.stopped:
            return
        with suppress(UnsolvedError):
            _improve(search, first, min(days, first + length), memory, prices)


def _rows(subproblem: Subproblem, length: int) -> float:
    """Rows of the program of so many days."""
    return length * len(subproblem.items) / subproblem.days + subproblem.people


def _lacking(search: ColumnSearch, first: int, end: int) -> int:
    """Points of the headcounts of days [first, end) above those of all slots filled that save any."""
    subproblem, window = search.subproblem, search.rosters[:, first:end]
    counts = np.bincount(window[window >= 0], minlength=len(subproblem.items)).tolist()
    items = np.arange(subproblem.day_first[first], subproblem.day_first[end])
    filled: int = sum(sum(subproblem.margins[item][: counts[item]]) for item in items)
    return filled + _savings(subproblem, items)


def _savings(subproblem: Subproblem, items: Ints) -> int:
    """Points that slots of these items save in all."""
    lost: int = sum(min(0, margin) for item in items for margin in subproblem.margins[item])
    return -lost


def _improve(
    search: ColumnSearch, first: int, end: int, memory: LabelMemory, prices: Floats
) -> None:
    """Decide all days [first, end) again.

    It ends after `LONGEST` pricing rounds a week: where the program's value is hardly below the rosters' own,
    a dive goes on from cell to cell for long, and seldom to an end.
    """
    weeks = -(-(end - first) // WEEK)
    last = search.rounds + LONGEST * weeks
    stop = search.stop.within(steps=min(last, search.stop.steps or last))
    master = ColumnGeneration(search.subproblem, search.rosters, first, end, stop, memory=memory)
    master.rounds = search.rounds
    value = master.add_rosters(search.rosters)
    if master.rows >= WIDE:
        _dive_wide(search, master, prices)
    else:
        _dive_exactly(search, master, value)
    search.rounds = master.rounds


def _dive_wide(search: ColumnSearch, master: ColumnGeneration, prices: Floats) -> None:
    """Offer what a hasty dive by a window's smoothed dual ends with; `prices`: see `_pass`."""
    master.base = _savings(search.subproblem, master.decided)
    smoothed = SmoothedGeneration(master)
    smoothed.begin(prices, KNOWN)
    smoothed.warm(sharp=WIDE_SHARP, rounds=WIDE_ROUNDS)
    prices[master.decided] = smoothed.prices[master.decided]
    smoothed_dive(search, smoothed, HASTE)


def _dive_exactly(search: ColumnSearch, master: ColumnGeneration, value: float) -> None:
    """Offer what a dive by a window's linear program ends with, if below `value`, the rosters' own."""
    weeks, ceiling = -(-(master.end - master.first) // WEEK), value - 1 + 1e-3
    if search.points is not None and not search.broken:
        master.base = search.points - value
    if master.large:
        SmoothedGeneration(master).warm(QUICK, rounds=WARM_ROUNDS)
    solution = master.settle((1,), max(LEAST, PATIENCE * weeks), ceiling).solution
    master.most = 1
    better = dive(master, solution, ceiling, DIVE, search.random)
    if better is not None:
        rosters = search.rosters.copy()
        rosters[:, master.first : master.end] = better
        search.offer(rosters)
