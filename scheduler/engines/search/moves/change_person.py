"""Change person: a slot goes to another able person at the same moment; an undone task is tried somewhere."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    DAY,
    DAYS,
    FILLED,
    FIRST_SLOT,
    KEY,
    LOOSE,
    OPTION,
    OPTION_P,
    OPTION_W,
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
    in_crew,
    key_between,
    likely_start,
    link_by_key,
    pick_able,
    pick_option,
    pick_slot,
    set_option,
    task_of,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import gap_at, replacement, transfer
from scheduler.engines.search.state import link, unlink


@inner
def propose(P, T, S, W, limit):
    """Give a slot to a random able person."""
    slot = pick_slot(P, S, W)
    task = task_of(P, slot)
    fixed = P[TASK_P] + task * TASK_W
    row = P[TASK_S] + task * TASK_SW
    person = pick_able(P, W, slot)
    if person < 0 or in_crew(P, S, task, person):
        return NOTHING
    if S[row + FILLED] > 0 or P[fixed + LOOSE]:
        if not can_host(P, slot, person, S[row + OPTION]):
            return NOTHING
        day = P[P[OPTION_P] + S[row + OPTION] * OPTION_W + DAY]
        before, after = gap_at(P, S, person * P[DAYS] + day, S[row + KEY], task)
        W[REAL] += 1
        if before == -2 or transfer(P, T, S, W, slot, person, before, after, limit):
            return NOTHING
        if S[SLOT_S + slot * SLOT_SW + PERSON] >= 0:
            unlink(P, T, S, W, slot)
        link(P, T, S, W, slot, person, before)
        return CHANGED
    option = pick_option(P, W, task, -1)
    if option < 0 or not can_host(P, slot, person, option):
        return NOTHING
    if not choose_crew(P, S, W, task, option, slot, person, P[SCRATCH]):
        return NOTHING
    W[REAL] += 1
    key = key_between(W, -FAR, FAR, likely_start(P, W, option))
    if replacement(P, T, S, W, task, option, key, -1, -1, -1, limit):
        return NOTHING
    set_option(P, S, W, task, option, key)
    for number in range(P[fixed + SLOT_COUNT]):
        if not link_by_key(P, T, S, W, P[fixed + FIRST_SLOT] + number, W[P[SCRATCH] + number]):
            return FAILED
    return CHANGED
