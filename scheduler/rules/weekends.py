"""Nobody works on more weekends of the planning period than their limit.

Unit: weekends with work on Saturday, Sunday or both, beyond ``weekends``. Work that goes on past
midnight counts for either day: Friday's night shift is work on Saturday. Weekends of the period before the
horizon (history's ``period``) count, and so does one that work before the horizon reaches into, but what
was too much before is not judged again. By the calendar of the settings, public holidays are of their
week's weekend, and days that make up for them are not.
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
    limits=(Limit("weekends", gives=1, used=lambda past: past.period.weekends),),
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
    """(weekends worked before the horizon, days of each weekend that is not one of these).

    One that work before the horizon reaches into is one of these; where its Saturday lies before the
    horizon, the sums of a planning period have counted it.
    """
    weekends, past = instance.weekends(), instance.past(person)
    done = past.period.weekends
    if weekends and past.weekend_begun:
        if not past.weekend_counted:
            return done + 1, weekends[1:]
        if done:
            return done, weekends[1:]
    return done, weekends


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).weekends
    if limit is None:
        return
    worked, (done, weekends) = facts.touched_days(key), _weekends(facts.instance, key)
    count = done + sum(any(day in worked for day in days) for days in weekends)
    over = count - max(limit, done)
    if over > 0:
        yield Violation(over, {"person": key, "count": count, "limit": limit})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).weekends
        done, weekends = _weekends(into.instance, record.id)
        if limit is not None and done + len(weekends) > max(limit, done):
            pieces = [(1, max(limit, done), into.points())]
            into.total.add(
                person,
                into.total.STOPS,
                weekends,
                pieces,
                any_day=True,
                base=done,
                touching=True,
            )
