"""Nobody goes in a working day from a place to another to which there is no way.

Unit: legs of a day with work, from the start place and to the end place included, for which the travel
table has no way; they take no time otherwise. From one day to the next people get about as they can.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="leg",
    scope="person",
    name=Text(zh="无路可通", en="No way"),
    text=Text(
        zh="{person} 在 {day} 须从 {here} 到 {there}，但两地之间无路可通",
        en="{person} has to get from {here} to {there} on {day}, but there is no way",
    ),
    relax=Text(
        zh="让 {subject} 不在同一天去互不相通的两地，或补上两地之间的路程",
        en="let {subject} be on different days where there is no way between, or enter the way",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    person = facts.instance.person_by_id[key]
    for day in facts.by_day[key]:
        for before, after, _ in facts.legs(key, day):
            here = person.start_place if before is None else before.place
            there = person.end_place if after is None else after.place
            if here is not None and there is not None and not facts.has_way(key, here, there):
                yield Violation(1, {"person": key, "day": day, "here": here, "there": there})


def lower(into: Into) -> None:
    if into.index.travel_table.no_way is not None:
        for person, _ in into.people():
            into.travel.no_way(person, into.points())
