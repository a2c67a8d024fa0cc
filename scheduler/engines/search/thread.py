"""One thread of the search: a state, its scratch, the best state it has seen."""

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.search import anneal as kernel
from scheduler.engines.search import layout as at
from scheduler.engines.search.arena import Arena
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.plan import without
from scheduler.engines.search.whole import place_loose, resettle, respace, want_rests, whole_cost
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster, to_roster
from scheduler.model import Assignment, Roster

CONSTRUCTION_SAMPLES = 2_000
CONSTRUCTION_PASSES = 4
AWAY = 2**40
"""Ticks that put an option without a start behind every one that has it."""
SPREAD = 9.0
"""By trial: where moves rise more evenly than this, their mean alone tells how hot to begin."""


class Thread:
    """A state that starts empty. All methods leave it settled and priced."""

    def __init__(self, lowered: Lowered, arena: Arena, seed: int):
        self.lowered, self.arena = lowered, arena
        self.P, self.T = arena.P, arena.T
        self.S = arena.state()
        self.W = arena.scratch(seed)
        self.W[at.FOCUS] = seed * (self.P[at.FOCUS_SLOTS] // 2) % max(1, self.P[at.SLOTS])
        place_loose(self.P, self.S)
        whole_cost(self.P, self.T, self.S)
        self.best = self.S.copy()

    @property
    def cost(self) -> int:
        """Points of the best state."""
        return int(self.best[at.COST])

    def construct(self) -> None:
        """Insert every undone task greedily: what costs most to leave undone first, then the most constrained."""
        window, empty, fit = self.lowered.window, self.lowered.empty, self.lowered.fit
        task_of = np.array(self.lowered.index.task_of, dtype=np.int64)
        tasks = len(empty.least)
        worth = np.zeros(tasks, dtype=np.int64)
        np.add.at(worth, task_of, empty.cost)
        able = np.array([len(fit.able(slot)) for slot in range(len(fit.row))], dtype=np.int64)
        choices = np.full(tasks, np.iinfo(np.int64).max)
        np.minimum.at(choices, task_of, able)
        choices *= np.diff(window.first)
        order = np.lexsort((choices, -worth)).astype(np.int64)
        # What waits for another task finds its place once that has one.
        for _ in range(CONSTRUCTION_PASSES):
            args = self.P, self.T, self.S, self.W, order, CONSTRUCTION_SAMPLES
            if not kernel.construct(*args):
                break
        self._guard()
        self.keep()

    def keep(self) -> None:
        """Take the present state as the best where it is."""
        if self.S[at.COST] < self.best[at.COST]:
            self.best[:] = self.S

    def restart(self, best: NDArray[np.int64]) -> None:
        """Go on from another thread's best."""
        self.S[:] = best
        self.keep()

    def anneal(self, weights: NDArray[np.int64], steps: int, hot: float, cold: float) -> None:
        """Some moves at falling temperature (points)."""
        P, S, W = self.P, self.S, self.W
        order = self.in_order(S)
        respace(P, S, order, np.full(P[at.TASKS], at.UNKNOWN, dtype=np.int64))
        if P[at.ANY_WAITS]:  # who waits for whom goes by keys
            resettle(P, self.T, S, W, order)
            whole_cost(P, self.T, S)
        empty = self._refocus(np.flatnonzero(self._missed(S)))
        W[P[at.EMPTY_SLOTS] : P[at.EMPTY_SLOTS] + len(empty)] = empty
        W[at.EMPTIES] = len(empty)
        if not len(empty):
            weights = without(weights, "eject")
        kernel.anneal(P, self.T, S, W, self.best, weights, steps, hot, cold)
        self._guard()

    def _refocus(self, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        """Draw from other slots of a large week, half of them new; which of these are among them."""
        count, drawn = self.P[at.SLOTS], self.P[at.FOCUS_SLOTS]
        if drawn == count:
            return slots
        self.W[at.FOCUS] = (self.W[at.FOCUS] + drawn // 2) % count
        first = self.P[at.SLOT_ORDER]
        place = np.argsort(self.P[first : first + count])[slots]
        return slots[(place - self.W[at.FOCUS]) % count < drawn]

    def in_order(self, S: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64: the tasks that are done in a state, by their keys."""
        crews = self.arena.crews(S)
        done = np.flatnonzero(crews[:, at.CREW_FILLED] > 0)
        return done[np.argsort(crews[done, at.CREW_KEY], kind="stable")]

    def rise(self, weights: NDArray[np.int64], steps: int) -> float:
        """Mean rise of uphill moves from here, in points; 1 where there are none.

        At most `SPREAD` times what a tenth of them rise by: a heavy price on lateness or on the
        worst person lifts the mean by moves that nobody would take, and says nothing of those that
        matter later.
        """
        P, S, W = self.P, self.S, self.W
        rises = []
        for _ in range(steps):
            W[[at.UPHILL, at.RISE]] = 0
            kernel.anneal(P, self.T, S, W, self.best, weights, 1, 0.0, 0.0)
            if W[at.UPHILL]:
                rises.append(W[at.RISE])
        self._guard()
        if not rises:
            return 1.0
        return float(max(1.0, min(np.mean(rises), SPREAD * np.quantile(rises, 0.1))))

    def _guard(self) -> None:
        if self.W[at.BUG]:
            raise RuntimeError(f"kernel bug {self.W[at.BUG]}")

    @property
    def tried(self) -> int:
        """Moves tried so far."""
        return int(self.outcomes.sum())

    @property
    def outcomes(self) -> NDArray[np.int64]:
        """int64 [kind of move, OUTCOME_...]: how often each kind in `MOVES` ended in which way."""
        return self.arena.outcomes(self.W)[: len(MOVES)]

    @property
    def unassigned(self) -> int:
        """Empty slots in the best state that somebody misses."""
        return int(np.count_nonzero(self._missed(self.best)))

    def _missed(self, S: NDArray[np.int64]) -> NDArray[np.bool_]:
        """bool [slot]: empty, and somebody misses that."""
        empty = self.arena.stops(S)[:, at.STOP_PERSON] < 0
        return empty & (self.arena.slots[:, at.SLOT_EMPTY_POINTS] > 0)

    def load(self, start: Roster) -> bool:
        """Fill the empty state from a roster as far as it can stand: what is banned stays out.

        Of a roster that is worse than none, what breaks hard rules is struck too, the least important first.

        False for a roster whose points are beyond all that the search compares: it leaves the state empty.
        """
        index, window = self.lowered.index, self.lowered.window
        by_task: dict[int, list[Assignment]] = {}
        for job in start.assignments:
            if job.task in index.task and job.person in index.person and job.place in index.place:
                by_task.setdefault(index.task[job.task], []).append(job)
        starts = np.zeros(len(index.slots), dtype=np.int64)
        self.S[at.COST] = 0
        for task, jobs in sorted(
            by_task.items(), key=lambda pair: min(job.start for job in pair[1])
        ):
            first = index.slot_of[task]
            place = index.place[jobs[0].place]
            begin = min(job.start - index.slots[first + job.slot].after[0] for job in jobs)
            options = np.arange(window.first[task], window.first[task + 1])
            fits = options[
                (window.place[options] == place)
                & (window.day[options] == index.instance.horizon.day_of(begin))
            ]
            if not len(fits):
                continue
            early, late = begin - window.earliest[fits], begin - window.latest[fits]
            # Of options that hold the start, the one that opens last keeps it best.
            off = np.where((early >= 0) & (late <= 0), early, AWAY + np.maximum(-early, late))
            slots = np.array([first + job.slot for job in jobs], dtype=np.int64)
            people = np.array([index.person[job.person] for job in jobs], dtype=np.int64)
            starts[slots] = [job.start for job in jobs]
            kernel.place(
                self.P, self.T, self.S, self.W, task, fits[np.argmin(off)], begin, slots, people
            )
        without_rests = self.S.copy()
        want_rests(self.P, self.T, self.S, starts)
        if not resettle(self.P, self.T, self.S, self.W, self.in_order(self.S)):
            self.S[:] = without_rests
        cost = whole_cost(self.P, self.T, self.S)
        if cost >= at.TOP:
            self.S[:] = self.best
        elif cost > self.cost:
            # Else the best state would be the empty one, and all of the start lost for a part of it.
            self.strike()
        self._guard()
        self.keep()
        return cost < at.TOP

    def strike(self) -> None:
        """Empty each slot of the state that by itself breaks a hard limit, what is worth least first."""
        order = np.argsort(self.lowered.empty.cost, kind="stable").astype(np.int64)
        least = self.lowered.scale.hard // 2  # a hard point less, and a few others more
        kernel.strike(self.P, self.T, self.S, self.W, order, least)

    def dense(self) -> DenseRoster:
        """The best state as decisions."""
        return self._decisions(self.best)

    def present(self) -> DenseRoster:
        """The present state as decisions."""
        return self._decisions(self.S)

    def _decisions(self, S: NDArray[np.int64]) -> DenseRoster:
        crews, stops = self.arena.crews(S), self.arena.stops(S)
        return DenseRoster(
            option=tuple(
                np.where(crews[:, at.CREW_FILLED] > 0, crews[:, at.CREW_OPTION], NONE).tolist()
            ),
            person=tuple(stops[:, at.STOP_PERSON].tolist()),
            start=tuple(stops[:, at.STOP_START].tolist()),
        )

    def roster(self) -> Roster:
        """The best state as a roster, without score."""
        return to_roster(self.lowered, self.dense())
