"""The best roster so far: what the checker says of it, and what it leaves open."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.checker import Report, checked
from scheduler.facts import Facts
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster, to_roster
from scheduler.model import Roster, Score
from scheduler.model.tasks import Rank


@dataclass(frozen=True)
class Incumbent:
    """The best roster so far, its points, and the engine that made it."""

    dense: DenseRoster
    points: int
    engine: str


@dataclass(frozen=True)
class Verified:
    """An incumbent with its roster and what the checker says of it."""

    incumbent: Incumbent
    facts: Facts
    report: Report

    @property
    def roster(self) -> Roster:
        """In words of its instance."""
        return self.facts.roster

    @property
    def score(self) -> Score:
        """The checker's."""
        return self.report.score


def verified(lowered: Lowered, incumbent: Incumbent) -> Verified:
    """The incumbent with its roster, at the checker's points."""
    roster = to_roster(lowered, incumbent.dense)
    facts = Facts(lowered.index.instance, roster, lowered.index.travel_table)
    report = checked(facts)
    return Verified(replace(incumbent, points=lowered.scale.points(report.score)), facts, report)


def nobody_working(lowered: Lowered) -> Verified:
    """The roster in which nobody does anything."""
    tasks, slots = len(lowered.index.tasks), len(lowered.index.slots)
    dense = DenseRoster((NONE,) * tasks, (NONE,) * slots, (0,) * slots)
    return verified(lowered, Incumbent(dense, 0, "construct"))


class OpenWork:
    """Counts what rosters of an instance leave open."""

    def __init__(self, lowered: Lowered):
        minimum = [slot.rank is Rank.MINIMUM for slot in lowered.index.slots]
        self._lowered = lowered
        self._task_of = np.array(lowered.index.task_of, dtype=np.int64)
        self._wanted: NDArray[np.bool_] = lowered.empty.must | np.array(minimum, dtype=np.bool_)
        """[slot]: without it its visit is not done, or its shift is short."""

    def unassigned(self, dense: DenseRoster) -> int:
        """Empty slots that cost points."""
        return int(np.count_nonzero(_empty(dense) & (self._lowered.empty.cost > 0)))

    def undone(self, dense: DenseRoster) -> tuple[int, int]:
        """Visits and shifts that are left undone, as `scheduler.model.tasks.undone` counts them."""
        empty = _empty(dense)
        lacking = np.zeros(len(self._lowered.index.tasks), dtype=np.bool_)
        lacking[self._task_of[empty & self._wanted]] = True
        few = np.bincount(self._task_of[~empty], minlength=len(lacking)) < self._lowered.empty.least
        visits = len(self._lowered.index.instance.visits)
        return int((lacking | few)[:visits].sum()), int(lacking[visits:].sum())


def _empty(dense: DenseRoster) -> NDArray[np.bool_]:
    return np.equal(np.array(dense.person, dtype=np.int64), NONE)
