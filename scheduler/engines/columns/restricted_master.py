"""The linear program: one roster a person, headcounts paid by their margins. Solved by GLOP.

Rows: for every item, people in it less its filled slots is nothing; for every person, rosters add up
to one. Filled slots are variables of rising margin; an artificial column a person keeps it feasible.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.engines.columns.arrays import Bools, Floats, Ints
from scheduler.engines.columns.subproblem import Subproblem

STEP = 1e-7


class UnsolvedError(RuntimeError):
    """A linear program has no solution that could be trusted."""


@dataclass(frozen=True)
class RosterColumn:
    """A person's roster over the days of the program: int64 [day], item or -1, and its points."""

    person: int
    roster: Ints
    points: float


@dataclass(frozen=True)
class MasterSolution:
    """value: of the program; prices: float64 [item], points an item is worth; dues: [person]

    shares: float64 [column]; artificial: how many people have no roster
    """

    value: float
    prices: Floats
    dues: Floats
    shares: Floats
    artificial: float


class RestrictedMaster:
    """The program over columns that are added, closed and opened again.

    margins: of each item decided, points of one person more in it, and of the next, rising.
    """

    def __init__(
        self,
        subproblem: Subproblem,
        items: Ints,
        lack: float,
    ):
        """items: int64, those decided; lack: points of somebody without a roster."""
        self.subproblem, self.items, self.lack = subproblem, items, lack
        self.columns: list[RosterColumn] = []
        self._row_of = {int(item): row for row, item in enumerate(items)}
        self.margins = [subproblem.items[item].margin for item in items]
        self._flat = np.array(
            [margin for of_item in self.margins for margin in of_item], dtype=np.float64
        )
        sizes = [len(of_item) for of_item in self.margins]
        self._flat_item = np.repeat(items, sizes)
        self._known: set[tuple[int, bytes]] = set()
        self._taking: list[pywraplp.Variable] = []
        self._solver: Any = None

    def _build(self) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        solver = self._solver
        self._rows = [solver.Constraint(0, 0) for _ in self.items]
        objective = solver.Objective()
        self._fill: list[pywraplp.Variable] = []
        for row, margins in zip(self._rows, self.margins, strict=True):
            for margin in sorted(set(margins)):
                filled = solver.NumVar(0, margins.count(margin), "")
                row.SetCoefficient(filled, -1)
                objective.SetCoefficient(filled, margin)
        self._one = [solver.Constraint(1, 1) for _ in range(self.subproblem.people)]
        self._lacking = []
        for row in self._one:
            lacking = solver.NumVar(0, 1, "")
            row.SetCoefficient(lacking, 1)
            objective.SetCoefficient(lacking, self.lack)
            self._lacking.append(lacking)
        objective.SetMinimization()
        self._taking = []
        self._open = np.ones(0, dtype=np.bool_)
        self._closed = False

    def _put_all(self) -> None:
        """Hand the new columns to GLOP, and all where there is no program yet."""
        if self._solver is None:
            self._build()
        new = self.columns[len(self._taking) :]
        for column in new:
            self._put(column)
        self._open = np.append(self._open, np.ones(len(new), dtype=np.bool_))

    def add(self, column: RosterColumn) -> bool:
        """Whether it is new."""
        key = column.person, column.roster.tobytes()
        if key in self._known:
            return False
        self._known.add(key)
        self.columns.append(column)
        return True

    def _put(self, column: RosterColumn) -> None:
        taking = self._solver.NumVar(0, 1, "")
        self._one[column.person].SetCoefficient(taking, 1)
        for item in column.roster.tolist():
            if item in self._row_of:
                self._rows[self._row_of[item]].SetCoefficient(taking, 1)
        self._solver.Objective().SetCoefficient(taking, column.points)
        self._taking.append(taking)

    def open(self, allowed: Bools) -> None:
        """Let only some columns be taken: bool [column]."""
        self._put_all()
        self._closed = bool((self._open & ~allowed).any())
        for number in np.flatnonzero(allowed != self._open):
            self._taking[number].SetUb(1.0 if allowed[number] else 0.0)
        self._open = allowed.copy()

    def keep(self, stays: Bools) -> None:
        """Forget the other columns: bool [column]."""
        self.columns = [column for column, stay in zip(self.columns, stays, strict=True) if stay]
        self._known = {(column.person, column.roster.tobytes()) for column in self.columns}
        self._solver = None

    def raise_lack(self, lack: float) -> None:
        """Let the want of a roster cost more."""
        self.lack = lack
        if self._solver is not None:
            for lacking in self._lacking:
                self._solver.Objective().SetCoefficient(lacking, lack)

    def solve(self) -> MasterSolution:
        """Solve. Raises UnsolvedError where GLOP fails twice, as it may over prices of very unlike size."""
        self._put_all()
        parameters = pywraplp.MPSolverParameters()
        parameters.SetIntegerParam(parameters.INCREMENTALITY, parameters.INCREMENTALITY_ON)
        parameters.SetIntegerParam(parameters.PRESOLVE, parameters.PRESOLVE_OFF)
        way = parameters.DUAL if self._closed else parameters.PRIMAL
        parameters.SetIntegerParam(parameters.LP_ALGORITHM, way)
        self._closed = False
        status = self._solver.Solve(parameters)
        if status != pywraplp.Solver.OPTIMAL:
            self._build_again()
            status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise UnsolvedError(f"GLOP ended with status {status}")
        prices = np.zeros(len(self.subproblem.items))
        prices[self.items] = [row.dual_value() for row in self._rows]
        return MasterSolution(
            value=self._solver.Objective().Value(),
            prices=prices,
            dues=np.array([row.dual_value() for row in self._one]),
            shares=np.array([variable.solution_value() for variable in self._taking]),
            artificial=sum(variable.solution_value() for variable in self._lacking),
        )

    def _build_again(self) -> None:
        allowed = self._open.copy()
        self._solver = None
        self.open(allowed)

    def fill_bound(self, prices: Floats) -> float:
        """Least of the headcounts' points where each person in an item costs its price."""
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
