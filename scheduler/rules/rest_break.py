"""On a day with work there is a rest, such as lunch, free of work and travel.

Unit: breaks missed. None is owed on a day that lasts no longer than the break's ``beyond`` from first
start to last end, nor where a piece of work of ``within`` or more holds it. The rest lies entirely
within its hours: before the way from the start place, after the last stop (the way home may come
later), or between two stops, before or after the way between them. Where settings want rests on duty
(``rest_on_duty``), a rest before the first stop lies at that stop, after the way, and a rest after the
last stop delays the way home. Source for the six hours: Directive 2003/88/EC art. 4.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rests import is_owed, long_day, long_piece, rest
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="break",
    scope="person",
    name=Text(zh="午休与间歇", en="Rest break"),
    text=Text(
        zh="{person} 在 {day} 的 {from} 至 {to} 之间没有 {least} 的休息",
        en="{person} has no rest of {least} between {from} and {to} on {day}",
    ),
    limits=(Limit("breaks"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    owed = facts.instance.limits(key).breaks
    if owed is None:
        return
    for day in facts.by_day[key]:
        if is_owed(facts, key, day) and rest(facts, key, day) is None:
            midnight = day * facts.horizon.day_ticks
            start, end = midnight + owed.start, midnight + owed.end
            yield Violation(
                1, {"person": key, "day": day, "from": start, "to": end, "least": owed.minutes}
            )


def lower(into: Into) -> None:
    horizon = into.instance.horizon
    into.day.on_duty = into.instance.settings.rest_on_duty
    for person, record in into.people():
        owed = into.instance.limits(record.id).breaks
        if owed is None:
            continue
        for day in range(into.index.days):
            midnight = day * into.index.day_ticks
            span = midnight + owed.start, midnight + owed.end
            into.day.rest(person, day, span, owed.minutes, into.points())
            into.day.rest_owed(person, day, long_day(owed, horizon), long_piece(owed, horizon))
