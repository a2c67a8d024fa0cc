"""Network: a person's rosters as paths from day to day, priced by Total, Run and Follow.

A path's state is the run it is in, the class of the last item worked (see day_sequence.py), and a
value for each *lane*. A lane is a row of Total, or several rows whose days do not overlap. Dense lanes
are part of the state; counted lanes, which only have an upper limit, are carried by the labels and
packed seven to a word.
"""

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.bounds import FIELD, FIELDS, LIMIT
from scheduler.engines.columns.day_sequence import (
    DaySequence,
    Distinct,
    day_sequence,
    distinct_rows,
)
from scheduler.engines.columns.restricted_master import UnsolvedError
from scheduler.engines.columns.run_automaton import RunAutomaton, run_automaton
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.engines.columns.total_rows import LARGEST, NEVER, Cells, Lane, read, shared
from scheduler.lowered.dense_roster import NONE

MOST_STATES = 1 << 62
"""Numbers of states of a day: they are 64-bit integers, and those below 0 mean none."""
GUARD = sum(1 << (FIELD * n + FIELD - 1) for n in range(FIELDS))


@dataclass(frozen=True)
class PersonNetwork:
    """Arrays of the labelling DP. Days count from `first`; state s = (run * classes + class) * values + value.

    items, cells: int64, float64 [choice + 1], item and its points, in order of group; last: a day off
    group_first: int64 [day + 1]; choice_first: int64 [group + 1]
    groups: int64 [group, 3]: index among a day's entries, class after it, letter
    dense: int64 [group, 2, lane]: what the dense lanes gain after a day off or of work
    counted: int64 [choice, 2, word]
    follow_first: int64 [day]; follow: float64, points of [class before, entry]
    run_next: int64 [run, letter], run_cost: float64 [run, letter]: after a day of each letter (see
        run_automaton.py); run_on: [run], whether the last day was worked
    sizes, strides: int64 [lane]; need: int64 [day, run, lane], least value that may still reach
        the lane's least
    most, clip: int64 [day, lane], largest value, and whether a larger one counts as `most`
    close: int64 [day, lane], where the lane's prices begin in `prices`, or -1
    limit, floor, keep: int64 [day, word] of the counted lanes
    off: float64 [day], points of a day off; end: float64 [run, class], points of what comes after
    limits: int64 [limit, 10], see `bounds`; tolls: float64 [limit], kept from one pricing to the next
    start: the run that comes before the window's first day
    classes: int64 count; constant: points of every roster
    """

    number: int
    first: int
    days: int
    items: Ints
    cells: Floats
    group_first: Ints
    choice_first: Ints
    groups: Ints
    dense: Ints
    counted: Ints
    follow_first: Ints
    follow: Floats
    run_next: Ints
    run_cost: Floats
    run_on: Ints
    sizes: Ints
    strides: Ints
    need: Ints
    close: Ints
    prices: Floats
    limit: Ints
    floor: Ints
    keep: Ints
    off: Floats
    end: Floats
    most: Ints
    clip: Ints
    limits: Ints
    tolls: Floats
    start: int
    classes: int
    constant: float

    @property
    def values(self) -> int:
        """Number of values of the dense lanes together."""
        return int(self.sizes.prod())


def build_network(
    subproblem: Subproblem,
    person: int,
    first: int,
    end: int,
    roster: Ints,
    *,
    open_end: bool = False,
) -> PersonNetwork:
    """The paths of a person over days [first, end), the other days being as in `roster` (int64 [day]).

    open_end: nothing is known of the days from `end` on. Raises UnsolvedError where the states of a day
    have more numbers than `MOST_STATES`.
    """
    cells, rows = read(subproblem, person, first, end, roster, open_end=open_end)
    dense = shared([row for row in rows if not row.counted])
    counted = shared([row for row in rows if row.counted])
    runs = run_automaton(subproblem, person, first, roster)
    sequence = day_sequence(subproblem, person, cells, roster, open_end=open_end)
    sizes = np.array([max(row.most for row in lane) + 1 for lane in dense] or [1], dtype=np.int64)
    if len(runs) * sequence.width * math.prod(sizes.tolist()) > MOST_STATES:
        raise UnsolvedError("too many sums to be followed side by side")
    strides = np.concatenate([[1], np.cumprod(sizes)[:-1]]).astype(np.int64)
    after = np.zeros((len(runs), sequence.width))
    if not open_end:
        after += runs.cost_of(roster[end:])[:, None]
        after[runs.on == 1] += sequence.bridge()
    follow_first, follow = sequence.joined()
    lanes = _dense(dense, cells, runs, len(sizes))
    limits = _limits(dense, counted, lanes["close"])
    return PersonNetwork(
        number=person,
        first=first,
        days=end - first,
        **_choices(cells, sequence, runs.letter, dense, counted, len(sizes)),
        follow_first=follow_first,
        follow=follow,
        run_next=runs.following,
        run_cost=runs.cost,
        run_on=runs.on,
        sizes=sizes,
        strides=strides,
        **lanes,
        **_counted(counted, cells),
        off=cells.off,
        end=np.minimum(after, NEVER),
        limits=limits,
        tolls=np.zeros(len(limits)),
        start=runs.start,
        classes=sequence.width,
        constant=cells.constant,
    )


def whole_network(subproblem: Subproblem, person: int) -> PersonNetwork:
    """The paths of a person over all days; made once, so that its tolls are kept."""
    known = subproblem.made
    if person not in known:
        nothing = np.full(subproblem.days, NONE, dtype=np.int64)
        known[person] = build_network(subproblem, person, 0, subproblem.days, nothing)
    network: PersonNetwork = known[person]
    return network


