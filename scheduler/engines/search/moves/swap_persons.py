"""Swap persons: two near stops keep their times and exchange their people."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    DAY,
    DAYS,
    KEY,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    REAL,
    SLOT_S,
    SLOT_SW,
    TASK_S,
    TASK_SW,
)
from scheduler.engines.search.moves.common import (
    CHANGED,
    NOTHING,
    can_host,
    in_crew,
    is_able,
    pick_beside,
    pick_slot,
    task_of,
)
from scheduler.engines.search.moves.estimate import (
    arriving,
    day_reach,
    gap_at,
    is_hopeless,
    leaving,
    note_mates,
    tied,
)
from scheduler.engines.search.state import link, unlink


@inner
def _given_up(P, T, S, W, slot, day):
    """Points saved at most when a slot's person gives it up, lateness apart."""
    note_mates(P, T, S, W, slot)
    reach = day_reach(P, S, S[SLOT_S + slot * SLOT_SW + PERSON], day)
    return leaving(P, T, S, W, slot) + tied(P, S, slot) + reach


@inner
def propose(P, T, S, W, limit):
    """Exchange the people of two near stops."""
    one = pick_slot(P, S, W)
    first = S[SLOT_S + one * SLOT_SW + PERSON]
    if first < 0:
        return NOTHING
    two = pick_beside(P, S, W, one)
    if two < 0 or not is_able(P, two, first):
        return NOTHING
    second = S[SLOT_S + two * SLOT_SW + PERSON]
    task, other = task_of(P, one), task_of(P, two)
    if first == second or in_crew(P, S, task, second) or in_crew(P, S, other, first):
        return NOTHING
    here, there = P[TASK_S] + task * TASK_SW, P[TASK_S] + other * TASK_SW
    option, across = S[here + OPTION], S[there + OPTION]
    if not can_host(P, one, second, option) or not can_host(P, two, first, across):
        return NOTHING
    day, days = P[P[OPTION_P] + option * OPTION_W + DAY], P[DAYS]
    other_day = P[P[OPTION_P] + across * OPTION_W + DAY]
    before, after = gap_at(P, S, second * days + day, S[here + KEY], other)
    ahead, behind = gap_at(P, S, first * days + other_day, S[there + KEY], task)
    if before == -2 or ahead == -2:
        return NOTHING
    W[REAL] += 1
    delta = -_given_up(P, T, S, W, one, day) - _given_up(P, T, S, W, two, other_day)
    delta += arriving(P, T, S, W, one, second, option, before, after)
    delta += arriving(P, T, S, W, two, first, across, ahead, behind)
    if day != other_day:
        delta -= day_reach(P, S, second, day) + day_reach(P, S, first, other_day)
    if is_hopeless(P, S, W, delta, limit):
        return NOTHING
    unlink(P, T, S, W, one)
    unlink(P, T, S, W, two)
    link(P, T, S, W, one, second, before)
    link(P, T, S, W, two, first, ahead)
    return CHANGED
