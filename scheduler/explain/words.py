"""The room's sentences: empty slots, remedies, assignments, suggestions and clashes, in either language.

`names` are always those of the instance that the sentence is about.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scheduler.checker.pricing import ChangeCost
from scheduler.checker.sentences import sentence
from scheduler.explain.placements import Placement
from scheduler.explain.remedies import Remedy
from scheduler.explain.suggest import Suggestion
from scheduler.explain.swaps import Swap
from scheduler.explain.why_empty import EmptySlot
from scheduler.explain.why_so import Alternative, WhySo
from scheduler.messages import Lang, say
from scheduler.messages.names import Names, is_neutral
from scheduler.model import Assignment
from scheduler.model.skills import SkillSlip, skill_slip
from scheduler.model.tasks import slots as slots_of
from scheduler.rules import rules

if TYPE_CHECKING:
    # Only clashes need OR-Tools, and every other sentence is said without it.
    from scheduler.engines.exact import Requirement


# Empty slots.


def reason_in_words(names: Names, empty: EmptySlot) -> str:
    """Why a slot is empty, with the rules that would be broken. names: of the week, or neutral ones."""
    lang = names.lang
    slots: dict[str, object] = {"people": len(names.instance.people), "points": ""}
    if empty.reason == "predecessor":
        slots["other"] = names.task(empty.undone)
    if empty.reason in ("free", "not_worth"):
        (placement,) = empty.attempts
        slots |= _crew(names, placement.assignments)
        slots["points"] = _change(placement.change, lang)
    words = say(f"explain.reason.{empty.reason}", lang, **slots)
    if empty.reason == "nobody_able" and empty.ruled_out:
        words += say("explain.ruled_out.all", lang, rules=ruled_out_counts(empty, lang))
        asked = slots_of(names.instance.task_by_id[empty.task])[empty.slot].skills
        words += slip_in_words(lang, skill_slip(names.instance, asked))
    if empty.reason in ("nobody_able", "rules") and empty.attempts:
        attempts = (attempt_in_words(names, attempt) for attempt in empty.attempts)
        words += say("explain.least", lang, attempts=say("explain.or", lang).join(attempts))
    return words


def slip_in_words(lang: Lang, slip: SkillSlip | None) -> str:
    """That a skill is likely misspelt; "" where none is, or where one stands for a hidden one."""
    if slip is None or is_neutral(slip.asked) or is_neutral(slip.meant):
        return ""
    return say("explain.slip", lang, asked=slip.asked, meant=slip.meant)


def ruled_out_counts(empty: EmptySlot, lang: Lang) -> str:
    """How many people each rule rules out."""
    return say("explain.ruled_out.join", lang).join(
        say("explain.ruled_out.one", lang, rule=rules()[rule].name.fill(lang), count=len(people))
        for rule, people in empty.ruled_out.items()
    )


def ruled_out_in_words(names: Names, empty: EmptySlot) -> list[str]:
    """For each rule the names of the people whom it rules out."""
    return [
        say(
            "remedies.named",
            names.lang,
            rule=rules()[rule].name.fill(names.lang),
            people=names.people(people),
        )
        for rule, people in empty.ruled_out.items()
    ]


def attempt_in_words(names: Names, placement: Placement) -> str:
    """Who could go when, and which hard rules that would break."""
    slots = _crew(names, placement.assignments)
    if not placement.breaks:
        return say("remedies.attempt_clean", names.lang, **slots)
    breaks = (sentence(names, finding.rule, finding.violation) for finding in placement.breaks)
    slots["breaks"] = say("remedies.breaks", names.lang).join(breaks)
    return say("remedies.attempt", names.lang, **slots)


def swap_in_words(names: Names, swap: Swap) -> str:
    """Who could do the work, what would be left undone for it, and what that costs and saves."""
    return say(
        "remedies.swap",
        names.lang,
        **_crew(names, swap.added),
        others=names.listed(map(names.task, swap.dropped)),
        points=_change(swap.change, names.lang),
    )


# Remedies.


def remedy_in_words(names: Names, remedy: Remedy) -> str:
    """What has to be done, and who could then do the work. names: of the week without the remedy."""
    if remedy.kind == "person":
        return _one_more_person(names, remedy)
    added = [part for part in remedy.added if part.task == remedy.task]
    slots = _crew(names, added) | _asked(names, remedy)
    if remedy.removed:
        others = dict.fromkeys(part.task for part in remedy.removed)
        slots["other"] = names.listed(map(names.task, others))
        slots["before"] = say("remedies.other", names.lang, **_crew(names, remedy.removed))
    if remedy.kind == "move":
        slots["after"] = say("remedies.other", names.lang, **_crew(names, remedy.replaced))
    words = say(f"remedies.{remedy.kind}", names.lang, **slots)
    pins, left = ({pin.task for pin in week.pins} for week in (names.instance, remedy.instance))
    return say("remedies.unpinned", names.lang) + words if pins - left else words


def _asked(names: Names, remedy: Remedy) -> dict[str, str]:
    """What the change is about, in words."""
    subject, lang = remedy.subject, names.lang
    match remedy.kind:
        case "together":
            first = [part for part in remedy.added if part.task != remedy.task]
            tasks = dict.fromkeys(part.task for part in first)
            done = (
                say(
                    "remedies.first",
                    lang,
                    task=names.task(task),
                    **_crew(names, [part for part in first if part.task == task]),
                )
                for task in tasks
            )
            return {"first": say("remedies.and", lang).join(done)}
        case "window":
            return {"ticks": names.duration(remedy.asked)}
        case "limit":
            raised = (_raised(names, remedy, *limit) for limit in remedy.raised)
            return {"raised": say("remedies.and", lang).join(raised)}
        case "area":
            people = names.people(str(person) for person in subject[1:])
            return {"area": names.area(str(subject[0])), "who": people}
        case "place_area":
            return {"moved": names.place(str(subject[0])), "area": names.area(str(subject[1]))}
        case "skill":
            return {"who": names.person(str(subject[0])), "skills": _levels(lang, subject[1:])}
        case "skill_level":
            return {"asked": _levels(lang, subject, "asked_level", "not_asked")}
        case "role":
            return {"role": names.role(str(subject[0]))}
        case "crew_size":
            return {"count": str(subject[0])}
    return {}


def _levels(
    lang: Lang, words: Sequence[str | int], some: str = "level", none: str = "level"
) -> str:
    """Skill and level in turn. some, none: keys of the sentences for a level, and for level 0."""
    pairs = zip(words[::2], words[1::2], strict=True)
    return say("remedies.and", lang).join(
        say(f"remedies.{some if level else none}", lang, skill=skill, level=level)
        for skill, level in pairs
    )


def _raised(names: Names, remedy: Remedy, person: str, rule: str, amount: int) -> str:
    """By how much a limit is raised; of a limit that counts, `amount` is a count and not ticks."""
    work = next(part for part in remedy.added if part.person == person)
    return rules()[rule].remedy.fill(
        names.lang,
        person=names.person(person),
        when=names.moment(work.start),
        ticks=names.duration(amount),
        count=amount,
    )


def _one_more_person(names: Names, remedy: Remedy) -> str:
    new = remedy.instance.person_by_id[str(remedy.subject[0])]
    slots = _crew(names, remedy.added) | {"role": names.role(new.role), "skills": ""}
    if new.skills:
        slots["skills"] = say("remedies.skills", names.lang, skills=names.skills(new.skills))
    words = say("remedies.person", names.lang, **slots)
    others = [part.person for part in remedy.added if part.person != new.id]
    if others:
        words += say("remedies.also", names.lang, people=names.people(others))
    return words


# Assignments and suggestions.


def why_in_words(names: Names, why: WhySo) -> str:
    """What an assignment is worth, against its slot left empty."""
    assignment = why.assignment
    return say(
        "suggest.why.alone",
        names.lang,
        person=names.person(assignment.person),
        when=names.moment(assignment.start),
        place=names.place(assignment.place),
        task=names.task(assignment.task),
        points=_change(why.change, names.lang),
    )


def alternative_in_words(names: Names, alternative: Alternative) -> str:
    """Another way, and its difference to the present one."""
    return say(
        "suggest.why.alternative",
        names.lang,
        kind=say(f"suggest.why.{alternative.kind}", names.lang),
        **_pair(names, alternative.assignments),
        points=_change(alternative.change, names.lang),
    )


def suggestion_in_words(names: Names, suggestion: Suggestion) -> str:
    """Who, when and where, the travel that comes on top, and what gets better or worse, as one sentence.

    names: of the suggestion's instance, which has the new work
    """
    first = suggestion.placements[0]
    task = first.assignments[0].task
    if len(suggestion.placements) == 1:
        return say(
            "suggest.placement",
            names.lang,
            **_pair(names, first.assignments),
            task=names.task(task),
            travel=_travel(names, first),
            points=_change(suggestion.change, names.lang),
        )
    record = suggestion.instance.task_by_id[task]
    case = record.case if record else None
    parts = (
        say("suggest.part", names.lang, **_pair(names, placement.assignments))
        for placement in suggestion.placements
    )
    return say(
        "suggest.series",
        names.lang,
        case=names.case(case) if case else names.task(task),
        parts=say("suggest.parts", names.lang).join(parts),
        points=_change(suggestion.change, names.lang),
    )


def _travel(names: Names, placement: Placement) -> str:
    """How much longer or shorter everybody is on the way."""
    people = [
        say(
            "suggest.travel" if ticks > 0 else "suggest.less_travel",
            names.lang,
            person=names.person(person),
            ticks=names.duration(abs(ticks)),
        )
        for person, ticks in placement.extra.items()
        if ticks
    ]
    return say("suggest.rules", names.lang).join(people) or say("suggest.no_travel", names.lang)


def _change(change: ChangeCost, lang: Lang) -> str:
    """What a change saves and costs, by rule."""
    parts = []
    for key, sign in (("saves", -1), ("costs", 1)):
        changed = [
            say("suggest.rule", lang, rule=cost.rule.rule.name.fill(lang), points=abs(points))
            for cost in change.by_rule
            if (points := sum(cost.score.points)) * sign > 0
        ]
        if changed:
            listed = say("suggest.rules", lang).join(changed)
            parts.append(say(f"suggest.{key}", lang, rules=listed))
    return say("suggest.and", lang).join(parts) or say("suggest.nothing", lang)


# Clashes.


def requirement_in_words(names: Names, requirement: "Requirement") -> str:
    """A rule, whom or what it is about, and its limit where there is one."""
    slots = _requirement(names, requirement)
    if slots["limit"]:
        return say("clash.limited", names.lang, **slots)
    return say("clash.requirement" if slots["subject"] else "clash.whole", names.lang, **slots)


def relaxation_in_words(names: Names, requirement: "Requirement") -> str:
    """What would have to give way for the rest to hold."""
    return rules()[requirement.rule].relax.fill(names.lang, **_requirement(names, requirement))


def _requirement(names: Names, requirement: "Requirement") -> dict[str, str]:
    return {
        "rule": rules()[requirement.rule].name.fill(names.lang),
        "subject": _subject(names, requirement),
        "limit": _limit(names, requirement),
    }


def _subject(names: Names, requirement: "Requirement") -> str:
    """The name of the person, task, place or bundle; nothing where the rule is about the whole."""
    instance, key = names.instance, requirement.key
    if requirement.rule == "gap":
        gap = instance.gaps[int(key)]
        return f"{names.task(gap.first)} → {names.task(gap.second)}"
    if key in instance.person_by_id:
        return names.person(key)
    if key in instance.task_by_id:
        return names.task(key)
    if key in instance.place_by_id:
        return names.place(key)
    return key


def _limit(names: Names, requirement: "Requirement") -> str:
    """The person's limit that the rule keeps; nothing where it is about no limit."""
    rule = rules()[requirement.rule]
    if requirement.key not in names.instance.person_by_id or not rule.shown_limits:
        return ""
    limits = names.instance.limits(requirement.key)
    values = [getattr(limits, name) for name in rule.shown_limits]
    if None in values:
        return ""
    return names.duration(sum(values)) if rule.unit == "minute" else str(sum(values))


# Who, when and where.


def _crew(names: Names, assignments: Iterable[Assignment]) -> dict[str, str]:
    """One task's people in order of slots, its first start and its place."""
    crew = sorted(assignments, key=lambda part: part.slot)
    return {
        "people": names.people(part.person for part in crew),
        "when": names.moment(min(part.start for part in crew)),
        "place": names.place(crew[0].place),
    }


def _pair(names: Names, assignments: Sequence[Assignment]) -> dict[str, str]:
    """The same with the word for two people who go together."""
    people = say("suggest.people", names.lang).join(
        names.person(part.person) for part in assignments
    )
    return _crew(names, assignments) | {"people": people}
