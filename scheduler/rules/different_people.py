"""Nobody fills two slots of one task.

Unit: slots filled by somebody who fills another slot of the task already.
"""

from collections import Counter
from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import crews
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=crews,
    name=Text(zh="一人一岗", en="Different people"),
    text=Text(
        zh="{person} 在 {task} 中占了 {count} 个岗位名额",
        en="{person} fills {count} {count:slot|slots} of {task}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    counts = Counter(stop.person for stop in facts.by_task[key].values())
    for person, count in counts.items():
        if count > 1:
            yield Violation(count - 1, {"person": person, "task": key, "count": count})


def lower(into: Into) -> None:
    """Nothing: engines never fill two slots of a task with one person (see lowered/crew.py)."""
