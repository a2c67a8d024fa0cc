"""Swap tails: two people's routes of a day exchange what comes after a cut (2-opt*, Potvin & Rousseau 1995)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.crew import ready_at
from scheduler.engines.search.idle import note_busy
from scheduler.engines.search.layout import (
    AT,
    DAY,
    DURATION,
    FIT,
    HOME_END,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    PERSON_P,
    PERSON_W,
    POINTS,
    PREV,
    REAL,
    SCRATCH,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK_S,
    TASK_SW,
    TICK_POINTS,
)  # fmt: skip
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    can_host,
    in_crew,
    is_able,
    pick_near,
    pick_slot,
    task_of,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import day_at, day_reach, is_hopeless, tied
from scheduler.engines.search.moves.falls import note_fall
from scheduler.engines.search.state import key_of, link, place_of, ticks, unlink
from scheduler.engines.search.window import lateness, least_points

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
def _relink(P, T, S, W, at, count, person, before):
    """Put a tail behind a stop (-1: home); False where the person is in one of its crews already."""
    for number in range(count):
        slot = W[at + number]
        if in_crew(P, S, task_of(P, slot), person):
            return False
        link(P, T, S, W, slot, person, before)
        before = slot
    return True


@inner
def _behind(P, T, S, W, before, after, person, day):
    """Points of the way and of sure lateness when `after` (-1: home) comes right behind `before`."""
    home = P[P[PERSON_P] + person * PERSON_W + HOME_END]
    place = S[SLOT_S + after * SLOT_SW + AT] if after >= 0 else home
    ready, way = ready_at(P, T, S, person, before, place, day_at(P, person, day))
    late = 0
    if after >= 0:
        note_fall(P, S, W, after, ready + way)
        own = SLOT_S + after * SLOT_SW
        if ready + way > S[own + START]:
            option = S[P[TASK_S] + task_of(P, after) * TASK_SW + OPTION]
            start = ready + way
            late = least_points(P, after, option, start, lateness(P, after, option, start))
            late -= S[own + POINTS]
    if before < 0 and after < 0:
        way = 0
    return way * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS] + (late if late > 0 else 0)


@inner
def _way(P, T, S, before, after, person):
    """Points of the way that a route now takes from a stop to the next (-1: home)."""
    start = place_of(P, S, before, person, True)
    end = place_of(P, S, after, person, False)
    if before < 0 and after < 0:
        return 0
    return ticks(P, T, person, start, end) * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]


@inner
def _handed(P, T, S, at, count, W, old, new):
    """Points that a tail gains, at least, in its new hands: fit, other ways, the way home."""
    points = 0
    last = -1
    for number in range(count):
        slot = W[at + number]
        fit = P[SLOT_P] + slot * SLOT_W + FIT
        points += P[P[fit] + new] - P[P[fit] + old] - tied(P, S, slot)
        if last >= 0:
            points += _way(P, T, S, last, slot, new) - _way(P, T, S, last, slot, old)
        last = slot
    if last >= 0:
        points += _way(P, T, S, last, -1, new) - _way(P, T, S, last, -1, old)
    return points


@inner
def _leg(P, T, S, before, after, person):
    """Ticks of the way from a stop to the next (-1: home)."""
    if before < 0 and after < 0:
        return 0
    start = place_of(P, S, before, person, True)
    return ticks(P, T, person, start, place_of(P, S, after, person, False))


@inner
def _busy(P, T, S, at, count, W, person):
    """Ticks that a person is busy with a tail's stops, and with all its ways but the first."""
    busy = 0
    for number in range(count):
        slot = W[at + number]
        busy += P[P[SLOT_P] + slot * SLOT_W + DURATION]
        busy += _leg(P, T, S, slot, W[at + number + 1] if number + 1 < count else -1, person)
    return busy


@inner
def _is_hopeless(P, T, S, W, one, two, at, count, more, day, limit):
    """Whether the exchange must end above the limit."""
    first, second = S[SLOT_S + one * SLOT_SW + PERSON], S[SLOT_S + two * SLOT_SW + PERSON]
    rest, kept = S[SLOT_S + one * SLOT_SW + NEXT], S[SLOT_S + two * SLOT_SW + PREV]
    delta = _handed(P, T, S, at, count, W, first, second)
    delta += _handed(P, T, S, at + MOST_STOPS, more, W, second, first)
    delta -= _way(P, T, S, one, rest, first) + _way(P, T, S, kept, two, second)
    delta += _behind(P, T, S, W, one, two, first, day)
    delta += _behind(P, T, S, W, kept, rest, second, day)
    delta -= day_reach(P, S, first, day) + day_reach(P, S, second, day)
    taken = _busy(P, T, S, at, count, W, second) - _busy(P, T, S, at + MOST_STOPS, more, W, second)
    given = _busy(P, T, S, at + MOST_STOPS, more, W, first) - _busy(P, T, S, at, count, W, first)
    taken += _leg(P, T, S, kept, rest, second) - _leg(P, T, S, kept, two, second)
    given += _leg(P, T, S, one, two, first) - _leg(P, T, S, one, rest, first)
    note_busy(P, W, second, taken)
    note_busy(P, W, first, given)
    return is_hopeless(P, S, W, delta, limit)


@inner
def propose(P, T, S, W, limit):
    """After a stop of one route comes a near stop of another, with all that follows it; and the other way round."""
    one = pick_slot(P, S, W)
    first = S[SLOT_S + one * SLOT_SW + PERSON]
    if first < 0:
        return NOTHING
    task = task_of(P, one)
    two = pick_near(P, S, W, task)
    if two < 0 or not is_able(P, two, first):
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
    if _is_hopeless(P, T, S, W, one, two, at, count, more, day, limit):
        return NOTHING
    for number in range(count - 1, -1, -1):
        unlink(P, T, S, W, W[at + number])
    for number in range(more - 1, -1, -1):
        unlink(P, T, S, W, W[at + MOST_STOPS + number])
    return (
        CHANGED
        if _relink(P, T, S, W, at, count, second, kept)
        and _relink(P, T, S, W, at + MOST_STOPS, more, first, one)
        else FAILED
    )
