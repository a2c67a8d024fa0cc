"""Falls: how much lateness a move could save, by following what may start earlier.

Starts are sums and maxima of each other, so what comes behind a stop falls by no more ticks than
the stop itself, and by none once a window holds it. Where presence, rests or gaps can make starts
jump (not `EVEN`), all lateness may go.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    ANY_TOLD,
    DAY,
    DAYS,
    EARLIEST,
    EVEN,
    FALL_LIST,
    FALL_ROOM,
    FALLS,
    FILLED,
    FIRST_SLOT,
    LATE,
    LATENESS,
    LEAST_AFTER,
    MOST_FALL,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    POINTS,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
    WORST,
    WORST_FALLS,
    WORST_POINTS,
)
from scheduler.engines.search.state import late_rate
from scheduler.engines.search.window import told_points

MOST_STOPS = 48
"""Stops that are followed before all lateness is taken as the bound."""


@inner
def note_fall(P, S, W, slot, start):
    """A stop may start at `start` at the earliest; remember it where that is earlier than now."""
    task = P[P[SLOT_P] + slot * SLOT_W + TASK]
    option = P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W
    least = P[option + EARLIEST] + P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
    fall = S[SLOT_S + slot * SLOT_SW + START] - (start if start > least else least)
    if fall <= 0:
        return
    if fall > W[MOST_FALL]:
        W[MOST_FALL] = fall
    _push(P, W, slot, fall)


@inner
def _push(P, W, slot, fall):
    if W[FALLS] < FALL_ROOM:
        W[P[FALL_LIST] + 2 * W[FALLS]] = slot
        W[P[FALL_LIST] + 2 * W[FALLS] + 1] = fall
    W[FALLS] += 1


@inner
def _saved(P, S, W, slot, option, fall):
    """Points that a stop's own lateness saves at most when it starts up to `fall` ticks earlier."""
    own = SLOT_S + slot * SLOT_SW
    if S[own + LATE] == S[WORST]:
        W[WORST_FALLS] = 1
    if S[own + POINTS] <= 0:
        return 0
    day = P[P[OPTION_P] + option * OPTION_W + DAY]
    points = fall * late_rate(P, option, S[own + PERSON] * P[DAYS] + day)
    if P[ANY_TOLD]:
        points += told_points(P, slot)
    return points if points < S[own + POINTS] else S[own + POINTS]


@inner
def lateness_to_save(P, S, W, every):
    """Points of lateness, of `every` there are, that may go when the noted stops start earlier.

    Written to LATENESS as well.
    """
    if every == 0 or not P[EVEN]:
        W[LATENESS] = every
        return every
    points = 0
    steps = 0
    while W[FALLS] > 0:
        if W[FALLS] > FALL_ROOM:
            W[LATENESS] = every
            return every
        W[FALLS] -= 1
        slot = W[P[FALL_LIST] + 2 * W[FALLS]]
        fall = W[P[FALL_LIST] + 2 * W[FALLS] + 1]
        while slot >= 0:
            task = P[P[SLOT_P] + slot * SLOT_W + TASK]
            row = P[TASK_S] + task * TASK_SW
            option = S[row + OPTION]
            least = P[P[OPTION_P] + option * OPTION_W + EARLIEST]
            least += P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
            if S[SLOT_S + slot * SLOT_SW + START] - least < fall:
                fall = S[SLOT_S + slot * SLOT_SW + START] - least
            if fall <= 0:
                break
            steps += 1
            if steps > MOST_STOPS:
                W[LATENESS] = every
                return every
            points += _saved(P, S, W, slot, option, fall)
            if S[row + FILLED] > 1:
                first = P[P[TASK_P] + task * TASK_W + FIRST_SLOT]
                for mate in range(first, first + P[P[TASK_P] + task * TASK_W + SLOT_COUNT]):
                    if mate != slot and S[SLOT_S + mate * SLOT_SW + PERSON] >= 0:
                        points += _saved(P, S, W, mate, option, fall)
                        if S[SLOT_S + mate * SLOT_SW + NEXT] >= 0:
                            _push(P, W, S[SLOT_S + mate * SLOT_SW + NEXT], fall)
            slot = S[SLOT_S + slot * SLOT_SW + NEXT]
    if W[WORST_FALLS]:
        points += (W[MOST_FALL] if W[MOST_FALL] < S[WORST] else S[WORST]) * P[WORST_POINTS]
    if points > every:
        points = every
    W[LATENESS] = points
    return points
