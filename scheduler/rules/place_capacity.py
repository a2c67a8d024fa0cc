"""A place holds no more visits and shifts at one time than it has room for.

Unit: visits and shifts at whose start more than the place's capacity, themselves included, are under
way. A task is under way from its first filled slot's start to its last filled slot's end.
"""

from bisect import bisect_right
from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="visit",
    scope="place",
    name=Text(zh="点位容量", en="Place capacity"),
    text=Text(
        zh="{task} 开始时 {place} 已有 {count} 项同时进行，最多 {limit} 项",
        en="When {task} starts, {count} {count:visit or shift is|visits and shifts are} under way at {place}, which has room for {limit}",
    ),
    relax=Text(
        zh="提高 {subject} 的同时容量，或错开时间",
        en="let {subject} hold more at a time, or choose other times",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    most = facts.instance.place_by_id[key].capacity
    if most is None:
        return
    spans = [
        (min(stop.start for stop in crew), max(stop.end for stop in crew), crew[0].task.id)
        for crew in facts.by_place[key]
    ]
    starts, ends = sorted(start for start, _, _ in spans), sorted(end for _, end, _ in spans)
    for moment, _, task in spans:
        count = bisect_right(starts, moment) - bisect_right(ends, moment)
        if count > most:
            yield Violation(1, {"task": task, "place": key, "count": count, "limit": most})


def lower(into: Into) -> None:
    for number, place in into.places():
        if place.capacity is not None:
            into.capacity.limit(number, place.capacity, into.points())
