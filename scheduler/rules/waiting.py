"""Little waiting between two stops. Off unless settings turn it on.

Unit: ticks between the arrival at a stop and its start, less a rest that lies there (see
``rest_break``). Nobody waits at the day's first stop, because people leave just in time for it.
After the last stop, ticks until a rest on duty begins.
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
        pause = rest(facts, key, day)
        for before, after, way in facts.legs(key, day):
            if before is not None and after is not None:
                wait = after.start - (before.end + way)
                if pause is not None and pause.after is after and pause.before is not None:
                    wait -= pause.end - pause.start
                if wait > 0:
                    yield _waits(key, after, after.start, wait)
        on_duty = facts.instance.settings.rest_on_duty
        if on_duty and pause is not None and pause.before is not None and pause.after is None:
            wait = pause.start - pause.before.end
            if wait > 0:
                yield _waits(key, pause.before, pause.start, wait)


def _waits(person: str, stop: RouteStop, until: int, wait: int) -> Violation:
    return Violation(wait, {"person": person, "task": stop.task.id, "start": until, "wait": wait})


def lower(into: Into) -> None:
    for person, _ in into.people():
        into.day.wait(person, into.points())
