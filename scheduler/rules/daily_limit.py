"""A day's work, overtime included, has an end: ordinary hours plus the most overtime of a day.

Unit: ticks of a day's work, travel included where settings count it, beyond ``daily_minutes`` +
``daily_overtime``; no limit unless both are given. Source: Labour Law art. 41 (at most 3 hours of
overtime a day).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Limits
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="每日工时上限", en="Longest day"),
    text=Text(
        zh="{person} 在 {day} 工作 {work}，超过每日上限 {most}",
        en="{person} works {work} on {day}, more than the daily limit of {most}",
    ),
    limits=(Limit("daily_minutes"), Limit("daily_overtime", gives=1)),
    shown=("daily_minutes", "daily_overtime"),
    relax=Text(
        zh="放宽 {subject} 的每日工时（现为 {limit}）",
        en="let {subject} work longer in a day (now {limit})",
    ),
    remedy=Text(
        zh="{person} 当日工时放宽 {ticks}",
        en="{person} works {ticks} more that day",
    ),
)


def _most(limits: Limits) -> int | None:
    if limits.daily_minutes is None or limits.daily_overtime is None:
        return None
    return limits.daily_minutes + limits.daily_overtime


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    most = _most(facts.instance.limits(key))
    if most is None:
        return
    for day in facts.by_day[key]:
        before = facts.eve_work(key, day).work
        work = before + facts.work_ticks(key, day)
        if work > max(most, before):
            over = work - max(most, before)
            yield Violation(over, {"person": key, "day": day, "work": work, "most": most})


def lower(into: Into) -> None:
    for person, record in into.people():
        most = _most(into.instance.limits(record.id))
        if most is not None:
            for day in into.days(record.id):
                left = max(0, most - into.eve_work(record.id, day).work)
                into.day.longest(person, day, left, into.points())
