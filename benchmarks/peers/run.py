"""Lianxin and its peers on the same instances, one after the other, at equal time and cores."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from math import inf
from pathlib import Path

from benchmarks.compare import geometric_mean
from benchmarks.families import FAMILIES, BenchmarkCase
from benchmarks.families.case import file_stem
from benchmarks.frames import median_costs, solves
from benchmarks.peers import PEERS, Peer
from benchmarks.reduced import RoutingPart, by_shared_cost, expressible, shared_cost
from benchmarks.result import Result
from benchmarks.run import in_own_process, lianxin, processor_seconds, with_report
from scheduler.formats.json_file import write_roster
from scheduler.model import Instance, Outcome
from scheduler.stop import Stop

OURS = "lianxin"
HEADER = (
    f"{'instance':28} {'solver':15} {'seed':>4} {'hard':>6} {'medium':>8} {'soft':>10} "
    f"{'cost':>12} {'to ours':>8} {'seconds':>8} {'cpu':>8} {'checked':>7}"
)


@dataclass(frozen=True)
class SharedCase:
    """An instance as every solver gets it. left_out: reduced away; lacks: by peer, in the whole instance.

    solvers: those that can express what is left.
    """

    case: BenchmarkCase
    left_out: dict[str, int]
    lacks: dict[str, list[str]]
    solvers: list[str]


def tasks(family: str, data: Path, only: str, solver: str = "*") -> Iterator[SharedCase]:
    """The cases of a family, with those of the peers named so who can solve the reduced instance.

    Raises FileNotFoundError where the family's data is missing.
    """
    installed = [peer for peer in PEERS if peer.installed and fnmatch(peer.name, solver)]
    for case in FAMILIES[family](data, only):
        whole = case.load()
        reduced = _reduced(case, whole)
        able = [peer.name for peer in installed if not peer.supports(reduced.instance)]
        lacks = {peer.name: peer.supports(whole) for peer in installed}
        yield SharedCase(case, reduced.left_out, lacks, [OURS, *able])


def _reduced(case: BenchmarkCase, whole: Instance) -> RoutingPart:
    return RoutingPart(whole, {}) if case.reduced else expressible(whole)


def run(
    family: str, task: SharedCase, seconds: float, seeds: int, cores: int, folder: Path | None
) -> Iterator[Result]:
    """A result for each seed and solver; rosters are saved under `folder` where given."""
    for seed in range(1, seeds + 1):
        for solver in task.solvers:
            blank = Result(
                family=family,
                instance=task.case.name,
                seed=seed,
                seconds=seconds,
                cores=cores,
                solver=solver,
            )
            yield in_own_process(_solved_on_its_cores, blank, task.case, folder)


def _solved_on_its_cores(blank: Result, case: BenchmarkCase, folder: Path | None) -> Result:
    """In a process that may use no more cores than every other solver: the first of those that it was given."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: blank.cores])
    return _solved(blank, case, folder)


def _solved(blank: Result, case: BenchmarkCase, folder: Path | None) -> Result:
    instance = _reduced(case, case.load()).instance
    if blank.solver == OURS:
        result, roster = lianxin(blank, instance, shared_cost)
    else:
        peer = next(peer for peer in PEERS if peer.name == blank.solver)
        peer.prepare()
        watch, processor = Stop(), processor_seconds()
        roster = peer.solve(by_shared_cost(instance), blank.seconds, blank.seed, blank.cores)
        used, processor = round(watch.elapsed, 2), round(processor_seconds() - processor, 2)
        result = with_report(blank, instance, roster, shared_cost)
        outcome = roster.outcome or Outcome(status=result.status)
        result = replace(
            result,
            used=used,
            processor=processor,
            status=outcome.status,
            steps=outcome.steps,
            engine=f"{peer.name} {peer.version}",
        )
    if folder is not None:
        name = f"{file_stem(case.name)}-{blank.solver}-{blank.seed}.json"
        folder.mkdir(parents=True, exist_ok=True)
        write_roster(folder / name, roster)
    return result


def line(result: Result, ours: Result | None) -> str:
    """A solve in the columns of HEADER."""
    start = f"{result.instance:28} {result.solver:15} {result.seed:4}"
    if result.fault or result.cost is None:
        return f"{start} failed: {result.fault}"
    checked = "yes" if result.checked else "NO"
    share = ratio(result, ours)
    return (
        f"{start} {result.hard:6} {result.medium:8} {result.soft:10} {result.cost:12.0f} "
        f"{'' if share is None else f'{share:.4f}':>8} {result.used:8.1f} "
        f"{result.processor:8.1f} {checked:>7}"
    )


def ratio(result: Result, ours: Result | None) -> float | None:
    """Cost to ours of the same instance and seed; above 1 where we are better; None without either."""
    if ours is None or result.cost is None or not ours.cost:
        return None
    return result.cost / ours.cost


def summary(results: Iterable[Result]) -> Iterator[str]:
    """By peer: the geometric mean of the instances' ratios of medians, and who was better how often."""
    table = solves(results)
    costs = median_costs(table).unstack("solver")
    for solver in table["solver"][table["solver"] != OURS].unique():
        pairs = costs.reindex(columns=[OURS, solver]).dropna()
        ours, theirs = pairs[OURS], pairs[solver]
        ratios = (theirs / ours)[(ours > 0) & (theirs > 0) & (ours < inf) & (theirs < inf)]
        better, worse = (ours < theirs).sum(), (ours > theirs).sum()
        yield (
            f"{solver:15} costs {geometric_mean(ratios):.4f} times ours (geometric mean of "
            f"{len(ratios)}); we are better on {better}, level on {len(pairs) - better - worse}, "
            f"worse on {worse} of {len(pairs)}"
        )


def limits(shared: list[SharedCase]) -> Iterator[str]:
    """What was left out for all, what each peer lacks in the whole instances, and who is missing."""
    for task in shared:
        if task.left_out:
            parts = ", ".join(f"{count} {what}" for what, count in task.left_out.items())
            yield f"{task.case.name}: solved by everybody without {parts}"
    for task in shared:
        alike: dict[tuple[str, ...], list[str]] = {}
        for name, lacks in task.lacks.items():
            alike.setdefault(tuple(lacks), []).append(name)
        for lack, names in alike.items():
            if lack:
                yield f"{task.case.name}: {', '.join(names)} cannot express {'; '.join(lack)}"
        idle = [name for name in task.lacks if name not in task.solvers]
        if idle:
            yield f"{task.case.name}: {', '.join(idle)} did not run"
    for peer in PEERS:
        if peer.lack:
            yield f"{peer.name}: {peer.lack}"


def versions(peers: Iterable[Peer] = PEERS) -> dict[str, str]:
    """Of the installed peers' libraries."""
    return {peer.package: peer.version for peer in peers if peer.installed}
