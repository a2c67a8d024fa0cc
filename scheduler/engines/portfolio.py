"""The portfolio: annealing, columns and CP-SAT on one incumbent, by what an instance contains.

Small instances go to CP-SAT, which proves them; rosters of shifts go to columns, after a short anneal;
all others are annealed, and late in the search columns decide their shifts once, with the rest held. A
search limited by steps only anneals, so that the same seed gives the same roster.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scheduler.checker import check
from scheduler.engines.columns import Subproblem, full_subproblem, partial_subproblem, solve_columns
from scheduler.engines.exact import lower_bound, solve_exact
from scheduler.engines.search.plan import COOLING_SHARE, REHEATS
from scheduler.engines.search.search import Annealing, Slice
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster, to_roster
from scheduler.lowered.fit import BANNED
from scheduler.model import Roster
from scheduler.stop import Reason, Stop

EndedBy = Reason | Literal["optimal", "nothing_to_do"]

SMALL = 1_500
"""Choices (option and person of every slot) up to which CP-SAT is asked to prove an instance."""
FIRST_SHARE, FIRST_SECONDS = 0.15, 3.0
"""Annealing before another engine goes on from its roster: share of the time, and seconds at most."""
PROOF_SHARE, PROOF_SECONDS = 0.3, 60.0
BOUND_SHARE, BOUND_SECONDS = 0.04, 30.0
HELD_LEFT = (1 - COOLING_SHARE) / REHEATS + 0.005
"""Share of the time left when columns decide the shifts with the rest held: as the last reheat begins,
which goes on from the best in any case."""
HELD_SHARE, HELD_SECONDS = 0.08, 30.0
BOUNDED_PER_SECOND = 20_000
"""Choices that the relaxation behind a bound takes up in a second, by measurement."""


@dataclass(frozen=True)
class Incumbent:
    """The best roster so far, its points, and the engine that made it."""

    dense: DenseRoster
    points: int
    engine: str


class Portfolio:
    """One solve: `construct`, then `run`. Points are Lowered's.

    on_change: called while an engine runs and whenever something better is found or proven.
    """

    def __init__(self, lowered: Lowered, seed: int, cores: int, on_change: Callable[[], None]):
        self.lowered = lowered
        self.bound: int | None = None
        self.best: Incumbent
        self._seed, self._cores, self._on_change = seed, cores, on_change
        self._annealing = Annealing(lowered, seed, cores)
        self._shifts_due = False

    @property
    def steps(self) -> int:
        """Moves tried by annealing."""
        return self._annealing.steps

    @property
    def proven(self) -> bool:
        """Whether no roster can be better than the incumbent."""
        return self.bound is not None and self.best.points <= self.bound

    @property
    def unassigned(self) -> int:
        """Empty slots of the incumbent that cost points."""
        empty = np.array(self.best.dense.person, dtype=np.int64) == NONE
        return int(np.count_nonzero(empty & (self.lowered.empty.cost > 0)))

    def construct(self, start: Roster | None) -> None:
        """A first roster: the given roster completed, or a greedy roster."""
        self._annealing.construct(start)
        best = self._annealing.best
        self.best = Incumbent(best.dense(), best.cost, "construct")

    def run(self, stop: Stop, *, warm: bool = False) -> EndedBy:
        """Improve until `stop` says so or nothing better is possible; returns why it ended.

        warm: stay near the constructed roster.
        """
        if not self.lowered.index.slots:
            return "nothing_to_do"
        if stop.steps is not None:
            return self._anneal(stop, stop, warm)
        shifts = full_subproblem(self.lowered)
        if self._choices <= SMALL:
            self._anneal(stop, _share(stop, FIRST_SHARE, FIRST_SECONDS / 3), warm)
            self._prove(stop)
        elif shifts is None:
            self._relax(stop)
        if shifts is not None and not self.proven:
            self._anneal(stop, _share(stop, FIRST_SHARE, FIRST_SECONDS), warm)
            self._columns(shifts, stop)
        if self.proven:
            return "optimal"
        self._shifts_due = shifts is None and stop.seconds is not None
        rest = stop.within(stop.seconds_left) if stop.seconds is not None else stop
        return self._anneal(stop, rest, warm)

    @property
    def _choices(self) -> int:
        able = (self.lowered.fit.cost < BANNED).sum(axis=1)[self.lowered.fit.row]
        options = np.diff(self.lowered.window.first)[np.array(self.lowered.index.task_of)]
        return int((able * options).sum())

    def _take(self, dense: DenseRoster, points: int, engine: str) -> None:
        if points < self.best.points:
            self.best = Incumbent(dense, points, engine)
        self._on_change()

    def _raise_bound(self, points: int) -> None:
        self.bound = points if self.bound is None else max(self.bound, points)
        self._on_change()

    def _anneal(self, stop: Stop, limit: Stop, warm: bool) -> EndedBy:
        """Until `limit`, a part of `stop`, says so."""
        if (reason := stop.reason(self.steps)) is not None:
            return reason

        def on_slice(done: Slice) -> None:
            if done.cost < self.best.points:
                self._take(self._annealing.best.dense(), done.cost, "anneal")
            else:
                self._on_change()
            if self._shifts_due and limit.left() <= HELD_LEFT:
                self._shifts_due = False
                self._decide_shifts(stop)

        self._adopt()
        return self._annealing.run(limit, on_slice, warm=warm)

    def _adopt(self) -> None:
        """Let annealing go on from another engine's roster."""
        if self.best.points < self._annealing.best.cost:
            self._annealing.adopt(to_roster(self.lowered, self.best.dense))

    def _prove(self, stop: Stop) -> None:
        seconds = _share(stop, PROOF_SHARE, PROOF_SECONDS).seconds_left
        result = solve_exact(
            self.lowered,
            seconds,
            self._seed,
            self._cores,
            stop=stop,
            start=self.best.dense,
            on_roster=lambda dense, points: self._take(dense, points, "cp_sat"),
        )
        self._raise_bound(result.bound)

    def _columns(self, subproblem: Subproblem, stop: Stop) -> None:
        result = solve_columns(
            self.lowered,
            self.best.dense,
            stop,
            self._seed,
            on_roster=lambda dense, points: self._take(dense, points, "columns"),
            subproblem=subproblem,
        )
        if result is not None and result.bound is not None:
            self._raise_bound(result.bound)

    def _decide_shifts(self, stop: Stop) -> None:
        """Decide the incumbent's shifts with all else held, where there are any to decide."""
        shifts = partial_subproblem(self.lowered, self.best.dense, self.best.points)
        if shifts is None:
            return
        limit = _share(stop, HELD_SHARE, HELD_SECONDS)
        result = solve_columns(self.lowered, self.best.dense, limit, self._seed, subproblem=shifts)
        if result is None or result.dense is None or result.points == self.best.points:
            return
        self._take(result.dense, self._checked(result.dense), "columns")
        self._adopt()

    def _checked(self, dense: DenseRoster) -> int:
        """A roster's points by the checker."""
        index = self.lowered.index
        report = check(index.instance, to_roster(self.lowered, dense), index.travel_table)
        return self.lowered.scale.points(report.score)

    def _relax(self, stop: Stop) -> None:
        seconds = _share(stop, BOUND_SHARE, BOUND_SECONDS).seconds_left
        if seconds * BOUNDED_PER_SECOND >= self._choices:
            self._raise_bound(lower_bound(self.lowered, seconds).points)


def _share(stop: Stop, share: float, most: float) -> Stop:
    """A stop for a share of all the time there is, and for so many seconds at most."""
    return stop.within(min(most, share * stop.seconds) if stop.seconds else most)
