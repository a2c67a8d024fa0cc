"""Reasons and remedies on the console."""

from rich.console import Group, RenderableType
from rich.text import Text

from scheduler import explain
from scheduler.cli.talk import Talk, printable
from scheduler.due import Expanded
from scheduler.explain.words import (
    alternative_in_words,
    attempt_in_words,
    reason_in_words,
    relaxation_in_words,
    remedy_in_words,
    requirement_in_words,
    ruled_out_counts,
    ruled_out_in_words,
    swap_in_words,
    why_in_words,
)
from scheduler.messages import say
from scheduler.messages.names import Names

MOST_REMEDIES = 3


def undone(talk: Talk, trials: explain.Trials, most: int) -> RenderableType:
    """The tasks that lack people, the gravest first, each with its reason and cheapest remedies."""
    names = Names(trials.facts.instance, talk.lang)
    slots = sorted(explain.empty_slots(trials), key=lambda slot: explain.urgency(trials, *slot))
    order = list(dict.fromkeys(task for task, _ in slots))
    if not order:
        return Text(talk.word("summary.all_done"), style="green")
    lines: list[RenderableType] = []
    for task in order[:most]:
        slot = min(explain.why_empty(trials, {task}), key=lambda slot: slot.able)
        lines.append(_head(talk, names, slot))
        remedies = explain.remedies(trials, slot.task, slot.slot, MOST_REMEDIES)
        lines += _remedies(talk, names, remedies)
    if len(order) > most:
        lines.append(Text(talk.word("more", count=len(order) - most), style="dim"))
    return Group(*lines)


def hours_wanted(talk: Talk, instance: Expanded, seconds: float) -> RenderableType:
    """Whose further hours would let most undone work be done."""
    names, lines = Names(instance, talk.lang), []
    for hour in explain.hours_wanted(instance, seconds):
        who = names.role(hour.role)
        if hour.skills:
            skills = names.listed(map(names.skill, hour.skills))
            who = say("explain.worth.who", talk.lang, role=who, skills=skills)
        told = {"day": names.day(hour.day), "who": who, "points": hour.points}
        lines.append(Text(printable(say("explain.worth.hour", talk.lang, **told))))
    return Group(*lines)


def _head(talk: Talk, names: Names, empty: explain.EmptySlot) -> Text:
    name = talk.word(
        "explain.slot",
        task=names.task(empty.task),
        id=empty.task,
        slot=empty.slot,
        priority=names.instance.task_by_id[empty.task].priority,
    )
    return Text.assemble((printable(name), "bold"), "  ", printable(reason_in_words(names, empty)))


def _remedies(talk: Talk, names: Names, remedies: list[explain.Remedy]) -> list[RenderableType]:
    if not remedies:
        return [Text(f"  {talk.word('explain.no_remedies')}", style="dim")]
    return [
        Text(f"  {number}. {printable(remedy_in_words(names, remedy))}", style="green")
        for number, remedy in enumerate(remedies, 1)
    ]


def clashing(talk: Talk, instance: Expanded, seconds: float) -> RenderableType:
    """What cannot all hold, and for each what would have to give way."""
    # Imported here: the other questions need no OR-Tools.
    from scheduler.explain.clashes import clashes

    clash, names = clashes(instance, seconds), Names(instance, talk.lang)
    lines: list[RenderableType] = [Text(talk.say(f"clash.status.{clash.status}"), style="bold")]
    for requirement in clash.requirements:
        lines.append(Text(f"  · {printable(requirement_in_words(names, requirement))}"))
        relax = printable(relaxation_in_words(names, requirement))
        lines.append(Text(f"      → {relax}", style="green"))
    return Group(*lines)


def why_unassigned(
    talk: Talk, trials: explain.Trials, slot: explain.Unassigned, people: bool
) -> RenderableType:
    """Everything about one empty slot. people: name the people whom each rule rules out, instead of counting them."""
    names = Names(trials.facts.instance, talk.lang)
    lines: list[RenderableType] = [_head(talk, names, slot.empty)]
    if slot.impossible:
        lines.append(Text(talk.say("remedies.proven"), style="red"))
    if slot.empty.ruled_out:
        lines.append(Text(talk.word("explain.ruled_out"), style="bold"))
        lines += [Text(f"  {printable(line)}") for line in _ruled_out(names, slot, people)]
    if slot.empty.attempts:
        lines.append(Text(talk.word("explain.attempts"), style="bold"))
        lines += [
            Text(f"  {printable(attempt_in_words(names, attempt))}")
            for attempt in slot.empty.attempts
        ]
    if slot.outweighed is not None:
        lines.append(Text(talk.say("remedies.outweighed"), style="bold"))
        lines.append(Text(f"  {printable(swap_in_words(names, slot.outweighed))}"))
    lines.append(Text(talk.word("explain.remedies"), style="bold"))
    lines += _remedies(talk, names, list(slot.remedies))
    return Group(*lines)


def _ruled_out(names: Names, slot: explain.Unassigned, people: bool) -> list[str]:
    if people:
        return ruled_out_in_words(names, slot.empty)
    return [ruled_out_counts(slot.empty, names.lang)]


def why_so(talk: Talk, trials: explain.Trials, task: str, slot: int) -> RenderableType:
    """What an assignment is worth, and the best other ways."""
    names = Names(trials.facts.instance, talk.lang)
    reasons = explain.why_so(trials, task, slot)
    lines: list[RenderableType] = [Text(printable(why_in_words(names, reasons)))]
    lines.append(Text(talk.word("explain.alternatives"), style="bold"))
    lines += [
        Text(f"  {printable(alternative_in_words(names, alternative))}")
        for alternative in reasons.alternatives
    ]
    if not reasons.alternatives:
        lines.append(Text(f"  {talk.word('explain.no_alternatives')}", style="dim"))
    return Group(*lines)
