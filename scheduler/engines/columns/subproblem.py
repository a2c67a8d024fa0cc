"""Subproblem: what columns decide of an instance, and what is held as the incumbent has it.

Shifts with a fixed time and interchangeable slots are decided; everything else is held. Slots of a
task that everybody fills at equal cost make one *item*; a person works at most one item a day. A
person's day that is held whole (see shift_subproblem.py) is an item too, which only its owner may work.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.engines.columns.arrays import Bools, Ints
from scheduler.engines.columns.single import single
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.lowered.fit import BANNED
from scheduler.lowered.follow import LONG_AGO, WAYS_BETWEEN_DAYS
from scheduler.lowered.total import STOPS

HARDER = 1000
"""How often a hard point of a program holds the largest of its other margins."""


@dataclass(frozen=True)
class ShiftItem:
    """Equal slots of a task. `slots` in order of `margin`: points of filling one more, rising.

    first_place, last_place: where it begins and ends
    owner: whose day it is, where the item is a day held whole; its task is NONE, its margins 0
    """

    task: int
    day: int
    start: int
    end: int
    kind: int
    slots: tuple[int, ...]
    margin: tuple[int, ...]
    first_place: int
    last_place: int
    owner: int = NONE


@dataclass(frozen=True)
class Subproblem:
    """The decided part of an instance.

    items: every item, in order of day; day_first: int64 [day + 1], items of day d are
        day_first[d] .. day_first[d + 1]
    amounts: int64 [item, measure]; work: int64 [item, person], amounts of measure 0
    cost: int64 [item, person]: Fit, Day and Travel of a day with that stop alone; BANNED or more:
        never
    base: points of all decided slots empty
    complete: no roster that breaks no hard rule is left out; where something is held, none that
        the items make up
    held_roster: the incumbent without its decided slots, where anything is held
    mixed: sets of Follow's kinds; kind `Follow.kinds` + n of an item stands for all of mixed[n]
    """

    lowered: Lowered
    items: tuple[ShiftItem, ...]
    day_first: Ints
    amounts: Ints
    work: Ints
    cost: Ints
    base: int
    complete: bool
    held_roster: DenseRoster | None = None
    mixed: tuple[frozenset[int], ...] = ()

    @property
    def people(self) -> int:
        """Number of people."""
        return int(self.cost.shape[1])

    @property
    def days(self) -> int:
        """Number of days."""
        return len(self.day_first) - 1

    @cached_property
    def item_of(self) -> dict[int, int]:
        """Slot → item."""
        return {slot: n for n, item in enumerate(self.items) for slot in item.slots}

    @cached_property
    def margins(self) -> list[tuple[int, ...]]:
        """The items' margins as linear programs take them: a hard point counts `HARDER` soft ones.

        Rosters that fill all that must be filled cost the same; numbers of very unlike size are more
        than a program solves.
        """
        hard = self.lowered.scale.hard
        split = [
            [divmod(-margin, hard) if margin < 0 else (0, -margin) for margin in item.margin]
            for item in self.items
        ]
        most = max((abs(rest) for of_item in split for _, rest in of_item), default=0)
        worth = min(hard, HARDER * max(1, most))
        return [tuple(-points * worth - rest for points, rest in of_item) for of_item in split]

    @cached_property
    def program_base(self) -> int:
        """`base` by `margins`."""
        true = sum(sum(item.margin) for item in self.items)
        return self.base + true - sum(map(sum, self.margins))

    @cached_property
    def grain(self) -> int:
        """The largest number that all points below a hard one are whole multiples of."""
        hard, lowered = self.lowered.scale.hard, self.lowered
        parts = (
            lowered.run.points,
            lowered.total.pieces[:, 2],
            lowered.follow.rest_short,
            self.bans,
        )
        points = np.concatenate([*(part.reshape(-1) for part in parts), self.cost.reshape(-1)])
        margins = (margin for of_item in self.margins for margin in of_item)
        return math.gcd(*np.unique(points[points < hard]).tolist(), *margins) or 1

    @cached_property
    def starts(self) -> Ints:
        """int64 [item], ticks."""
        return np.array([item.start for item in self.items], dtype=np.int64)

    @cached_property
    def ends(self) -> Ints:
        """int64 [item], ticks."""
        return np.array([item.end for item in self.items], dtype=np.int64)

    @cached_property
    def places(self) -> Ints:
        """int64 [item, 2], where each begins and ends."""
        places = [(item.first_place, item.last_place) for item in self.items]
        return np.array(places, dtype=np.int64).reshape(len(places), 2)

    @cached_property
    def kinds(self) -> Ints:
        """int64 [item], Follow's kind, that of a set of `mixed`, or -1."""
        return np.array([item.kind for item in self.items], dtype=np.int64)

    @cached_property
    def held_days(self) -> Ints:
        """int64 [person, day], the item of a day that is held whole, or -1."""
        items = np.full((self.people, self.days), NONE, dtype=np.int64)
        for number, item in enumerate(self.items):
            if item.owner != NONE:
                items[item.owner, item.day] = number
        return items

    @cached_property
    def bans(self) -> Ints:
        """int64 [kind + 1, kind + 1], points of the second on the day after the first; last: no kind."""
        follow = self.lowered.follow
        kinds = [*({kind} for kind in range(follow.kinds)), *self.mixed, set()]
        points = np.zeros((len(kinds), len(kinds)), dtype=np.int64)
        for before, after, worth in follow.bans:
            rows = [row for row, kind in enumerate(kinds) if before in kind]
            points[np.ix_(rows, [row for row, kind in enumerate(kinds) if after in kind])] += worth
        return points

    @cached_property
    def rows_of(self) -> list[Ints]:
        """Total's rows of each person."""
        owner = self.lowered.total.person
        return [np.flatnonzero(owner == person) for person in range(self.people)]

    def runs_of(self, person: int) -> Ints:
        """Run's rows of a person that speak of the whole horizon."""
        return np.flatnonzero((self.lowered.run.person == person) & ~partial_runs(self.lowered))

    def weekends_of(self, person: int) -> Ints:
        """Run's rows of a person about two days, of which both are to be worked or neither."""
        return np.flatnonzero((self.lowered.run.person == person) & partial_runs(self.lowered))

    def days_of(self, row: int) -> tuple[Ints, Ints]:
        """int64 [entry] days that a row of Total speaks of, and the number of their group in it."""
        total = self.lowered.total
        starts = total.day_first[total.group_first[row] : total.group_first[row + 1] + 1]
        group = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        return total.days[starts[0] : starts[-1]], group

    @cached_property
    def made(self) -> dict[Any, Any]:
        """What `run_automaton` (by rows and letters) and `whole_network` (by person) have made so far."""
        return {}

    @cached_property
    def open_days(self) -> Bools:
        """bool [person, day], whether there is an item that they may work in."""
        able = self.cost < self.lowered.scale.hard
        is_open = np.zeros((self.people, self.days), dtype=np.bool_)
        for item, able_people in zip(self.items, able, strict=True):
            is_open[:, item.day] |= able_people
        return is_open

    @cached_property
    def row_days(self) -> Ints:
        """int64 [row, 2]: first and last day that a row of Total speaks of."""
        total = self.lowered.total
        bounds = np.zeros((len(total.person), 2), dtype=np.int64)
        for row in range(len(bounds)):
            groups = slice(total.group_first[row], total.group_first[row + 1] + 1)
            days = total.days[total.day_first[groups][0] : total.day_first[groups][-1]]
            bounds[row] = (days.min(), days.max()) if len(days) else (-1, -1)
        return bounds

    def rosters(self, dense: DenseRoster) -> Ints:
        """int64 [person, day], item or -1, of a dense roster."""
        rosters = np.full((self.people, self.days), NONE, dtype=np.int64)
        for slot, person in enumerate(dense.person):
            if person != NONE and slot in self.item_of:
                item = self.item_of[slot]
                rosters[person, self.items[item].day] = item
        return rosters

    def to_dense(self, rosters: Ints) -> DenseRoster:
        """The dense roster of int64 [person, day] rosters; cheapest slots of each item first."""
        held = self.held_roster or nothing(self.lowered)
        option, person, start = list(held.option), list(held.person), list(held.start)
        used = [0] * len(self.items)
        for worker, day in zip(*np.nonzero(rosters >= 0), strict=True):
            number = int(rosters[worker, day])
            item = self.items[number]
            if item.owner != NONE:
                continue
            slot = item.slots[used[number]]
            used[number] += 1
            option[item.task] = int(self.lowered.window.first[item.task])
            person[slot], start[slot] = int(worker), item.start
        return DenseRoster(tuple(option), tuple(person), tuple(start))

    def headcount_points(self, rosters: Ints) -> int:
        """Points of the items' headcounts, beside `base`."""
        counts = np.bincount(rosters[rosters >= 0], minlength=len(self.items))
        return sum(sum(item.margin[:n]) for item, n in zip(self.items, counts, strict=True))


