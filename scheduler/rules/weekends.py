"""Nobody works on more weekends of the horizon than their limit.

Unit: weekends with work on Saturday, Sunday or both, beyond ``weekends``. Work that goes on past
midnight counts for either day: Friday's night shift is work on Saturday. A weekend that work before the
horizon reaches into counts, but that alone breaks no limit.
By the calendar of the settings, public holidays are of their week's weekend, and days that make up for
them are not.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
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


def _weekends(instance: Instance, person: str) -> tuple[int, list[list[int]]]:
    """(1 where work before the horizon reaches into its first weekend, days of each weekend but that)."""
    weekends, past = instance.weekends(), instance.past(person)
    reached = bool(weekends) and past.weekend_begun and not past.weekend_counted
    return int(reached), weekends[reached:]


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).weekends
    if limit is None:
        return
    worked, (reached, weekends) = facts.touched_days(key), _weekends(facts.instance, key)
    count = reached + sum(any(day in worked for day in days) for days in weekends)
    over = count - max(limit, reached)
    if over > 0:
        yield Violation(over, {"person": key, "count": count, "limit": limit})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).weekends
        reached, weekends = _weekends(into.instance, record.id)
        if limit is not None and reached + len(weekends) > max(limit, reached):
            pieces = [(1, max(limit, reached), into.points())]
            into.total.add(
                person,
                into.total.STOPS,
                weekends,
                pieces,
                any_day=True,
                base=reached,
                touching=True,
            )
