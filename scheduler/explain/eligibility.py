"""Who may fill a task's slots, where and when, by the rules about tasks alone.

Presence, free time and other work play no part. The rules are lowered for just the tasks asked about.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered.fit import BANNED, FitBuilder, FitTable
from scheduler.lowered.index import index
from scheduler.lowered.into import Into
from scheduler.lowered.window import WindowTable
from scheduler.model import Instance, Shift, Visit
from scheduler.rules import active
from scheduler.travel import Travel


@dataclass(frozen=True)
class Eligibility:
    """Who may do one task, where and when.

    able: bool [slot, person]; points: int64 [slot, person], what the pair costs by the task's rules
    banned: hard rule's id → bool [slot, person]; only rules that rule somebody out
    window: options of the only task, as engines have them, with pins and freezes
    """

    able: NDArray[np.bool_]
    points: NDArray[np.int64]
    banned: dict[str, NDArray[np.bool_]]
    window: WindowTable

    def against(self, slot: int, besides: Collection[int] = ()) -> dict[tuple[str, ...], list[int]]:
        """Rules that rule somebody out of a slot → the people whom just these rule out.

        Only sets of rules of which no part rules out somebody else. besides: people who are left out
        """
        groups: dict[tuple[str, ...], list[int]] = {}
        for person in range(self.able.shape[1]):
            if person in besides:
                continue
            rules = tuple(rule for rule, out in self.banned.items() if out[slot, person])
            groups.setdefault(rules, []).append(person)
        least: dict[tuple[str, ...], list[int]] = {}
        for rules in sorted(groups, key=lambda rules: (len(rules), rules)):
            if not any(other and set(other) < set(rules) for other in least):
                least[rules] = groups[rules]
        return least


def eligibility_of(instance: Instance, task: str, travel: Travel) -> Eligibility:
    """Who may do a task, where and when; whether they are there and free plays no part."""
    into, fits = _lowered(with_only(instance, task), travel)
    slots, people = len(into.index.slots), len(instance.people)
    cost = np.zeros((slots, people), np.int64)
    banned = {}
    for rule, fit in fits:
        by_rule = np.minimum([fit.of(slot) for slot in range(slots)], BANNED)
        cost = np.minimum(cost + by_rule, BANNED)
        if (by_rule >= BANNED).any():
            banned[rule] = by_rule >= BANNED
    return Eligibility(
        cost < BANNED, cost, banned, into.window.build(into.edges(), into.index.day_ticks)
    )


def with_only(instance: Instance, task: str) -> Instance:
    """The instance with just one task, its pins and what is published of it, and nothing that ties it."""
    record = instance.task_by_id[task]
    return instance.part(
        visits=(record,) if isinstance(record, Visit) else (),
        shifts=(record,) if isinstance(record, Shift) else (),
        gaps=(),
        pins=tuple(pin for pin in instance.pins if pin.task == task),
        published=tuple(told for told in instance.published if told.task == task),
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
