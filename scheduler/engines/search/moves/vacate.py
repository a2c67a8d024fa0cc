"""Vacate: a slot, or a whole crew, is left empty."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    DAY,
    EMPTY_POINTS,
    LEAST,
    LOOSE,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    REAL,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)
from scheduler.engines.search.moves.common import CHANGED, NOTHING, pick_slot, task_of, unlink_task
from scheduler.engines.search.moves.estimate import day_reach, is_hopeless, leaving, tied
from scheduler.engines.search.state import random_below, unlink


@inner
def propose(P, T, S, W, limit):
    """Empty a loose slot, one slot of a crew that may shrink, or a whole crew."""
    slot = pick_slot(P, S, W)
    if S[SLOT_S + slot * SLOT_SW + PERSON] < 0:
        return NOTHING
    task = task_of(P, slot)
    fixed = P[TASK_P] + task * TASK_W
    W[REAL] += 1
    if P[P[SLOT_P] + slot * SLOT_W + EMPTY_POINTS] > 0 and P[fixed + SLOT_COUNT] == 1:
        day = P[P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W + DAY]
        delta = -leaving(P, T, S, W, slot) - tied(P, S, slot)
        delta -= day_reach(P, S, S[SLOT_S + slot * SLOT_SW + PERSON], day)
        if is_hopeless(P, S, W, delta, limit):
            return NOTHING
    if P[fixed + LOOSE] or (P[fixed + LEAST] < P[fixed + SLOT_COUNT] and random_below(W, 2) == 0):
        unlink(P, T, S, W, slot)
    else:
        unlink_task(P, T, S, W, task)
    return CHANGED
