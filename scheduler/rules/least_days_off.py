"""Days off come together: a run of them is not shorter than its least.

Unit: days that a run of days off lacks of ``days_off_min``. A run up to the last day may go on outside
and lacks nothing; neither does one from day 0, unless the history says what came before it.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import short_runs
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="day",
    scope="person",
    name=Text(zh="最少连续休息天数", en="Least days off together"),
    text=Text(
        zh="{person} 从 {day} 起只连续休息 {count} 天，至少应为 {limit} 天",
        en="{person} has only {count} days off together from {day}; the least is {limit}",
    ),
    limits=(Limit("days_off_min"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).days_off_min
    if limit is None:
        return
    for first, count in short_runs(facts, key, limit, on=False):
        yield Violation(
            limit - count, {"person": key, "day": first, "count": count, "limit": limit}
        )


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).days_off_min
        if limit is not None:
            into.run.least_off(person, limit, into.points())
