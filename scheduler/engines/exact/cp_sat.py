"""One run of CP-SAT: its limits, a stop from outside, and a callback with each better solution."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar

from scheduler.stop import Stop

LOOK_SECONDS = 0.05
Value = Callable[[IntVar], int]


@dataclass(frozen=True)
class RunLimits:
    """When a run ends: seconds by the clock, CP-SAT's deterministic seconds, or when `stop` says so.

    first: seconds by which it must have a solution. soon: seconds by which its bound must be `least` or
    more. linear: CP-SAT's linearization_level; 2 proves more, 1 finds improvements sooner.
    """

    seconds: float = float("inf")
    deterministic: float = float("inf")
    stop: Stop | None = None
    workers: int = 1
    seed: int = 0
    first: float = float("inf")
    soon: float = float("inf")
    least: float = float("-inf")
    linear: int = 2


@dataclass(frozen=True)
class SolverRun:
    """How a run ended. `bound`: no solution's objective is lower; only for a model with an objective."""

    status: cp_model.CpSolverStatus
    solver: cp_model.CpSolver

    @property
    def has_solution(self) -> bool:
        """Whether any solution was found."""
        return self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    @property
    def optimal(self) -> bool:
        """Whether the solution is proven best."""
        return self.status == cp_model.OPTIMAL

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that there is no solution."""
        return self.status == cp_model.INFEASIBLE

    @property
    def ended(self) -> bool:
        """Whether the run ended by itself, before its limits."""
        return self.optimal or self.infeasible

    @property
    def bound(self) -> float:
        """No solution's objective is lower."""
        return self.solver.best_objective_bound


def run_cp_sat(
    cp: cp_model.CpModel, limits: RunLimits, on_solution: Callable[[Value], None] | None = None
) -> SolverRun:
    """Solve. Raises RuntimeError for a model that CP-SAT does not accept: a bug of the encodings."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.0, limits.seconds)
    solver.parameters.max_deterministic_time = limits.deterministic
    solver.parameters.random_seed = limits.seed
    solver.parameters.num_workers = limits.workers
    solver.parameters.linearization_level = limits.linear
    callback = _SolutionCallback(on_solution)
    if limits.soon < limits.seconds:
        solver.best_bound_callback = callback.on_bound
    with _StopWatcher(solver, limits, callback):
        status = solver.solve(cp, callback)
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(f"CP-SAT: {cp.validate()}")
    return SolverRun(status, solver)


class _SolutionCallback(cp_model.CpSolverSolutionCallback):
    def __init__(self, on_solution: Callable[[Value], None] | None):
        super().__init__()
        self._on_solution = on_solution
        self.called = False
        self.bound = 0.0  # costs are no less

    def on_bound(self, bound: float) -> None:
        """CP-SAT's own callback tells each better bound."""
        self.bound = bound

    def on_solution_callback(self) -> None:
        self.called = True
        if self._on_solution is not None:
            self._on_solution(self.value)


class _StopWatcher:
    """Ends a solve soon after its stop asks for it."""

    def __init__(self, solver: cp_model.CpSolver, limits: RunLimits, callback: _SolutionCallback):
        self._solver, self._limits, self._callback = solver, limits, callback
        self._clock = Stop()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._needed = limits.stop is not None or min(limits.first, limits.soon) < limits.seconds

    def __enter__(self) -> None:
        if self._needed:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._needed:
            self._thread.join()

    def _look(self) -> None:
        limits, stop = self._limits, self._limits.stop
        while not self._over.wait(LOOK_SECONDS):
            late = not self._callback.called and self._clock.elapsed > limits.first
            hopeless = self._callback.bound < limits.least and self._clock.elapsed > limits.soon
            if late or hopeless or (stop is not None and stop.reason() is not None):
                self._solver.stop_search()
