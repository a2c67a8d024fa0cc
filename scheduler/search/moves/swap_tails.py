"""Swap tails: two people's routes of a day exchange what comes after a cut (2-opt*, Potvin & Rousseau 1995)."""

from scheduler.search.compiled import inner
from scheduler.search.layout import (
    DAY,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    PREV,
    REAL,
    SCRATCH,
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
from scheduler.search.state import key_of, unlink

MOST_STOPS = 40


@inner
def _take(P, S, W, slot, person, at):
    """Write a tail into W[at..]; its length, or -1 where `person` could not take a stop of it."""
    count = 0
    while slot >= 0:
        option = S[P[TASK_S] + task_of(P, slot) * TASK_SW + OPTION]
        if count == MOST_STOPS or not can_host(P, slot, person, option):
            return -1
        W[at + count] = slot
        count += 1
        slot = S[SLOT_S + slot * SLOT_SW + NEXT]
    return count


@inner
def propose(P, T, S, W, limit):
    """After a stop of one route comes a near stop of another, with all that follows it; and the other way round."""
    one = pick_slot(P, S, W)
    first = S[SLOT_S + one * SLOT_SW + PERSON]
    if first < 0:
        return NOTHING
    task = task_of(P, one)
    two = pick_near(P, S, W, task)
    if two < 0:
        return NOTHING
    second = S[SLOT_S + two * SLOT_SW + PERSON]
    day = P[P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W + DAY]
    there = S[P[TASK_S] + task_of(P, two) * TASK_SW + OPTION]
    if first == second or P[P[OPTION_P] + there * OPTION_W + DAY] != day:
        return NOTHING
    if key_of(P, S, one) >= key_of(P, S, two):
        return NOTHING
    rest = S[SLOT_S + one * SLOT_SW + NEXT]
    kept = S[SLOT_S + two * SLOT_SW + PREV]
    if rest >= 0 and kept >= 0 and key_of(P, S, kept) >= key_of(P, S, rest):
        return NOTHING
    at = P[SCRATCH] + 256
    count = _take(P, S, W, rest, second, at)
    if count < 0:
        return NOTHING
    more = _take(P, S, W, two, first, at + MOST_STOPS)
    if more < 0:
        return NOTHING
    W[REAL] += 1
    for number in range(count - 1, -1, -1):
        unlink(P, T, S, W, W[at + number])
    for number in range(more - 1, -1, -1):
        unlink(P, T, S, W, W[at + MOST_STOPS + number])
    for number in range(count):
        slot = W[at + number]
        if in_crew(P, S, task_of(P, slot), second) or not link_by_key(P, T, S, W, slot, second):
            return FAILED
    for number in range(more):
        slot = W[at + MOST_STOPS + number]
        if in_crew(P, S, task_of(P, slot), first) or not link_by_key(P, T, S, W, slot, first):
            return FAILED
    return CHANGED