def _dense(
    lanes: list[list[Lane]], cells: Cells, runs: RunAutomaton, width: int
) -> dict[str, NDArray[Any]]:
    days, following, cost = len(cells.choices), runs.following, runs.cost
    need = np.full((days, len(runs), width), -1, dtype=np.int64)
    most = np.zeros((days, width), dtype=np.int64)
    clip = np.zeros((days, width), dtype=np.int64)
    close = np.full((days, width), -1, dtype=np.int64)
    prices: list[Floats] = [np.zeros(1)]
    for number, lane in enumerate(lanes):
        for row in lane:
            most[row.first : row.last + 1, number] = row.most
            clip[row.first : row.last + 1, number] = row.clip
            close[row.last, number] = sum(map(len, prices))
            prices.append(row.prices)
            still = np.zeros(len(runs), dtype=np.int64)
            for day in range(row.last, row.first - 1, -1):
                need[day, :, number] = row.least - still
                gain = int(row.tops[day - row.first])
                off = np.where(cost[:, 0] < NEVER, still[following[:, 0]], -1)
                off = np.where(cells.off[day] < NEVER, off, -1)
                on = np.where(cost[:, 1:] < NEVER, still[following[:, 1:]] + gain, -1)
                still = np.maximum(on.max(axis=1, initial=-1), np.maximum(off, 0))
    joined = np.concatenate(prices)
    return {"need": need, "most": most, "clip": clip, "close": close, "prices": joined}


def _limits(dense: list[list[Lane]], counted: list[list[Lane]], close: Ints) -> Ints:
    """All rows of the lanes, as `bounds` reads them."""
    rows = []
    for number, lane in enumerate(dense):
        for row in lane:
            priced = bool(row.prices[row.least : row.most + 1].any())
            begin = int(close[row.last, number])
            rows.append((1, number, row, row.least, begin, priced, row.clip))
    for number, lane in enumerate(counted):
        rows += [(0, number, row, 0, NONE, False, False) for row in lane]
    limits = np.zeros((len(rows), LIMIT), dtype=np.int64)
    for at, (is_dense, number, row, low, begin, priced, clipped) in enumerate(rows):
        units = int(row.tops.max(initial=1))
        limits[at] = (
            is_dense, number, row.first, row.last, low, row.most, units, begin, priced, clipped
        )  # fmt: skip
    return limits


def _choices(
    cells: Cells,
    sequence: DaySequence,
    letter: Ints,
    dense: list[list[Lane]],
    counted: list[list[Lane]],
    width: int,
) -> dict[str, NDArray[Any]]:
    words = max(1, -(-len(counted) // FIELDS))
    ends = np.cumsum([0, *map(len, cells.choices)])
    day_of = np.repeat(np.arange(len(cells.choices)), np.diff(ends))
    gain = np.zeros((len(day_of), 2, width), dtype=np.int64)
    pack = np.zeros((len(day_of), 2, words), dtype=np.int64)
    for number, lane in enumerate(dense):
        for row in lane:
            gain[np.isin(day_of, list(row.gains)), :, number] = row.joined
    for number, lane in enumerate(counted):
        for row in lane:
            capped = np.minimum(row.joined, LARGEST) << (FIELD * (number % FIELDS))
            pack[np.isin(day_of, list(row.gains)), :, number // FIELDS] += capped
    none = np.zeros(0, dtype=np.int64)
    joined = np.concatenate([*cells.choices, none]).astype(np.int64)
    key = np.column_stack(
        [
            np.concatenate([*sequence.entries, none]),
            np.concatenate([*sequence.classes, none]),
            letter[joined],
            gain.reshape(len(day_of), 2 * width),
        ]
    )
    kinds, order, group_first, first = [key[:0]], [none], [0], [0]
    known: Distinct = {}
    for begin, end in itertools.pairwise(ends.tolist()):
        first_of, which = distinct_rows(key[begin:end], known)
        kinds.append(key[begin:end][first_of])
        order.append(begin + np.argsort(which, kind="stable"))
        first.extend((first[-1] + np.cumsum(np.bincount(which))).tolist())
        group_first.append(group_first[-1] + len(first_of))
    groups, ordered = np.concatenate(kinds), np.concatenate(order)
    points = np.concatenate([*cells.points, none])
    return {
        "items": np.append(joined[ordered], NONE),
        "cells": np.append(points[ordered], 0.0).astype(np.float64),
        "counted": pack[ordered],
        "groups": np.ascontiguousarray(groups[:, :3]),
        "dense": groups[:, 3:].reshape(-1, 2, width),
        "group_first": np.array(group_first, dtype=np.int64),
        "choice_first": np.array(first, dtype=np.int64),
    }


def _counted(lanes: list[list[Lane]], cells: Cells) -> dict[str, NDArray[Any]]:
    days, words = len(cells.choices), max(1, -(-len(lanes) // FIELDS))
    free = GUARD - (GUARD >> (FIELD - 1))
    limit = np.full((days, words), free, dtype=np.int64)
    floor = np.zeros((days, words), dtype=np.int64)
    keep = np.full((days, words), free, dtype=np.int64)
    for number, lane in enumerate(lanes):
        word, shift = number // FIELDS, FIELD * (number % FIELDS)
        for row in lane:
            own, rest = slice(row.first, row.last + 1), np.cumsum(row.tops[::-1])[::-1] - row.tops
            limit[own, word] += (row.most - LARGEST) << shift
            floor[own, word] += np.maximum(0, row.most - rest) << shift
            keep[row.last, word] -= LARGEST << shift
    return {"limit": limit, "floor": floor, "keep": keep}
