"""Days off come together: a run of them is not shorter than its least.

Unit: days that a run of days off lacks of ``days_off_min``. Runs at the horizon's ends: see
``common/short_runs.py``.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation
from scheduler.rules.common.short_runs import lower_ended, short_runs

RULE = Rule(
    level=Level.HARD,
    unit="day",
    scope="person",
    name=Text(zh="最少连续休息天数", en="Least days off together"),
    text=Text(
        zh="{person} 从 {day} 起只连续休息 {count} 天，至少应为 {limit} 天",
        en="{person} has only {count} {count:day|days} off together from {day}; the least is {limit}",
    ),
    limits=(Limit("days_off_min"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    return short_runs(facts, key, facts.instance.limits(key).days_off_min, on=False)


def lower(into: Into) -> None:
    for person, record in into.people():
        least = into.instance.limits(record.id).days_off_min
        if least is not None:
            into.run.least_off(person, least, into.points())
            lower_ended(into, person, least, on=False)
