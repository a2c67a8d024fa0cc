"""Minors do no work that ends after 20:00, nor anybody after the hour that their limits name.

Unit: ticks of work inside the person's presence and after that hour of the day on which it starts.
Ticks outside presence are counted by availability, whose weight this rule shares. A person's
``evening_from`` comes before the 20:00 of minors. Source: common practice with student volunteers.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules import is_on
from scheduler.rules.common.presence import evening, spans_by_day
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="夜间不安排", en="No work in the evening"),
    text=Text(
        zh="{person} 在 {day} 有 {ticks} 的工作晚于本人允许的时刻",
        en="{person} works {ticks} on {day} after the hour when their day should end",
    ),
    limits=(Limit("evening_from"),),
    weighs_as="availability",
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    days = facts.by_day[key]
    for day, spans in spans_by_day(facts.instance, key, days).items():
        moment = evening(facts.instance, key, day)
        if moment is None:
            return
        if not is_on(facts.instance, "availability"):
            spans = [(moment, max(stop.end for stop in days[day]))]
        ticks = sum(
            max(0, min(stop.end, end) - max(stop.start, start, moment))
            for stop in days[day]
            for start, end in spans
        )
        if ticks:
            yield Violation(ticks, {"person": key, "day": day, "ticks": ticks})


def lower(into: Into) -> None:
    for person, record in into.people():
        for day in into.days(record.id):
            moment = evening(into.instance, record.id, day)
            if moment is not None:
                into.day.leave_by(person, day, moment)
                if day == 0 and not is_on(into.instance, "availability"):
                    into.day.outside(person, into.points())
