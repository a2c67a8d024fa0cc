"""People work when they are there: every stop lies in their presence, availability less leave.

Unit: ticks of stops outside presence, and ticks by which the way from the start place begins
before the day's first presence. The presence of a working day runs from its begin on, past its end
where the span does (see ``common/presence.py``); where settings let work go on past its end, it ends at midnight.
"""

from collections.abc import Iterator, Sequence

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Assignment, Instance, Level, Person, Window
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
    days = range(into.index.days)
    for person, record in into.people():
        into.day.outside(person, into.points())
        ends = spans_by_day(into.instance, record.id, days)
        for day, spans in working_spans(into.instance, record.id, days).items():
            if into.level is Level.HARD:
                spans = [(start, end) for start, end in spans if start < end]
            into.day.spans(person, day, spans)
            into.day.home_by(person, day, ends[day][-1][1])


def relaxed(instance: Instance, person: Person, short: int, work: Sequence[Assignment]) -> Person:
    """Available over the work, and for as long before and after it as the breach lasts."""
    assignment = next(assignment for assignment in work if assignment.person == person.id)
    span = Window(start=assignment.start - short, end=assignment.end + short)
    leave = tuple(
        absence
        for absence in person.leave
        if absence.end <= span.start or absence.start >= span.end
    )
    update = {"availability": (*person.availability, span), "leave": leave}
    return person.model_copy(update=update)