def full_subproblem(lowered: Lowered) -> Subproblem | None:
    """The whole instance as a subproblem, or None where columns cannot decide it all.

    Every task must be a shift in this engine's sense: one option, one moment, slots that neither
    wait for nor depend on other slots. Costs that tie people together (the worst idle time), and
    rests on duty, are unknown here.
    """
    tasks = range(len(lowered.index.tasks))
    if ties(lowered) or reaches_far(lowered) or not all(is_shift(lowered, task) for task in tasks):
        return None
    items = [item for task in tasks for item in items_of(lowered, task)]
    if not items:
        return None
    slots = np.array([item.slots[0] for item in items])
    cost, work, complete = single(lowered, items, slots)
    base = int(lowered.empty.cost.sum())
    amounts = amounts_of(lowered, slots, np.zeros_like(slots))
    return assemble(lowered, items, amounts, work, cost, base, complete)


def assemble(
    lowered: Lowered,
    items: Sequence[ShiftItem],
    amounts: Ints,
    work: Ints,
    cost: Ints,
    base: int,
    complete: bool,
) -> Subproblem:
    """The subproblem of these items, put in order of day and start with their rows of the arrays."""
    order = sorted(range(len(items)), key=lambda n: (items[n].day, items[n].start, items[n].end))
    ordered = [items[n] for n in order]
    days = lowered.day.most.shape[1]
    first = np.searchsorted([item.day for item in ordered], np.arange(days + 1)).astype(np.int64)
    return Subproblem(
        lowered, tuple(ordered), first, amounts[order], work[order], cost[order], base, complete
    )


