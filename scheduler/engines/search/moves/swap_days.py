"""Swap days: two people exchange all their stops of a run of days (after Ceschia, Guido & Schaerf 2020)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    DAY,
    DAY_S,
    DAY_SW,
    DAYS,
    HEAD,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    REAL,
    SCRATCH,
    SLOT_S,
    SLOT_SW,
    TASK_S,
    TASK_SW,
)  # fmt: skip
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    can_host,
    in_crew,
    link_by_key,
    pick_able,
    pick_slot,
    task_of,
)  # fmt: skip
from scheduler.engines.search.state import random_below, unlink

MOST_STOPS = 120


@inner
def _take(P, S, W, person, other, day, end, at):
    """Write a person's stops of days [day, end) into W[at..]; -1 where `other` could not do one."""
    count = 0
    for number in range(day, end):
        slot = S[P[DAY_S] + (person * P[DAYS] + number) * DAY_SW + HEAD]
        while slot >= 0:
            option = S[P[TASK_S] + task_of(P, slot) * TASK_SW + OPTION]
            if count == MOST_STOPS or not can_host(P, slot, other, option):
                return -1
            W[at + count] = slot
            count += 1
            slot = S[SLOT_S + slot * SLOT_SW + NEXT]
    return count


@inner
def propose(P, T, S, W, limit):
    """Exchange a run of days, short ones more often."""
    slot = pick_slot(P, S, W)
    first = S[SLOT_S + slot * SLOT_SW + PERSON]
    second = pick_able(P, W, slot)
    if first < 0 or second < 0 or first == second:
        return NOTHING
    day = P[P[OPTION_P] + S[P[TASK_S] + task_of(P, slot) * TASK_SW + OPTION] * OPTION_W + DAY]
    length = 1
    while length < 14 and random_below(W, 2) == 0:
        length += 1
    end = day + length
    if end > P[DAYS]:
        end = P[DAYS]
    at = P[SCRATCH] + 512
    count = _take(P, S, W, first, second, day, end, at)
    if count < 0:
        return NOTHING
    more = _take(P, S, W, second, first, day, end, at + MOST_STOPS)
    if more < 0:
        return NOTHING
    W[REAL] += 1
    for number in range(count):
        unlink(P, T, S, W, W[at + number])
    for number in range(more):
        unlink(P, T, S, W, W[at + MOST_STOPS + number])
    for number in range(count):
        one = W[at + number]
        if in_crew(P, S, task_of(P, one), second) or not link_by_key(P, T, S, W, one, second):
            return FAILED
    for number in range(more):
        one = W[at + MOST_STOPS + number]
        if in_crew(P, S, task_of(P, one), first) or not link_by_key(P, T, S, W, one, first):
            return FAILED
    return CHANGED
