"""Vacate: a slot, or a whole crew, is left empty."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    HOPELESS,
    NOTHING,
    pick_slot,
    unlink_task,
)
from scheduler.engines.search.moves.estimate import is_hopeless, leaving, note_left, tied
from scheduler.engines.search.rows import (
    is_loose,
    person_of,
    slot_count,
    slot_row,
    task_of,
    task_row,
)
from scheduler.engines.search.state import random_below, unlink
from scheduler.lowered import Lowered


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 1.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def propose(P, T, S, W, limit):
    """Empty a loose slot, one slot of a crew that may shrink, or a whole crew."""
    slot = pick_slot(P, S, W)
    if person_of(S, slot) < 0:
        return NOTHING
    task = task_of(P, slot)
    fixed_row = task_row(P, task)
    if P[slot_row(P, slot) + at.SLOT_EMPTY_POINTS] > 0 and slot_count(P, task) == 1:
        delta = -leaving(P, T, S, W, slot) - tied(P, S, slot)
        note_left(P, T, S, W, slot)
        if is_hopeless(P, T, S, W, delta, limit):
            return HOPELESS
    if is_loose(P, task) or (
        P[fixed_row + at.TASK_LEAST] < slot_count(P, task) and random_below(W, 2) == 0
    ):
        unlink(P, T, S, W, slot)
    else:
        unlink_task(P, T, S, W, task)
    return CHANGED
