"""Nobody works on more weekends of the horizon than their limit.

Unit: weekends with work on Saturday, Sunday or both, beyond ``weekends``. By the calendar of the
settings, public holidays are of their week's weekend, and days that make up for them are not.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="weekend",
    scope="person",
    name=Text(zh="周末上班次数上限", en="Weekends"),
    text=Text(
        zh="{person} 在本周期有 {count} 个周末上班，最多 {limit} 个",
        en="{person} works on {count} {count:weekend|weekends} of the period; the most is {limit}",
    ),
    limits=(Limit("weekends", gives=1),),
    relax=Text(
        zh="让 {subject} 多上几个周末（现为 {limit}）",
        en="let {subject} work more weekends (now {limit})",
    ),
    remedy=Text(
        zh="{person} 多上 {count} 个周末",
        en="{person} works {count} {count:weekend|weekends} more",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).weekends
    if limit is None:
        return
    worked = facts.by_day[key]
    count = sum(any(day in worked for day in days) for days in facts.instance.weekends())
    if count > limit:
        yield Violation(count - limit, {"person": key, "count": count, "limit": limit})


def lower(into: Into) -> None:
    weekends = into.instance.weekends()
    for person, record in into.people():
        limit = into.instance.limits(record.id).weekends
        if limit is not None and len(weekends) > limit:
            pieces = [(1, limit, into.points())]
            into.total.add(person, into.total.STOPS, weekends, pieces, any_day=True)
