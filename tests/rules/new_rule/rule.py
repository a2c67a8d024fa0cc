"""Nobody has more visits and shifts over the whole horizon than their limit.

Unit: visits and shifts beyond ``period_tasks``.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="task",
    scope="person",
    name=Text(zh="周期任务数上限", en="Most tasks of the period"),
    text=Text(
        zh="{person} 在本周期有 {count} 项任务，上限为 {limit} 项",
        en="{person} has {count} {count:task|tasks} in the period; the limit is {limit}",
    ),
    limits=(Limit("period_tasks", gives=1),),
    relax=Text(
        zh="让 {subject} 在本周期多承担几项（现为 {limit}）",
        en="let {subject} do more in the period (now {limit})",
    ),
    remedy=Text(
        zh="{person} 本周期多承担 {count} 项",
        en="{person} takes {count} more in the period",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).period_tasks
    count = sum(len(facts.stops(key, day)) for day in range(facts.horizon.days))
    if limit is not None and count > limit:
        yield Violation(count - limit, {"person": key, "count": count, "limit": limit})


def lower(into: Into) -> None:
    days = list(range(into.index.days))
    for person, record in into.people():
        limit = into.instance.limits(record.id).period_tasks
        if limit is not None:
            into.total.add(person, into.total.STOPS, [days], [(1, limit, into.points())])
