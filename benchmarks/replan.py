"""Re-planning measured: people disturbed and cost, against solving the changed week from scratch.

From scratch means: the changed week with its frozen part held, but without any price on what people
were told, and without their roster to start from. The cost of a roster leaves those prices out.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import geometric_mean, mean, median

from benchmarks.disruptions import Disruption, disruptions
from instances.generate import generate
from scheduler.checker import check
from scheduler.due import expand
from scheduler.model import Instance, Roster, RuleSetting, Score
from scheduler.solver import solve, versions, warm_up
from scheduler.stop import Stop
from scheduler.weeks.replan import apply, difference
from scheduler.weeks.replan.replan import search

PRICES = ("notified_person", "kept_time")
HEADER = (
    f"{'nr':>3} {'size':6}{'way':9}{'limit s':>8}{'took s':>8}{'hard':>6}{'medium':>8}{'soft':>9}"
    f"{'disturbed':>11}{'forced':>8}"
)


@dataclass(frozen=True)
class ScenarioResult:
    """One scenario solved one way. medium, soft: without what disturbance costs. disturbed: people
    whose work changes by choice; forced: people whose work changes only as it has to."""

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
) -> Iterator[ScenarioResult]:
    """Solve and publish the week `name`, then each scenario by re-planning and from scratch."""
    warm_up()
    instance = expand(generate(name, 1))
    published = solve(instance, Stop(seconds=publish_seconds), seed=1, cores=cores)
    for one in disruptions(instance, published, count):
        for seconds in replan_seconds:
            yield _replanned(instance, published, one, seconds, cores)
        for seconds in scratch_seconds:
            yield _from_scratch(instance, published, one, seconds, cores)


def _replanned(
    instance: Instance, published: Roster, one: Disruption, seconds: float, cores: int
) -> ScenarioResult:
    begin = time.monotonic()
    applied = apply(instance, published, one.changes)
    found = search(applied, published, Stop(seconds=seconds), seed=1, cores=cores)
    took = time.monotonic() - begin
    return _outcome(one, "replan", seconds, took, applied, published, found)


def _from_scratch(
    instance: Instance, published: Roster, one: Disruption, seconds: float, cores: int
) -> ScenarioResult:
    begin = time.monotonic()
    applied = apply(instance, published, one.changes)
    off = dict.fromkeys(PRICES, RuleSetting(on=False))
    settings = applied.instance.settings
    settings = settings.model_copy(update={"rules": settings.rules | off})
    free = applied.instance.changed(settings=settings)
    found = solve(free, Stop(seconds=seconds), seed=1, cores=cores)
    took = time.monotonic() - begin
    return _outcome(one, "scratch", seconds, took, applied, published, found)


def _outcome(one: Disruption, way: str, seconds: float, took: float, applied, published, found):
    told = difference(applied.instance, published, found, applied.fallen)
    report = check(applied.instance, found)
    own = sum((rule.score for rule in report.rules if rule.rule.rule.id not in PRICES), Score())
    broken = sum(rule.amount for rule in report.rules if rule.rule.rule.id == "frozen")
    return ScenarioResult(
        one.number,
        one.size,
        way,
        seconds,
        round(took, 2),
        *own.points,
        disturbed=len(told.moved),
        forced=len(told.forced),
        frozen_broken=broken,
    )


def line(one: ScenarioResult) -> str:
    """One row of the table under `HEADER`."""
    return (
        f"{one.number:>3} {one.size:6}{one.way:9}{one.seconds:>8g}{one.took:>8.1f}{one.hard:>6}"
        f"{one.medium:>8}{one.soft:>9}{one.disturbed:>11}{one.forced:>8}"
    )


def summary(found: list[ScenarioResult]) -> list[str]:
    """Every way of re-planning against the longest from scratch, by size and over all."""
    scratch = [one for one in found if one.way == "scratch"]
    if not scratch:
        return []
    longest = max(one.seconds for one in scratch)
    base = {one.number: one for one in scratch if one.seconds == longest}
    lines = [f"against {longest:g} s from scratch (means over the scenarios that both solved):"]
    ways = sorted({(one.way, one.seconds) for one in found} - {("scratch", longest)})
    for way, seconds in ways:
        own = [one for one in found if (one.way, one.seconds) == (way, seconds)]
        for size in (*dict.fromkeys(one.size for one in own), "all"):
            pairs = [
                (one, base[one.number])
                for one in own
                if size in (one.size, "all") and one.number in base
            ]
            if pairs:
                lines.append(f"  {way} {seconds:g} s, {size}: {_against(pairs)}")
    return lines


def _against(pairs: list[tuple[ScenarioResult, ScenarioResult]]) -> str:
    undone = 100 * (geometric_mean([one.medium / other.medium for one, other in pairs]) - 1)
    disturbed, others = (mean(pair[n].disturbed for pair in pairs) for n in (0, 1))
    broken = sum(one.frozen_broken > 0 or one.hard > 0 for one, _ in pairs)
    return (
        f"undone {undone:+.2f} %, disturbed {disturbed:.1f} people against {others:.1f}, took"
        f" {median(one.took for one, _ in pairs):.1f} s in the median, {broken} broken freezes or"
        f" hard rules, {len(pairs)} scenarios"
    )


def save(path: Path, found: list[ScenarioResult]) -> None:
    """Write everything measured, with versions, as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = {"versions": versions(), "outcomes": [asdict(one) for one in found]}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
