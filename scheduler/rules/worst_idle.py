"""The person who is idle longest counts, so that work is spread over all who are there. Off unless settings turn it on.

Unit: ticks that the most idle person is there, over all days, neither at work nor on the way nor at
rest. A day counts its presence (see ``common/presence.py``; until the day ends or the person's evening at
most) and the ticks of a late return, less its stops, its travel and its rest, and is never negative;
a day without work is idle from end to end. So leaving late, waiting and being back early are idle
time.
Source: the maximum idle time of Ceschia et al. (2026), 10.1111/itor.70140.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.workdays import EVE
from scheduler.rules.common.presence import day_bounds, evening, spans_by_day, until
from scheduler.rules.common.rests import rest, returns
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    unit="minute",
    scope="roster",
    name=Text(zh="最长空闲", en="Worst idle time"),
    text=Text(
        zh="空闲最久的是 {person}，共空闲 {off}",
        en="{person} is idle longest of all, for {off}",
    ),
    on=False,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    idle = {person.id: _idle(facts, person.id) for person in facts.instance.people}
    if idle:
        person, ticks = max(idle.items(), key=lambda entry: entry[1])
        if ticks:
            yield Violation(ticks, {"person": person, "off": ticks})


def _idle(facts: Facts, person: str) -> int:
    spans = spans_by_day(facts.instance, person, facts.days(person))
    return sum(_idle_on(facts, person, day, presence) for day, presence in spans.items())


def _idle_on(facts: Facts, person: str, day: int, spans: list[tuple[int, int]]) -> int:
    moment = evening(facts.instance, person, day)
    last = day_bounds(facts.instance, person, day)[1]
    last = last if moment is None else min(last, moment)
    idle = sum(max(0, min(end, last) - start) for start, end in spans) if day != EVE else 0
    stops = facts.stops(person, day)
    if not stops:
        return idle
    pause = rest(facts, person, day)
    idle += max(0, returns(facts, person, day) - until(spans, moment)[-1][1])
    idle -= sum(stop.end - stop.start for stop in stops)
    idle -= sum(way for _, _, way in facts.legs(person, day))
    idle -= pause.end - pause.start if pause is not None else 0
    return max(0, idle)


def lower(into: Into) -> None:
    into.day.worst_idle = into.points()
