"""A skill that work asks for and nobody has, and the one that was likely meant."""

from collections.abc import Iterable
from typing import NamedTuple

from scheduler.model.instance import Instance
from scheduler.model.pointer import Words, likest

_OF_SKILLS = frozenset({"people"})


class SkillSlip(NamedTuple):
    """A skill that looks like a slip of the pen: as it is asked for, and as people have it."""

    asked: str
    meant: str


def skill_slip(instance: Instance, asked: Iterable[str]) -> SkillSlip | None:
    """The first of some skills that nobody has and that is like one that somebody has; None: there is none."""
    held = instance.derived(_Held, _OF_SKILLS)
    for skill in asked:
        meant = "" if skill in held.all else likest(skill, held.words)
        if meant:
            return SkillSlip(skill, meant)
    return None


class _Held:
    def __init__(self, instance: Instance):
        self.all = {skill for person in instance.people for skill in person.skills}
        self.words = Words(self.all)