def nothing(lowered: Lowered) -> DenseRoster:
    """The roster in which no slot is filled."""
    tasks, slots = len(lowered.index.tasks), len(lowered.index.slots)
    return DenseRoster((NONE,) * tasks, (NONE,) * slots, (0,) * slots)


def ties(lowered: Lowered) -> bool:
    """Whether a cost depends on several people, on the order of a day, or on moments several days apart.

    No subproblem can price it.
    """
    day = lowered.day
    no_way = lowered.travel.no_way.any()
    on_duty = bool(day.on_duty and day.rest_length.any())
    several = bool(day.worst_idle or no_way) or on_duty
    return several or len(lowered.recovery) > 0 or not _pairs(lowered)


def partial_runs(lowered: Lowered) -> Bools:
    """bool [row], Run's rows that speak of a part of the horizon, or take its end for a run's."""
    run = lowered.run
    part: Bools = (run.first > 0) | (run.end < lowered.index.days) | (run.ends > 0)
    return part


def _pairs(lowered: Lowered) -> bool:
    """Whether Run's rows about a part of the horizon are all about both days of a pair, or neither."""
    run, part = lowered.run, partial_runs(lowered)
    pair = (run.end - run.first + run.past == 2) | ((run.end - run.first == 1) & (run.past == 0))
    alike = pair & (run.begins > 0) & (run.ends > 0) & (run.sense < 0) & (run.bound == 2)
    return bool((~part | (alike & (run.on > 0) & (run.measure <= STOPS))).all())


