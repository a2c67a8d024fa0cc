"""Falls: how much lateness a move could save, by following what may start earlier.

Starts are sums and maxima of each other, so what comes behind a stop falls by no more ticks than
the stop itself, and by none once a window holds it. Where presence, rests or gaps can make starts
jump (not `EVEN`), all lateness may go.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    fall_row,
    filled_of,
    first_slot,
    next_of,
    option_of,
    option_row,
    person_of,
    slot_count,
    slot_row,
    start_of,
    stop_row,
    task_of,
)
from scheduler.engines.search.state import late_rate, person_day_of
from scheduler.engines.search.window import announced_points

MOST_STOPS = 48
"""Stops that are followed before all lateness is taken as the bound."""


@inner
def note_fall(P, S, W, slot, start):
    """A stop may start at `start` at the earliest; remember it where that is earlier than now."""
    task = task_of(P, slot)
    row = option_row(P, option_of(P, S, task))
    least = P[row + at.OPTION_EARLIEST] + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
    fall = start_of(S, slot) - (start if start > least else least)
    if fall <= 0:
        return
    if fall > W[at.MOST_FALL]:
        W[at.MOST_FALL] = fall
    _push(P, W, slot, fall)


@inner
def _push(P, W, slot, fall):
    if W[at.FALLS] < at.FALL_ROOM:
        W[fall_row(P, W[at.FALLS]) + at.FALL_SLOT] = slot
        W[fall_row(P, W[at.FALLS]) + at.FALL_TICKS] = fall
    W[at.FALLS] += 1


@inner
def _saved(P, S, W, slot, option, fall):
    """Points that a stop's own lateness saves at most when it starts up to `fall` ticks earlier."""
    state_row = stop_row(slot)
    if S[state_row + at.STOP_LATE] == S[at.WORST_LATE]:
        W[at.WORST_FALLS] = 1
    if S[state_row + at.STOP_POINTS] <= 0:
        return 0
    points = plus(0, fall, late_rate(P, option, person_day_of(P, S, slot)))
    if P[at.ANY_ANNOUNCED]:
        points += announced_points(P, slot)
    return points if points < S[state_row + at.STOP_POINTS] else S[state_row + at.STOP_POINTS]


@inner
def lateness_to_save(P, S, W, every):
    """Points of lateness, of `every` there are, that may go when the noted stops start earlier.

    Written to LATENESS as well.
    """
    if every == 0 or not P[at.EVEN]:
        W[at.LATENESS] = every
        return every
    points = 0
    steps = 0
    while W[at.FALLS] > 0:
        if W[at.FALLS] > at.FALL_ROOM:
            W[at.LATENESS] = every
            return every
        W[at.FALLS] -= 1
        slot = W[fall_row(P, W[at.FALLS]) + at.FALL_SLOT]
        fall = W[fall_row(P, W[at.FALLS]) + at.FALL_TICKS]
        while slot >= 0:
            task = task_of(P, slot)
            option = option_of(P, S, task)
            least = P[option_row(P, option) + at.OPTION_EARLIEST]
            least += P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
            if start_of(S, slot) - least < fall:
                fall = start_of(S, slot) - least
            if fall <= 0:
                break
            steps += 1
            if steps > MOST_STOPS:
                W[at.LATENESS] = every
                return every
            points += _saved(P, S, W, slot, option, fall)
            if filled_of(P, S, task) > 1:
                first = first_slot(P, task)
                for member in range(first, first + slot_count(P, task)):
                    if member != slot and person_of(S, member) >= 0:
                        points += _saved(P, S, W, member, option, fall)
                        if next_of(S, member) >= 0:
                            _push(P, W, next_of(S, member), fall)
            slot = next_of(S, slot)
    if W[at.WORST_FALLS]:
        points += (W[at.MOST_FALL] if W[at.MOST_FALL] < S[at.WORST_LATE] else S[at.WORST_LATE]) * P[
            at.WORST_LATE_POINTS
        ]
    if points > every:
        points = every
    W[at.LATENESS] = points
    return points
