"""Remedies, trial placements and people ruled out, as sentences in either language."""

from collections.abc import Iterable

from scheduler.checker.sentences import duration_in_words, moment_in_words, role_in_words, sentence
from scheduler.explain.placements import Placement
from scheduler.explain.remedies import Remedy
from scheduler.explain.why_unassigned import Unassigned
from scheduler.messages import Lang, say
from scheduler.model import Assignment, Instance
from scheduler.rules import rules


def remedy_in_words(names: Instance, one: Remedy, lang: Lang) -> str:
    """What has to be done, and who could then do the work. names: an instance that has the names."""
    said = _Said(names, lang)
    slots = said.where(one.added)
    if one.kind == "person":
        return said.person(one, slots)
    if one.kind == "limit":
        slots["raised"] = said.joined("and", (said.raised(one, *part) for part in one.raised))
    if one.kind in ("move", "drop"):
        slots |= {"other": said.task(one.removed[0].task), "before": said.crew(one.removed)}
    if one.kind == "move":
        slots["after"] = said.crew(one.replaced)
    words = say(f"remedies.{one.kind}", lang, **slots)
    was_pinned = {pin.task for pin in names.pins} - {pin.task for pin in one.instance.pins}
    return say("remedies.unpinned", lang) + words if was_pinned else words


def attempt_in_words(instance: Instance, one: Placement, lang: Lang) -> str:
    """Who could go when, and which hard rules that would break."""
    said = _Said(instance, lang)
    slots = said.where(one.assignments)
    if not one.breaks:
        return say("remedies.attempt_clean", lang, **slots)
    breaks = (sentence(instance, f.rule, f.violation, lang) for f in one.breaks)
    return say("remedies.attempt", lang, **slots, breaks=said.joined("breaks", breaks))


def ruled_out_in_words(instance: Instance, one: Unassigned, lang: Lang) -> list[str]:
    """For each rule the names of the people whom it rules out."""
    said = _Said(instance, lang)
    return [
        say(
            "remedies.named",
            lang,
            rule=rules()[rule].name.fill(lang),
            people=said.joined("join", (said.name(who) for who in people)),
        )
        for rule, people in one.ruled_out.items()
    ]


class _Said:
    def __init__(self, names: Instance, lang: Lang):
        self._names, self._lang = names, lang

    def joined(self, key: str, parts: Iterable[str]) -> str:
        return say(f"remedies.{key}", self._lang).join(parts)

    def name(self, person: str) -> str:
        known = self._names.person_by_id.get(person)
        return person if known is None else known.name or person

    def task(self, task: str) -> str:
        known = self._names.task_by_id.get(task)
        return task if known is None else known.name or task

    def where(self, assignments: Iterable[Assignment]) -> dict[str, str]:
        own = sorted(assignments, key=lambda one: one.slot)
        place = self._names.place_by_id[own[0].place]
        start = min(one.start for one in own)
        return {
            "people": self.joined("join", (self.name(one.person) for one in own)),
            "when": moment_in_words(self._names.horizon, start, self._lang),
            "place": place.name or place.id,
        }

    def crew(self, assignments: Iterable[Assignment]) -> str:
        return say("remedies.other", self._lang, **self.where(assignments))

    def raised(self, one: Remedy, person: str, id: str, amount: int) -> str:
        rule, horizon = rules()[id], self._names.horizon
        own = next(part for part in one.added if part.person == person)
        return rule.remedy.fill(
            self._lang,
            person=self.name(person),
            when=moment_in_words(horizon, own.start, self._lang),
            ticks=duration_in_words(amount, horizon.ticks_per_minute, self._lang),
            count=amount,
        )

    def person(self, one: Remedy, slots: dict[str, str]) -> str:
        new = next(who for who in one.instance.people if who.id not in self._names.person_by_id)
        needed = [
            say("remedies.skill", self._lang, skill=skill, level=level)
            for skill, level in new.skills.items()
        ]
        slots["role"] = role_in_words(new.role, self._lang)
        slots["skills"] = ""
        if needed:
            skills = self.joined("join", needed)
            slots["skills"] = say("remedies.skills", self._lang, skills=skills)
        words = say("remedies.person", self._lang, **slots)
        others = [part.person for part in one.added if part.person != new.id]
        if others:
            people = self.joined("join", (self.name(who) for who in others))
            words += say("remedies.also", self._lang, people=people)
        return words
