"""Falls: how much lateness a move could save, by following what may start earlier.

Starts are sums and maxima of each other, so what comes behind a stop falls by no more ticks than
the stop itself, and by none once a window holds it. Where presence, rests or gaps can make starts
jump (not `EVEN`), whatever comes behind may lose all its lateness, and behind any change of a day with a
rest everything may fall, since the rest may then be taken elsewhere.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.crew import ready_at, round_up
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    day_row,
    fall_row,
    fallen_row,
    filled_of,
    first_slot,
    gap_row,
    item,
    key_of,
    length,
    next_of,
    option_of,
    option_row,
    person_of,
    prev_of,
    slot_count,
    slot_row,
    start_of,
    stop_row,
    task_of,
    task_row,
)
from scheduler.engines.search.state import late_rate, next_head, person_day_at, person_day_of
from scheduler.engines.search.window import announced_points

MOST_STOPS = 48
"""Stops that are followed before all lateness is taken as the bound."""


@inner
def note_fall(P, S, W, slot, start, behind):
    """A stop may start at `start` at the earliest; remember it where that is earlier than now.

    behind: 1 where that is by its way there, 0 where it is by who is in its crew.
    """
    task = task_of(P, slot)
    row = option_row(P, option_of(P, S, task))
    least = P[row + at.OPTION_EARLIEST] + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
    fall = start_of(S, slot) - (start if start > least else least)
    if fall <= 0:
        return
    if fall > W[at.MOST_FALL]:
        W[at.MOST_FALL] = fall
    _push(P, S, W, slot, fall, behind)


@inner
def _push(P, S, W, slot, fall, behind):
    if key_of(S, slot) < W[at.FIRST_FALL]:
        W[at.FIRST_FALL] = key_of(S, slot)
    if W[at.FALLS] < at.FALL_ROOM:
        W[fall_row(P, W[at.FALLS]) + at.FALL_SLOT] = slot
        W[fall_row(P, W[at.FALLS]) + at.FALL_TICKS] = fall
        W[fall_row(P, W[at.FALLS]) + at.FALL_BEHIND] = behind
    W[at.FALLS] += 1


@inner
def fall_of(S, W, slot):
    """Ticks by which a filled slot's stop (NONE: home) may start earlier, by what is noted: starts go by those of lower keys."""
    return W[at.MOST_FALL] if slot >= 0 and key_of(S, slot) >= W[at.FIRST_FALL] else 0


@inner
def note_worst(S, W, slot, fall):
    """A filled slot's stop may start so many ticks earlier; remember it where none is later."""
    if S[stop_row(slot) + at.STOP_LATE] == S[at.WORST_LATE] and fall > W[at.WORST_FALLS]:
        W[at.WORST_FALLS] = fall


@inner
def _saved(P, S, W, slot, option, fall):
    """Points that a stop's own lateness saves at most when it starts up to `fall` ticks earlier."""
    state_row = stop_row(slot)
    note_worst(S, W, slot, fall)
    if S[state_row + at.STOP_POINTS] <= 0:
        return 0
    points = plus(0, fall, late_rate(P, option, person_day_of(P, S, slot)))
    if P[at.ANY_ANNOUNCED]:
        points += announced_points(P, slot)
    return points if points < S[state_row + at.STOP_POINTS] else S[state_row + at.STOP_POINTS]


@inner
def note_change_behind(P, S, W, person_day, after):
    """What comes behind a stop that comes or goes (after; NONE: nothing) may fall where starts can jump."""
    if P[at.EVEN]:
        return
    if after >= 0 and P[day_row(P, person_day) + at.DAY_REST_LENGTH] > 0:
        _push(P, S, W, after, at.FAR, 1)
    elif after < 0:
        head = next_head(P, S, person_day)
        if head >= 0:
            _push(P, S, W, head, at.FAR, 1)


@inner
def note_seconds(P, S, W, task):
    """What keeps a gap to a task may fall when that moves."""
    gaps = P[task_row(P, task) + at.TASK_GAPS]
    for number in range(length(P, gaps)):
        row = gap_row(P, item(P, gaps, number))
        second = P[row + at.GAP_SECOND]
        if second != task and filled_of(P, S, second) > 0:
            for slot in range(first_slot(P, second), first_slot(P, second) + slot_count(P, second)):
                if person_of(S, slot) >= 0:
                    _push(P, S, W, slot, at.FAR, 1)


@inner
def _whole(P, S, W, slot):
    """Points of a stop's start, all of which may go."""
    note_worst(S, W, slot, at.FAR)
    return S[stop_row(slot) + at.STOP_POINTS]


