"""Person: one person's rosters as paths: what Total, Run and Follow ask of a sequence of days.

A path goes from day to day; its state is the run it is in, the class of the last item worked
(items that the same things may follow), and a value for each *lane*. A lane is a row of Total, or
several whose days lie apart. Dense lanes are part of the state; counted lanes, which only have an
upper limit, are carried by the labels and packed seven to a word.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.subproblem import Subproblem
from scheduler.engines.columns.total_rows import LARGEST, NEVER, Cells, Lane, read, shared
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.run import ENDLESS

FIELD, FIELDS = 8, 7
GUARD = sum(1 << (FIELD * n + FIELD - 1) for n in range(FIELDS))


@dataclass(frozen=True)
class PersonNetwork:
    """Arrays of the labelling DP. Days count from `first`; state s = (run * classes + class) * values + value.

    items, cells: int64, float64 [choice + 1], item and its points, in order of group; last: a day off
    group_first: int64 [day + 1]; choice_first: int64 [group + 1]
    groups: int64 [group, 2]: index among a day's entries, class after it
    dense: int64 [group, 2, lane]: what the dense lanes gain after a day off or of work
    counted: int64 [choice, 2, word]
    follow_first: int64 [day]; follow: float64, points of [class before, entry]
    run_next: int64 [run, 2], run_cost: float64 [run, 2]: after a day off or of work; run_on: [run]
    sizes, strides: int64 [lane]; need: int64 [day, run, lane], least value worth going on with
    most, clip: int64 [day, lane], largest value, and whether what lies above counts as it
    close: int64 [day, lane], where the lane's prices begin in `prices`, or -1
    limit, floor, keep: int64 [day, word] of the counted lanes
    off: float64 [day], points of a day off; end: float64 [run, class], points of what comes after
    main: the dense lane by which what is to come is judged, its least and most, and its last day
    start: the run that comes before the window's first day
    classes: int64 count; constant: points of every roster
    """

    number: int
    first: int
    days: int
    items: NDArray[np.int64]
    cells: NDArray[np.float64]
    group_first: NDArray[np.int64]
    choice_first: NDArray[np.int64]
    groups: NDArray[np.int64]
    dense: NDArray[np.int64]
    counted: NDArray[np.int64]
    follow_first: NDArray[np.int64]
    follow: NDArray[np.float64]
    run_next: NDArray[np.int64]
    run_cost: NDArray[np.float64]
    run_on: NDArray[np.int64]
    sizes: NDArray[np.int64]
    strides: NDArray[np.int64]
    need: NDArray[np.int64]
    close: NDArray[np.int64]
    prices: NDArray[np.float64]
    limit: NDArray[np.int64]
    floor: NDArray[np.int64]
    keep: NDArray[np.int64]
    off: NDArray[np.float64]
    end: NDArray[np.float64]
    most: NDArray[np.int64]
    clip: NDArray[np.int64]
    main: tuple[int, int, int, int]
    start: int
    classes: int
    constant: float

    @property
    def values(self) -> int:
        """Number of values of the dense lanes together."""
        return int(self.sizes.prod())


def runs(
    subproblem: Subproblem, person: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray, int]:
    """Run as an automaton: next and cost [run, off/work], whether a run is of work, and the first.

    Runs: off 1..least_off, on 1..n, on 1..n with nothing owed (begun at the horizon's start).
    """
    run, hard = subproblem.lowered.run, subproblem.lowered.scale.hard
    least_on, least_off = int(run.least_on[person]), max(1, int(run.least_off[person]))
    endless = run.most_on[person] >= ENDLESS
    most = least_on if endless else max(int(run.most_on[person]) + 1, least_on)
    longest = max(1, most)
    count = least_off + 2 * longest
    step = np.zeros((count, 2), dtype=np.int64)
    cost = np.zeros((count, 2))
    over, under_on, under_off = (
        float(one[person]) for one in (run.over_on, run.under_on, run.under_off)
    )

    def on(length: int, owed: bool) -> int:
        return least_off + (0 if owed else longest) + min(length, longest) - 1

    def extra(length: int) -> float:
        return over if length > run.most_on[person] else 0.0

    for length in range(1, least_off + 1):
        step[length - 1] = min(length + 1, least_off) - 1, on(1, True)
        cost[length - 1] = 0, under_off * (least_off - length) + extra(1)
    for owed in (True, False):
        for length in range(1, longest + 1):
            own = on(length, owed)
            step[own] = 0, on(length + 1, owed)
            cost[own] = (
                under_on * max(0, least_on - length) if owed else 0,
                extra(length + 1),
            )
    cost[cost >= hard] = NEVER
    return step, cost, (np.arange(count) >= least_off).astype(np.int64), least_off


def begin(
    subproblem: Subproblem, person: int
) -> tuple[int, NDArray[np.int64], NDArray[np.float64]]:
    """The run before day 0, as one more run at the end of the table: (its index, next, cost)."""
    run, hard = subproblem.lowered.run, subproblem.lowered.scale.hard
    step, _, _, least_off = runs(subproblem, person)
    longest = (len(step) - least_off) // 2
    past_on, past_off = int(run.past_on[person]), int(run.past_off[person])
    known = past_on + past_off > 0
    length_on = past_on + 1
    next_off = (min(past_off + 1, least_off) if known else least_off) - 1
    next_on = least_off + (0 if known else longest) + min(length_on, longest) - 1
    over = float(run.over_on[person]) * max(0, length_on - int(run.most_on[person]))
    both = np.array([0.0, over])
    both[both >= hard] = NEVER
    return len(step), np.array([next_off, next_on]), both


def build_network(
    subproblem: Subproblem,
    number: int,
    first: int,
    end: int,
    own: NDArray[np.int64],
    *,
    open_end: bool = False,
) -> PersonNetwork:
    """The paths of a person over days [first, end), the other days being as in `own` (int64 [day]).

    open_end: nothing is known of the days from `end` on.
    """
    cells, rows = read(subproblem, number, first, end, own, open_end=open_end)
    dense = shared([row for row in rows if not row.counted])
    counted = shared([row for row in rows if row.counted])
    step, cost, on, start = _walked(subproblem, number, first, own)
    entries, classes, follow = _sequence(subproblem, number, cells, own, end, open_end)
    sizes = np.array([max(row.most for row in lane) + 1 for lane in dense] or [1], dtype=np.int64)
    strides = np.concatenate([[1], np.cumprod(sizes)[:-1]]).astype(np.int64)
    width = int(max((own.max(initial=0) for own in classes), default=0)) + 1
    tables = _dense(dense, cells, step, cost, len(sizes))
    choices = _choices(cells, entries, classes, dense, counted, len(sizes))
    words = _counted(counted, cells)
    after = np.zeros((len(step), width))
    if not open_end:
        after += _after(subproblem, number, end, own, step, cost)[:, None]
        after[on == 1] += _bridge(follow[-1], width)
    return PersonNetwork(
        number=number,
        first=first,
        days=end - first,
        **choices,
        **_joined(follow[:-1], width),
        run_next=step,
        run_cost=cost,
        run_on=on,
        sizes=sizes,
        strides=strides,
        **tables,
        **words,
        off=cells.off,
        end=np.minimum(after, NEVER),
        main=_main(dense),
        start=start,
        classes=width,
        constant=cells.constant,
    )


def _walked(subproblem: Subproblem, number: int, first: int, own: NDArray[np.int64]):
    """The runs, with one more for what came before the window: (next, cost, on, that run)."""
    step, cost, on, _ = runs(subproblem, number)
    begun, next_begun, cost_begun = begin(subproblem, number)
    step, cost = np.vstack([step, next_begun]), np.vstack([cost, cost_begun])
    on = np.append(on, int(subproblem.lowered.run.past_on[number] > 0))
    state = begun
    for day in range(first):
        state = int(step[state, int(own[day] != NONE)])
    return step, cost, on, state


def _after(subproblem: Subproblem, number: int, end: int, own: NDArray[np.int64], step, cost):
    """float64 [run]: points of the runs that the known days from `end` on make."""
    total, state = np.zeros(len(step)), np.arange(len(step))
    for day in range(end, subproblem.days):
        worked = int(own[day] != NONE)
        total += cost[state, worked]
        state = step[state, worked]
        if day - end >= len(step):
            break
    return np.minimum(total, NEVER)


def _sequence(subproblem: Subproblem, number: int, cells: Cells, own, end: int, open_end: bool):
    """Per day the entry and the class of each choice, and the points [class before, entry] between."""
    entries, classes, tables = [], [], []
    first = cells.first
    own_before = own[max(0, first - 1) : first]
    if first and own_before[0] == NONE:
        before = np.zeros((1, len(cells.choices[0])))
    else:
        before = _never(
            subproblem, follows(subproblem, number, first, own_before, cells.choices[0])
        )
    for day, items in enumerate(cells.choices):
        columns, entry = _alike(before, axis=1)
        tables.append(columns)
        entries.append(entry)
        last = day + 1 == len(cells.choices)
        later = np.array([], dtype=np.int64)
        if not last:
            later = cells.choices[day + 1]
        elif end < subproblem.days and not open_end and own[end] != NONE:
            later = own[end : end + 1]
        between = _never(subproblem, follows(subproblem, number, first + day + 1, items, later))
        before, which = _alike(between, axis=0)
        classes.append(which)
    return entries, classes, [*tables, before]


def _alike(table: NDArray[np.float64], axis: int):
    """Rows (axis 0) or columns (axis 1) kept once, and for each which of those kept it is."""
    if not table.size:
        one = table[:1] if axis == 0 else table[:, :1]
        return one, np.zeros(table.shape[axis], dtype=np.int64)
    kept, which = np.unique(table, axis=axis, return_inverse=True)
    return kept, which.reshape(-1)


def follows(subproblem: Subproblem, number: int, day: int, before, after) -> NDArray[np.int64]:
    """int64 [before, after]: points of items of a day after items of the day before; day 0: after the past."""
    follow, bans = subproblem.lowered.follow, subproblem.bans
    starts, kinds = subproblem.starts[after], subproblem.kinds[after]
    if day == 0:
        ends = follow.past_end[[number]]
        past = [kind for kind in range(60) if follow.past_kinds[number] >> kind & 1]
        points = bans[past].sum(axis=0, keepdims=True)[:, kinds]
    else:
        ends = subproblem.ends[before]
        points = bans[subproblem.kinds[before]][:, kinds]
    short = np.maximum(0, follow.rest[number] - (starts[None, :] - ends[:, None]))
    return points + short * int(follow.rest_short[number])


def _never(subproblem: Subproblem, points: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(points >= subproblem.lowered.scale.hard, NEVER, points.astype(np.float64))


def _bridge(table: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    points = np.zeros(width)
    if table.shape[1]:
        points[: len(table)] = table[:, 0]
    return points


def _joined(tables: list[NDArray[np.float64]], width: int) -> dict[str, NDArray]:
    """One array for all days: of each, [class before, entry]."""
    starts = np.cumsum([0, *(width * table.shape[1] for table in tables)])
    flat = np.zeros(starts[-1])
    for at, table in zip(starts, tables, strict=False):
        flat[at : at + table.size] = table.reshape(-1)
    return {"follow_first": starts.astype(np.int64), "follow": flat}


def _dense(lanes: list[list[Lane]], cells: Cells, step, cost, width: int) -> dict[str, NDArray]:
    days = len(cells.choices)
    need = np.full((days, len(step), width), -1, dtype=np.int64)
    most = np.zeros((days, width), dtype=np.int64)
    clip = np.zeros((days, width), dtype=np.int64)
    close = np.full((days, width), -1, dtype=np.int64)
    prices: list[NDArray[np.float64]] = [np.zeros(1)]
    for number, lane in enumerate(lanes):
        for row in lane:
            most[row.first : row.last + 1, number] = row.most
            clip[row.first : row.last + 1, number] = row.clip
            close[row.last, number] = sum(map(len, prices))
            prices.append(row.prices)
            still = np.zeros(len(step), dtype=np.int64)
            for day in range(row.last, row.first - 1, -1):
                need[day, :, number] = row.least - still
                gain = int(row.gains[day].max(initial=0)) if day in row.gains else 0
                off = np.where(cost[:, 0] < NEVER, still[step[:, 0]], -1)
                off = np.where(cells.off[day] < NEVER, off, -1)
                on = np.where(cost[:, 1] < NEVER, still[step[:, 1]] + gain, -1)
                still = np.maximum(np.maximum(on, off), 0)
    joined = np.concatenate(prices)
    return {"need": need, "most": most, "clip": clip, "close": close, "prices": joined}


def _main(lanes: list[list[Lane]]) -> tuple[int, int, int, int]:
    """The longest lane of a single row; lane -1 where there is none."""
    found = [(lane[0].most, number) for number, lane in enumerate(lanes) if len(lane) == 1]
    if not found:
        return -1, 0, 0, 0
    most, number = max(found)
    row = lanes[number][0]
    return number, row.least, ENDLESS if row.clip else most, row.last


def _choices(
    cells: Cells, entries, classes, dense: list[list[Lane]], counted: list[list[Lane]], width: int
) -> dict[str, NDArray]:
    words = max(1, -(-len(counted) // FIELDS))
    items, points, packs, groups, gains, group_first, first = [], [], [], [], [], [0], [0]
    for day, own in enumerate(cells.choices):
        if not len(own):
            group_first.append(group_first[-1])
            continue
        gain = np.zeros((len(own), 2, width), dtype=np.int64)
        for number, lane in enumerate(dense):
            for row in lane:
                if day in row.gains:
                    gain[:, :, number] = row.gains[day]
        pack = np.zeros((len(own), 2, words), dtype=np.int64)
        for number, lane in enumerate(counted):
            for row in lane:
                if day in row.gains:
                    capped = np.minimum(row.gains[day], LARGEST)
                    pack[:, :, number // FIELDS] += capped << (FIELD * (number % FIELDS))
        key = np.column_stack([entries[day], classes[day], gain.reshape(len(own), -1)])
        kinds, which = np.unique(key, axis=0, return_inverse=True)
        order = np.argsort(which.reshape(-1), kind="stable")
        items.append(own[order])
        points.append(cells.points[day][order])
        packs.append(pack[order])
        groups.append(kinds[:, :2])
        gains.append(kinds[:, 2:].reshape(-1, 2, width))
        first.extend((first[-1] + np.cumsum(np.bincount(which.reshape(-1)))).tolist())
        group_first.append(group_first[-1] + len(kinds))
    return {
        "items": np.concatenate([*items, [NONE]]).astype(np.int64),
        "cells": np.concatenate([*points, [0.0]]).astype(np.float64),
        "counted": np.concatenate([np.zeros((0, 2, words), np.int64), *packs]),
        "groups": np.concatenate([np.zeros((0, 2), np.int64), *groups]),
        "dense": np.concatenate([np.zeros((0, 2, width), np.int64), *gains]),
        "group_first": np.array(group_first, dtype=np.int64),
        "choice_first": np.array(first, dtype=np.int64),
    }


def _counted(lanes: list[list[Lane]], cells: Cells) -> dict[str, NDArray]:
    days, words = len(cells.choices), max(1, -(-len(lanes) // FIELDS))
    free = GUARD - (GUARD >> (FIELD - 1))
    limit = np.full((days, words), free, dtype=np.int64)
    floor = np.zeros((days, words), dtype=np.int64)
    keep = np.full((days, words), free, dtype=np.int64)
    for number, lane in enumerate(lanes):
        word, shift = number // FIELDS, FIELD * (number % FIELDS)
        for row in lane:
            rest = 0
            for day in range(row.last, row.first - 1, -1):
                limit[day, word] += (row.most - LARGEST) << shift
                floor[day, word] += max(0, row.most - rest) << shift
                rest += int(row.gains[day].max(initial=0)) if day in row.gains else 0
            keep[row.last, word] -= LARGEST << shift
    return {"limit": limit, "floor": floor, "keep": keep}
