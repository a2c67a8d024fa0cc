"""Solving: level by level, hard points first; each proven minimum is a constraint of the next level.

At first hard rules are constraints, which makes the model a fraction of the one that prices them.
Only where it has no roster is the other solved.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from ortools.sat.python import cp_model

from scheduler.engines.exact.costs import points
from scheduler.engines.exact.cp_sat import RunLimits, SolverRun, Value, run_cp_sat
from scheduler.engines.exact.model import RosterModel, build_model
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import DenseRoster
from scheduler.stop import Stop

HOPE_SHARE, HOPE = 1 / 6, 0.5
"""Share of the seconds after which a bound that is not near enough to the start's points ends the proof; and how near."""

OnRoster = Callable[[DenseRoster, int], None]
"""Called with each better roster and its points."""


@dataclass(frozen=True)
class ExactResult:
    """The best roster of CP-SAT, its points, and a bound: no roster costs less. In Lowered's points.

    optimal: the roster is proven best. feasible: a roster without proof. unknown: no roster was
    found in time. Breaking a hard rule is a cost, so that no instance is infeasible.
    """

    status: Literal["optimal", "feasible", "unknown"]
    dense: DenseRoster | None
    points: int | None
    bound: int


def solve_exact(
    lowered: Lowered,
    seconds: float,
    seed: int = 0,
    workers: int = 1,
    *,
    stop: Stop | None = None,
    start: DenseRoster | None = None,
    known: int | None = None,
    on_roster: OnRoster | None = None,
) -> ExactResult:
    """The best roster of a small instance, with proof where the seconds are enough.

    seconds: by the clock. workers: threads. stop: ends it early, with the best so far and its bound.
    start: a roster to begin near. known: its points; a proof that makes no headway towards them soon ends.
    Raises RuntimeError for a bug of the encodings.
    """
    search = _LevelSearch(
        lowered, seconds, RunLimits(stop=stop, workers=workers, seed=seed), on_roster, known
    )
    clean = build_model(lowered, most=lowered.scale.hard - 1)
    if search.levels(clean, start, clean=True):
        return search.result()
    if not search.over and (known is None or known >= lowered.scale.hard):
        search.levels(build_model(lowered), start, clean=False)
    return search.result()


class _LevelSearch:
    def __init__(
        self,
        lowered: Lowered,
        seconds: float,
        limits: RunLimits,
        on_roster: OnRoster | None,
        known: int | None,
    ):
        self._scale = lowered.scale
        self._known = None if known is None else lowered.scale.score(known)
        self._seconds, self._limits, self._on_roster = seconds, limits, on_roster
        self._clock = Stop()
        self._dense: DenseRoster | None = None
        self._points: int | None = None
        self._bound = 0
        self._proven = False

    @property
    def over(self) -> bool:
        """Whether it is time to end."""
        stop = self._limits.stop
        asked = stop is not None and stop.reason() is not None
        return asked or self._clock.elapsed >= self._seconds

    def result(self) -> ExactResult:
        """The best roster with what was proven."""
        if self._dense is None:
            return ExactResult("unknown", None, None, self._bound)
        status: Literal["optimal", "feasible"] = "optimal" if self._proven else "feasible"
        return ExactResult(status, self._dense, self._points, self._bound)

    def levels(self, model: RosterModel, start: DenseRoster | None, *, clean: bool) -> bool:
        """Minimise level by level. False where `clean`, with hard rules kept, has no roster."""
        if start is not None:
            model.hint(start)
        optima: list[int] = []
        if clean:
            model.cp.add(model.levels[0] == 0)
            optima.append(0)
        for number in range(len(optima), len(model.levels)):
            if number < len(model.levels) - 1 and not model.decisions.costs.terms[number]:
                optima.append(0)
                continue
            model.cp.minimize(model.levels[number])
            result = run_cp_sat(
                model.cp, self._limited(optima, clean), lambda value: self._take(model, value)
            )
            if result.infeasible and not clean:
                raise RuntimeError("CP-SAT: a model without a roster, a bug of the encodings")
            if not result.optimal:
                self._raise_bound(optima, result)
                if clean:
                    self._bound = min(self._bound, self._scale.hard)
                return not clean or self._dense is not None
            best = result.solver.value(model.levels[number])
            optima.append(best)
            self._bound = points(self._scale, (*optima, *[0] * (len(model.levels) - len(optima))))
            model.cp.add(model.levels[number] <= best)
            _hint(model, result.solver)
        self._proven = True
        return True

    def _raise_bound(self, optima: list[int], result: SolverRun) -> None:
        """A level that was not solved to its end still has a bound."""
        if result.infeasible:
            self._bound = self._scale.hard
            return
        low = result.bound
        level = max(0, math.ceil(low - 1e-6)) if math.isfinite(low) else 0
        rest = [0] * (3 - len(optima) - 1)
        self._bound = max(self._bound, points(self._scale, (*optima, level, *rest)))

    def _limited(self, optima: list[int], clean: bool) -> RunLimits:
        seconds = self._seconds - self._clock.elapsed
        first = seconds / 2 if clean and self._dense is None else seconds
        limits = replace(self._limits, seconds=seconds, first=first)
        if self._known is None:
            return limits
        known = (self._known.hard, self._known.medium, self._known.soft)
        if list(known[: len(optima)]) != optima:
            return limits
        return replace(limits, soon=HOPE_SHARE * self._seconds, least=HOPE * known[len(optima)])

    def _take(self, model: RosterModel, value: Value) -> None:
        total = points(self._scale, tuple(value(level) for level in model.levels))
        if self._points is None or total < self._points:
            self._dense, self._points = model.read(value), total
            if self._on_roster is not None:
                self._on_roster(self._dense, total)


def price(model: RosterModel, dense: DenseRoster) -> int | None:
    """What a roster costs by this model, in Lowered's points; None where it is no solution."""
    pinned = model.fix(dense)
    pinned.minimize(sum(model.levels))
    result = run_cp_sat(pinned, RunLimits())
    if result.infeasible:
        return None
    if not result.optimal:
        raise RuntimeError("CP-SAT: a fixed model without an end")
    return points(
        model.decisions.lowered.scale, tuple(result.solver.value(level) for level in model.levels)
    )


def _hint(model: RosterModel, solver: cp_model.CpSolver) -> None:
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for number in range(len(model.cp.proto.variables)):
        variable = model.cp.get_int_var_from_proto_index(number)
        model.cp.add_hint(variable, solver.value(variable))
