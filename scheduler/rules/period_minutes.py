"""Over the whole horizon nobody works more than their most, nor less than their least.

Unit: ticks of work, travel included where settings count it, over ``period_minutes_max`` or under
``period_minutes_min``.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="周期工时范围", en="Hours of the period"),
    text=Text(
        zh="{person} 在本周期工作 {work}，与规定的 {bound} 相差 {off}",
        en="{person} works {work} in the period, {off} off the bound of {bound}",
    ),
    limits=(Limit("period_minutes_max", gives=1), Limit("period_minutes_min")),
    relax=Text(
        zh="放宽 {subject} 的本周期工时",
        en="let {subject} work longer in all",
    ),
    remedy=Text(
        zh="{person} 本周期工时放宽 {ticks}",
        en="{person} works {ticks} more in all",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limits = facts.instance.limits(key)
    work = sum(facts.work_ticks(key, day) for day in facts.days(key))
    for sense, bound in ((1, limits.period_minutes_max), (-1, limits.period_minutes_min)):
        if bound is not None:
            off = sense * (work - bound)
            if off > 0:
                yield Violation(off, {"person": key, "work": work, "bound": bound, "off": off})


def lower(into: Into) -> None:
    for person, record in into.people():
        limits = into.instance.limits(record.id)
        bounds = ((1, limits.period_minutes_max), (-1, limits.period_minutes_min))
        pieces = [(sense, bound, into.points()) for sense, bound in bounds if bound is not None]
        if pieces:
            into.total.add(person, into.total.WORK, [list(into.days(record.id))], pieces)
