"""LinearProgram: a linear program whose bound is exact, whatever the solver's rounding.

Any multipliers of the rows give a bound (weak duality); the solver's are rounded to whole numbers,
and the bound they prove is computed in integers.
"""

import math

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

PARTS = 2**16
"""Multipliers are whole numbers of this fraction."""
BIG = 2**40
"""Stands for no limit of a row on one side."""


class LinearProgram:
    """Least cost of columns ``0 <= x <= most`` under rows ``low <= a x <= high``; all whole numbers."""

    def __init__(self) -> None:
        self._most: list[int] = []
        self._low: list[int] = []
        self._high: list[int] = []
        self._entries: tuple[list[int], list[int], list[int]] = ([], [], [])

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self._most)

    def column(self, most: int = 1) -> int:
        """A new column."""
        self._most.append(most)
        return len(self._most) - 1

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

    def least(self, costs: NDArray[np.int64], seconds: float) -> int | None:
        """A whole number of points that every solution costs at least.

        seconds: of the solver. None where the solver says that there is no solution; that is no
        proof, because it rounds.
        """
        multipliers = self._multipliers(costs, seconds)
        return None if multipliers is None else math.ceil(self._proven(costs, multipliers) / PARTS)

    def _multipliers(self, costs: NDArray[np.int64], seconds: float) -> NDArray[np.float64] | None:
        nothing = np.zeros(len(self._low))
        if seconds <= 0 or not self._low:
            return nothing
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
        status = solver.Solve()
        if status == pywraplp.Solver.INFEASIBLE:
            return None
        if status != pywraplp.Solver.OPTIMAL:
            return nothing
        return np.array([row.dual_value() for row in rows])

    def _proven(self, costs: NDArray[np.int64], multipliers: NDArray[np.float64]) -> int:
        """The bound of these multipliers, in parts."""
        low, high = np.array(self._low), np.array(self._high)
        whole = np.round(multipliers * PARTS).astype(np.int64)
        whole[(whole > 0) & (low <= -BIG)] = 0
        whole[(whole < 0) & (high >= BIG)] = 0
        rows, columns, factors = (np.array(entries, dtype=np.int64) for entries in self._entries)
        reduced = costs * PARTS
        np.subtract.at(reduced, columns, whole[rows] * factors)
        by_rows = np.where(whole > 0, low, high) * whole
        by_columns = np.minimum(reduced, 0) * np.array(self._most, dtype=np.int64)
        rows_bound: int = sum(by_rows[whole != 0].tolist())
        columns_bound: int = sum(by_columns.tolist())
        return rows_bound + columns_bound
