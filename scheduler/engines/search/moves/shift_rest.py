"""Shift rest: a person takes the rest of a day before another stop, or as late as it can be."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    DAY,
    DAY_P,
    DAY_S,
    DAY_SW,
    DAY_W,
    DAYS,
    DURATION,
    HEAD,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    REAL,
    REST_FROM,
    REST_LENGTH,
    REST_TO,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK_S,
    TASK_SW,
    WANTED,
)  # fmt: skip
from scheduler.engines.search.moves.common import CHANGED, NOTHING, pick_slot, task_of
from scheduler.engines.search.state import enqueue, put, random_below, touch_day


@inner
def propose(P, T, S, W, limit):
    """Want the rest before a random stop of a route and before none of its others; or before none."""
    slot = pick_slot(P, S, W)
    own = SLOT_S + slot * SLOT_SW
    person = S[own + PERSON]
    if person < 0:
        return NOTHING
    option = S[P[TASK_S] + task_of(P, slot) * TASK_SW + OPTION]
    day_row = person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]
    day = P[DAY_P] + day_row * DAY_W
    length = P[day + REST_LENGTH]
    end = S[own + START] + P[P[SLOT_P] + slot * SLOT_W + DURATION]
    if length == 0 or end < P[day + REST_FROM] or S[own + START] - length > P[day + REST_TO]:
        return NOTHING
    W[REAL] += 1
    chosen = slot if random_below(W, 8) > 0 else -1
    changed = False
    slot = S[P[DAY_S] + day_row * DAY_SW + HEAD]
    while slot >= 0:
        wanted = 1 if slot == chosen else 0
        if S[P[WANTED] + slot] != wanted:
            put(P, S, W, P[WANTED] + slot, wanted)
            enqueue(P, W, task_of(P, slot))
            changed = True
        slot = S[SLOT_S + slot * SLOT_SW + NEXT]
    if not changed:
        return NOTHING
    touch_day(P, W, day_row)
    return CHANGED
