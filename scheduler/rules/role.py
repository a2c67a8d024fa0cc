"""The person in a slot has a role that the slot asks for.

Unit: slots filled by another role. A slot that names no role takes anybody.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Role
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="岗位", en="Role"),
    text=Text(
        zh="{person} 的岗位不在 {task} 要求的岗位之列",
        en="{person} has none of the roles that {task} asks for",
    ),
    relax=Text(
        zh="放宽 {subject} 的岗位要求",
        en="let other roles do {subject}",
    ),
    fits=True,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for number, stop in facts.by_task[key].items():
        roles = facts.task_slots[key][number].roles
        if roles and facts.instance.person_by_id[stop.person].role not in roles:
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    others: dict[tuple[Role, ...], NDArray[np.int64]] = {}
    for slot, _, record in into.slots():
        roles = record.roles
        if roles and roles not in others:
            others[roles] = into.others([n for n, one in into.people() if one.role in roles])
        if roles:
            into.forbid(slot, others[roles])
