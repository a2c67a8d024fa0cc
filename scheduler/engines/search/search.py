"""The local search: construct, then anneal by plan, on one or more threads, until told to stop."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from scheduler.engines.search import layout as at
from scheduler.engines.search.pack import pack
from scheduler.engines.search.plan import WARM, cooling_schedule, move_weights
from scheduler.engines.search.thread import Thread
from scheduler.lowered import Lowered
from scheduler.model import Roster
from scheduler.stop import Reason, Stop

STEPS_FIRST = 2_000
SLICE_SECONDS = 0.04
COMPLETING_SHARE = 0.03
"""Share of the budget after which work still undone counts as work that somebody must choose from."""


@dataclass(frozen=True)
class Slice:
    """Where a slice of annealing ends: points of the best state, empty slots, moves tried."""

    cost: int
    unassigned: int
    steps: int
    improved: bool


class Annealing:
    """Several threads over one packed instance. Same seed, cores and step limit: same roster.

    earlier: moves that were tried before, which count towards a limit of steps
    """

    def __init__(self, lowered: Lowered, seed: int, cores: int, earlier: int = 0):
        self.lowered, self._earlier = lowered, earlier
        self.arena = pack(lowered)
        self.threads = [Thread(lowered, self.arena, seed * 1_000 + core) for core in range(cores)]
        self.weights = move_weights(lowered)

    def construct(self, start: Roster | None) -> bool:
        """A first roster: the given one completed, or a greedy one. False where it cannot compare the given one."""
        first = self.threads[0]
        fits = start is None or first.load(start)
        first.construct()
        for other in self.threads[1:]:
            other.restart(first.best)
        return fits

    def adopt(self, start: Roster) -> None:
        """Take up another engine's roster where it is better."""
        first = Thread(self.lowered, self.arena, 0)
        first.load(start)
        if first.cost < self.best.cost:
            for thread in self.threads:
                thread.restart(first.best)

    @property
    def best(self) -> Thread:
        """The thread with the best state."""
        return min(self.threads, key=lambda thread: thread.cost)

    @property
    def steps(self) -> int:
        """Moves tried, by all threads and earlier."""
        return self._earlier + sum(thread.tried for thread in self.threads)

    def run(self, stop: Stop, tell: Callable[[Slice], None], warm: bool = False) -> Reason:
        """Anneal until `stop` says so; why it did. warm: stay near the constructed roster, reheats only."""
        rise = self.threads[0].rise(self.weights, 2 * STEPS_FIRST)
        self._complete(stop, WARM * rise)
        undone = self.lowered.scale.medium if self._undone else 0
        tasks = len(self.lowered.empty.least)
        plan = cooling_schedule(
            tasks, stop.steps, stop.seconds, rise, undone, choosing=self._choosing, warm=warm
        )
        current = None
        slice_steps = STEPS_FIRST
        last = self.best.cost
        with ThreadPoolExecutor(len(self.threads)) as pool:
            while (reason := stop.reason(self.steps)) is None:
                progress = self._progress(stop)
                cooling = next((cooling for cooling in plan if progress < cooling.end), plan[-1])
                if cooling is not current:
                    current = cooling
                    if cooling.from_best:
                        self._enter()
                hot = cooling.temperature(progress)
                begin = stop.elapsed
                steps = slice_steps
                if stop.steps is not None:
                    left = (stop.steps - self.steps) // len(self.threads)
                    steps = max(1, min(10 * STEPS_FIRST, left))
                list(
                    pool.map(
                        lambda thread, n=steps, t=hot: thread.anneal(self.weights, n, t, t),
                        self.threads,
                    )
                )
                self._follow()
                spent = max(stop.elapsed - begin, 1e-4)
                slice_steps = int(np.clip(steps * SLICE_SECONDS / spent, 200, 2_000_000))
                best = self.best
                if best.cost < last:
                    stop.improved()
                tell(Slice(best.cost, best.unassigned, self.steps, best.cost < last))
                last = best.cost
        return reason

    def _complete(self, stop: Stop, temperature: float) -> None:
        """A short search where some work is undone: a greedy roster leaves undone what a few moves find room for."""
        while self._undone or self._choosing:
            if self._progress(stop) > COMPLETING_SHARE or stop.reason(self.steps) is not None:
                return
            left = STEPS_FIRST if stop.steps is None else stop.steps - self.steps
            self.threads[0].anneal(self.weights, min(STEPS_FIRST, left), temperature, temperature)

    @property
    def _undone(self) -> bool:
        """Whether the best costs medium points."""
        return self.best.cost % self.lowered.scale.hard >= self.lowered.scale.medium

    @property
    def _choosing(self) -> bool:
        """Whether the best breaks no hard rule, and leaves undone what costs points of any level."""
        return self.best.unassigned > 0 and self.best.cost < self.lowered.scale.hard

    def _enter(self) -> None:
        """Every second thread goes on from the best of all, the others from their own."""
        best = self.best
        for number, thread in enumerate(self.threads):
            thread.restart(best.best if number % 2 == 0 else thread.best)

    def _follow(self) -> None:
        """All threads go on from where the best of them stands now."""
        ahead = min(self.threads, key=lambda thread: int(thread.S[at.COST]))
        for thread in self.threads:
            if thread is not ahead:
                thread.S[:] = ahead.S
                thread.keep()

    def _progress(self, stop: Stop) -> float:
        if stop.seconds is None and stop.steps is None:
            # No end is known: cycles of doubling length, each run through the whole plan.
            cycle, done = 2_000_000.0, float(self.steps)
            while done >= cycle:
                done -= cycle
                cycle *= 2
            return done / cycle
        return 1 - stop.left(self.steps)
