"""Relocate: a task beside a near neighbour's stop, with that stop's person and day."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    DAY,
    DAY_S,
    DAY_SW,
    DAYS,
    DURATION,
    EARLIEST,
    FILLED,
    FIRST_SLOT,
    HEAD,
    KEY,
    LOOSE,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    PREV,
    REAL,
    SCRATCH,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    FAR,
    NOTHING,
    can_host,
    choose_crew,
    in_crew,
    key_between,
    link_by_key,
    pick_beside,
    pick_option,
    pick_slot,
    set_option,
    task_of,
    unlink_task,
)
from scheduler.engines.search.moves.estimate import gap_at, replacement, transfer
from scheduler.engines.search.state import key_of, link, random_below, unlink


@inner
def _option_there(P, S, W, task, other):
    """An option of a task on the day of a filled slot, most often the present one; -1 without any."""
    day = P[P[OPTION_P] + S[P[TASK_S] + task_of(P, other) * TASK_SW + OPTION] * OPTION_W + DAY]
    option = S[P[TASK_S] + task * TASK_SW + OPTION]
    if (
        S[P[TASK_S] + task * TASK_SW + FILLED] > 0
        and P[P[OPTION_P] + option * OPTION_W + DAY] == day
        and random_below(W, 4) != 0
    ):
        return option
    return pick_option(P, W, task, day)


@inner
def _fill_loose(P, T, S, W, slot, person, limit):
    """A loose slot changes hands: its moment is fixed."""
    task = task_of(P, slot)
    row = P[TASK_S] + task * TASK_SW
    if in_crew(P, S, task, person):
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


@inner
def _key_beside(P, S, W, task, option, other):
    """(order key, stop before, stop after) beside a stop, those of `task` not counted; key -1 without room."""
    before = other if random_below(W, 2) == 0 else S[SLOT_S + other * SLOT_SW + PREV]
    if before >= 0 and task_of(P, before) == task:
        before = S[SLOT_S + before * SLOT_SW + PREV]
    if before >= 0:
        after = S[SLOT_S + before * SLOT_SW + NEXT]
    else:
        person = S[SLOT_S + other * SLOT_SW + PERSON]
        day_row = person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]
        after = S[P[DAY_S] + day_row * DAY_SW + HEAD]
    if after >= 0 and task_of(P, after) == task:
        after = S[SLOT_S + after * SLOT_SW + NEXT]
    low = key_of(P, S, before) if before >= 0 else -FAR
    high = key_of(P, S, after) if after >= 0 else FAR
    start = P[P[OPTION_P] + option * OPTION_W + EARLIEST]
    if before >= 0:
        ended = S[SLOT_S + before * SLOT_SW + START] + P[P[SLOT_P] + before * SLOT_W + DURATION]
        if ended > start:
            start = ended
    return key_between(W, low, high, start), before, after


@inner
def propose(P, T, S, W, limit):
    """Move a task beside a near one. A crew goes as a whole; a loose slot changes hands."""
    slot = pick_slot(P, S, W)
    task = task_of(P, slot)
    other = pick_beside(P, S, W, slot)
    if other < 0:
        return NOTHING
    person = S[SLOT_S + other * SLOT_SW + PERSON]
    option = _option_there(P, S, W, task, other)
    if option < 0 or not can_host(P, slot, person, option):
        return NOTHING
    fixed = P[TASK_P] + task * TASK_W
    if P[fixed + LOOSE]:
        return _fill_loose(P, T, S, W, slot, person, limit)
    if not choose_crew(P, S, W, task, option, slot, person, P[SCRATCH]):
        return NOTHING
    key, before, after = _key_beside(P, S, W, task, option, other)
    if key == -1:
        return NOTHING
    W[REAL] += 1
    if replacement(P, T, S, W, task, option, key, slot, before, after, limit):
        return NOTHING
    unlink_task(P, T, S, W, task)
    set_option(P, S, W, task, option, key)
    first = P[fixed + FIRST_SLOT]
    for number in range(P[fixed + SLOT_COUNT]):
        if not link_by_key(P, T, S, W, first + number, W[P[SCRATCH] + number]):
            return FAILED
    return CHANGED
