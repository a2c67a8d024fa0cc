"""People under 18 take no part in counselling (when their day ends is said by evening_end).

Unit: slots filled by a minor. Source: common practice with student volunteers.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import counselling
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="未成年人回避咨询", en="No counselling by minors"),
    text=Text(
        zh="{person} 未满 18 周岁，不能参与咨询类工作 {task}",
        en="{person} is under 18 and takes no part in counselling such as {task}",
    ),
    fits=True,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    if not counselling(facts.instance, facts.instance.task_by_id[key]):
        return
    for stop in facts.by_task[key].values():
        if facts.instance.person_by_id[stop.person].minor:
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    minors = [person for person, record in into.people() if record.minor]
    for slot, task, _ in into.slots():
        if counselling(into.instance, task):
            into.forbid(slot, minors)
