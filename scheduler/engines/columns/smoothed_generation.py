"""Column generation by the smoothed dual: near the program's least value in tens of rounds of milliseconds.

Prices are those of the smoothed dual over the columns so far, mixed with those of the best bound (in-out
separation: Ben-Ameur & Neto 2007, 10.1002/net.20137). The temperature falls from round to round, and few
states of a day are followed while prices are far from the best.
"""

import math
from dataclasses import replace

import numpy as np

from scheduler.engines.columns.arrays import Floats
from scheduler.engines.columns.generation import ColumnGeneration
from scheduler.engines.columns.pricing import BEAM, NARROW
from scheduler.engines.columns.restricted_master import MasterSolution
from scheduler.engines.columns.smoothed_dual import SmoothedDual, headcounts
from scheduler.lowered.dense_roster import NONE

HOT, COLD, COOLING = 10.0, 0.1, 0.88
"""Grains of temperature, first and last, and its change from round to round."""
MIX = 0.5
"""Share of the prices of the best bound among those that people are priced by."""
SHARP, ROUGH = 1e-3, 0.04
"""Relative gaps at which a program is solved well enough, and below which pricing follows all its states."""
ROUNDS = 120
"""Most rounds of a program at first."""
WARM, FULL = 15, 3
"""Columns a person that are kept, beside three an item, and how many times that are too many."""
EVALUATIONS, MORE_EVALUATIONS = 60, 300
"""Evaluations of the smoothed dual in one solve, and in one whose shares are used."""
ROWS_EACH = 5
"""Rows of a program for which each solve at first has one evaluation, where that is more than `EVALUATIONS`."""


class SmoothedGeneration:
    """A program's columns and its prices, by its smoothed dual.

    prices: float64 [item], near the best ones; bound: of what is fixed, at `centre`; not proven where
    labels are cut
    """

    def __init__(self, master: ColumnGeneration):
        self.master = master
        self.prices: Floats = np.zeros(len(master.subproblem.items))
        self.centre: Floats | None = None
        self.bound = -math.inf
        self._temperature = HOT * master.subproblem.grain
        self._mix, self._evaluations = MIX, max(EVALUATIONS, master.rows // ROWS_EACH)
        self._coldest = COLD * master.subproblem.grain
        self._heads = headcounts(master.program.margins)
        self._row = np.full(len(self.prices) + 1, NONE, dtype=np.int64)
        self._row[master.decided] = np.arange(len(master.decided))

    def begin(self, prices: Floats, temperature: float) -> None:
        """Begin with known prices, float64 [item], at so many grains of temperature; not where any is nan."""
        decided = self.master.decided
        if not np.isnan(prices[decided]).any():
            self.prices[decided] = prices[decided]
            self._temperature = temperature * self.master.subproblem.grain

    def warm(self, cooling: float = COOLING, sharp: float = SHARP, rounds: int = ROUNDS) -> bool:
        """Price while it cools, until the gap to the bound is `sharp`; whether it came so far.

        It goes on where it was; the best columns are kept.
        """
        master, value, gap = self.master, math.inf, math.inf
        master.beam = NARROW
        while rounds > 0 and not master.stopped() and gap >= sharp:
            rounds -= 1
            smoothed = self._round(self._evaluations)
            value = min(value, smoothed.value)
            gap = (value - self.bound) / max(1.0, abs(master.base + value))
            master.beam = NARROW if gap > ROUGH else BEAM
            self._temperature = max(self._coldest, self._temperature * cooling)
            self.tidy()
        master.beam = BEAM
        self.tidy(0)
        return gap < sharp

    def settle(
        self, rounds: int, tight: float, ceiling: float = math.inf, enough: float = -math.inf
    ) -> None:
        """Price what is left free at the present temperature, until the gap to the bound is `tight`.

        Or until the bound is no less than `ceiling`, or the value no more than `enough`, for which it is
        solved as well as at first.
        """
        master, value = self.master, math.inf
        evaluations = EVALUATIONS if enough == -math.inf else self._evaluations
        self.bound = -math.inf
        while rounds > 0 and not master.stopped():
            rounds -= 1
            smoothed = self._round(evaluations)
            value = min(value, smoothed.value)
            if self.bound >= min(ceiling, value - tight) or value <= enough:
                break
        self.tidy()

    def shares(self) -> MasterSolution:
        """Shares of the columns near the program's best."""
        return self._solve(MORE_EVALUATIONS)

    def _round(self, evaluations: int) -> MasterSolution:
        smoothed = self._solve(evaluations)
        self.prices = at = smoothed.prices
        if self.centre is not None:
            at = self._mix * self.centre + (1 - self._mix) * self.prices
        new, least, _ = self.master.price_all(at, smoothed, 1)
        better = least > self.bound or self.centre is None
        if better:
            self.bound, self.centre = max(least, self.bound), at
        self._mix = MIX if new or better else 0.0  # else it would stand still
        return smoothed

    def _solve(self, evaluations: int) -> MasterSolution:
        """The smoothed solution over the columns that agree with the fixed cells; shares of all columns."""
        master = self.master
        allowed = np.flatnonzero(master.allowed())
        dual = SmoothedDual(
            self._heads,
            self._row[master.table[allowed]],
            master.owner[allowed],
            master.points[allowed],
            len(master.people),
        )
        solution = dual.solve(self.prices[master.decided], self._temperature, evaluations)
        prices, shares = self.prices.copy(), np.zeros(len(master.owner))
        prices[master.decided] = solution.prices
        shares[allowed] = solution.shares
        return replace(solution, prices=prices, shares=shares)

    def tidy(self, full: int = FULL) -> None:
        """Keep the best columns that agree with the fixed cells, where there are too many."""
        master = self.master
        most = WARM * len(master.people) + 3 * len(master.decided)
        if len(master.owner) > full * most:
            allowed = master.allowed()
            if not allowed.all():
                master.keep(allowed)
            shares = self._solve(EVALUATIONS).shares
            master.forget(self.prices if self.centre is None else self.centre, most, shares)
