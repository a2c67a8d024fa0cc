"""Published people get no new work for nothing: being told of work that they did not have costs points.

Unit: filled slots of a visit or shift whose person was not told of it, in a week that has a published
roster. Less than work that changes hands: soft by default, as much as half an hour on the road, so
that a re-plan asks somebody for what has to be done, but not to even out a little.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import news
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=30,
    unit="slot",
    scope="task",
    concerns=news,
    name=Text(zh="新增安排", en="New work"),
    text=Text(
        zh="{person} 此前未获通知承担 {task}，须另行告知",
        en="{person} was not told of {task} and has to be asked",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    if not facts.instance.published:
        return
    told = {part.person for part in facts.published.get(key, ())}
    for stop in facts.by_task[key].values():
        if stop.person not in told:
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    if not into.instance.published:
        return
    published, index = into.published, into.index
    others: dict[frozenset[int], NDArray[np.int64]] = {}
    for slot, task, _ in into.slots():
        told = frozenset(index.person[part.person] for part in published.get(task.id, ()))
        if told not in others:
            others[told] = into.others(told)
        into.forbid(slot, others[told])
