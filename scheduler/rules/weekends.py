"""Nobody works on more weekends of the planning period than their limit.

Unit: weekends with work on Saturday, Sunday or both, beyond ``weekends``. Those of the period before the
horizon (history's ``period_weekends``) count, but what was too much then is not judged again. A Sunday on
which the horizon begins belongs to the weekend of the Saturday before: where that was worked, the
history has counted it.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.weekends import uncounted_weekends
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
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


def _bound(instance: Instance, person: str) -> int | None:
    limit, done = instance.limits(person).weekends, instance.past(person).period_weekends
    return None if limit is None else max(limit, done)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = _bound(facts.instance, key)
    if limit is None:
        return
    worked = facts.by_day[key]
    weekends = uncounted_weekends(facts.instance, key)
    count = facts.instance.past(key).period_weekends
    count += sum(any(day in worked for day in days) for days in weekends)
    if count > limit:
        yield Violation(count - limit, {"person": key, "count": count, "limit": limit})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit, weekends = (
            _bound(into.instance, record.id),
            uncounted_weekends(into.instance, record.id),
        )
        done = into.instance.past(record.id).period_weekends
        if limit is not None and done + len(weekends) > limit:
            pieces = [(1, limit, into.points())]
            into.total.add(person, into.total.STOPS, weekends, pieces, any_day=True, base=done)
