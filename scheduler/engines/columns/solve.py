"""Solving by columns: the program at the root, then dives, until it is proven or time is up."""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.dive import Dive, dive
from scheduler.engines.columns.evaluate import evaluate
from scheduler.engines.columns.generation import FREE, KEEP, Master, Settled
from scheduler.engines.columns.pricing import BEST
from scheduler.engines.columns.restricted_master import Solved, UnsolvedError
from scheduler.engines.columns.rolling_windows import in_turn, windows
from scheduler.engines.columns.subproblem import Part, fits
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.stop import Stop

OnAnswer = Callable[[DenseRoster, int], None]
"""Called with each better answer and its points."""

LONG = 120
"""Days from which the horizon is searched window by window."""
ROOT_SHARE = 0.4
"""Of the time left, for the root of a large program, at most."""
LIGHT, AGAIN = 3, 5
"""Columns for each row with which a large program's dive begins, and pricing rounds after that."""
PROOF = 128
"""Labels a state when a bound is proven."""


@dataclass(frozen=True)
class Columned:
    """What columns found. points, bound, estimate: in Lowered's points; None: nothing known.

    bound: proven, no roster of the part costs less. estimate: the linear program's value, where labels were cut.
    rounds: pricing rounds done.
    """

    answer: DenseRoster | None
    points: int | None
    bound: int | None
    estimate: int | None
    rounds: int


def solve_columns(
    lowered: Lowered,
    incumbent: DenseRoster | None,
    stop: Stop,
    seed: int = 0,
    on_answer: OnAnswer | None = None,
    part: Part | None = None,
) -> Columned | None:
    """The best answer found until `stop` says so (its steps are pricing rounds); None where it does not fit.

    incumbent: an answer to begin from and to beat. part: what `fits` says, where that is known.
    """
    part = fits(lowered) if part is None else part
    if part is None:
        return None
    return Columns(part, incumbent, stop, seed, on_answer).run()


class Columns:
    """One search: a root, then dives from it; long horizons window by window."""

    def __init__(
        self,
        part: Part,
        incumbent: DenseRoster | None,
        stop: Stop,
        seed: int,
        on_answer: OnAnswer | None = None,
    ):
        self.part, self.stop = part, stop
        self.random = np.random.default_rng(seed)
        self._on_answer = on_answer
        self.rosters = np.full((part.people, part.days), NONE, dtype=np.int64)
        self._own = [(b"", 0)] * part.people
        self.points: int | None = None
        self.bound: int | None = None
        self.estimate: int | None = None
        self.rounds = 0
        if incumbent is not None:
            self._begin_from(part.rosters(incumbent))

    def _begin_from(self, rosters: NDArray[np.int64]) -> None:
        """Take rosters up, unless they break a hard rule: no path does, so nothing could join them."""
        points = self.price(rosters)
        if points is not None and points < self.part.lowered.scale.hard:
            self.rosters, self.points = rosters, points

    def run(self) -> Columned:
        """Search until stopped or proven; what was found by then where a program cannot be solved."""
        with suppress(UnsolvedError):
            if self.part.days > LONG:
                windows(self)
            else:
                self._whole()
        answer = None if self.points is None else self.part.answer(self.rosters)
        return Columned(answer, self.points, self.bound, self.estimate, self.rounds)

    def stopped(self) -> bool:
        """Whether it is time to end."""
        return self.stop.reason(self.rounds) is not None

    def _whole(self) -> None:
        master = Master(self.part, self.rosters, 0, self.part.days, self.stop)
        known = self.points is not None and master.add_rosters(self.rosters) is not None
        if not known:
            self.offer(in_turn(self.part, self.rosters, 0, self.part.days, self.stop))
        if master.large:
            self._first(master)
        settled = self._root(master)
        number = 0
        while not master.stopped() and not self._proven():
            self._dive(master, settled.solved, number)
            number += 1
        self.rounds = master.rounds

    def _first(self, master: Master) -> None:
        """A large program with one label a state, and a dive from it: near its end in a tenth of the time."""
        master.warm()
        master.stop = self._share(ROOT_SHARE)
        solved = master.settle(KEEP[:1]).solved
        master.stop = self.stop
        solved = self._light(master, solved)
        found = dive(master, solved, self._ceiling, Dive(), self.random)
        if found is not None:
            self.offer(found)

    def _root(self, master: Master) -> Settled:
        """The root, and its proof; of a large program not longer than for a share of the time left."""
        if master.large:
            master.stop = self._share(ROOT_SHARE)
        master.most = BEST
        settled = master.settle()
        self._judge(master, settled)
        master.stop = self.stop
        return settled

    def _share(self, share: float) -> Stop:
        """A stop for a share of the time left."""
        if self.stop.seconds is None:
            return self.stop
        return self.stop.within(share * self.stop.seconds_left)

    def _light(self, master: Master, solved: Solved) -> Solved:
        """The program with the columns nearest to worth taking, and from now on one of a pricing."""
        master.most = 1
        master.forget(solved.prices, LIGHT * (self.part.people + len(self.part.items)))
        return master.settle(KEEP[:1], AGAIN).solved

    def _judge(self, master: Master, settled: Settled) -> None:
        """What the settled root says of every roster."""
        if settled.dry:
            value = settled.solved.value
            self.estimate = math.ceil(self.part.base + value - 1e-4)
            if self.part.complete:
                least = value if settled.exact else master.proven(settled.solved.prices, PROOF)
                if math.isfinite(least):
                    self.bound = math.ceil(self.part.base + least - 1e-4)

    @property
    def _ceiling(self) -> float:
        """The program's value from which on rosters are no better than the incumbent."""
        return math.inf if self.points is None else self.points - self.part.base - 1 + 1e-3

    def _proven(self) -> bool:
        return self.bound is not None and self.points is not None and self.points <= self.bound

    def _dive(self, master: Master, root: Solved, number: int) -> None:
        ceiling = self._ceiling
        how = Dive() if number == 0 else Dive(noise=0.15 * (1 + number % 3), pace=0.06)
        solved = root
        if master.large:
            solved, how = self._light(master, root), replace(how, labels=KEEP[1])
        if number % 2 and self.points is not None:
            held = self.random.random(self.part.people) < 0.4
            master.fixed[held] = self.rosters[held]
            solved = master.settle((how.labels,), 3, ceiling).solved
        found = dive(master, solved, ceiling, how, self.random)
        master.fixed[:] = FREE
        if found is not None:
            self.offer(found)

    def offer(self, rosters: NDArray[np.int64]) -> bool:
        """Take rosters if they are better."""
        points = self.price(rosters)
        if points is None or (self.points is not None and points >= self.points):
            return False
        self.points, self.rosters = points, rosters.copy()
        self.stop.improved()
        if self._on_answer is not None:
            self._on_answer(self.part.answer(rosters), points)
        return True

    def price(self, rosters: NDArray[np.int64]) -> int | None:
        """Points of int64 [person, day] rosters; None where an item is overfull or a held day is not kept."""
        held = self.part.held
        if ((held != NONE) & (held != rosters)).any():
            return None
        counts = np.bincount(rosters[rosters >= 0], minlength=len(self.part.items))
        if any(n > len(item.slots) for n, item in zip(counts, self.part.items, strict=True)):
            return None
        for number, roster in enumerate(rosters):
            key = roster.tobytes()
            if self._own[number][0] != key:
                self._own[number] = key, evaluate(self.part, number, roster)
        own = sum(points for _, points in self._own)
        return own + self.part.fill(rosters) + self.part.base
