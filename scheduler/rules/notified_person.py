"""Published work stays with its person: giving it to somebody else, or to nobody, costs points.

Unit: published parts of visits and shifts that their published person does not do. Of what changes
loosened, only parts that somebody else does count; what they took away never counts. Medium by default,
so that a re-plan moves people to get more work done, but never to save travel.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import published
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.MEDIUM,
    weight=3,
    unit="slot",
    scope="task",
    concerns=published,
    name=Text(zh="已通知的人员", en="Notified person"),
    text=Text(
        zh="{task} 已通知由 {person} 承担，现已改派",
        en="{task} was promised to {person}, who no longer does it",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for part in facts.published.get(key, ()):
        stop = facts.by_task[key].get(part.slot)
        standing = part.standing == "firm" if stop is None else part.standing != "lost"
        if standing and (stop is None or stop.person != part.person):
            yield Violation(1, {"task": key, "person": part.person})


def lower(into: Into) -> None:
    number = into.index.person
    others: dict[str, NDArray[np.int64]] = {}
    for task, parts in into.each(into.published):
        for part in parts:
            slot = into.slots_of(task)[part.slot]
            if part.standing != "lost":
                if part.person not in others:
                    known = [number[part.person]] if part.person in number else ()
                    others[part.person] = into.others(known)
                into.forbid(slot, others[part.person])
            if part.standing == "firm":
                into.empty.add(slot, into.points())
