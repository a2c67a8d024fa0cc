"""Reasons and remedies on the console."""

from rich.console import Group, RenderableType
from rich.text import Text

from scheduler import explain
from scheduler.cli.talk import Talk, printable
from scheduler.due import Expanded
from scheduler.explain.words import alternative_in_words, why_in_words
from scheduler.explain.words_of_remedies import (
    attempt_in_words,
    remedy_in_words,
    ruled_out_in_words,
)
from scheduler.messages.names import Names
from scheduler.model import Instance

MOST_REMEDIES = 3


def undone(talk: Talk, trials: explain.Trials, most: int) -> RenderableType:
    """The tasks that lack people, the gravest first, each with its reason and cheapest remedies."""
    facts = trials.facts
    by_task: dict[str, explain.EmptySlot] = {}
    for slot in explain.why_empty(facts.instance, facts.roster):
        if slot.task not in by_task or slot.able < by_task[slot.task].able:
            by_task[slot.task] = slot
    if not by_task:
        return Text(talk.word("summary.all_done"), style="green")
    order = sorted(by_task.values(), key=lambda slot: explain.gravity(trials, slot))
    lines: list[RenderableType] = []
    for slot in order[:most]:
        lines.append(_head(talk, facts.instance, slot))
        remedies = explain.remedies(trials, slot.task, slot.slot, MOST_REMEDIES)
        lines += _remedies(talk, facts.instance, remedies)
    if len(order) > most:
        lines.append(Text(talk.word("more", count=len(order) - most), style="dim"))
    return Group(*lines)


def _head(talk: Talk, instance: Instance, empty: explain.EmptySlot) -> Text:
    name = talk.word(
        "explain.slot",
        task=Names(instance, talk.lang).task(empty.task),
        id=empty.task,
        slot=empty.slot,
        priority=instance.task_by_id[empty.task].priority,
    )
    return Text.assemble((printable(name), "bold"), "  ", printable(empty.sentence(talk.lang)))


def _remedies(
    talk: Talk, instance: Instance, remedies: list[explain.Remedy]
) -> list[RenderableType]:
    if not remedies:
        return [Text(f"  {talk.word('explain.no_remedies')}", style="dim")]
    return [
        Text(
            f"  {number}. {printable(remedy_in_words(instance, remedy, talk.lang))}", style="green"
        )
        for number, remedy in enumerate(remedies, 1)
    ]


def clashing(talk: Talk, instance: Expanded, seconds: float) -> RenderableType:
    """What cannot all hold, and for each what would have to give way."""
    # Imported here: the other questions need no OR-Tools.
    from scheduler.explain.clashes import clashes, relaxation_in_words, requirement_in_words

    clash = clashes(instance, seconds)
    lines: list[RenderableType] = [Text(talk.say(f"clash.status.{clash.status}"), style="bold")]
    for requirement in clash.requirements:
        lines.append(
            Text(f"  · {printable(requirement_in_words(instance, requirement, talk.lang))}")
        )
        relax = printable(relaxation_in_words(instance, requirement, talk.lang))
        lines.append(Text(f"      → {relax}", style="green"))
    return Group(*lines)


def why_unassigned(
    talk: Talk, trials: explain.Trials, slot: explain.Unassigned, people: bool
) -> RenderableType:
    """Everything about one empty slot. people: name the people whom each rule rules out, instead of counting them."""
    instance = trials.facts.instance
    lines: list[RenderableType] = [_head(talk, instance, slot.empty)]
    if slot.impossible:
        lines.append(Text(talk.say("remedies.proven"), style="red"))
    if slot.empty.ruled_out:
        lines.append(Text(talk.word("explain.ruled_out"), style="bold"))
        lines += [Text(f"  {printable(line)}") for line in _ruled_out(talk, instance, slot, people)]
    if slot.attempts:
        lines.append(Text(talk.word("explain.attempts"), style="bold"))
        lines += [
            Text(f"  {printable(attempt_in_words(instance, attempt, talk.lang))}")
            for attempt in slot.attempts
        ]
    lines.append(Text(talk.word("explain.remedies"), style="bold"))
    lines += _remedies(talk, instance, list(slot.remedies))
    return Group(*lines)


def _ruled_out(talk: Talk, instance: Instance, slot: explain.Unassigned, people: bool) -> list[str]:
    if people:
        return ruled_out_in_words(instance, slot, talk.lang)
    return [explain.counted(slot.empty, talk.lang)]


def why_so(talk: Talk, trials: explain.Trials, task: str, slot: int) -> RenderableType:
    """What an assignment is worth, and the best other ways."""
    instance = trials.facts.instance
    reasons = explain.why_so(trials, task, slot)
    lines: list[RenderableType] = [Text(printable(why_in_words(instance, reasons, talk.lang)))]
    lines.append(Text(talk.word("explain.alternatives"), style="bold"))
    lines += [
        Text(f"  {printable(alternative_in_words(instance, alternative, talk.lang))}")
        for alternative in reasons.alternatives
    ]
    if not reasons.alternatives:
        lines.append(Text(f"  {talk.word('explain.no_alternatives')}", style="dim"))
    return Group(*lines)
