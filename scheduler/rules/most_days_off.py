"""Nobody has more days off in a row than their limit, days before the horizon included.

Unit: days of a run of days off beyond ``days_off_max``; days before the horizon make a run longer, but
are not judged again.
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
    name=Text(zh="最多连续休息天数", en="Most days off together"),
    text=Text(
        zh="{person} 自 {day} 起连续休息，连同此前累计 {count} 天，上限为 {limit} 天",
        en="{person} has {count} {count:day|days} off in a row, days before the horizon included, from {day}; the most is {limit}",
    ),
    limits=(Limit("days_off_max"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).days_off_max
    if limit is not None:
        yield from too_long(work_runs(facts, key, on=False), limit, {"person": key})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).days_off_max
        if limit is not None:
            past = past_days(into.instance, record.id, on=False).days
            into.run.most(person, into.total.STOPS, limit, into.points(), on=False, past=past)
