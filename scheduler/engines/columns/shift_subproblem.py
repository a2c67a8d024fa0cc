"""The shifts of an instance as a subproblem, with all else held as an incumbent has it.

A person's day on which the incumbent has anything but one decided shift is *held whole*: its work
stays. To the engine it is an item that its owner works, which counts in Total, Run and Follow; the
costs of the day itself do not change.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np

from scheduler.engines.columns.arrays import Bools, Ints
from scheduler.engines.columns.evaluate import evaluate
from scheduler.engines.columns.single import single
from scheduler.engines.columns.subproblem import (
    ShiftItem,
    Subproblem,
    amounts_of,
    assemble,
    is_shift,
    items_of,
    reaches_far,
    ties,
)
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.lowered.fit import BANNED
from scheduler.lowered.total import WORK

Days = dict[tuple[int, int], list[int]]
"""(person, day) → slots that they fill, in order of start."""


def partial_subproblem(lowered: Lowered, dense: DenseRoster, points: int) -> Subproblem | None:
    """The shifts as a subproblem, everything else as in `dense`, which costs `points`.

    None where nobody else could do any shift, where `ties` says so, or where the roster breaks a hard
    rule. On days that are not held whole, rosters of the subproblem have one shift at most, so its
    bound says nothing of other rosters.
    """
    if ties(lowered) or reaches_far(lowered) or points >= lowered.scale.hard:
        return None
    items = [item for task in _decided(lowered, dense) for item in items_of(lowered, task)]
    if not items:
        return None
    cost, work, _ = single(lowered, items, np.array([item.slots[0] for item in items]))
    days = _days(lowered, dense)
    whole, taken = _whole(items, cost, days)
    for person, day in whole:
        cost[[item.day == day for item in items], person] = BANNED
    if not ((cost < BANNED) & ~taken).any():
        return None
    used = {slot for slots in whole.values() for slot in slots}
    items = [_without(item, used) for item in items]
    rows = [row for row, item in enumerate(items) if item.slots]
    if not rows:
        return None
    subproblem = _subproblem(
        lowered, dense, [items[row] for row in rows], cost[rows], work[rows], whole
    )
    return replace(subproblem, base=points - _points(subproblem, dense))


def _decided(lowered: Lowered, dense: DenseRoster) -> list[int]:
    """Tasks that are shifts and start on time in the roster."""
    earliest = lowered.window.earliest
    late = {
        task
        for slot, task in enumerate(lowered.index.task_of)
        if dense.person[slot] != NONE and dense.start[slot] != earliest[dense.option[task]]
    }
    tasks = range(len(lowered.index.tasks))
    return [task for task in tasks if task not in late and is_shift(lowered, task)]


def _days(lowered: Lowered, dense: DenseRoster) -> Days:
    ends = np.array(dense.start) + lowered.crew.duration
    filled = [slot for slot, person in enumerate(dense.person) if person != NONE]
    days: Days = defaultdict(list)
    for slot in sorted(filled, key=lambda slot: (dense.start[slot], ends[slot])):
        option = dense.option[lowered.index.task_of[slot]]
        days[dense.person[slot], int(lowered.window.day[option])].append(slot)
    return days


def _whole(items: list[ShiftItem], cost: Ints, days: Days) -> tuple[Days, Bools]:
    """The days to hold whole, and bool [item, person]: true where the item is the person's whole day."""
    item_of = {slot: row for row, item in enumerate(items) for slot in item.slots}
    taken = np.zeros(cost.shape, dtype=np.bool_)
    whole: Days = {}
    for (person, day), slots in days.items():
        row = item_of.get(slots[0], NONE)
        if len(slots) == 1 and row != NONE and cost[row, person] < BANNED:
            taken[row, person] = True
        else:
            whole[person, day] = slots
    return whole, taken


def _without(item: ShiftItem, used: set[int]) -> ShiftItem:
    """The item with the slots that held days leave."""
    free = [n for n, slot in enumerate(item.slots) if slot not in used]
    slots, margin = (tuple(values[n] for n in free) for values in (item.slots, item.margin))
    return replace(item, slots=slots, margin=margin)


