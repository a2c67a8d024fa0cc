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
    why_in_words,
)
from scheduler.messages.names import Names

MOST_REMEDIES = 3


def undone(talk: Talk, trials: explain.Trials, most: int) -> RenderableType:
    """The tasks that lack people, the gravest first, each with its reason and cheapest remedies."""
    facts, names = trials.facts, Names(trials.facts.instance, talk.lang)
    by_task: dict[str, explain.EmptySlot] = {}
    for one in explain.why_empty(facts.instance, facts.roster):
        if one.task not in by_task or one.able < by_task[one.task].able:
            by_task[one.task] = one
    if not by_task:
        return Text(talk.word("summary.all_done"), style="green")
    order = sorted(by_task.values(), key=lambda one: explain.urgency(trials, one))
    lines: list[RenderableType] = []
    for one in order[:most]:
        lines.append(_head(talk, names, one))
        found = explain.remedies(trials, one.task, one.slot, MOST_REMEDIES)
        lines += _remedies(talk, names, found)
    if len(order) > most:
        lines.append(Text(talk.word("more", count=len(order) - most), style="dim"))
    return Group(*lines)


def _head(talk: Talk, names: Names, one: explain.EmptySlot) -> Text:
    name = talk.word(
        "explain.slot",
        task=names.task(one.task),
        id=one.task,
        slot=one.slot,
        priority=names.instance.task_by_id[one.task].priority,
    )
    return Text.assemble(
        (printable(name), "bold"), "  ", printable(reason_in_words(one, talk.lang))
    )


def _remedies(talk: Talk, names: Names, found: list[explain.Remedy]) -> list[RenderableType]:
    if not found:
        return [Text(f"  {talk.word('explain.no_remedies')}", style="dim")]
    return [
        Text(f"  {number}. {printable(remedy_in_words(names, one))}", style="green")
        for number, one in enumerate(found, 1)
    ]


def clashing(talk: Talk, instance: Expanded, seconds: float) -> RenderableType:
    """What cannot all hold, and for each what would have to give way."""
    # Loaded late: the other questions need no OR-Tools.
    from scheduler.explain.clashes import clashes

    found, names = clashes(instance, seconds), Names(instance, talk.lang)
    lines: list[RenderableType] = [Text(talk.say(f"clash.status.{found.status}"), style="bold")]
    for one in found.requirements:
        lines.append(Text(f"  · {printable(requirement_in_words(names, one))}"))
        relax = printable(relaxation_in_words(names, one))
        lines.append(Text(f"      → {relax}", style="green"))
    return Group(*lines)


def unassigned(trials: explain.Trials, task: str, slot: int) -> explain.Unassigned:
    """See `scheduler.explain.why_unassigned`."""
    return explain.why_unassigned(trials, task, slot)


def why_unassigned(
    talk: Talk, trials: explain.Trials, one: explain.Unassigned, people: bool
) -> RenderableType:
    """Everything about one empty slot; with people's names where they are asked for."""
    names = Names(trials.facts.instance, talk.lang)
    lines: list[RenderableType] = [_head(talk, names, one.empty)]
    if one.impossible:
        lines.append(Text(talk.say("remedies.proven"), style="red"))
    if one.empty.ruled_out:
        lines.append(Text(talk.word("explain.ruled_out"), style="bold"))
        lines += [Text(f"  {printable(line)}") for line in _ruled_out(names, one, people)]
    if one.attempts:
        lines.append(Text(talk.word("explain.attempts"), style="bold"))
        lines += [
            Text(f"  {printable(attempt_in_words(names, attempt))}") for attempt in one.attempts
        ]
    lines.append(Text(talk.word("explain.remedies"), style="bold"))
    lines += _remedies(talk, names, list(one.remedies))
    return Group(*lines)


def _ruled_out(names: Names, one: explain.Unassigned, people: bool) -> list[str]:
    if people:
        return ruled_out_in_words(names, one)
    return [ruled_out_counts(one.empty, names.lang)]


def why_so(talk: Talk, trials: explain.Trials, task: str, slot: int) -> RenderableType:
    """What an assignment is worth, and the best other ways."""
    names = Names(trials.facts.instance, talk.lang)
    found = explain.why_so(trials, task, slot)
    lines: list[RenderableType] = [Text(printable(why_in_words(names, found)))]
    lines.append(Text(talk.word("explain.alternatives"), style="bold"))
    lines += [
        Text(f"  {printable(alternative_in_words(names, one))}") for one in found.alternatives
    ]
    if not found.alternatives:
        lines.append(Text(f"  {talk.word('explain.no_alternatives')}", style="dim"))
    return Group(*lines)
