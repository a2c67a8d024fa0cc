"""Somebody who works on a weekend works on both its days.

Unit: weekends with work on one day only, of people whose ``complete_weekends`` asks for it; work is of
the working day on which it begins, so that Friday's night is not work on Saturday. A Sunday on
which the horizon begins belongs to the Saturday before, where the history says whether it was worked
(``run_on``, ``run_off``); a Saturday on which the horizon ends is judged with what follows.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import past_days
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=10,
    unit="weekend",
    scope="person",
    name=Text(zh="周末完整", en="Complete weekends"),
    text=Text(
        zh="{person} 在 {day} 的周末只上一天班",
        en="{person} works on one day only of the weekend of {day}",
    ),
    limits=(Limit("complete_weekends"),),
)


def _weekends(instance: Instance, person: str) -> Iterator[tuple[list[int], int]]:
    """Days of each weekend that is judged, and 1 where its Saturday lies before the horizon and was worked."""
    if not instance.limits(person).complete_weekends:
        return
    saturday, horizon = past_days(instance, person, on=True), instance.horizon
    for week in horizon.weeks():
        days = [day for day in week if horizon.date(day).isoweekday() >= 6]
        if len(days) == 2:
            yield days, 0
        elif days and horizon.date(days[0]).isoweekday() == 7 and saturday.known:
            yield days, min(1, saturday.days)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    worked = facts.by_day[key]
    for days, before in _weekends(facts.instance, key):
        if before + sum(day in worked for day in days) == 1:
            yield Violation(1, {"person": key, "day": days[0]})


def lower(into: Into) -> None:
    for person, record in into.people():
        for days, before in _weekends(into.instance, record.id):
            into.run.least(
                person,
                into.total.STOPS,
                2,
                into.points(),
                past=before,
                begins=True,
                ends=True,
                among=(days[0], days[-1] + 1),
            )
