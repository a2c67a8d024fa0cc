"""Clash: a minimal set of hard requirements that cannot all hold.

A deletion filter (Chinneck and Dravnieks 1991, 10.1287/ijoc.3.2.157), by halves at first: it drops
requirements as long as the others still clash. Without any one of the rest, the others can hold.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Literal

from scheduler.engines.exact.cp_sat import RunLimits, run_cp_sat
from scheduler.engines.exact.model import build_model
from scheduler.engines.exact.needed import needed, only, owing
from scheduler.engines.exact.requirements import Requirement, Requirements
from scheduler.model import Instance
from scheduler.stop import Stop


@dataclass(frozen=True)
class Clash:
    """Requirements that no roster can keep together.

    status: "none", there is no clash; "minimal", a clash of which all requirements are needed;
    "clash", a clash, but time ran out before it was proven that all are needed; "unknown", time ran
    out before anything was proven. Only the first two are final.
    """

    status: Literal["none", "minimal", "clash", "unknown"]
    requirements: tuple[Requirement, ...] = ()


def clash(instance: Instance, seconds: float, stop: Stop | None = None) -> Clash:
    """What cannot all hold in an instance whose standing duties are expanded into visits.

    seconds: by the clock. Raises InputError where travel cannot be built.
    """
    return _DeletionFilter(Requirements(instance), seconds, stop).clash()


class _DeletionFilter:
    def __init__(self, requirements: Requirements, seconds: float, stop: Stop | None):
        self._requirements = requirements
        self._seconds, self._stop = seconds, stop
        self._clock = Stop()
        self._unsure = False

    def clash(self) -> Clash:
        """Test all; then drop groups of people and tasks, ever smaller; then single requirements."""
        self._narrow()
        kept = list(self._requirements.all)
        impossible = self.impossible(set(kept))
        if impossible is None:
            return Clash("unknown")
        if not impossible:
            return Clash("none")
        size = len({requirement.key for requirement in kept})
        while size > 1:
            size //= 2
            kept = self._without(kept, list(_by_keys(kept, size)))
        self._unsure = False
        kept = self._without(kept, [[requirement] for requirement in kept])
        unsure = self._unsure and len(kept) > 1
        return Clash("clash" if unsure else "minimal", tuple(kept))

    def _narrow(self) -> None:
        """Leave out tasks that can stay undone whatever else is dropped."""
        lowered = self._requirements.lowered(set(self._requirements.all))
        if not owing(lowered):
            tied = {*lowered.gap.first.tolist(), *lowered.gap.second.tolist()}
            self._requirements = self._requirements.narrowed(needed(lowered) | tied)

    def _without(
        self, kept: list[Requirement], chunks: list[list[Requirement]]
    ) -> list[Requirement]:
        """The requirements without every chunk that the clash does not need."""
        for chunk in chunks:
            dropped = set(chunk)
            rest = [requirement for requirement in kept if requirement not in dropped]
            impossible = self.impossible(set(rest)) if rest else False
            if impossible is None:
                self._unsure = True
            elif impossible:
                kept = rest
        return kept

    def impossible(self, kept: Set[Requirement]) -> bool | None:
        """Whether no roster keeps these requirements; None where time ran out."""
        seconds = self._seconds - self._clock.elapsed
        if seconds <= 0 or (self._stop is not None and self._stop.reason() is not None):
            return None
        lowered = self._requirements.lowered(kept)
        model = build_model(only(lowered, needed(lowered)), most=lowered.scale.hard - 1)
        model.cp.add(model.levels[0] == 0)
        result = run_cp_sat(model.cp, RunLimits(seconds=seconds, stop=self._stop))
        return result.infeasible if result.ended or result.has_solution else None


def _by_keys(items: list[Requirement], size: int) -> Iterator[list[Requirement]]:
    """Requirements by people and tasks, `size` of them at a time."""
    keys = list(dict.fromkeys(requirement.key for requirement in items))
    for first in range(0, len(keys), size):
        chosen = set(keys[first : first + size])
        yield [requirement for requirement in items if requirement.key in chosen]