def reaches_far(lowered: Lowered) -> bool:
    """Whether a day matters to more than the next one, or stops to other days than that of their option.

    So it is where people go home within a day, where working days begin at other hours than midnight, where work and the rest after it
    reach over a whole day, and where a sum asks for weekends that Friday's night shifts touch.
    """
    window, crew, follow, total = lowered.window, lowered.crew, lowered.follow, lowered.total
    apart = np.diff(total.measure) != 0
    inside = np.setdiff1d(np.arange(len(apart)), total.group_first[1:-1] - 1)
    if not lowered.at_midnight or lowered.travel.has_spells or apart[inside].any():
        return True
    length = np.zeros(len(lowered.index.tasks), dtype=np.int64)
    np.maximum.at(length, np.array(lowered.index.task_of, dtype=int), crew.least + crew.duration)
    days, rest = lowered.index.days, int(follow.rest.max(initial=0))
    ends = np.full(days + 1, follow.past_end.max(initial=LONG_AGO), dtype=np.int64)
    ends[1:] = LONG_AGO
    np.maximum.at(ends, window.day + 1, window.latest + length[window.task])
    starts = np.full(days + 1, np.iinfo(np.int64).max)
    np.minimum.at(starts, window.day, window.earliest)
    later = np.minimum.accumulate(starts[::-1])[::-1]
    longest = WAYS_BETWEEN_DAYS * int(lowered.travel.ticks.max(initial=0))
    return bool((ends[:-1] + max(rest, longest) > later[1:]).any())


def is_shift(lowered: Lowered, task: int) -> bool:
    """Whether a task has one option and one moment, and slots that depend on no others."""
    window, empty = lowered.window, lowered.empty
    option = int(window.first[task])
    slots = list(lowered.index.slots_of(task))
    if window.first[task + 1] - option != 1 or window.earliest[option] != window.latest[option]:
        return False
    length = lowered.crew.duration[slots].max() if window.at_end else 0
    late = window.earliest[option] + length > window.due[option]
    alone = not (
        empty.bundle[task] >= 0
        or np.isin(slots, lowered.distinct.slots).any()
        or task in lowered.mix.task
        or task in lowered.gap.first
        or task in lowered.gap.second
        or lowered.capacity.most[window.place[option]] > 0
    )
    together = not lowered.crew.most[slots].any()
    whole = not empty.partial[task] or (empty.least[task] <= 1 and not empty.must[slots].any())
    return bool(alone and together and whole and not late and not window.published[slots].any())


def items_of(lowered: Lowered, task: int) -> list[ShiftItem]:
    """A task's items. Slots whose Fit differs by a constant, and nothing else, are one item."""
    total, option = lowered.total, int(lowered.window.first[task])
    groups: dict[tuple[int, int, bytes, int], list[tuple[int, int]]] = {}
    fits: dict[int, tuple[int, bytes]] = {}
    for slot in lowered.index.slots_of(task):
        row = int(lowered.fit.row[slot])
        if row not in fits:
            fit = lowered.fit.cost[row]
            alike = np.where(fit < BANNED, fit - fit.min(), BANNED)
            fits[row] = int(fit.min()), alike.tobytes()
        offset, fit_key = fits[row]
        if offset >= BANNED:
            continue
        amounts = int(total.amount_row[total.pair_first[slot]])
        key = int(lowered.crew.duration[slot]), int(lowered.follow.kind[slot]), fit_key, amounts
        groups.setdefault(key, []).append((offset - int(lowered.empty.cost[slot]), slot))
    start, day = int(lowered.window.earliest[option]), int(lowered.window.day[option])
    place = int(lowered.window.place[option])
    return [
        ShiftItem(task, day, start, start + key[0], key[1], *_by_margin(members), place, place)
        for key, members in groups.items()
    ]


def _by_margin(members: list[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    members = sorted(members)
    return tuple(slot for _, slot in members), tuple(margin for margin, _ in members)


def amounts_of(lowered: Lowered, slots: Ints, numbers: Ints) -> Ints:
    """int64 [slot, measure]: what these slots add to Total's sums, in these options of their tasks."""
    total = lowered.total
    amounts = np.zeros((len(slots), total.measures), dtype=np.int64)
    for row, (slot, number) in enumerate(zip(slots.tolist(), numbers.tolist(), strict=True)):
        entries = total.added(slot, number)
        amounts[row, entries[:, 0]] = entries[:, 1]
    return amounts
