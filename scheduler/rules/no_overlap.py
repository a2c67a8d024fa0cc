"""Nobody is in two places at once: each stop ends early enough for the way to the next.

Unit: ticks short, between consecutive stops of a working day with the way between them; and from the
last stop of a day to the first of the next day with work, however many days later, with the way by
the person's end place and start place where they have them; where the days overlap, the overlap or the
way, whichever is longer. Work before the horizon counts: its end (history's ``last_end``), and the way
where history tells its place, straight from there in a night that goes on inside. A rest owed between two days is ``min_rest``'s.
"""

from collections.abc import Iterator
from itertools import pairwise

from scheduler.facts import Facts, RouteStop
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.workdays import EVE
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="时间不重叠", en="No overlap"),
    text=Text(
        zh="{person} 赶不上 {start} 开始的 {task}，差 {short}：前一项工作结束太晚或相距太远",
        en="{person} is {short} late for {task}, {start}: the work before it ends too late or too far away",
    ),
    relax=Text(
        zh="让 {subject} 少承担一项，或错开时间",
        en="give {subject} one task less, or at another time",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    days = facts.by_day[key]
    for stops in days.values():
        for before, after in pairwise(stops):
            yield from _short(key, before.end + facts.way(before, after), after)
    past = facts.instance.past(key)
    ended, place = past.last_end, past.last_place
    for day, stops in days.items():
        if ended is not None:
            between = facts.travel if day == EVE else facts.way_between_days
            way = 0 if place is None else between(key, place, stops[0].place)
            free = stops[0].start - ended
            lacking = way - free if free >= 0 or day == EVE else max(way, -free)
            yield from _short(key, stops[0].start + lacking, stops[0])
        ended, place = stops[-1].end, stops[-1].place


def _short(person: str, ready: int, stop: RouteStop) -> Iterator[Violation]:
    short = ready - stop.start
    if short > 0:
        yield Violation(
            short, {"person": person, "task": stop.task.id, "start": stop.start, "short": short}
        )


def lower(into: Into) -> None:
    """Engines always order a day's stops in time, so only the change of days is lowered."""
    for person, record in into.people():
        if into.index.days > 1 or into.instance.past(record.id).last_end is not None:
            into.follow.way(person, into.points())
