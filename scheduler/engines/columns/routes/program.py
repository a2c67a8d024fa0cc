"""The program of a part: which routes are taken, so that no visit is done twice and nobody has two days in one.

A linear program over the routes so far, solved by GLOP; and the best choice among them, by SCIP. A visit that
is never left undone has a price that nothing tells: somebody's day may be worth all of it. So each visit
counts little at first, and twice as much as long as the program leaves it undone for that.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.engines.columns.arrays import Floats
from scheduler.engines.columns.routes.pricing import Route, timed
from scheduler.engines.columns.routes.problem import RoutePart
from scheduler.lowered import Lowered

WORTH = 1000
"""Soft points that a medium point stands for, and medium ones that a hard one does, at most."""
BEGIN = 2
"""A visit counts as much at first as so many of the cheapest to leave undone, at most."""
SURE, HALF = 1e-6, 0.5


@dataclass(frozen=True)
class _Column:
    """A route of a tour; its tasks, as numbers of the part's; its points; its share in the program."""

    tour: int
    route: Route
    tasks: list[int]
    points: float
    share: Any


class RouteProgram:
    """prices, day_prices: float64 [task of the part] and [tour]: of the last solution. value: its cost."""

    def __init__(self, lowered: Lowered, part: RoutePart):
        self.part, self._lowered = part, lowered
        cost = lowered.empty.cost[part.tasks]
        self.prize: Floats = np.array([self._points(int(points)) for points in cost])
        least = self.prize[self.prize > 0].min(initial=np.inf)
        self.counted: Floats = np.minimum(self.prize, BEGIN * least)
        self._known: set[tuple[int, Route]] = set()
        self._columns: list[_Column] = []
        solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._solver = solver
        self._visits = [solver.Constraint(-solver.infinity(), 1) for _ in part.tasks]
        self._days = [solver.Constraint(-solver.infinity(), 1) for _ in part.tours]
        self._objective = solver.Objective()
        self._objective.SetMaximization()
        self._parameters = pywraplp.MPSolverParameters()
        for parameter, value in (
            (self._parameters.INCREMENTALITY, self._parameters.INCREMENTALITY_ON),
            (self._parameters.PRESOLVE, self._parameters.PRESOLVE_OFF),
            (self._parameters.LP_ALGORITHM, self._parameters.PRIMAL),
        ):
            self._parameters.SetIntegerParam(parameter, value)
        self.prices = np.zeros(len(part.tasks))
        self.day_prices = np.zeros(len(part.tours))

    def _points(self, points: int) -> float:
        """Points of Lowered's scale on one of the program's own, whose levels are nearer to each other."""
        scale = self._lowered.scale
        hard, rest = divmod(points, scale.hard)
        medium, soft = divmod(rest, scale.medium)
        return float((hard * WORTH + medium) * min(WORTH, scale.medium) + soft)

    def fit(self, tour: int) -> Floats:
        """float64 [node]: points of the person there, on the program's scale."""
        kinds, number = np.unique(self.part.tours[tour].fit, return_inverse=True)
        return np.array([self._points(int(points)) for points in kinds])[number]

    def add(self, tour: int, route: Route) -> bool:
        """Add a route; whether it is new, and in time."""
        if not route or (tour, route) in self._known:
            return False
        known = timed(self.part.tours[tour], route)
        if known is None:
            return False
        self._known.add((tour, route))
        tasks = np.searchsorted(self.part.tasks, self.part.tours[tour].task[list(route)]).tolist()
        share = self._solver.NumVar(0, self._solver.infinity(), "")
        for task in tasks:
            self._visits[task].SetCoefficient(share, 1)
        self._days[tour].SetCoefficient(share, 1)
        column = _Column(tour, route, tasks, self._points(known[1]), share)
        self._objective.SetCoefficient(share, self._gain(column, self.counted))
        self._columns.append(column)
        return True

    @staticmethod
    def _gain(column: _Column, counted: Floats) -> float:
        return float(counted[column.tasks].sum()) - column.points

    def solve(self) -> bool:
        """Solve, with visits counted for what they need; whether that was possible."""
        while True:
            if self._solver.Solve(self._parameters) != pywraplp.Solver.OPTIMAL:
                return False
            if not self._count_more():
                break
        self.prices = np.array([row.dual_value() for row in self._visits])
        self.day_prices = np.array([row.dual_value() for row in self._days])
        return True

    def _count_more(self) -> bool:
        """Let what is undone, and costs more than it counts, count twice as much; whether there is any."""
        done = np.zeros(len(self.part.tasks))
        for column in self._columns:
            if (share := column.share.solution_value()) > 0:
                done[column.tasks] += share
        more = (done < 1 - SURE) & (self.counted < self.prize)
        if not more.any():
            return False
        self.counted = np.where(more, np.minimum(self.prize, 2 * self.counted), self.counted)
        for column in self._columns:
            if more[column.tasks].any():
                self._objective.SetCoefficient(column.share, self._gain(column, self.counted))
        return True

    def choose(self, seconds: float) -> dict[int, Route]:
        """The routes that together cost least, as far as the time allows: by tour."""
        solver: Any = pywraplp.Solver.CreateSolver("SCIP")
        visits = [solver.Constraint(-solver.infinity(), 1) for _ in self.part.tasks]
        days = [solver.Constraint(-solver.infinity(), 1) for _ in self.part.tours]
        objective = solver.Objective()
        objective.SetMaximization()
        taken = []
        for column in self._columns:
            variable = solver.BoolVar("")
            for task in column.tasks:
                visits[task].SetCoefficient(variable, 1)
            days[column.tour].SetCoefficient(variable, 1)
            objective.SetCoefficient(variable, self._gain(column, self.prize))
            taken.append(variable)
        solver.SetTimeLimit(max(1, int(1000 * seconds)))
        if solver.Solve() not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return {}
        return {
            column.tour: column.route
            for column, variable in zip(self._columns, taken, strict=True)
            if variable.solution_value() > HALF
        }
