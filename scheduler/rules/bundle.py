"""Visits and shifts of one bundle are all done or none.

Unit: bundles of which a part is done. A task is done when somebody comes.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.tasks import tasks
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="bundle",
    scope="bundle",
    name=Text(zh="成组任务", en="Bundle"),
    text=Text(
        zh="与 {task} 成组的 {limit} 项任务只完成了 {count} 项",
        en="Only {count} of the {limit} {limit:task|tasks} bundled with {task} {count:is|are} done",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    bundled = [task.id for task in tasks(facts.instance) if task.bundle == key]
    done = sum(bool(facts.by_task[task]) for task in bundled)
    if 0 < done < len(bundled):
        yield Violation(1, {"task": bundled[0], "count": done, "limit": len(bundled)})


def lower(into: Into) -> None:
    bundles: dict[str, list[int]] = {}
    for number, task in into.tasks():
        if task.bundle is not None:
            bundles.setdefault(task.bundle, []).append(number)
    for _, bundled in into.each(bundles):
        into.empty.bundle(bundled, into.points())
