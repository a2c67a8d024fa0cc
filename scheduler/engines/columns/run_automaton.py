"""Run as an automaton: the run of days of work or off somebody is in, and what the next day costs."""

from dataclasses import dataclass

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.engines.columns.total_rows import NEVER
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.run import ENDLESS


@dataclass(frozen=True)
class RunAutomaton:
    """States are runs.

    following: int64 [run, 2], cost: float64 [run, 2]: next run and points, by a day off or of work
    on: int64 [run], 1 where the run is of work; start: the run before a window's first day
    """

    following: Ints
    cost: Floats
    on: Ints
    start: int

    def __len__(self) -> int:
        return len(self.following)

    def cost_of(self, worked: list[int]) -> Floats:
        """float64 [run]: points of the given days after each run; 1 is a day of work, 0 a day off."""
        total, run = np.zeros(len(self)), np.arange(len(self))
        for number, work in enumerate(worked):
            total += self.cost[run, work]
            run = self.following[run, work]
            if number >= len(self):
                break
        return np.minimum(total, NEVER)


def run_automaton(subproblem: Subproblem, person: int, first: int, roster: Ints) -> RunAutomaton:
    """A person's runs, the last of them the run before the horizon; `first`: a window's first day.

    roster: int64 [day], -1 off; only the days before `first` are looked at.
    """
    following, cost, on, _ = _runs(subproblem, person)
    start, following_start, cost_start = _before_horizon(subproblem, person)
    following, cost = np.vstack([following, following_start]), np.vstack([cost, cost_start])
    on = np.append(on, int(subproblem.lowered.run.past_on[person] > 0))
    for day in range(first):
        start = int(following[start, int(roster[day] != NONE)])
    return RunAutomaton(following, cost, on, start)


def _runs(subproblem: Subproblem, person: int) -> tuple[Ints, Floats, Ints, int]:
    """Next and cost [run, off/work], whether a run is of work, and the first run of work.

    Runs: off 1..least_off, on 1..n, on 1..n without a least (begun at the horizon's start).
    """
    run, hard = subproblem.lowered.run, subproblem.lowered.scale.hard
    least_on, least_off = int(run.least_on[person]), max(1, int(run.least_off[person]))
    endless = run.most_on[person] >= ENDLESS
    most = least_on if endless else max(int(run.most_on[person]) + 1, least_on)
    longest = max(1, most)
    count = least_off + 2 * longest
    step = np.zeros((count, 2), dtype=np.int64)
    cost = np.zeros((count, 2))
    over, under_on, under_off = (
        float(points[person]) for points in (run.over_on, run.under_on, run.under_off)
    )

    def on(length: int, owed: bool) -> int:
        return least_off + (0 if owed else longest) + min(length, longest) - 1

    def extra(length: int) -> float:
        return over if length > run.most_on[person] else 0.0

    for length in range(1, least_off + 1):
        step[length - 1] = min(length + 1, least_off) - 1, on(1, True)
        cost[length - 1] = 0, under_off * (least_off - length) + extra(1)
    for owed in (True, False):
        for length in range(1, longest + 1):
            state = on(length, owed)
            step[state] = 0, on(length + 1, owed)
            cost[state] = (
                under_on * max(0, least_on - length) if owed else 0,
                extra(length + 1),
            )
    cost[cost >= hard] = NEVER
    return step, cost, (np.arange(count) >= least_off).astype(np.int64), least_off


def _before_horizon(subproblem: Subproblem, person: int) -> tuple[int, Ints, Floats]:
    """The run before day 0, as one more run at the end of the table: (its index, next, cost)."""
    run, hard = subproblem.lowered.run, subproblem.lowered.scale.hard
    step, _, _, least_off = _runs(subproblem, person)
    longest = (len(step) - least_off) // 2
    past_on, past_off = int(run.past_on[person]), int(run.past_off[person])
    known, is_open = past_on + past_off > 0, bool(run.past_open[person])
    length_on = past_on + 1
    owes_off = known and not (past_off and is_open)
    owes_on = known and not (past_on and is_open)
    next_off = (min(past_off + 1, least_off) if owes_off else least_off) - 1
    next_on = least_off + (0 if owes_on else longest) + min(length_on, longest) - 1
    over = float(run.over_on[person]) * max(0, length_on - int(run.most_on[person]))
    both = np.array([0.0, over])
    both[both >= hard] = NEVER
    return len(step), np.array([next_off, next_on]), both
