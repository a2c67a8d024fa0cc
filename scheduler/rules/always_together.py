"""Two people who belong together are both on a visit or shift that takes several, or neither is.

Unit: tasks with two slots or more that only one of a pair works on, for each pair that goes together
always. A task with one slot is nobody's company: either may work on it.
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
    name=Text(zh="必须同班", en="Always together"),
    text=Text(
        zh="{person} 应与 {other} 同班，却单独被派往 {task}",
        en="{person} always works with {other}, but is sent to {task} without them",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    if len(facts.task_slots[key]) < 2:
        return
    people = {stop.person for stop in facts.by_task[key].values()}
    for pair in facts.instance.pairs:
        there = people.intersection(pair.people)
        if pair.together == "always" and len(there) == 1:
            (person,) = there
            (other,) = set(pair.people) - there
            yield Violation(1, {"person": person, "other": other, "task": key})


def lower(into: Into) -> None:
    pairs = [pair for pair in into.instance.pairs if pair.together == "always"]
    for task, record in into.tasks():
        for pair in pairs if len(into.slots_of(record.id)) > 1 else ():
            both = {into.index.person[person]: FOREVER for person in pair.people}
            into.mix.add(task, both, [0, into.points(), 0])
