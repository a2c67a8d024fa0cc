"""A remedy as changes, to be previewed and done by hand as any others."""

from collections.abc import Iterator, Sequence

from scheduler.explain.remedies import Remedy
from scheduler.model import Assignment, Instance, Shift, Visit
from scheduler.model.changes import Assign, Change, Unassign, UnpinWork, Windows
from scheduler.model.tasks import slots

WITHIN_RULES = ("place", "together", "window", "move", "drop")
"""Kinds of remedies that ask no rule to give way; any other needs a reason, which becomes an exception."""


def remedy_changes(instance: Instance, remedy: Remedy, reason: str) -> tuple[Change, ...]:
    """What does a remedy; nothing where it needs somebody who does not exist yet.

    instance: the week that it is for. reason: why rules give way, where the remedy asks them to.
    """
    return tuple(_changes(instance, remedy, reason)) if remedy.applicable else ()


def placing(
    instance: Instance, parts: Sequence[Assignment], reason: str = ""
) -> tuple[Change, ...]:
    """What gives each part to its person, at its time and place."""
    return tuple(_assign(instance.task_by_id[part.task], part, reason) for part in parts)


def _changes(instance: Instance, remedy: Remedy, reason: str) -> Iterator[Change]:
    why = "" if remedy.kind in WITHIN_RULES else reason
    pinned = {pin.task for pin in instance.pins} - {pin.task for pin in remedy.instance.pins}
    for task in sorted(pinned):
        yield UnpinWork(task=task)
    for part in remedy.removed:
        yield Unassign(task=part.task, person=part.person, reason=why)
    now = remedy.instance.task_by_id[remedy.task]
    if remedy.kind == "window" and isinstance(now, Visit):
        yield Windows(visit=now.id, windows=now.windows)
    yield from placing(instance, (*remedy.added, *remedy.replaced), why)


def _assign(task: Visit | Shift, part: Assignment, reason: str) -> Assign:
    return Assign(
        task=part.task,
        slot=part.slot,
        person=part.person,
        start=part.start - slots(task)[part.slot].after[0],
        place=part.place,
        reason=reason,
    )
