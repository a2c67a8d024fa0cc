"""Who may fill a task's slots, where and when, by the rules about tasks alone.

Presence, free time and other work play no part. The rules are lowered for just the tasks asked about.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered.fit import BANNED, FitBuilder, FitTable
from scheduler.lowered.index import index
from scheduler.lowered.into import Into
from scheduler.lowered.window import WindowTable
from scheduler.model import Instance
from scheduler.rules import active
from scheduler.travel import Travel
from scheduler.travel.base import MODES

RuledOut = dict[tuple[str, int], dict[str, NDArray[np.bool_]]]


@dataclass(frozen=True)
class Eligibility:
    """Who may do one task, where and when.

    able: bool [slot, person]; points: int64 [slot, person], what the pair costs by the task's rules
    window: options of the only task, as engines have them, with pins and freezes
    """

    able: NDArray[np.bool_]
    points: NDArray[np.int64]
    window: WindowTable


def eligibility_of(instance: Instance, task: str, travel: Travel) -> Eligibility:
    """Who may do a task, where and when; whether they are there and free plays no part."""
    into, fits = _lowered(with_only(instance, task), travel)
    slots, people = len(into.index.slots), len(instance.people)
    cost = np.zeros((slots, people), np.int64)
    for _, fit in fits:
        cost += np.minimum([fit.of(slot) for slot in range(slots)], BANNED)
        cost = np.minimum(cost, BANNED)
    return Eligibility(cost < BANNED, cost, into.window.build(into.edges()))


def ruled_out(instance: Instance, tasks: set[str]) -> RuledOut:
    """(task, slot) → hard rule's id → bool [person]; only rules that rule somebody out.

    Pins are left out: they are not about the person.
    """
    part = _only(instance, tasks)
    count = len(part.places)
    nowhere = Travel(
        {place.id: number for number, place in enumerate(part.places)},
        np.zeros((len(MODES), count, count), np.int32),
        np.zeros((count, count), np.int32),
    )
    into, fits = _lowered(part, nowhere)
    keys = [
        (task.id, number)
        for position, task in enumerate(into.index.tasks)
        for number in range(len(into.index.slots_of(position)))
    ]
    by_slot: RuledOut = {key: {} for key in keys}
    for rule, fit in fits:
        for number, key in enumerate(keys):
            forbidden = fit.of(number) >= BANNED
            if forbidden.any():
                by_slot[key][rule] = forbidden
    return by_slot


def with_only(instance: Instance, task: str) -> Instance:
    """The instance with just one task, its pins and what is published of it."""
    return _only(instance, {task}).changed(
        pins=tuple(pin for pin in instance.pins if pin.task == task),
        published=tuple(part for part in instance.published if part.task == task),
    )


def _only(instance: Instance, tasks: set[str]) -> Instance:
    """The instance with just these tasks and nothing that ties them."""
    return instance.changed(
        visits=tuple(visit for visit in instance.visits if visit.id in tasks),
        shifts=tuple(shift for shift in instance.shifts if shift.id in tasks),
        gaps=(),
        pins=(),
        published=(),
    )


def _lowered(part: Instance, travel: Travel) -> tuple[Into, list[tuple[str, FitTable]]]:
    """The builders once the rules about tasks have written into them; what each wrote into Fit."""
    into = Into(index(part, travel))
    fits = []
    for rule in active(part):
        if rule.rule.scope == "task":
            into.level, into.weight = rule.level, rule.weight
            into.fit = FitBuilder(len(into.index.slots), len(part.people))
            rule.lower(into)
            fits.append((rule.rule.id, into.fit.build()))
    return into, fits
