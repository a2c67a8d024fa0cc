"""Fillable: whether any roster without a hard breach fills a slot.

Asked of the hard rules alone, and of as little work as the question needs. First of the task and
what it is tied to, with nobody owing any work: what has no roster there has none in the week. Ways
are then the shortest over any places, since work that is left out may lie on a detour that is
quicker. Only then of all that a roster without hard breaches has to do besides.
"""

from collections.abc import Set
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.cp_sat import RunLimits, run_cp_sat
from scheduler.engines.exact.model import build_model
from scheduler.engines.exact.needed import needed, only, owes_work, owing, tied
from scheduler.engines.exact.requirements import Requirements
from scheduler.lowered import Lowered
from scheduler.model import Instance
from scheduler.stop import Stop

NOWHERE = 2**40
"""Ticks beyond every way."""


class FillableSlots:
    """The question for every slot of an instance whose standing duties are expanded into visits."""

    def __init__(self, instance: Instance):
        self._instance = instance

    def ask(self, task: str, slot: int, seconds: float) -> bool | None:
        """Whether some roster without a hard breach fills a slot; None where time runs out.

        None too where it is not the slot that is in the way: where no roster at all is without a
        hard breach, though the task and what it is tied to have one. seconds: by the clock.
        """
        clock = Stop()
        alone = self._lowered(self._tied_to(task))
        whole = self._whole
        if owing(alone):
            alone = _owing_nothing(alone)
        number = alone.index.slot_of[alone.index.task[task]] + slot
        possible = _possible(_with_shortest_ways(alone), number, seconds)
        if possible is False:
            return False
        wanted = whole.index.task[task]
        tasks = needed(whole, [wanted])
        beside = only(whole, tasks)
        number = whole.index.slot_of[wanted] + slot
        possible = _possible(beside, number, seconds - clock.elapsed)
        if possible is not False:
            return possible
        if not _is_metric(whole):
            if owing(whole):
                return None
            possible = _possible(_with_shortest_ways(beside), number, seconds - clock.elapsed)
            if possible is not False:
                return None
        return False if _possible(beside, None, seconds - clock.elapsed) else None

    @cached_property
    def _whole(self) -> Lowered:
        return self._lowered(None)

    def _tied_to(self, task: str) -> set[str]:
        number = self._whole.index.task[task]
        return {self._whole.index.tasks[other].id for other in tied(self._whole, [number])}

    def _lowered(self, tasks: Set[str] | None) -> Lowered:
        """The hard rules of an instance with just these tasks, or with all of them."""
        part = self._instance if tasks is None else _part(self._instance, tasks)
        return Requirements(part).whole


def _part(instance: Instance, tasks: Set[str]) -> Instance:
    return instance.changed(
        visits=tuple(visit for visit in instance.visits if visit.id in tasks),
        shifts=tuple(shift for shift in instance.shifts if shift.id in tasks),
        gaps=tuple(gap for gap in instance.gaps if {gap.first, gap.second} <= tasks),
        pins=tuple(pin for pin in instance.pins if pin.task in tasks),
        published=tuple(part for part in instance.published if part.task in tasks),
    )


def _owing_nothing(lowered: Lowered) -> Lowered:
    """The same without any least amount of work or of days in a row, and without a most of days off."""
    pieces = lowered.total.pieces.copy()
    pieces[pieces[:, 0] < 0, 2] = 0
    run = lowered.run
    points = np.where(owes_work(run), 0, run.points)
    return replace(
        lowered,
        total=replace(lowered.total, pieces=pieces),
        run=replace(run, points=points),
    )


def _is_metric(lowered: Lowered) -> bool:
    ticks, no_way = _shortest(lowered)
    return np.array_equal(ticks, lowered.travel.ticks) and np.array_equal(
        no_way, lowered.travel.no_way
    )


def _with_shortest_ways(lowered: Lowered) -> Lowered:
    """The same where everybody goes by the shortest of all ways."""
    ticks, no_way = _shortest(lowered)
    return replace(lowered, travel=replace(lowered.travel, ticks=ticks, no_way=no_way))


def _shortest(lowered: Lowered) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Shortest ways over any places, and pairs without any (Floyd 1962, 10.1145/367766.368168)."""
    shortest = np.where(lowered.travel.no_way, NOWHERE, lowered.travel.ticks).astype(np.int64)
    for table in shortest:
        for via in range(len(table)):
            np.minimum(table, table[:, via, None] + table[None, via], out=table)
    no_way = shortest >= NOWHERE
    return np.where(no_way, 0, shortest).astype(np.int32), no_way.astype(np.int8)


def _possible(lowered: Lowered, slot: int | None, seconds: float) -> bool | None:
    """Whether a roster without hard points fills a slot (None: is there at all); None: out of time."""
    if seconds <= 0:
        return None
    model = build_model(lowered, most=lowered.scale.hard - 1)
    model.cp.add(model.levels[0] == 0)
    if slot is not None:
        model.cp.add(model.decisions.filled[slot] == 1)
    result = run_cp_sat(model.cp, RunLimits(seconds=seconds))
    return result.has_solution if result.ended or result.has_solution else None
