"""Weekends go in turn: after a weekend with work comes a free one.

Unit: weekends with work right after a weekend with work, where work that goes on past midnight counts
for either day; history's ``weekends`` says whether there
was work on the weekend before the horizon.
"""

from collections.abc import Iterator
from itertools import pairwise

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=40,
    unit="weekend",
    scope="person",
    name=Text(zh="周末轮休", en="Weekends in turn"),
    text=Text(
        zh="{person} 上个周末已上班，{day} 的周末又上班",
        en="{person} worked on the weekend before and works again on the weekend of {day}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    worked = facts.touched_days(key)
    before = facts.instance.past(key).weekends > 0
    for days in facts.horizon.weekends():
        now = any(day in worked for day in days)
        if before and now:
            yield Violation(1, {"person": key, "day": days[0]})
        before = now


def lower(into: Into) -> None:
    weekends = into.instance.horizon.weekends()
    pieces = [(1, 1, into.points())]
    for person, record in into.people():
        if weekends and into.instance.past(record.id).weekends > 0:
            into.total.add(
                person, into.total.STOPS, weekends[:1], pieces, any_day=True, base=1, touching=True
            )
        for pair in pairwise(weekends):
            into.total.add(
                person, into.total.STOPS, list(pair), pieces, any_day=True, touching=True
            )
