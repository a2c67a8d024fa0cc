"""Solving the cases of a family, one process each so that memory and time are a case's own."""

import resource
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.families import FAMILIES, Case
from benchmarks.result import Result
from scheduler.checker import check
from scheduler.due import expand
from scheduler.model import Roster
from scheduler.solver import solve, warm_up
from scheduler.stop import Stop


def run(
    family: str, data: Path, only: str, seconds: float, seeds: int, cores: int, folder: Path | None
) -> Iterator[Result]:
    """Solve every case with seeds 1 to `seeds`; solutions are saved under `folder` where given."""
    for case in FAMILIES[family](data, only):
        for seed in range(1, seeds + 1):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                yield alone.submit(_solve, family, case, seed, seconds, cores, folder).result()


def _solve(
    family: str, case: Case, seed: int, seconds: float, cores: int, folder: Path | None
) -> Result:
    warm_up()
    instance = case.load()
    stop = Stop(seconds=seconds)
    firsts: list[float] = []

    def handed(roster: Roster) -> None:
        firsts.append(stop.elapsed)

    roster = solve(
        instance, stop, seed=seed, cores=cores, on_roster=handed, roster_seconds=float("inf")
    )
    report = check(expand(instance), roster)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        case.save(folder, instance, roster)
    assert roster.outcome is not None
    return Result(
        family=family,
        instance=case.name,
        seed=seed,
        seconds=seconds,
        cores=cores,
        cost=round(case.cost(report.score), 3),
        hard=report.score.hard,
        medium=report.score.medium,
        soft=report.score.soft,
        best_known=case.best_known,
        first=round(firsts[0], 2),
        steps=roster.outcome.steps,
        checked=report.feasible and report.score == roster.score,
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
