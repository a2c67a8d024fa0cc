"""Column generation: the program and its pricing in turn, until no roster would lower the value."""

import math
from dataclasses import dataclass

import numpy as np

from scheduler.engines.columns.arrays import Bools, Floats, Ints
from scheduler.engines.columns.labels import NEVER
from scheduler.engines.columns.network import PersonNetwork, build_network, whole_network
from scheduler.engines.columns.pricing import BEAM, BEST, LabelMemory, keeps, price_rosters
from scheduler.engines.columns.restricted_master import (
    MasterSolution,
    RestrictedMaster,
    RosterColumn,
)
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.stop import Stop

FREE = -2
"""A cell that is not fixed."""
EPSILON = 1e-6
TRACE = 1e-6
"""Shares below this are none."""
BROKEN = 0.9
"""Share of a person's artificial cost that a roster costs which breaks a hard rule."""
LARGE = 150
"""Rows of a program from which on its smoothed dual is solved first."""


@dataclass
class Convergence:
    """How settling ended. converged: pricing yields no further column; exact: and lost no labels."""

    solution: MasterSolution
    converged: bool
    exact: bool


class ColumnGeneration:
    """Days [first, end) of a subproblem; the other days are held as in `rosters`.

    base: points of all that is held, beside the program's value
    fixed: int64 [person, day], the item (-1: off) that a cell is fixed to, or FREE
    beam: states of a day that a pricing follows (see pricing.py)
    decided: int64, the items that it decides
    table: int64 [column, day], items or -1; owner: int64 [column], its person; points: float64 [column]
    most: columns that a pricing of one person adds at most; keeps: labels for each state, in turn
    rounds: pricing rounds so far, the steps of `stop`
    """

    def __init__(
        self,
        subproblem: Subproblem,
        rosters: Ints,
        first: int,
        end: int,
        stop: Stop,
        *,
        memory: LabelMemory | None = None,
    ):
        self.subproblem, self.first, self.end, self.stop = subproblem, first, end, stop
        self.people: list[PersonNetwork] = []
        for number in range(subproblem.people):
            stop.reason()  # whoever watches is told that it goes on
            if end - first == subproblem.days:
                self.people.append(whole_network(subproblem, number))
            else:
                self.people.append(build_network(subproblem, number, first, end, rosters[number]))
        window_items = range(subproblem.day_first[first], subproblem.day_first[end])
        items = np.array(
            [n for n in window_items if subproblem.items[n].owner == NONE], dtype=np.int64
        )
        margins = [abs(margin) for item in items for margin in subproblem.margins[item]]
        self._big = 30.0 * max(margins, default=1) + 1.0
        self.program = RestrictedMaster(subproblem, items, self._big)
        self.fixed = np.full((subproblem.people, end - first), FREE, dtype=np.int64)
        self._days = [
            np.repeat(np.arange(person.days), np.diff(person.choice_first[person.group_first]))
            for person in self.people
        ]
        self.table = np.zeros((0, end - first), dtype=np.int64)
        self.owner = np.zeros(0, dtype=np.int64)
        self.points = np.zeros(0)
        self.decided = items
        self._memory = LabelMemory() if memory is None else memory
        self.centre: Floats | None = None
        self.base: float = subproblem.program_base
        self.most, self.beam = BEST, BEAM
        self.keeps = keeps(end - first)
        self.rounds = 0

    def stopped(self) -> bool:
        """Whether it is time to end."""
        return self.stop.reason(self.rounds) is not None

    def add(self, columns: list[RosterColumn]) -> int:
        """Add columns; how many of them are new."""
        new = [column for column in columns if self.program.add(column)]
        if new:
            self.table = np.vstack([self.table, *(column.roster[None] for column in new)])
            self.owner = np.append(self.owner, [column.person for column in new])
            self.points = np.append(self.points, [column.points for column in new])
        return len(new)

    def add_rosters(self, rosters: Ints) -> float:
        """Add the rosters of the window as columns. Their value.

        A roster that breaks a hard rule, and so is no path, is a column at a share of the artificial cost.
        """
        before, value = self.fixed.copy(), self.program.filled(rosters)
        self.fixed[:] = rosters[:, self.first : self.end]
        none = np.zeros(len(self.subproblem.items))
        for number in range(len(self.people)):
            self.stop.reason()
            _, columns, _ = self.best(number, none, 1)
            broken = RosterColumn(number, self.fixed[number].copy(), BROKEN * self._big)
            self.add(columns or [broken])
            value += (columns or [broken])[0].points
        self.fixed = before
        return value

    def allowed(self) -> Bools:
        """bool [column]: whether it agrees with the fixed cells."""
        fixed = self.fixed[self.owner]
        agree: Bools = ((fixed == FREE) | (fixed == self.table)).all(axis=1)
        return agree

    def best(
        self,
        number: int,
        prices: Floats,
        keep: int,
        ceiling: float = math.inf,
        *,
        relax: bool = False,
    ) -> tuple[float, list[RosterColumn], int]:
        """A person's least points less prices, the rosters with least, and whether labels were lost.

        ceiling: only rosters below it are of interest; where there are none, it is given as the least.
        """
        person = self.people[number]
        fixed = self.fixed[number]
        masked = off = None
        if (fixed != FREE).any():
            fixed_cells = fixed[self._days[number]]
            masked = np.append((fixed_cells != FREE) & (fixed_cells != person.items[:-1]), False)
            off = np.where(fixed >= 0, NEVER, person.off)
        costs, paths, cut = price_rosters(
            person,
            prices,
            keep,
            relax=relax,
            memory=self._memory,
            masked=masked,
            off=off,
            ceiling=ceiling,
            widest=self.beam,
        )
        columns = []
        for cost, path in zip(costs[: self.most], paths[: self.most], strict=True):
            roster = person.items[path]
            points = round(cost + prices[roster[roster >= 0]].sum())
            columns.append(RosterColumn(number, roster, float(points)))
        return (float(costs[0]) if len(costs) else ceiling), columns, cut

    def least_reduced(self, prices: Floats) -> Floats:
        """float64 [person]: least points less prices of the person's columns, also the artificial one."""
        worth = np.append(prices, 0.0)
        reduced = self.points - worth[self.table].sum(axis=1)
        least = np.full(len(self.people), self.program.artificial_cost)
        allowed = self.allowed()
        np.minimum.at(least, self.owner[allowed], reduced[allowed])
        return least

    def price_all(
        self, prices: Floats, solution: MasterSolution, keep: int
    ) -> tuple[int, float, bool]:
        """One pricing round: number of new columns, a bound, and whether no label was lost for it."""
        self.rounds += 1
        least, exact = self.program.fill_bound(prices), True
        new: list[RosterColumn] = []
        ceilings = self.least_reduced(prices)
        done = (self.fixed != FREE).all(axis=1)
        for number in range(len(self.people)):
            if done[number] and ceilings[number] < self.program.artificial_cost:
                least += float(ceilings[number])
                continue
            if self.stop.reason() is not None:
                return self.add(new), -math.inf, False
            cost, columns, cut = self.best(number, prices, keep, float(ceilings[number]))
            least += min(cost, self.program.artificial_cost)
            exact &= not cut
            new += [column for column in columns if self._pays(column, solution)]
        return self.add(new), least, exact

    def proven(self, prices: Floats, keep: int) -> float:
        """A bound by proof: labels beyond `keep` are merged instead of lost; -inf where that fails."""
        least = self.program.fill_bound(prices)
        for number in range(len(self.people)):
            cost, _, cut = self.best(number, prices, keep, self.program.artificial_cost, relax=True)
            if cut == 2 or self.stopped():
                return -math.inf
            least += min(cost, self.program.artificial_cost)
        return least

    def _pays(self, column: RosterColumn, solution: MasterSolution) -> bool:
        worth = (
            solution.prices[column.roster[column.roster >= 0]].sum()
            + solution.person_prices[column.person]
        )
        return bool(column.points - worth < -EPSILON * (1 + abs(worth)))

    @property
    def rows(self) -> int:
        """Rows of the program."""
        return len(self.decided) + len(self.people)

    @property
    def large(self) -> bool:
        """Whether the smoothed dual is quicker than the program at first."""
        return self.rows >= LARGE

    def forget(self, prices: Floats, most: int, shares: Floats) -> None:
        """Keep the `most` columns of largest share, then those nearest to their person's best under these prices.

        Thousands may be equally near, and without those that have a share the program is worth little.
        """
        reduced = self.points - np.append(prices, 0.0)[self.table].sum(axis=1)
        above = reduced - self.least_reduced(prices)[self.owner]
        above = np.where(shares > TRACE, -shares, np.maximum(0.0, above))
        stays = np.zeros(len(above), dtype=np.bool_)
        stays[np.argsort(above, kind="stable")[:most]] = True
        self.keep(stays)
        self.centre = prices

    def keep(self, stays: Bools) -> None:
        """Forget the other columns: bool [column]."""
        self.program.keep(stays)
        self.table, self.owner = self.table[stays], self.owner[stays]
        self.points = self.points[stays]

    def columns(self) -> list[RosterColumn]:
        """The columns so far, for `take_back`."""
        return list(self.program.columns)

    def take_back(self, columns: list[RosterColumn]) -> None:
        """Go on with these columns alone."""
        self.keep(np.zeros(len(self.owner), dtype=np.bool_))
        self.add(columns)

    def settle(
        self, labels: tuple[int, ...] = (), rounds: int = 1 << 30, ceiling: float = math.inf
    ) -> Convergence:
        """Solve and price in turn until converged, out of rounds, or bounded above the ceiling.

        labels: for each state, level by level; as many as there are by default. Columns are priced between the centre (the prices
        of the best bound so far) and the program's prices: `alpha` is the centre's share, which rises
        while the bound does.
        """
        labels = labels or self.keeps
        self.program.open(self.allowed())
        solution = self.program.solve()
        centre, top, alpha, level = solution.prices, -math.inf, 0.8, 0
        if self.centre is not None:
            centre, self.centre = self.centre, None
        converged = exact = False
        while rounds > 0 and not self.stopped():
            rounds -= 1
            mixed = alpha * centre + (1 - alpha) * solution.prices
            new, least, whole = self.price_all(mixed, solution, labels[level])
            if least > top:
                top, centre, exact = least, mixed, whole
                alpha = min(0.9, alpha + 0.05) if alpha else 0.0
            else:
                alpha *= 0.7
            closed = solution.value - top < 0.01
            if top >= ceiling or (closed and (exact or level + 1 == len(labels))):
                converged = True
                break
            if closed:
                level += 1
                top = -math.inf
            elif new:
                solution = self.program.solve()
            elif alpha > 0.05:
                alpha *= 0.3
            elif alpha > 0:
                alpha = 0.0
            elif level + 1 < len(labels):
                level += 1
                top = -math.inf
            elif solution.artificial > EPSILON and self.program.artificial_cost < self._big * 1e3:
                self.program.raise_artificial_cost(self.program.artificial_cost * 10)
                solution, top = self.program.solve(), -math.inf
            else:
                converged = True
                break
        return Convergence(solution, converged, converged and exact)
