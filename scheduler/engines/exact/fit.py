"""Fit: who fills a slot; banned people have no variable. Equal slots of a task are one seat."""

from collections.abc import Hashable

import numpy as np

from scheduler.engines.exact.decisions import Decisions
from scheduler.lowered.fit import BANNED


def encode(model: Decisions) -> None:
    """One literal for each seat and person who fits; as many people as filled slots."""
    model.seats.update(_seats(model))
    model.filled += [model.constant(0)] * len(model.lowered.index.slots)
    for first, slots in model.seats.items():
        _fill(model, first, slots)


def _fill(model: Decisions, first: int, slots: list[int]) -> None:
    cost = model.lowered.fit.of(first)
    literals = []
    for person in model.lowered.fit.able(first).tolist():
        points = int(cost[person])
        if model.units(points) == 0:
            continue
        taken = model.literal(f"{person} in slot {first}")
        model.person[first, person] = taken
        model.costs.add(points, taken)
        literals.append(taken)
    for slot in slots:
        filled = model.literal(f"slot {slot} filled")
        model.filled[slot] = filled
        model.pay(_extra_cost(model, slot, first), filled)
    model.cp.add(sum(literals) == sum(model.filled[slot] for slot in slots))


def _extra_cost(model: Decisions, slot: int, first: int) -> int:
    """How much more everybody who fits costs in a slot than in the first slot of its seat."""
    able = model.lowered.fit.able(first)
    if slot == first or not len(able):
        return 0
    return int(model.lowered.fit.of(slot)[able[0]] - model.lowered.fit.of(first)[able[0]])


def _seats(model: Decisions) -> dict[int, list[int]]:
    seats: dict[int, list[int]] = {}
    groups = _groups(model)
    for task in range(len(model.lowered.index.tasks)):
        alike: dict[Hashable, int] = {}
        for slot in model.lowered.index.slots_of(task):
            key = _likeness(model, slot, groups.get(slot, ()))
            seats.setdefault(alike.setdefault(key, slot), []).append(slot)
    return seats


def _groups(model: Decisions) -> dict[int, tuple[int, ...]]:
    """Slot → the groups of Distinct that it belongs to."""
    distinct = model.lowered.distinct
    groups_of: dict[int, tuple[int, ...]] = {}
    sizes = np.diff(distinct.slot_first)
    groups = np.repeat(np.arange(len(sizes)), sizes).tolist()
    for slot, group in zip(distinct.slots.tolist(), groups, strict=True):
        groups_of[slot] = (*groups_of.get(slot, ()), group)
    return groups_of


def _likeness(model: Decisions, slot: int, groups: tuple[int, ...]) -> Hashable:
    """A key that is equal for slots with the same work, and the same cost up to a constant."""
    lowered = model.lowered
    crew, total = lowered.crew, lowered.total
    if crew.least[slot] or crew.most[slot]:
        return slot
    cost = lowered.fit.of(slot)
    able = cost < BANNED
    apart = cost[able] - cost[able][:1]
    first, last = total.pair_first[slot], total.pair_first[slot + 1]
    return (
        int(crew.duration[slot]),
        int(lowered.follow.kind[slot]),
        groups,
        able.tobytes(),
        apart.tobytes(),
        total.amount_row[first:last].tobytes(),
    )
