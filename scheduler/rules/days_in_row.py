"""Nobody works on more days in a row than their limit, days before the horizon included.

Unit: days of a run of work beyond ``days_in_row_max``; days before the horizon make a run longer, but
are not judged again. Source: Labour Law art. 38 (a day of rest a week, so at most six days in a row).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import past_days, work_runs
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.in_row import too_long
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="day",
    scope="person",
    name=Text(zh="连续工作天数", en="Days in a row"),
    text=Text(
        zh="{person} 自 {day} 起连续上班，连同此前累计 {count} 天，上限为 {limit} 天",
        en="{person} works {count} {count:day|days} in a row, days before the horizon included, in the run from {day}; the most is {limit}",
    ),
    limits=(Limit("days_in_row_max", gives=1, used=lambda past: past.run_on),),
    relax=Text(
        zh="让 {subject} 多连上几天（现为 {limit}）",
        en="let {subject} work more days in a row (now {limit})",
    ),
    remedy=Text(
        zh="{person} 多连上 {count} 天",
        en="{person} works {count} {count:day|days} more in a row",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).days_in_row_max
    if limit is not None:
        yield from too_long(work_runs(facts, key, on=True), limit, {"person": key})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).days_in_row_max
        if limit is not None:
            past = past_days(into.instance, record.id, on=True)
            into.run.most(person, into.total.STOPS, limit, into.points(), past=past.days)
