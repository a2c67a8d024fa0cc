"""A private visit, or a visit of a private case, is done by people with clearance.

Unit: slots filled without clearance.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import private
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="隐私个案权限", en="Clearance"),
    text=Text(
        zh="{person} 没有接触隐私个案的权限，不能承担 {task}",
        en="{person} has no clearance for private cases such as {task}",
    ),
    fits=True,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    if not private(facts.instance, facts.instance.task_by_id[key]):
        return
    for stop in facts.by_task[key].values():
        if not facts.instance.person_by_id[stop.person].clearance:
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    uncleared = [person for person, record in into.people() if not record.clearance]
    for slot, task, _ in into.slots():
        if private(into.instance, task):
            into.forbid(slot, uncleared)
