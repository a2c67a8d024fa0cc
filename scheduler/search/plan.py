"""When to be hot: a search's budget cut into coolings from fresh states and reheats from the best."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered import Lowered
from scheduler.search.anneal import MOVES

HOT, COLD, REHEAT = 0.15, 0.004, 0.025
"""Temperatures as shares of the mean rise of an uphill move."""
STEPS_PER_TASK = 200_000
"""Moves that one cooling is worth, for each task."""
ASSUMED_MOVES_PER_SECOND = 2_000_000
MOST_COOLINGS = 5


@dataclass(frozen=True)
class Phase:
    """From `begin` to `end` (shares of the budget) cool from `hot` to `cold` (shares of the rise)."""

    begin: float
    end: float
    hot: float
    cold: float

    def temperature(self, progress: float) -> float:
        """Share of the rise at some progress through the budget; geometric."""
        done = (progress - self.begin) / (self.end - self.begin)
        return self.hot * (self.cold / self.hot) ** min(max(done, 0.0), 1.0)


def phases(tasks: int, steps: int | None, seconds: float | None) -> list[Phase]:
    """Coolings for 70 % of the budget, two reheats for the rest.

    One cooling's luck is worth more than five times the time, so small instances get several.
    """
    budget = steps if steps is not None else (seconds or 60.0) * ASSUMED_MOVES_PER_SECOND
    coolings = int(np.clip(budget / (STEPS_PER_TASK * max(tasks, 1)), 1, MOST_COOLINGS))
    edges = [0.7 * number / coolings for number in range(coolings + 1)]
    plan = [Phase(begin, end, HOT, COLD) for begin, end in itertools.pairwise(edges)]
    return [*plan, Phase(0.7, 0.85, REHEAT, COLD), Phase(0.85, 1.0, REHEAT, COLD)]


def move_weights(lowered: Lowered) -> NDArray[np.int64]:
    """int64 [move], rising sums out of 2**20: only moves that the instance gives room for."""
    window = lowered.window
    several_options = bool((np.diff(window.first) > 1).any())
    several_days = lowered.day.ordinary.shape[1] > 1
    long_days = len(lowered.empty.least) > 2 * len(lowered.index.people)
    share = {
        "relocate": 50.0,
        "change_person": 12.0,
        "swap_persons": 12.0,
        "swap_tasks": 12.0,
        "change_option": 10.0 if several_options else 0.0,
        "swap_tails": 12.0 if long_days else 4.0,
        "swap_days": 4.0 if several_days else 0.0,
        "vacate": 1.0,
        "ruin": 0.2,
    }
    weights = np.array([share[move] for move in MOVES])
    return (np.cumsum(weights) / weights.sum() * (1 << 20)).astype(np.int64)
