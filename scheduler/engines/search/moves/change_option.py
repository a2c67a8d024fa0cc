"""Change option: a task moves to another day, window or place; its people stay where they can."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    FILLED,
    FIRST_SLOT,
    LOOSE,
    PERSON,
    REAL,
    SCRATCH,
    SLOT_COUNT,
    SLOT_S,
    SLOT_SW,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)  # fmt: skip
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    FAR,
    NOTHING,
    can_host,
    choose_crew,
    key_between,
    likely_start,
    link_by_key,
    pick_host,
    pick_option,
    pick_slot,
    set_option,
    task_of,
    unlink_task,
)  # fmt: skip


@inner
def propose(P, T, S, W, limit):
    """Move a done task to another of its options, or to another moment of the same one."""
    slot = pick_slot(P, S, W)
    task = task_of(P, slot)
    fixed = P[TASK_P] + task * TASK_W
    if P[fixed + LOOSE] or S[P[TASK_S] + task * TASK_SW + FILLED] == 0:
        return NOTHING
    option = pick_option(P, W, task, -1)
    person = S[SLOT_S + slot * SLOT_SW + PERSON]
    if option < 0:
        return NOTHING
    if person < 0 or not can_host(P, slot, person, option):
        person = pick_host(P, S, W, slot, option)
    if person < 0 or not choose_crew(P, S, W, task, option, slot, person, P[SCRATCH]):
        return NOTHING
    W[REAL] += 1
    unlink_task(P, T, S, W, task)
    set_option(P, S, W, task, option, key_between(W, -FAR, FAR, likely_start(P, W, option)))
    for number in range(P[fixed + SLOT_COUNT]):
        if not link_by_key(P, T, S, W, P[fixed + FIRST_SLOT] + number, W[P[SCRATCH] + number]):
            return FAILED
    return CHANGED
