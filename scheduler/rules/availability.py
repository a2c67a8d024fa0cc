"""People work when they are there: every stop lies in their presence, availability less leave.

Unit: ticks of stops outside presence, and ticks by which the way from the start place begins
before the day's first presence. The presence of a working day runs from its begin on, past its end
where the span does (see ``common/presence.py``); where settings let work go on past its end, it ends at midnight.
"""

from collections.abc import Iterator, Sequence

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Assignment, Instance, Level, Person, Window
from scheduler.model.presence import presence
from scheduler.rules.common.presence import Spans, spans_by_day, working_spans
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="在岗时间与请假", en="Availability and leave"),
    text=Text(
        zh="{person} 在 {day} 有 {outside} 的工作或出行超出在岗时间",
        en="{person} is at work or on the way for {outside} outside their availability on {day}",
    ),
    relax=Text(
        zh="增加 {subject} 的在岗时间",
        en="have {subject} there for longer",
    ),
    remedy=Text(
        zh="{person} 在 {when} 前后增加在岗 {ticks}",
        en="{person} is there for {ticks} more around {when}",
    ),
    stage=0,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    days = facts.by_day[key]
    for day, spans in working_spans(facts.instance, key, days).items():
        outside = sum(_outside(stop.start, stop.end, spans) for stop in days[day])
        for before, first, way in facts.legs(key, day)[:1]:
            if before is None and first is not None:
                outside += max(0, spans[0][0] - (first.start - way))
        if outside:
            yield Violation(outside, {"person": key, "day": day, "outside": outside})


def _outside(start: int, end: int, spans: Spans) -> int:
    inside = sum(max(0, min(end, last) - max(start, first)) for first, last in spans)
    return end - start - inside


def lower(into: Into) -> None:
    """A hard rule closes the days of absence; a soft one leaves them open, at their price."""
    for person, record in into.people():
        days = into.days(record.id)
        into.day.outside(person, into.points())
        ends = spans_by_day(into.instance, record.id, days)
        for day, spans in working_spans(into.instance, record.id, days).items():
            if into.level is Level.HARD:
                spans = [(start, end) for start, end in spans if start < end]
            into.day.spans(person, day, spans)
            into.day.home_by(person, day, ends[day][-1][1])


def relaxed(instance: Instance, person: Person, short: int, work: Sequence[Assignment]) -> Person:
    """Available for so many ticks more: over what of the work lies outside presence, then on the way to it."""
    parts = sorted((part.start, part.end) for part in work if part.person == person.id)
    granted, left = list[tuple[int, int]](), short
    for start, end in _minus(parts, presence(person)):
        granted.append((start, min(end, start + left)))
        left -= granted[-1][1] - granted[-1][0]
        if not left:
            break
    there = _there(person, granted)
    if left and parts:
        # The way begins before the first presence of the day.
        day = instance.horizon.day_of(parts[0][0])
        people = {person.id: there}
        listed = tuple(people.get(other.id, other) for other in instance.people)
        first = spans_by_day(instance.changed(people=listed), person.id, [day])[day][0][0]
        there = _there(there, [(first - left, first)])
    return there


def _there(person: Person, spans: Spans) -> Person:
    """The person who is there in these spans too, leave or not."""
    leave = [(absence.start, absence.end) for absence in person.leave]
    update = {
        "availability": (
            *person.availability,
            *(Window(start=start, end=end) for start, end in spans if start < end),
        ),
        "leave": tuple(Window(start=start, end=end) for start, end in _minus(leave, spans)),
    }
    return person.model_copy(update=update)


def _minus(spans: Spans, taken: Spans) -> Spans:
    """What of the spans lies in none of those taken."""
    left = spans
    for opens, closes in taken:
        left = [
            (start, end)
            for first, last in left
            for start, end in ((first, min(last, opens)), (max(first, closes), last))
            if start < end
        ]
    return left
