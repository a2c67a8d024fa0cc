"""A subproblem as arenas for annealing on cells."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.cells import layout as at
from scheduler.engines.columns.day_sequence import follows
from scheduler.engines.columns.run_automaton import PricedRuns, priced_runs
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.total import WORK

MOST_FOLLOWS = 6_000_000
"""Pairs of items on days in a row, times ways of people to be between them, that tables are made of."""
MOST_ENTRIES = 12_000_000
"""Entries of sums, likewise."""


@dataclass(frozen=True)
class CellArena:
    """P: int64, never written by kernels."""

    P: NDArray[np.int64]

    def worth(self, points: int) -> None:
        """What a hard point is worth while annealing."""
        self.P[at.WORTH] = points

    def state(self) -> NDArray[np.int64]:
        """A state that is still to be loaded."""
        return np.zeros(int(self.P[at.S_SIZE]), dtype=np.int64)

    def scratch(self, seed: int) -> NDArray[np.int64]:
        """A search's own scratch, its random state drawn from the seed."""
        W = np.zeros(int(self.P[at.W_SIZE]), dtype=np.int64)
        W[at.RANDOM] = np.random.SeedSequence(seed).generate_state(1, np.uint64).view(np.int64)[0]
        return W


def pack_cells(subproblem: Subproblem) -> CellArena | None:
    """The arenas, or None where the tables would be too large, or days are held."""
    profiles, profile_of = _profiles(subproblem)
    sizes = np.diff(subproblem.day_first)
    total = subproblem.lowered.total
    if (
        len(profiles) * int((sizes[:-1] * sizes[1:]).sum()) > MOST_FOLLOWS
        or len(total.days) > MOST_ENTRIES
        or (subproblem.held_days != NONE).any()
    ):
        return None
    people, days, items = subproblem.people, subproblem.days, len(subproblem.items)
    runs = priced_runs(subproblem)
    head = np.zeros(at.HEADER, dtype=np.int64)
    head[[at.PEOPLE, at.DAYS, at.ITEMS]] = people, days, items
    head[[at.HARD, at.WORTH]] = subproblem.lowered.scale.hard
    head[at.BASE] = subproblem.base
    parts: list[Ints] = [head]
    size = at.HEADER

    def put(place: int, *tables: Ints) -> None:
        nonlocal size
        head[place] = size
        for table in tables:
            parts.append(table.reshape(-1).astype(np.int64))
            size += table.size

    cost, off, pair = _day_costs(subproblem)
    put(at.MARGIN_CELLS, *(np.array(item.margin) for item in subproblem.items))
    rivals = _rivals(subproblem)
    put(at.RIVAL_CELLS, *rivals)
    put(at.ITEM_ROWS, _item_rows(subproblem, head, rivals))
    put(at.COST_CELLS, cost)
    put(at.OFF_CELLS, off)
    put(at.PAIR_CELLS, pair)
    first, able = _able(subproblem)
    put(at.ABLE_FIRST, first)
    put(at.ABLE_CELLS, able)
    follow_first, follow = _follow(subproblem, profiles)
    put(at.FOLLOW_CELLS, *follow)
    put(at.FOLLOW_FIRST, follow_first + head[at.FOLLOW_CELLS])
    put(at.STEP_CELLS, *runs.steps)
    put(at.LETTER_CELLS, *runs.letters)
    put(at.PERSON_ROWS, _person_rows(subproblem, head, runs, profile_of))
    put(at.AMOUNT_CELLS, subproblem.amounts.T, subproblem.work.T)
    entry_first, entries = _entries(subproblem, head)
    put(at.ENTRY_FIRST, entry_first)
    put(at.ENTRY_ROWS, entries)
    put(at.PIECE_ROWS, np.pad(total.pieces, ((0, 0), (0, at.PIECE_WIDTH - 3))))
    put(at.TOTAL_ROWS, _total_rows(subproblem, head))
    _place(head, people, days, items, len(total.person), len(total.measure))
    return CellArena(np.concatenate(parts))


