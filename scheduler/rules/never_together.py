"""Two people who must not work together are not both on one visit or shift.

Unit: tasks that both of a pair work on, for each pair that goes together never.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.lowered.mix import FOREVER
from scheduler.model import Level
from scheduler.rules.common.concerns import paired
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="task",
    scope="task",
    concerns=paired,
    name=Text(zh="不可同班", en="Never together"),
    text=Text(
        zh="{person} 和 {other} 不可同班，却都被派往 {task}",
        en="{person} and {other} never work together, but both are sent to {task}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    people = {stop.person for stop in facts.by_task[key].values()}
    for pair in facts.instance.pairs:
        if pair.together == "never" and people.issuperset(pair.people):
            first, second = pair.people
            yield Violation(1, {"person": first, "other": second, "task": key})


def lower(into: Into) -> None:
    pairs = [pair for pair in into.instance.pairs if pair.together == "never"]
    for task, record in into.tasks():
        for pair in pairs if len(into.slots_of(record.id)) > 1 else ():
            both = {into.index.person[person]: FOREVER for person in pair.people}
            into.mix.add(task, both, [0, 0, into.points()])
