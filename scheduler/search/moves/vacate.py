"""Vacate: a slot, or a whole crew, is left empty."""

from scheduler.search.compiled import inner
from scheduler.search.layout import (
    LEAST,
    LOOSE,
    PERSON,
    REAL,
    SLOT_COUNT,
    SLOT_S,
    SLOT_SW,
    TASK_P,
    TASK_W,
)
from scheduler.search.moves.common import CHANGED, NOTHING, pick_slot, task_of, unlink_task
from scheduler.search.state import random_below, unlink


@inner
def propose(P, T, S, W, limit):
    """Empty a loose slot, one slot of a crew that may shrink, or a whole crew."""
    slot = pick_slot(P, S, W)
    if S[SLOT_S + slot * SLOT_SW + PERSON] < 0:
        return NOTHING
    task = task_of(P, slot)
    fixed = P[TASK_P] + task * TASK_W
    W[REAL] += 1
    if P[fixed + LOOSE] or (P[fixed + LEAST] < P[fixed + SLOT_COUNT] and random_below(W, 2) == 0):
        unlink(P, T, S, W, slot)
    else:
        unlink_task(P, T, S, W, task)
    return CHANGED