def _place(head: Ints, people: int, days: int, items: int, rows: int, groups: int) -> None:
    """Where the parts of S and W begin."""
    size = at.STATE_HEADER
    for place, cells in (
        (at.ROSTER_CELLS, people * days),
        (at.RUN_CELLS, people * days),
        (at.HEAD_CELLS, items),
        (at.VALUE_CELLS, rows),
        (at.PRICE_CELLS, rows),
        (at.GROUP_CELLS, groups),
    ):
        head[place] = size
        size += cells
    head[at.S_SIZE] = size
    size = at.SCRATCH_HEADER
    for place, cells in (
        (at.NEW_ITEMS, 2 * days),
        (at.NEW_RUNS, 2 * (days + 1)),
        (at.ROW_MARKS, rows),
        (at.TOUCHED_ROWS, rows),
        (at.LOG_CELLS, 2 * (2 * rows + 2 * groups + 8 * days)),
    ):
        head[place] = size
        size += cells
    head[at.W_SIZE] = size


def _day_costs(subproblem: Subproblem) -> tuple[Ints, Ints, Ints]:
    """Points by [person, item] of a day worked, by [person, day] of a day off, and of unlike neighbours."""
    cost = subproblem.cost.T.copy()
    people, days = subproblem.people, subproblem.days
    off, pair = np.zeros((people, days), dtype=np.int64), np.zeros((people, days), dtype=np.int64)
    none, first = np.zeros(0, dtype=np.int64), np.arange(subproblem.day_first[1])
    run = subproblem.lowered.run
    for person in range(people):
        if len(first):
            cost[person, first] += follows(subproblem, person, 0, none, first)[0]
        for row in subproblem.weekends_of(person):
            begin, end, points = int(run.first[row]), int(run.end[row]), int(run.points[row])
            if end - begin == 2:
                pair[person, begin + 1] += points
            elif run.past[row]:
                off[person, begin] += points
            else:
                day = slice(subproblem.day_first[begin], subproblem.day_first[begin + 1])
                cost[person, day] += points
    return cost, off, pair


def _item_rows(subproblem: Subproblem, head: Ints, rivals: list[Ints]) -> Ints:
    rows = np.zeros((len(subproblem.items), at.ITEM_WIDTH), dtype=np.int64)
    margin = int(head[at.MARGIN_CELLS])
    like: dict[tuple[int, ...], int] = {}
    seen: dict[tuple[int, ...], int] = {}
    day_ticks = subproblem.lowered.index.instance.horizon.day_ticks
    for number, item in enumerate(subproblem.items):
        key = (item.day, item.start - item.day * day_ticks, item.end - item.start, item.kind)
        seen[key] = seen.get(key, 0) + 1
        like[*key, seen[key]] = number
        place = number - subproblem.day_first[item.day]
        rows[number, : at.ITEM_LIKE] = item.day, margin, len(item.margin), place
        rows[number, at.ITEM_DAY_ITEMS] = np.diff(subproblem.day_first)[item.day]
        margin += len(item.margin)
    for (day, *rest), number in like.items():
        rows[number, at.ITEM_LIKE] = like.get((day + 1, *rest), NONE)
    begin = int(head[at.RIVAL_CELLS])
    for of_task in rivals:
        rows[of_task, at.ITEM_RIVAL], rows[of_task, at.ITEM_RIVALS] = begin, len(of_task)
        begin += len(of_task)
    return rows


def _rivals(subproblem: Subproblem) -> list[Ints]:
    """The items of each task."""
    tasks: dict[int, list[int]] = {}
    for number, item in enumerate(subproblem.items):
        tasks.setdefault(item.task, []).append(number)
    return [np.array(of_task, dtype=np.int64) for of_task in tasks.values()]


def _able(subproblem: Subproblem) -> tuple[Ints, Ints]:
    """Where each person's days begin among the items that they may work, and these."""
    able = subproblem.lowered.scale.hard > subproblem.cost.T
    person, item = np.nonzero(able)
    day = np.array([item.day for item in subproblem.items], dtype=np.int64)[item]
    counts = np.bincount(
        person * subproblem.days + day, minlength=subproblem.people * subproblem.days
    )
    return np.concatenate([[0], np.cumsum(counts)]), item


