"""Nobody stands about between two stops. Off unless settings turn it on.

Unit: ticks between the arrival at a stop and its start, less a rest that lies there (see
``rest_break``); before the day's first stop nobody waits, since people set out as late as it allows.
After the last stop they wait only for a rest on duty to begin.
"""

from collections.abc import Iterator

from scheduler.facts import Facts, RouteStop
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rests import rest
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    on=False,
    unit="minute",
    scope="person",
    name=Text(zh="等候", en="Waiting"),
    text=Text(
        zh="{person} 在 {task} 处等候 {wait}，至 {start}",
        en="{person} waits {wait} at {task}, until {start}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for day in facts.by_day[key]:
        had = rest(facts, key, day)
        for before, after, way in facts.legs(key, day):
            if before is not None and after is not None:
                wait = after.start - (before.end + way)
                if had is not None and had.after is after and had.before is not None:
                    wait -= had.end - had.start
                if wait > 0:
                    yield _waits(key, after, after.start, wait)
        on_duty = facts.instance.settings.rest_on_duty
        if on_duty and had is not None and had.before is not None and had.after is None:
            wait = had.start - had.before.end
            if wait > 0:
                yield _waits(key, had.before, had.start, wait)


def _waits(person: str, stop: RouteStop, until: int, wait: int) -> Violation:
    return Violation(wait, {"person": person, "task": stop.task.id, "start": until, "wait": wait})


def lower(into: Into) -> None:
    for person, _ in into.people():
        into.day.wait(person, into.points())
