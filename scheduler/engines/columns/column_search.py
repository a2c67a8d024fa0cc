"""The state of a search by columns: its best rosters, its bound, and when it ends."""

import math
from collections.abc import Callable

import numpy as np

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.evaluate import evaluate
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.stop import Stop

OnRoster = Callable[[DenseRoster, int], None]
"""Called with each better roster and its points."""


class ColumnSearch:
    """The best rosters of one search of a subproblem; engines hand better ones to `offer`.

    rosters: int64 [person, day], items or -1; points: of these rosters, None before there are any
    bound: proven, no roster of the subproblem costs less; estimate: the linear program's value
    rounds: pricing rounds so far, the steps of `stop`
    polish: offers rosters after a local search from them, where there is one
    """

    def __init__(
        self,
        subproblem: Subproblem,
        incumbent: DenseRoster | None,
        stop: Stop,
        seed: int,
        on_roster: OnRoster | None = None,
    ):
        self.subproblem, self.stop = subproblem, stop
        self.random = np.random.default_rng(seed)
        self._on_roster = on_roster
        self.rosters = np.full((subproblem.people, subproblem.days), NONE, dtype=np.int64)
        self._evaluated = [(b"", 0)] * subproblem.people
        self.points: int | None = None
        self.bound: int | None = None
        self.estimate: int | None = None
        self.rounds = 0
        self.polish: Callable[[Ints], object] = self.offer
        if incumbent is not None:
            rosters = subproblem.rosters(incumbent)
            self.points = self.price(rosters)
            self.rosters = self.rosters if self.points is None else rosters

    @property
    def broken(self) -> bool:
        """Whether there are no rosters yet that break no hard rule."""
        return self.points is None or self.points >= self.subproblem.lowered.scale.hard

    @property
    def annealed(self) -> bool:
        """Whether rosters are polished by annealing."""
        return self.polish != self.offer

    @property
    def stopped(self) -> bool:
        """Whether it is time to end."""
        return self.stop.reason(self.rounds) is not None

    @property
    def ceiling(self) -> float:
        """The value of the program that rosters must stay below to beat the incumbent."""
        if self.points is None:
            return math.inf
        return self.points - self.subproblem.program_base - 1 + 1e-3

    @property
    def proven(self) -> bool:
        """Whether no rosters are better than the incumbent."""
        return self.bound is not None and self.points is not None and self.points <= self.bound

    def offer(self, rosters: Ints) -> bool:
        """Take rosters if they are better."""
        points = self.price(rosters)
        if points is None or (self.points is not None and points >= self.points):
            return False
        self.points, self.rosters = points, rosters.copy()
        self.stop.improved()
        if self._on_roster is not None:
            self._on_roster(self.subproblem.to_dense(rosters), points)
        return True

    def price(self, rosters: Ints) -> int | None:
        """Points of int64 [person, day] rosters; None where an item is overfull or a held day differs."""
        items, held = self.subproblem.items, self.subproblem.held_days
        if ((held != NONE) & (held != rosters)).any():
            return None
        counts = np.bincount(rosters[rosters >= 0], minlength=len(items))
        if any(n > len(item.slots) for n, item in zip(counts, items, strict=True)):
            return None
        for number, roster in enumerate(rosters):
            key = roster.tobytes()
            if self._evaluated[number][0] != key:
                self._evaluated[number] = key, evaluate(self.subproblem, number, roster)
        points = sum(points for _, points in self._evaluated)
        return points + self.subproblem.headcount_points(rosters) + self.subproblem.base
