"""Work beyond the ordinary hours of a day is overtime, and overtime costs.

Unit: ticks of a day's work, travel included where settings count it, beyond ``daily_minutes``.
Source: Labour Law art. 36 (8 hours a day).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    unit="minute",
    scope="person",
    name=Text(zh="每日加班", en="Daily overtime"),
    text=Text(
        zh="{person} 在 {day} 工作 {work}，正常工时 {most}，加班 {over}",
        en="{person} works {work} on {day}; ordinary time is {most}, so {over} of overtime",
    ),
    limits=(Limit("daily_minutes"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    most = facts.instance.limits(key).daily_minutes
    if most is None:
        return
    for day in facts.by_day[key]:
        before = facts.eve_work(key, day).work
        work = before + facts.work_ticks(key, day)
        over = work - max(most, before)
        if over > 0:
            yield Violation(
                over, {"person": key, "day": day, "work": work, "most": most, "over": over}
            )


def lower(into: Into) -> None:
    for person, record in into.people():
        most = into.instance.limits(record.id).daily_minutes
        if most is not None:
            for day in into.days(record.id):
                left = max(0, most - into.eve_work(record.id, day).work)
                into.day.overtime(person, day, left, into.points())
