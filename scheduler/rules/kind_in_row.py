"""Nobody has a kind of work on more days in a row than their limit for it, such as two nights.

Unit: days of a run beyond the kind's number in ``kind_in_row_max``. A run is of days in a row with any
visit or shift of the kind; days before the horizon (history's ``kind_runs``) make it longer, but are
not judged again.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import kind_runs, past_days_of_kind
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.in_row import too_long
from scheduler.rules.common.kind_slots import kind_measure
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="day",
    scope="person",
    name=Text(zh="同类班次最多连续天数", en="Most of a kind in a row"),
    text=Text(
        zh="{person} 自 {day} 起“{kind}”连上，连同此前累计 {count} 天，上限为 {limit} 天",
        en="{person} works “{kind}” on {count} {count:day|days} in a row, days before the horizon included, from {day}; the most is {limit}",
    ),
    limits=(Limit("kind_in_row_max"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for kind, most in (facts.instance.limits(key).kind_in_row_max or {}).items():
        yield from too_long(kind_runs(facts, key, kind), most, {"person": key, "kind": kind})


def lower(into: Into) -> None:
    for person, record in into.people():
        for kind, most in (into.instance.limits(record.id).kind_in_row_max or {}).items():
            past = past_days_of_kind(into.instance, record.id, kind)
            measure = kind_measure(into, kind)
            into.run.most(person, measure, most, into.points(), past=past.days)
