"""Somebody who begins with a kind of work has it on enough days in a row, such as four nights.

Unit: days that a run lacks of the kind's number in ``kind_in_row_min``. A run is of days in a row with
any visit or shift of the kind. Runs at the horizon's ends: see ``common/in_row.py``; what came before
is in history's ``kind_runs``.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import kind_runs, past_days_of_kind
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.in_row import too_short
from scheduler.rules.common.kind_slots import kind_measure
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="day",
    scope="person",
    name=Text(zh="同类班次最少连续天数", en="Least of a kind in a row"),
    text=Text(
        zh="{person} 从 {day} 起“{kind}”只连上 {count} 天，至少应为 {limit} 天",
        en="{person} works “{kind}” on only {count} {count:day|days} in a row from {day}; the least is {limit}",
    ),
    limits=(Limit("kind_in_row_min"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for kind, least in (facts.instance.limits(key).kind_in_row_min or {}).items():
        yield from too_short(kind_runs(facts, key, kind), least, {"person": key, "kind": kind})


def lower(into: Into) -> None:
    for person, record in into.people():
        for kind, least in (into.instance.limits(record.id).kind_in_row_min or {}).items():
            past = past_days_of_kind(into.instance, record.id, kind)
            measure = kind_measure(into, kind)
            into.run.least(
                person,
                measure,
                least,
                into.points(),
                past=past.days,
                begins=past.known,
                told=past.told,
            )
