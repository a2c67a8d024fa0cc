"""Every calendar week has its days of rest: nobody works on more days of it than their limit.

Unit: days with work beyond ``weekly_days`` in each calendar week; a week that the horizon cuts short
is counted by its days inside and what its first week holds already (history's ``week``). What was
too much before the horizon was counted there. Source: Labour Law art. 38 (at least one day of rest a week).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="day",
    scope="person",
    name=Text(zh="每周休息日", en="Rest day of the week"),
    text=Text(
        zh="{person} 在 {day} 起的一周工作 {count} 天，最多 {limit} 天",
        en="{person} works on {count} {count:day|days} of the week from {day}; the most is {limit}",
    ),
    limits=(Limit("weekly_days", gives=1, used=lambda past: past.week.days),),
    relax=Text(
        zh="让 {subject} 本周多上几天（现为 {limit}）",
        en="let {subject} work more days in the week (now {limit})",
    ),
    remedy=Text(
        zh="{person} 本周多上 {count} 天",
        en="{person} works {count} {count:day|days} more in the week",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).weekly_days
    if limit is None:
        return
    for week, before in facts.instance.past(key).weeks():
        count = before.days + sum(day in facts.by_day[key] for day in week)
        over = count - max(limit, before.days)
        if over > 0:
            yield Violation(over, {"person": key, "day": week[0], "count": count, "limit": limit})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).weekly_days
        if limit is None:
            continue
        for week, before in into.instance.past(record.id).weeks():
            if before.days + len(week) > limit:
                days = [[day] for day in week]
                pieces = [(1, max(limit, before.days), into.points())]
                into.total.add(
                    person, into.total.STOPS, days, pieces, any_day=True, base=before.days
                )
