"""Swap tasks: two lone stops exchange person, day and position. An empty slot may take a filled one's place."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    DAY,
    KEY,
    LOOSE,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    PREV,
    REAL,
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
    NOTHING,
    can_host,
    link_by_key,
    pick_beside,
    pick_option,
    pick_slot,
    set_option,
    task_of,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import (
    arriving,
    day_reach,
    is_hopeless,
    leaving,
    tied,
)
from scheduler.engines.search.state import unlink


@inner
def _exchange(P, T, S, W, one, two, moved, back, limit):
    """Whether the exchange must end above the limit, when neither stop follows the other."""
    task, other = task_of(P, one), task_of(P, two)
    own, across = SLOT_S + one * SLOT_SW, SLOT_S + two * SLOT_SW
    first, second = S[own + PERSON], S[across + PERSON]
    there = P[P[OPTION_P] + S[P[TASK_S] + other * TASK_SW + OPTION] * OPTION_W + DAY]
    delta = -leaving(P, T, S, W, two) - day_reach(P, S, second, there)
    delta -= tied(P, S, one) + tied(P, S, two)
    if first >= 0:
        here = P[P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W + DAY]
        delta -= leaving(P, T, S, W, one) + day_reach(P, S, first, here)
        delta += arriving(P, T, S, W, two, first, back, S[own + PREV], S[own + NEXT])
    delta += arriving(P, T, S, W, one, second, moved, S[across + PREV], S[across + NEXT])
    return is_hopeless(P, S, W, delta, limit)


@inner
def propose(P, T, S, W, limit):
    """Exchange the places of two near lone stops."""
    one = pick_slot(P, S, W)
    task = task_of(P, one)
    row = P[TASK_P] + task * TASK_W
    if P[row + SLOT_COUNT] > 1 or P[row + LOOSE]:
        return NOTHING
    two = pick_beside(P, S, W, one)
    if two < 0:
        return NOTHING
    other = task_of(P, two)
    across = P[TASK_P] + other * TASK_W
    if P[across + SLOT_COUNT] > 1 or P[across + LOOSE]:
        return NOTHING
    here, there = P[TASK_S] + task * TASK_SW, P[TASK_S] + other * TASK_SW
    second = S[SLOT_S + two * SLOT_SW + PERSON]
    first = S[SLOT_S + one * SLOT_SW + PERSON]
    there_day = P[P[OPTION_P] + S[there + OPTION] * OPTION_W + DAY]
    moved = S[here + OPTION]
    if first < 0 or P[P[OPTION_P] + moved * OPTION_W + DAY] != there_day:
        moved = pick_option(P, W, task, there_day)
    if moved < 0 or not can_host(P, one, second, moved):
        return NOTHING
    key, other_key = S[here + KEY], S[there + KEY]
    back = S[there + OPTION]
    if first >= 0:
        here_day = P[P[OPTION_P] + S[here + OPTION] * OPTION_W + DAY]
        if here_day != there_day:
            back = pick_option(P, W, other, here_day)
        if back < 0 or not can_host(P, two, first, back):
            return NOTHING
    W[REAL] += 1
    beside = S[SLOT_S + one * SLOT_SW + NEXT] == two or S[SLOT_S + two * SLOT_SW + NEXT] == one
    if not beside and _exchange(P, T, S, W, one, two, moved, back, limit):
        return NOTHING
    unlink(P, T, S, W, two)
    if first >= 0:
        unlink(P, T, S, W, one)
        set_option(P, S, W, other, back, key)
    set_option(P, S, W, task, moved, other_key)
    if not link_by_key(P, T, S, W, one, second):
        return FAILED
    if first >= 0 and not link_by_key(P, T, S, W, two, first):
        return FAILED
    return CHANGED
