"""Slots by the kind of their task, as measures of Total."""

from scheduler.lowered.into import Into


def kind_measure(into: Into, kind: str) -> int:
    """The measure that counts a person's slots of a kind."""
    slots = {slot: 1 for slot, task, _ in into.slots() if task.kind == kind}
    return into.total.measure(("kind", kind), slots)
