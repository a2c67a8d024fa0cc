"""Days off come together: a run of them is not shorter than its least.

Unit: days that a run of days off lacks of ``days_off_min``. Runs at the horizon's ends: see
``common/in_row.py``.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import past_days, work_runs
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.in_row import too_short
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

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
    least = facts.instance.limits(key).days_off_min
    if least is not None:
        yield from too_short(work_runs(facts, key, on=False), least, {"person": key})


def lower(into: Into) -> None:
    for person, record in into.people():
        least = into.instance.limits(record.id).days_off_min
        if least is not None:
            past = past_days(into.instance, record.id, on=False)
            into.run.least(
                person,
                into.total.STOPS,
                least,
                into.points(),
                on=False,
                past=past.days,
                begins=past.known,
                told=past.told,
            )