def _subproblem(
    lowered: Lowered,
    dense: DenseRoster,
    items: list[ShiftItem],
    cost: Ints,
    work: Ints,
    whole: Days,
) -> Subproblem:
    """The subproblem of these items and of the days held whole; base 0."""
    sets = {_kinds(lowered, slots) for slots in whole.values()}
    mixed = sorted((kinds for kinds in sets if len(kinds) > 1), key=sorted)
    held_items = [_item(lowered, dense, *at, slots, mixed) for at, slots in whole.items()]
    closed = np.full((len(held_items), cost.shape[1]), BANNED)
    closed[range(len(held_items)), [item.owner for item in held_items]] = 0
    amounts = np.zeros((len(held_items), lowered.total.measures), dtype=np.int64)
    worked = np.zeros_like(closed)
    for row, item in enumerate(held_items):
        slots = np.array(item.slots)
        tasks = np.array(lowered.index.task_of)[slots]
        numbers = np.array(dense.option)[tasks] - lowered.window.first[tasks]
        amounts[row] = amounts_of(lowered, slots, numbers).sum(axis=0)
        worked[row] = amounts[row, WORK] + _way(lowered, dense, item)
    firsts = np.array([item.slots[0] for item in items])
    subproblem = assemble(
        lowered,
        items + held_items,
        np.concatenate([amounts_of(lowered, firsts, np.zeros_like(firsts)), amounts]),
        np.concatenate([work, worked]),
        np.concatenate([cost, closed]),
        base=0,
        complete=True,
    )
    return replace(subproblem, held_roster=_held_roster(subproblem, dense), mixed=tuple(mixed))


def _kinds(lowered: Lowered, slots: list[int]) -> frozenset[int]:
    return frozenset(lowered.follow.kind[slots].tolist()) - {NONE}


def _item(
    lowered: Lowered,
    dense: DenseRoster,
    owner: int,
    day: int,
    slots: list[int],
    mixed: list[frozenset[int]],
) -> ShiftItem:
    """A day held whole, from its first start to its last end."""
    kinds = _kinds(lowered, slots)
    kind = lowered.follow.kinds + mixed.index(kinds) if len(kinds) > 1 else max(kinds, default=NONE)
    end = max(dense.start[slot] + int(lowered.crew.duration[slot]) for slot in slots)
    margin = (0,) * len(slots)
    first, last = (
        int(lowered.window.place[dense.option[lowered.index.task_of[slot]]])
        for slot in (slots[0], slots[-1])
    )
    begin = dense.start[slots[0]]
    return ShiftItem(NONE, day, begin, end, kind, tuple(slots), margin, first, last, owner)


def _way(lowered: Lowered, dense: DenseRoster, item: ShiftItem) -> int:
    """Ticks on the way of a day held whole, where they count as work."""
    travel, window = lowered.travel, lowered.window
    options = [dense.option[lowered.index.task_of[slot]] for slot in item.slots]
    stops = window.place[options].tolist()
    places = [int(travel.start[item.owner]), *stops, int(travel.end[item.owner])]
    legs = [
        int(travel.ticks[travel.mode[item.owner], before, after])
        for before, after in pairwise(places)
        if before >= 0 and after >= 0
    ]
    return sum(legs) if travel.counts else 0


def _held_roster(subproblem: Subproblem, dense: DenseRoster) -> DenseRoster:
    """The roster with the decided slots empty."""
    person = list(dense.person)
    for item in subproblem.items:
        if item.owner == NONE:
            for slot in item.slots:
                person[slot] = NONE
    return replace(dense, person=tuple(person))


def _points(subproblem: Subproblem, dense: DenseRoster) -> int:
    """Points of the roster as the subproblem counts them, without its base."""
    rosters = subproblem.rosters(dense)
    points = sum(evaluate(subproblem, number, roster) for number, roster in enumerate(rosters))
    margin = {
        slot: worth
        for item in subproblem.items
        for slot, worth in zip(item.slots, item.margin, strict=True)
    }
    filled = [slot for slot, person in enumerate(dense.person) if person != NONE]
    return points + sum(margin.get(slot, 0) for slot in filled)
