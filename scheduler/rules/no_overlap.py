"""Nobody is in two places at once: each stop ends early enough for the way to the next.

Unit: ticks short, between consecutive stops of a day with the way between them. Over midnight the
last end of a day (history's ``last_end`` before the first) may not lie after the next day's first
start; for people who are owed a rest between days ``min_rest`` counts that instead.
"""

from collections.abc import Iterator

from scheduler.facts import Facts, RouteStop
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.rules import is_on
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
    for day in days:
        for before, after, ticks in facts.legs(key, day):
            if before is not None and after is not None:
                yield from _short(key, before.end + ticks, after)
    if _owed_rest(facts.instance, key):
        return
    ends = {day: max(stop.end for stop in stops) for day, stops in days.items()}
    past = facts.instance.past(key).last_end
    if past is not None:
        ends[-1] = past
    for day, end in ends.items():
        if day + 1 in days:
            yield from _short(key, end, days[day + 1][0])


def _short(person: str, ready: int, stop: RouteStop) -> Iterator[Violation]:
    short = ready - stop.start
    if short > 0:
        yield Violation(
            short, {"person": person, "task": stop.task.id, "start": stop.start, "short": short}
        )


def _owed_rest(instance: Instance, person: str) -> bool:
    return instance.limits(person).rest_minutes is not None and is_on(instance, "min_rest")


def lower(into: Into) -> None:
    """Engines always order a day's stops in time, so only the change of days is lowered."""
    instance = into.instance
    for person, record in into.people():
        over_midnight = into.index.days > 1 or instance.past(record.id).last_end is not None
        if over_midnight and not _owed_rest(instance, record.id):
            into.follow.rest(person, 0, into.points())
