"""Swap persons: two near stops keep their times and exchange their people."""

from scheduler.search.compiled import inner
from scheduler.search.layout import (
    OPTION,
    PERSON,
    REAL,
    SLOT_S,
    SLOT_SW,
    TASK_S,
    TASK_SW,
)  # fmt: skip
from scheduler.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    can_host,
    in_crew,
    link_by_key,
    pick_near,
    pick_slot,
    task_of,
)  # fmt: skip
from scheduler.search.state import unlink


@inner
def propose(P, T, S, W, limit):
    """Exchange the people of two near stops."""
    one = pick_slot(P, S, W)
    first = S[SLOT_S + one * SLOT_SW + PERSON]
    if first < 0:
        return NOTHING
    task = task_of(P, one)
    two = pick_near(P, S, W, task)
    if two < 0:
        return NOTHING
    second = S[SLOT_S + two * SLOT_SW + PERSON]
    other = task_of(P, two)
    if first == second or in_crew(P, S, task, second) or in_crew(P, S, other, first):
        return NOTHING
    if not can_host(P, one, second, S[P[TASK_S] + task * TASK_SW + OPTION]):
        return NOTHING
    if not can_host(P, two, first, S[P[TASK_S] + other * TASK_SW + OPTION]):
        return NOTHING
    W[REAL] += 1
    unlink(P, T, S, W, one)
    unlink(P, T, S, W, two)
    if not link_by_key(P, T, S, W, one, second) or not link_by_key(P, T, S, W, two, first):
        return FAILED
    return CHANGED
