"""Solving: a level at a time, hard points first, each to proof; then the next with the last held."""

import math
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from scheduler.exact.costs import points
from scheduler.exact.model import Model, build
from scheduler.lowered import Lowered
from scheduler.lowered.answer import Answer
from scheduler.stop import Stop


@dataclass(frozen=True)
class Exact:
    """What CP-SAT found. `points` and `bound` in Lowered's points; no roster costs less than `bound`.

    optimal: the answer is proven best. feasible: an answer without proof. unknown: nothing found
    in time. Breaking a hard rule is a cost, so that no instance is infeasible.
    """

    status: Literal["optimal", "feasible", "unknown"]
    answer: Answer | None
    points: int | None
    bound: int


def solve_exact(lowered: Lowered, seconds: float, seed: int = 0, workers: int = 1) -> Exact:
    """The best roster of a small instance, with proof where the seconds are enough."""
    model = build(lowered)
    clock = Stop()
    levels: list[int] = []
    answer: Answer | None = None
    for number, level in enumerate(model.levels):
        model.cp.minimize(level)
        solver = _solver(max(0.0, seconds - clock.elapsed), seed, workers)
        status = _checked(solver, model.cp, cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
        if status != cp_model.UNKNOWN:
            answer = model.read(solver.value)
            found = tuple(solver.value(one) for one in model.levels)
            best = points(lowered.scale, found)
        if status != cp_model.OPTIMAL:
            low = max(0, math.ceil(solver.best_objective_bound - 1e-6))
            rest = [0] * (len(model.levels) - number - 1)
            low = 0 if status == cp_model.UNKNOWN else low
            bound = points(lowered.scale, (*levels, low, *rest))
            if answer is None:
                return Exact("unknown", None, None, bound)
            return Exact("feasible", answer, best, bound)
        levels.append(found[number])
        model.cp.add(level <= found[number])
        _hint(model, solver)
    return Exact("optimal", answer, best, best)


def price(model: Model, answer: Answer) -> int | None:
    """What an answer costs by this model, in Lowered's points; None where it is no solution."""
    pinned = model.fix(answer)
    pinned.minimize(sum(model.levels))
    solver = _solver(float("inf"), 0, 1)
    status = _checked(solver, pinned, cp_model.OPTIMAL, cp_model.INFEASIBLE)
    if status == cp_model.INFEASIBLE:
        return None
    return points(model.decisions.lowered.scale, tuple(solver.value(one) for one in model.levels))


def _solver(seconds: float, seed: int, workers: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    return solver


def _checked(
    solver: cp_model.CpSolver, cp: cp_model.CpModel, *expected: cp_model.CpSolverStatus
) -> cp_model.CpSolverStatus:
    """The status of a solve. Raises RuntimeError for any but the expected: a fault of the encodings."""
    status = solver.solve(cp)
    if status not in expected:
        raise RuntimeError(f"CP-SAT: {solver.status_name(status)} {cp.validate()}")
    return status


def _hint(model: Model, solver: cp_model.CpSolver) -> None:
    model.cp.clear_hints()
    for number in range(len(model.cp.proto.variables)):
        variable = model.cp.get_int_var_from_proto_index(number)
        model.cp.add_hint(variable, solver.value(variable))
