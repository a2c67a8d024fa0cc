"""LinearProgram: a linear program whose bound is exact, whatever the solver's rounding.

Any multipliers of the rows give a bound (weak duality); the solver's are rounded to whole numbers,
and the bound they prove is computed in integers.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

PARTS = 2**16
"""Multipliers are whole numbers of this fraction."""
BIG = 2**40
"""Stands for no limit of a row on one side."""


@dataclass(frozen=True)
class LinearSolution:
    """What is known of a program's least cost.

    least: a whole number that every solution costs at least; multipliers: int64 [row], in PARTS, which
    prove it; values: float64 [column] of a cheapest solution, None where none was found in time
    """

    least: int
    multipliers: NDArray[np.int64]
    values: NDArray[np.float64] | None


class LinearProgram:
    """Least cost of columns ``0 <= x <= most`` under rows ``low <= a x <= high``; all whole numbers."""

    def __init__(self) -> None:
        self._most: list[int] = []
        self._low: list[int] = []
        self._high: list[int] = []
        self._entries: tuple[list[int], list[int], list[int]] = ([], [], [])
        self._solving: pywraplp.Solver | None = None
        self._interrupted = False

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self._most)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._low)

    @property
    def interrupted(self) -> bool:
        """Whether somebody waits for the end."""
        return self._interrupted

    def column(self, most: int = 1) -> int:
        """A new column."""
        self._most.append(most)
        return len(self._most) - 1

    def most(self, column: int) -> int:
        """The largest value of a column."""
        return self._most[column]

    def row(self, low: int, high: int, entries: list[tuple[int, int]]) -> int:
        """A new row of (column, factor)."""
        number = len(self._low)
        self._low.append(low)
        self._high.append(high)
        rows, columns, factors = self._entries
        for column, factor in entries:
            rows.append(number)
            columns.append(column)
            factors.append(factor)
        return number

    def loosen(self, row: int, by: int) -> None:
        """Raise the upper limit of a row."""
        self._high[row] += by

    def least(self, costs: NDArray[np.int64], seconds: float) -> LinearSolution | None:
        """What every solution costs at least. costs: int64 [column].

        seconds: of the solver; where they run out, multipliers that are there at once prove less. None
        where the solver says that there is no solution; that is no proof, because it rounds.
        """
        multipliers: NDArray[np.float64] | None = None
        values: NDArray[np.float64] | None = None
        if seconds > 0 and self.rows:
            solver = self._solving = self._solver(costs, seconds)
            status = pywraplp.Solver.NOT_SOLVED if self._interrupted else solver.Solve()
            self._solving = None
            if status == pywraplp.Solver.INFEASIBLE:
                return None
            if status == pywraplp.Solver.OPTIMAL:
                multipliers = np.array([row.dual_value() for row in solver.constraints()])
                values = np.array([column.solution_value() for column in solver.variables()])
        if multipliers is None:
            multipliers = self._covering(costs)
        whole = self._rounded(multipliers)
        return LinearSolution(math.ceil(self._proven(costs, whole) / PARTS), whole, values)

    def interrupt(self) -> None:
        """Let `least` end soon, in whichever thread it runs, now and from now on."""
        self._interrupted = True
        solver = self._solving
        if solver is not None:
            solver.InterruptSolve()

    def _solver(self, costs: NDArray[np.int64], seconds: float) -> pywraplp.Solver:
        """GLOP with the program."""
        solver = pywraplp.Solver.CreateSolver("GLOP")
        solver.SetTimeLimit(max(1, int(seconds * 1000)))
        infinity = solver.infinity()
        columns = [solver.NumVar(0, most, "") for most in self._most]
        rows = [
            solver.Constraint(-infinity if low <= -BIG else low, infinity if high >= BIG else high)
            for low, high in zip(self._low, self._high, strict=True)
        ]
        for row, column, factor in zip(*self._entries, strict=True):
            rows[row].SetCoefficient(columns[column], factor)
        objective = solver.Objective()
        for column in np.flatnonzero(costs).tolist():
            objective.SetCoefficient(columns[column], int(costs[column]))
        return solver

    def _covering(self, costs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Multipliers that are there at once: row by row, what makes its columns worth nothing more."""
        rows, columns, factors = self.arrays
        multipliers, reduced = np.zeros(self.rows), costs.astype(np.float64)
        cuts = np.searchsorted(rows, np.arange(self.rows + 1))
        for row, (first, end) in enumerate(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)):
            here, by = columns[first:end], factors[first:end]
            if self._high[row] >= BIG or not (reduced[here] < 0).any() or (by <= 0).any():
                continue
            multipliers[row] = float((reduced[here] / by).min())
            reduced[here] -= multipliers[row] * by
        return multipliers

    @property
    def limits(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """int64: the least and the most of each row, and the most of each column."""
        low, high, most = (
            np.array(limits, dtype=np.int64) for limits in (self._low, self._high, self._most)
        )
        return low, high, most

    @property
    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Row, column and factor of each entry."""
        rows, columns, factors = (np.array(entries, dtype=np.int64) for entries in self._entries)
        return rows, columns, factors

    def _rounded(self, multipliers: NDArray[np.float64]) -> NDArray[np.int64]:
        """Whole multipliers, none that would lean on a limit that a row has not."""
        whole = np.round(multipliers * PARTS).astype(np.int64)
        whole[(whole > 0) & (np.array(self._low, dtype=np.int64) <= -BIG)] = 0
        whole[(whole < 0) & (np.array(self._high, dtype=np.int64) >= BIG)] = 0
        return whole

    def _proven(self, costs: NDArray[np.int64], whole: NDArray[np.int64]) -> int:
        """The bound of these multipliers, in parts."""
        low, high, most = self.limits
        rows, columns, factors = self.arrays
        reduced = costs * PARTS
        np.subtract.at(reduced, columns, whole[rows] * factors)
        by_rows = np.where(whole > 0, low, high) * whole
        by_columns = np.minimum(reduced, 0) * most
        rows_bound: int = sum(by_rows[whole != 0].tolist())
        columns_bound: int = sum(by_columns.tolist())
        return rows_bound + columns_bound
