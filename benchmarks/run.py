"""Solving the cases of a family, each in a separate process, so that memory and time are measured for it alone."""

import os
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from benchmarks.families import FAMILIES, BenchmarkCase
from benchmarks.families.case import SolveWeek
from benchmarks.reduced import by_shared_cost, shared_cost
from benchmarks.result import Curve, Result, thinned
from scheduler.checker import check
from scheduler.due import expand
from scheduler.model import Instance, Outcome, Roster, Score
from scheduler.solver import Progress, solve, warm_up
from scheduler.stop import Stop

UNSEARCHED = ("compile", "construct")
"""Phases whose progress carries no score yet."""


def run(
    family: str, data: Path, only: str, seconds: float, seeds: int, cores: int, folder: Path | None
) -> Iterator[Result]:
    """Solve every case with seeds 1 to `seeds`. A solve that fails is a result with its fault.

    Solutions are saved under `folder` where given, in a folder for each seed where there are several.
    """
    for case in FAMILIES[family](data, only):
        for seed in range(1, seeds + 1):
            blank = Result(
                family=family,
                instance=case.name,
                seed=seed,
                seconds=seconds,
                cores=cores,
                best_known=case.best_known,
                mean_known=case.mean_known,
            )
            target = folder / f"seed-{seed}" if folder is not None and seeds > 1 else folder
            yield in_own_process(_solved, blank, case, target)


def in_own_process(work: Callable[..., Result], blank: Result, *arguments: object) -> Result:
    """The result of ``work(blank, *arguments)`` in a separate process; `blank` with the fault if it fails."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        try:
            return process.submit(work, blank, *arguments).result()
        except BrokenProcessPool:
            return replace(blank, fault="the process died (out of memory?)")
        except Exception as fault:
            return replace(blank, fault=f"{type(fault).__name__}: {fault}")


def _solved(blank: Result, case: BenchmarkCase, folder: Path | None) -> Result:
    instance = case.load()
    if case.by_week is None:
        result, roster = lianxin(blank, instance, case.cost)
    else:
        result, roster = _by_week(blank, instance, case.cost, case.by_week)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        case.save(folder, instance, roster)
    return result


def _by_week(
    blank: Result,
    instance: Instance,
    cost: Callable[[Score], float],
    by_week: Callable[[SolveWeek], Roster],
) -> tuple[Result, Roster]:
    """The result of an instance that is solved week by week, `blank.seconds` each, as one roster."""
    weeks: list[Result] = []

    def solve_week(week: Instance) -> Roster:
        result, roster = lianxin(blank, week, cost)
        weeks.append(result)
        return roster

    roster = by_week(solve_week)
    result = with_report(blank, instance, roster, cost)
    result = replace(
        result,
        status="infeasible" if result.hard else "feasible",
        engine="+".join(sorted({week.engine for week in weeks})),
        used=round(sum(week.used for week in weeks), 2),
        processor=round(sum(week.processor for week in weeks), 2),
        steps=sum(week.steps for week in weeks),
        checked=result.checked and all(week.checked for week in weeks),
    )
    return result, roster


def lianxin(
    blank: Result, instance: Instance, cost: Callable[[Score], float]
) -> tuple[Result, Roster]:
    """Our solver's result, by the limits that `blank` names, and its roster.

    Where solvers are compared by `shared_cost`, ours searches by it, too.
    """
    warm_up()
    asked = by_shared_cost(instance) if cost is shared_cost else instance
    processor = processor_seconds()
    stop = Stop(seconds=blank.seconds)
    watch = _Improvements(stop, cost)
    roster = solve(
        asked,
        stop,
        seed=blank.seed,
        cores=blank.cores,
        on_progress=watch.progress,
        on_roster=watch.roster,
        roster_seconds=float("inf"),
    )
    used, processor = round(stop.elapsed, 2), round(processor_seconds() - processor, 2)
    result = with_report(blank, instance, roster, cost)
    assert roster.outcome is not None
    if roster.score is not None:
        watch.see(roster.score)
    result = replace(
        result,
        status=roster.outcome.status,
        engine=roster.outcome.engine,
        bound=_bound(roster.outcome, cost),
        first=watch.first,
        used=used,
        processor=processor,
        steps=roster.outcome.steps,
        checked=result.checked and roster.score == check(expand(asked), roster).score,
        curve=thinned(watch.curve),
    )
    return result, roster


def with_report(
    blank: Result, instance: Instance, roster: Roster, cost: Callable[[Score], float]
) -> Result:
    """`blank` with the checker's figures of a roster of any solver."""
    report = check(expand(instance), roster)
    return replace(
        blank,
        cost=round(cost(report.score), 3),
        hard=report.score.hard,
        medium=report.score.medium,
        soft=report.score.soft,
        status="feasible" if report.feasible else "infeasible",
        checked=report.feasible,
        peak_megabytes=max(_peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)),
    )


def processor_seconds() -> float:
    """Of this process and the children that it has waited for, since they began."""
    return sum(os.times()[:4])


def _peak(of: int) -> int:
    return resource.getrusage(of).ru_maxrss // 1024


def _bound(outcome: Outcome, cost: Callable[[Score], float]) -> float | None:
    """The bound in the family's unit; None where it says no more than that a hard rule is broken."""
    if outcome.bound is None or outcome.bound.hard:
        return None
    return round(cost(outcome.bound), 3)


class _Improvements:
    """Keeps the improvements of a search, and when it first broke no hard rule."""

    def __init__(self, stop: Stop, cost: Callable[[Score], float]):
        self._stop = stop
        self._cost = cost
        self.first: float | None = None
        self.curve: Curve = []

    def progress(self, now: Progress) -> None:
        if now.phase not in UNSEARCHED:
            self.see(now.score)

    def roster(self, roster: Roster) -> None:
        if roster.score is not None:
            self.see(roster.score)

    def see(self, score: Score) -> None:
        """Note a score if it is a new best without hard breaches."""
        if score.hard:
            return
        seconds, cost = round(self._stop.elapsed, 2), round(self._cost(score), 3)
        if self.first is None:
            self.first = seconds
        if not self.curve or cost < self.curve[-1][1]:
            self.curve.append([seconds, cost])
