"""Re-planning measured: people disturbed and cost, against solving the changed week from scratch.

From scratch means: the changed week with its frozen part held, but without any price on changing
what was published, and without the published roster to start from. The cost of a roster leaves those prices out.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import geometric_mean

import pandas as pd

from benchmarks.disruptions import Disruption, disruptions
from instances.generate import generate
from scheduler.checker import check
from scheduler.due import expand
from scheduler.model import Instance, Roster, RuleSetting, Score
from scheduler.solver import solve, versions, warm_up
from scheduler.stop import Stop
from scheduler.weeks.replan import ChangedWeek, apply, difference
from scheduler.weeks.replan.search import search

PRICES = ("notified_person", "kept_time", "new_work")
SCRATCH = "scratch"
HEADER = (
    f"{'nr':>3} {'size':6}{'way':9}{'limit s':>8}{'took s':>8}{'hard':>6}{'medium':>8}{'soft':>9}"
    f"{'disturbed':>11}{'forced':>8}"
)


@dataclass(frozen=True)
class ScenarioResult:
    """A scenario solved in some way.

    medium, soft: without what disturbance costs. disturbed: people whose work changes by choice;
    forced: people whose work changes only as it has to.
    """

    number: int
    size: str
    way: str
    seconds: float
    took: float
    hard: int
    medium: int
    soft: int
    disturbed: int
    forced: int
    frozen_broken: int


def measure(
    name: str,
    count: int,
    replan_seconds: tuple[float, ...],
    scratch_seconds: tuple[float, ...],
    publish_seconds: float,
    cores: int,
    bounds: tuple[int, ...] = (),
) -> Iterator[ScenarioResult]:
    """Solve and publish the week `name`, then each scenario by re-planning and from scratch.

    bounds: most people moved of further re-plans, each with every time limit of a re-plan.
    """
    warm_up()
    instance = expand(generate(name, 1))
    published = solve(instance, Stop(seconds=publish_seconds), seed=1, cores=cores)
    for scenario in disruptions(instance, published, count):
        for seconds in replan_seconds:
            for most in (*bounds, None):
                yield _replanned(instance, published, scenario, seconds, cores, most)
        for seconds in scratch_seconds:
            yield _from_scratch(instance, published, scenario, seconds, cores)


def _replanned(
    instance: Instance,
    published: Roster,
    scenario: Disruption,
    seconds: float,
    cores: int,
    most: int | None,
) -> ScenarioResult:
    begin = time.monotonic()
    applied = apply(instance, published, scenario.changes)
    roster = search(applied, Stop(seconds=seconds), most_moved=most, seed=1, cores=cores)
    took = time.monotonic() - begin
    way = "replan" if most is None else f"most {most}"
    return _result(scenario, way, seconds, took, applied, published, roster)


def _from_scratch(
    instance: Instance, published: Roster, scenario: Disruption, seconds: float, cores: int
) -> ScenarioResult:
    begin = time.monotonic()
    applied = apply(instance, published, scenario.changes)
    off = dict.fromkeys(PRICES, RuleSetting(on=False))
    settings = applied.instance.settings
    settings = settings.model_copy(update={"rules": settings.rules | off})
    free = applied.instance.changed(settings=settings)
    roster = solve(free, Stop(seconds=seconds), seed=1, cores=cores)
    took = time.monotonic() - begin
    return _result(scenario, SCRATCH, seconds, took, applied, published, roster)


def _result(
    scenario: Disruption,
    way: str,
    seconds: float,
    took: float,
    applied: ChangedWeek,
    published: Roster,
    roster: Roster,
) -> ScenarioResult:
    change = difference(applied.instance, published, roster, applied.fallen)
    report = check(applied.instance, roster)
    score = sum((rule.score for rule in report.rules if rule.rule.rule.id not in PRICES), Score())
    broken = sum(rule.amount for rule in report.rules if rule.rule.rule.id == "frozen")
    return ScenarioResult(
        scenario.number,
        scenario.size,
        way,
        seconds,
        round(took, 2),
        *score.points,
        disturbed=len(change.moved),
        forced=len(change.forced),
        frozen_broken=broken,
    )


def line(result: ScenarioResult) -> str:
    """A row of the table under `HEADER`."""
    return (
        f"{result.number:>3} {result.size:6}{result.way:9}{result.seconds:>8g}{result.took:>8.1f}"
        f"{result.hard:>6}{result.medium:>8}{result.soft:>9}{result.disturbed:>11}{result.forced:>8}"
    )


def summary(results: list[ScenarioResult]) -> list[str]:
    """Each time limit of each way against the longest solve from scratch, by size and over all."""
    if not any(result.way == SCRATCH for result in results):
        return []
    table = pd.DataFrame(results)
    longest = table.loc[table["way"] == SCRATCH, "seconds"].max()
    base = table[(table["way"] == SCRATCH) & (table["seconds"] == longest)]
    base = base.drop_duplicates("number", keep="last")
    lines = [f"against {longest:g} s from scratch (means over the scenarios that both solved):"]
    for (way, seconds), solved in table.groupby(["way", "seconds"]):
        if (way, seconds) == (SCRATCH, longest):
            continue
        pairs = solved.merge(base, on="number", suffixes=("", "_base"))
        for size, of_size in (*pairs.groupby("size", sort=False), ("all", pairs)):
            if len(of_size):
                lines.append(f"  {way} {seconds:g} s, {size}: {_against(of_size)}")
    return lines


def _against(pairs: pd.DataFrame) -> str:
    """A line about scenarios solved in two ways; the columns of the second end in _base."""
    undone = 100 * (geometric_mean(pairs["medium"] / pairs["medium_base"]) - 1)
    broken = ((pairs["frozen_broken"] > 0) | (pairs["hard"] > 0)).sum()
    return (
        f"undone {undone:+.2f} %, disturbed {pairs['disturbed'].mean():.1f} people against"
        f" {pairs['disturbed_base'].mean():.1f}, took {pairs['took'].median():.1f} s in the median,"
        f" {broken} broken freezes or hard rules, {len(pairs)} scenarios"
    )


def save(path: Path, results: list[ScenarioResult]) -> None:
    """Write everything measured, with versions, as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = {"versions": versions(), "outcomes": [asdict(result) for result in results]}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
