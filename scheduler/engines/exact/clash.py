"""Clash: a smallest set of hard requirements that cannot all hold, by leaving out what can be.

A deletion filter (Chinneck and Dravnieks 1991, 10.1287/ijoc.3.2.157), in halves at first: what is
left is minimal in that without any of its requirements the others can hold together.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from scheduler.engines.exact.cp_sat import RunLimits, run_cp_sat
from scheduler.engines.exact.model import build_model
from scheduler.engines.exact.requirements import Requirement, Requirements
from scheduler.lowered import Lowered
from scheduler.lowered.fit import BANNED, FitBuilder
from scheduler.model import Instance
from scheduler.stop import Stop


@dataclass(frozen=True)
class Clash:
    """Requirements that no roster can keep together.

    status: "none" there is no clash; "minimal" proven to be one, and without any of them none;
    "clash" proven to be one, but time ran out before it was seen whether all are needed;
    "unknown" time ran out before anything was proven. Only the first two are final.
    """

    status: Literal["none", "minimal", "clash", "unknown"]
    requirements: tuple[Requirement, ...] = ()


def clash(instance: Instance, seconds: float, stop: Stop | None = None) -> Clash:
    """What cannot all hold in an instance; its standing duties are expected to be visits by now.

    Raises InputError where travel cannot be built.
    """
    return _DeletionFilter(Requirements(instance), seconds, stop).clash()


class _DeletionFilter:
    def __init__(self, requirements: Requirements, seconds: float, stop: Stop | None):
        self._requirements = requirements
        self._seconds, self._stop = seconds, stop
        self._clock = Stop()
        self._unsure = False

    def clash(self) -> Clash:
        """Everything together; then without ever fewer people and tasks; then without each alone."""
        self._narrow()
        left = list(self._requirements.every)
        impossible = self.impossible(set(left))
        if impossible is None:
            return Clash("unknown")
        if not impossible:
            return Clash("none")
        size = len({requirement.key for requirement in left})
        while size > 1:
            size //= 2
            left = self._without(left, list(_by_keys(left, size)))
        self._unsure = False
        left = self._without(left, [[requirement] for requirement in left])
        unsure = self._unsure and len(left) > 1
        return Clash("clash" if unsure else "minimal", tuple(left))

    def _narrow(self) -> None:
        """Leave out tasks that can stay undone whatever else is dropped."""
        lowered = self._requirements.lowered(set(self._requirements.every))
        if not _owing(lowered):
            tied = {*lowered.gap.first.tolist(), *lowered.gap.second.tolist()}
            self._requirements = self._requirements.narrowed(_needed(lowered) | tied)

    def _without(
        self, left: list[Requirement], chunks: list[list[Requirement]]
    ) -> list[Requirement]:
        """What is left when each chunk goes that the clash does not need."""
        for chunk in chunks:
            dropped = set(chunk)
            rest = [requirement for requirement in left if requirement not in dropped]
            impossible = self.impossible(set(rest)) if rest else False
            if impossible is None:
                self._unsure = True
            elif impossible:
                left = rest
        return left

    def impossible(self, kept: Set[Requirement]) -> bool | None:
        """Whether no roster keeps these requirements; None where time ran out."""
        left = self._seconds - self._clock.elapsed
        if left <= 0 or (self._stop is not None and self._stop.reason() is not None):
            return None
        lowered = self._requirements.lowered(kept)
        model = build_model(_only(lowered, _needed(lowered)), most=lowered.scale.hard - 1)
        model.cp.add(model.levels[0] == 0)
        result = run_cp_sat(model.cp, RunLimits(seconds=left, stop=self._stop))
        return result.infeasible if result.ended or result.has_solution else None


def _by_keys(items: list[Requirement], size: int) -> Iterator[list[Requirement]]:
    """Requirements by people and tasks, `size` of them at a time."""
    keys = list(dict.fromkeys(requirement.key for requirement in items))
    for first in range(0, len(keys), size):
        chosen = set(keys[first : first + size])
        yield [requirement for requirement in items if requirement.key in chosen]


def _only(lowered: Lowered, tasks: Set[int]) -> Lowered:
    """The same problem in which nobody may do any other task."""
    cost = lowered.fit.cost[lowered.fit.row].copy()
    others = [slot for slot, task in enumerate(lowered.index.task_of) if task not in tasks]
    cost[others] = BANNED
    return replace(lowered, fit=FitBuilder.of(cost).build())


def _needed(lowered: Lowered) -> set[int]:
    """Tasks that a roster without hard breaches may have to do; the others can stay undone.

    Those that must not be empty; what they require and are bundled with; and all that people can do
    who owe work, or days on or off in a row.
    """
    hard, task_of = lowered.scale.hard, np.array(lowered.index.task_of, dtype=np.int64)
    needed = set(task_of[lowered.empty.cost >= hard].tolist())
    owing = _owing(lowered)
    if owing:
        cheapest = lowered.fit.cost[:, owing].min(axis=1)
        needed |= set(task_of[cheapest[lowered.fit.row] < BANNED].tolist())
    requires = lowered.gap.requires >= hard
    pairs = list(
        zip(
            lowered.gap.first[requires].tolist(), lowered.gap.second[requires].tolist(), strict=True
        )
    )
    bundle = lowered.empty.bundle
    while True:
        before = len(needed)
        needed |= {first for first, second in pairs if second in needed}
        bundles = {int(bundle[task]) for task in needed} - {-1}
        needed |= set(np.flatnonzero(np.isin(bundle, list(bundles))).tolist())
        if len(needed) == before:
            return needed


def _owing(lowered: Lowered) -> list[int]:
    total, run_cp_sat, hard = lowered.total, lowered.run, lowered.scale.hard
    owing = set(
        np.flatnonzero((run_cp_sat.under_on >= hard) | (run_cp_sat.under_off >= hard)).tolist()
    )
    for row, person in enumerate(total.person.tolist()):
        pieces = total.pieces[total.piece_first[row] : total.piece_first[row + 1]]
        if ((pieces[:, 0] < 0) & (pieces[:, 2] >= hard)).any():
            owing.add(person)
    return sorted(owing)
