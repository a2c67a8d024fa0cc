"""Skills that end, or that nobody brings to a crew that asks for them."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import timedelta

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.pointer import Words, nearest, pointer, shortened
from scheduler.model.tasks import with_pointers

NOTICE_DAYS = 30
"""So many days before a skill's last day its end is told."""


def skills(instance: Instance) -> Iterator[Problem]:
    """Last days of skills that a person does not have, skills that end soon, and skill mixes for nobody."""
    soon = instance.horizon.date(instance.horizon.days - 1) + timedelta(NOTICE_DAYS)
    for index, person in enumerate(instance.people):
        for skill, until in person.skill_until.items():
            at = pointer("people", index, "skill_until", skill)
            if skill not in person.skills:
                yield Problem(
                    code="skill_not_held",
                    pointer=at,
                    value=shortened(skill),
                    slots={"suggestion": nearest(skill, sorted(person.skills))},
                )
            elif until <= soon:
                yield Problem(
                    code="skill_ends",
                    pointer=at,
                    value=until.isoformat(),
                    severity="warning",
                    slots={"person": person.name or person.id, "skill": skill},
                )
    yield from _mixes(instance)


def _mixes(instance: Instance) -> Iterator[Problem]:
    levels: dict[str, list[int]] = {}
    for person in instance.people:
        for skill, level in person.skills.items():
            levels.setdefault(skill, []).append(-level)
    for held in levels.values():
        held.sort()
    words = Words(levels)
    for field, index, task in with_pointers(instance):
        for number, shared in enumerate(task.skill_mix):
            able = bisect_right(levels.get(shared.skill, ()), -shared.level)
            if able < shared.count:
                yield Problem(
                    code="mix_too_few",
                    pointer=pointer(field, index, "skill_mix", number, "skill"),
                    value=shortened(shared.skill),
                    severity="warning",
                    slots={
                        "suggestion": ""
                        if shared.skill in levels
                        else nearest(shared.skill, words),
                        "count": str(able),
                        "limit": str(shared.count),
                        "level": str(shared.level),
                    },
                )
