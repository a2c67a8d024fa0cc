"""People are back at their end place when their availability ends.

Unit: ticks by which a day's end place is reached after the day's last presence ends (see
``common/presence.py``), or after the person's evening (see ``evening_end``). People without an end
place are never late. A rest on duty after the last stop delays the way home.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.presence import evening, spans_by_day, until
from scheduler.rules.common.rests import returns
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=2,
    unit="minute",
    scope="person",
    name=Text(zh="按时返回", en="Back in time"),
    text=Text(
        zh="{person} 在 {day} 收工后 {end} 才返回，晚 {late}",
        en="{person} is back from the work of {day} only at {end}, {late} late",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    if facts.instance.person_by_id[key].end_place is None:
        return
    for day, spans in spans_by_day(facts.instance, key, facts.by_day[key]).items():
        back = returns(facts, key, day)
        late = back - until(spans, evening(facts.instance, key, day))[-1][1]
        if late > 0:
            yield Violation(late, {"person": key, "day": day, "end": back, "late": late})


def lower(into: Into) -> None:
    for person, record in into.people():
        if record.end_place is not None:
            into.day.home(person, into.points())