def _profiles(subproblem: Subproblem) -> tuple[list[int], Ints]:
    """People of whom each stands for all to whom days in a row cost the same, and who stands for whom."""
    follow, travel = subproblem.lowered.follow, subproblem.lowered.travel
    keys = np.stack(
        [
            follow.rest,
            follow.rest_short,
            follow.way_short,
            travel.mode,
            travel.start,
            travel.end,
        ],
        axis=1,
    )
    _, first, profile_of = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return first.tolist(), profile_of.reshape(-1)


def _follow(subproblem: Subproblem, profiles: list[int]) -> tuple[Ints, list[Ints]]:
    """Where each profile's days begin, and points of [item of the day before, item of the day]."""
    first = np.zeros((len(profiles), subproblem.days), dtype=np.int64)
    tables: list[Ints] = []
    size = 0
    for profile, person in enumerate(profiles):
        for day in range(1, subproblem.days):
            before, after = (
                np.arange(*subproblem.day_first[n : n + 2], dtype=np.int64) for n in (day - 1, day)
            )
            first[profile, day] = size
            if len(before) and len(after):
                tables.append(follows(subproblem, person, day, before, after))
                size += len(before) * len(after)
    return first, tables


def _person_rows(subproblem: Subproblem, head: Ints, runs: PricedRuns, profile_of: Ints) -> Ints:
    rows = np.zeros((subproblem.people, at.PERSON_WIDTH), dtype=np.int64)
    step_first = head[at.STEP_CELLS] + np.cumsum([0, *(steps.size for steps in runs.steps)])
    rows[:, at.PERSON_START] = runs.start
    rows[:, at.PERSON_LETTERS] = [runs.steps[number].shape[1] for number in runs.automaton]
    rows[:, at.PERSON_STEPS] = step_first[runs.automaton]
    width = len(subproblem.items) + 1
    rows[:, at.PERSON_TABLE] = head[at.LETTER_CELLS] + runs.table * width
    rows[:, at.PERSON_PROFILE] = profile_of
    return rows


def _entries(subproblem: Subproblem, head: Ints) -> tuple[Ints, Ints]:
    """Where each person's days begin among the entries of Total's rows, and these."""
    total, items = subproblem.lowered.total, len(subproblem.items)
    group = np.repeat(np.arange(len(total.measure)), np.diff(total.day_first))
    row_of_group = np.repeat(np.arange(len(total.person)), np.diff(total.group_first))
    row = row_of_group[group]
    person = total.person[row]
    cell = person * subproblem.days + total.days
    order = np.argsort(cell, kind="stable")
    measure = total.measure[group]
    amounts = np.where(measure == WORK, subproblem.amounts.shape[1] + person, measure)
    entries = np.zeros((len(cell), at.ENTRY_WIDTH), dtype=np.int64)
    entries[:, at.ENTRY_ROW] = row
    entries[:, at.ENTRY_GROUP] = np.where(total.any_day[row] > 0, group, NONE)
    entries[:, at.ENTRY_AMOUNTS] = head[at.AMOUNT_CELLS] + amounts * items
    counts = np.bincount(cell, minlength=subproblem.people * subproblem.days)
    return np.concatenate([[0], np.cumsum(counts)]), entries[order]


def _total_rows(subproblem: Subproblem, head: Ints) -> Ints:
    total = subproblem.lowered.total
    rows = np.zeros((len(total.person), at.TOTAL_WIDTH), dtype=np.int64)
    rows[:, at.TOTAL_PIECE] = head[at.PIECE_ROWS] + total.piece_first[:-1] * at.PIECE_WIDTH
    rows[:, at.TOTAL_PIECES] = np.diff(total.piece_first)
    rows[:, at.TOTAL_BASE] = total.base
    return rows