@inner
def _jumping(P, S, W, every):
    """Points that go at most when the noted stops fall, and whatever comes behind them by any number of ticks."""
    points, steps = 0, 0
    while W[at.FALLS] > 0:
        if W[at.FALLS] > at.FALL_ROOM:
            return every
        W[at.FALLS] -= 1
        slot = W[fall_row(P, W[at.FALLS]) + at.FALL_SLOT]
        while slot >= 0:
            steps += 1
            if steps > MOST_STOPS:
                return every
            task = task_of(P, slot)
            person_day = person_day_of(P, S, slot)
            least = P[option_row(P, option_of(P, S, task)) + at.OPTION_EARLIEST]
            if start_of(S, slot) > least + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]:
                points += _whole(P, S, W, slot)
                if filled_of(P, S, task) > 1:
                    first = first_slot(P, task)
                    for member in range(first, first + slot_count(P, task)):
                        if member != slot and person_of(S, member) >= 0:
                            points += _whole(P, S, W, member)
                            if next_of(S, member) >= 0:
                                _push(P, S, W, next_of(S, member), at.FAR, 1)
                note_seconds(P, S, W, task)
            elif P[day_row(P, person_day) + at.DAY_REST_LENGTH] == 0:
                break
            slot = next_of(S, slot)
            if slot < 0:
                slot = next_head(P, S, person_day)
    return points


@inner
def _waits(P, T, S, slot):
    """Whether a filled slot's person is there before its stop starts, so that it starts no earlier when they are."""
    option = option_of(P, S, task_of(P, slot))
    person, place = person_of(S, slot), S[stop_row(slot) + at.STOP_PLACE]
    day = day_row(P, person_day_at(P, person, slot, option))
    ready, way = ready_at(P, T, S, person, prev_of(S, slot), place, day)
    return start_of(S, slot) > round_up(ready + way, P[option_row(P, option) + at.OPTION_EVERY])


@inner
def _falls_further(P, W, slot, fall):
    """Ticks that a stop was found to fall by so far, or NONE where that is as much; else remembers the fall."""
    row = fallen_row(P, slot)
    found = W[row + at.FALLEN_TICKS] if W[row + at.FALLEN_STAMP] == W[at.STAMP] else 0
    if fall <= found:
        return at.NONE
    W[row + at.FALLEN_STAMP] = W[at.STAMP]
    W[row + at.FALLEN_TICKS] = fall
    return found


@inner
def _even(P, T, S, W, every):
    """Points that go at most when the noted stops fall, and what comes behind them by no more ticks.

    A crew that waits for one of its people falls by no other. Each stop is counted by its largest fall.
    """
    points = 0
    steps = 0
    while W[at.FALLS] > 0:
        if W[at.FALLS] > at.FALL_ROOM:
            return every
        W[at.FALLS] -= 1
        slot = W[fall_row(P, W[at.FALLS]) + at.FALL_SLOT]
        fall = W[fall_row(P, W[at.FALLS]) + at.FALL_TICKS]
        behind = W[fall_row(P, W[at.FALLS]) + at.FALL_BEHIND]
        while slot >= 0:
            task = task_of(P, slot)
            option = option_of(P, S, task)
            least = P[option_row(P, option) + at.OPTION_EARLIEST]
            least += P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
            if start_of(S, slot) - least < fall:
                fall = start_of(S, slot) - least
            crew = filled_of(P, S, task) > 1
            if fall <= 0 or (crew and behind and _waits(P, T, S, slot)):
                break
            found = _falls_further(P, W, slot, fall)
            if found < 0:
                break
            steps += 1
            if steps > MOST_STOPS:
                return every
            points += _saved(P, S, W, slot, option, fall) - _saved(P, S, W, slot, option, found)
            if crew:
                first = first_slot(P, task)
                for member in range(first, first + slot_count(P, task)):
                    if member != slot and person_of(S, member) >= 0 and _waits(P, T, S, member):
                        _push(P, S, W, member, fall, 0)
            slot = next_of(S, slot)
            behind = 1
    return points


@inner
def lateness_to_save(P, T, S, W, every):
    """Points of lateness, of `every` there are, that may go when the noted stops start earlier.

    Written to LATENESS as well.
    """
    points = every
    if every > 0:
        points = _even(P, T, S, W, every) if P[at.EVEN] else _jumping(P, S, W, every)
        fall = S[at.WORST_LATE] - W[at.WORST_COMES]
        if W[at.WORST_FALLS] < fall:
            fall = W[at.WORST_FALLS]
        if fall > 0:
            points += fall * P[at.WORST_LATE_POINTS]
        if points > every:
            points = every
    W[at.LATENESS] = points
    return points
