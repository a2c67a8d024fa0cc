"""Who was told that they go, goes: giving their part to somebody else has to pay for it.

Unit: published parts of visits and shifts that are not done by the person who was told, be it that
somebody else does them or nobody. Medium by default, so that a re-plan moves people to get more
work done, and never to save some minutes of travel.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.MEDIUM,
    weight=3,
    unit="slot",
    scope="task",
    name=Text(zh="已通知的人员", en="Notified person"),
    text=Text(
        zh="{task} 已通知由 {person} 承担，现已改派",
        en="{task} was promised to {person}, who no longer does it",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for one in facts.published.get(key, ()):
        stop = facts.by_task[key].get(one.slot)
        if stop is None or stop.person != one.person:
            yield Violation(1, {"task": key, "person": one.person})


def lower(into: Into) -> None:
    for task, own in into.each(into.published()):
        for one in own:
            slot = into.slots_of(task)[one.slot]
            others = [number for number, who in into.people() if who.id != one.person]
            into.forbid(slot, others)
            into.empty.add(slot, into.points())
