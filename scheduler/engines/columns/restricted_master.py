"""The restricted master: a linear program over the columns so far, solved by GLOP.

Rows: for every item, the people in it are as many as its filled slots; for every person, the shares of
rosters add up to 1. Filled slots are variables of rising margin. An artificial column for each person,
no roster at all at a high cost, keeps the program feasible. Shares have no upper limit of their own: it
would take a part of the price that the person's row has.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.engines.columns.arrays import Bools, Floats, Ints
from scheduler.engines.columns.subproblem import Subproblem

STEP = 1e-7


class UnsolvedError(RuntimeError):
    """A linear program was not solved to optimality."""


@dataclass(frozen=True)
class RosterColumn:
    """A person's roster over the days of the program: int64 [day], item or -1, and its points."""

    person: int
    roster: Ints
    points: float


@dataclass(frozen=True)
class MasterSolution:
    """A primal and dual solution of the program.

    prices, person_prices: float64 [item] and [person], dual values of their rows
    shares: float64 [column]; artificial: sum of the artificial columns, people without a roster
    """

    value: float
    prices: Floats
    person_prices: Floats
    shares: Floats
    artificial: float


class RestrictedMaster:
    """The program over columns that are added, closed and opened again.

    margins: for each decided item, points of each further person in it, rising
    """

    def __init__(
        self,
        subproblem: Subproblem,
        items: Ints,
        artificial_cost: float,
    ):
        """items: int64, the decided items; artificial_cost: points of a person without a roster."""
        self.subproblem, self.items, self.artificial_cost = subproblem, items, artificial_cost
        self.columns: list[RosterColumn] = []
        self._row_of = {int(item): row for row, item in enumerate(items)}
        self.margins = [subproblem.margins[item] for item in items]
        self._flat = np.array(
            [margin for of_item in self.margins for margin in of_item], dtype=np.float64
        )
        sizes = [len(of_item) for of_item in self.margins]
        self._flat_item = np.repeat(items, sizes)
        self._keys: set[tuple[int, bytes]] = set()
        self._column_variables: list[pywraplp.Variable] = []
        self._solver: Any = None

    def _build(self) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        solver = self._solver
        self._item_rows = [solver.Constraint(0, 0) for _ in self.items]
        objective = solver.Objective()
        self._fill: list[pywraplp.Variable] = []
        for row, margins in zip(self._item_rows, self.margins, strict=True):
            for margin in sorted(set(margins)):
                filled = solver.NumVar(0, margins.count(margin), "")
                row.SetCoefficient(filled, -1)
                objective.SetCoefficient(filled, margin)
        self._person_rows = [solver.Constraint(1, 1) for _ in range(self.subproblem.people)]
        self._artificial = []
        for row in self._person_rows:
            variable = solver.NumVar(0, solver.infinity(), "")
            row.SetCoefficient(variable, 1)
            objective.SetCoefficient(variable, self.artificial_cost)
            self._artificial.append(variable)
        objective.SetMinimization()
        self._column_variables = []
        self._open = np.ones(0, dtype=np.bool_)
        self._closed = False

    def _pass_all_on(self) -> None:
        """Pass new columns on to GLOP; all of them where there is no program yet."""
        if self._solver is None:
            self._build()
        new = self.columns[len(self._column_variables) :]
        for column in new:
            self._pass_on(column)
        self._open = np.append(self._open, np.ones(len(new), dtype=np.bool_))

    def add(self, column: RosterColumn) -> bool:
        """Add a column; whether it is new."""
        key = column.person, column.roster.tobytes()
        if key in self._keys:
            return False
        self._keys.add(key)
        self.columns.append(column)
        return True

    def _pass_on(self, column: RosterColumn) -> None:
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._person_rows[column.person].SetCoefficient(variable, 1)
        for item in column.roster.tolist():
            if item in self._row_of:
                self._item_rows[self._row_of[item]].SetCoefficient(variable, 1)
        self._solver.Objective().SetCoefficient(variable, column.points)
        self._column_variables.append(variable)

    def open(self, allowed: Bools) -> None:
        """Let only some columns be taken: bool [column]."""
        self._pass_all_on()
        self._closed = bool((self._open & ~allowed).any())
        for number in np.flatnonzero(allowed != self._open):
            self._column_variables[number].SetUb(
                self._solver.infinity() if allowed[number] else 0.0
            )
        self._open = allowed.copy()

    def keep(self, stays: Bools) -> None:
        """Forget the other columns: bool [column]."""
        self.columns = [column for column, stay in zip(self.columns, stays, strict=True) if stay]
        self._keys = {(column.person, column.roster.tobytes()) for column in self.columns}
        self._solver = None

    def raise_artificial_cost(self, artificial_cost: float) -> None:
        """Let a person without a roster cost more."""
        self.artificial_cost = artificial_cost
        if self._solver is not None:
            for variable in self._artificial:
                self._solver.Objective().SetCoefficient(variable, artificial_cost)

    def solve(self) -> MasterSolution:
        """Solve. Raises UnsolvedError where GLOP fails twice, as it may with prices of very unlike size."""
        self._pass_all_on()
        parameters = pywraplp.MPSolverParameters()
        parameters.SetIntegerParam(parameters.INCREMENTALITY, parameters.INCREMENTALITY_ON)
        parameters.SetIntegerParam(parameters.PRESOLVE, parameters.PRESOLVE_OFF)
        algorithm = parameters.DUAL if self._closed else parameters.PRIMAL
        parameters.SetIntegerParam(parameters.LP_ALGORITHM, algorithm)
        self._closed = False
        status = self._solver.Solve(parameters)
        if status != pywraplp.Solver.OPTIMAL:
            self._rebuild()
            status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise UnsolvedError(f"GLOP ended with status {status}")
        prices = np.zeros(len(self.subproblem.items))
        prices[self.items] = [row.dual_value() for row in self._item_rows]
        return MasterSolution(
            value=self._solver.Objective().Value(),
            prices=prices,
            person_prices=np.array([row.dual_value() for row in self._person_rows]),
            shares=np.array([variable.solution_value() for variable in self._column_variables]),
            artificial=sum(variable.solution_value() for variable in self._artificial),
        )

    def _rebuild(self) -> None:
        allowed = self._open.copy()
        self._solver = None
        self.open(allowed)

    def fill_bound(self, prices: Floats) -> float:
        """Least points of the headcounts where each person in an item costs its price."""
        return float(np.minimum(0.0, self._flat + prices[self._flat_item]).sum())

    def filled(self, rosters: Ints) -> float:
        """Points of the headcounts of int64 [person, day] rosters."""
        counts = np.bincount(rosters[rosters >= 0], minlength=len(self.subproblem.items))
        return float(
            sum(
                sum(margins[: counts[item]])
                for item, margins in zip(self.items, self.margins, strict=True)
            )
        )
