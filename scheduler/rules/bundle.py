"""Visits of one bundle are all done or none.

Unit: bundles of which a part is done. A visit is done when somebody comes.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="bundle",
    scope="bundle",
    name=Text(zh="成组走访", en="Bundle"),
    text=Text(
        zh="与 {task} 成组的 {limit} 项走访只完成了 {count} 项",
        en="Only {count} of the {limit} {limit:visit|visits} bundled with {task} {count:is|are} done",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    visits = [visit.id for visit in facts.instance.visits if visit.bundle == key]
    done = sum(bool(facts.by_task[visit]) for visit in visits)
    if 0 < done < len(visits):
        yield Violation(1, {"task": visits[0], "count": done, "limit": len(visits)})


def lower(into: Into) -> None:
    bundles: dict[str, list[int]] = {}
    for number, visit in into.visits():
        if visit.bundle is not None:
            bundles.setdefault(visit.bundle, []).append(number)
    for _, tasks in into.each(bundles):
        into.empty.bundle(tasks, into.points())
