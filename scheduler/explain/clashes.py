"""What clashes: a smallest set of hard requirements that cannot all hold, in words, with what to relax."""

from dataclasses import dataclass
from typing import Literal

from scheduler.checker.sentences import duration_in_words
from scheduler.due import Expanded
from scheduler.engines.exact import Requirement, clash
from scheduler.messages import Lang, say
from scheduler.model import Instance
from scheduler.rules import rules
from scheduler.stop import Stop


@dataclass(frozen=True)
class Clashing:
    """status: see `scheduler.engines.exact.Clash`: of a "minimal" clash, each requirement alone may give way
    requirements: those that cannot all hold, in order of rules
    """

    status: Literal["none", "minimal", "clash", "unknown"]
    requirements: tuple[Requirement, ...]


def clashes(instance: Expanded, seconds: float, stop: Stop | None = None) -> Clashing:
    """What cannot all hold in an instance, looked for during some seconds at most.

    Raises InputError where travel cannot be built.
    """
    found = clash(instance, seconds, stop)
    return Clashing(found.status, found.requirements)


def requirement_in_words(instance: Instance, one: Requirement, lang: Lang) -> str:
    """A rule, whom or what it is about, and its limit where there is one."""
    slots = {"rule": rules()[one.rule].name.fill(lang), "subject": _subject(instance, one)}
    limit = _limit(instance, one, lang)
    if limit:
        return say("clash.limited", lang, **slots, limit=limit)
    return say("clash.requirement" if slots["subject"] else "clash.whole", lang, **slots)


def relaxation_in_words(instance: Instance, one: Requirement, lang: Lang) -> str:
    """What would have to give way for the rest to hold."""
    rule = rules()[one.rule]
    slots = {
        "rule": rule.name.fill(lang),
        "subject": _subject(instance, one),
        "limit": _limit(instance, one, lang),
    }
    return rule.relax.fill(lang, **slots)


def _subject(instance: Instance, one: Requirement) -> str:
    """The name of the person, task, place or bundle; nothing where the rule is about the whole."""
    for known in (instance.person_by_id, instance.task_by_id, instance.place_by_id):
        record = known.get(one.key)
        if record is not None:
            return record.name or record.id
    if one.rule == "gap" and one.key.isdecimal() and int(one.key) < len(instance.gaps):
        gap = instance.gaps[int(one.key)]
        pair = (instance.task_by_id[task].name or task for task in (gap.first, gap.second))
        return " → ".join(pair)
    return one.key


def _limit(instance: Instance, one: Requirement, lang: Lang) -> str:
    rule = rules()[one.rule]
    if one.key not in instance.person_by_id or not rule.shown_limit:
        return ""
    value = getattr(instance.limits(one.key), rule.shown_limit)
    if value is None:
        return ""
    minute = instance.horizon.ticks_per_minute
    return duration_in_words(value, minute, lang) if rule.unit == "minute" else str(value)
