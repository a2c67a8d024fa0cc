"""Swap tails: two people's routes of a day exchange what comes after a cut (2-opt*, Potvin & Rousseau 1995)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.crew import ready_at
from scheduler.engines.search.idle import note_busy
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    HOPELESS,
    NOTHING,
    can_host,
    in_crew,
    is_able,
    pick_near,
    pick_slot,
    several_days,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import day_reach, is_hopeless, tied
from scheduler.engines.search.moves.falls import note_fall
from scheduler.engines.search.rows import (
    day_row,
    duration_of,
    fit_of,
    key_of,
    next_of,
    option_of,
    person_of,
    person_row,
    prev_of,
    start_of,
    stop_row,
    task_of,
    tick_points,
)
from scheduler.engines.search.state import (
    link,
    person_day_at,
    person_day_of,
    place_of,
    ticks,
    unlink,
)
from scheduler.engines.search.window import lateness, least_points
from scheduler.lowered import Lowered

MOST_STOPS = 40


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    if several_days(lowered):
        return 12.0
    long_days = len(lowered.empty.least) > 2 * len(lowered.index.people)
    return 18.0 if long_days else 4.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def _take(P, S, W, slot, person, person_day, into):
    """Write a tail into W[into..]; its length, or NONE where `person` could not take a stop of it on the day."""
    count = 0
    while slot >= 0:
        option = option_of(P, S, task_of(P, slot))
        if count == MOST_STOPS or not can_host(P, slot, person, option):
            return at.NONE
        if person_day_at(P, person, slot, option) != person_day:
            return at.NONE
        W[into + count] = slot
        count += 1
        slot = next_of(S, slot)
    return count


@inner
def _relink(P, T, S, W, into, count, person, before):
    """Put a tail behind a stop (NONE: home); False where the person is in one of its crews already."""
    for number in range(count):
        slot = W[into + number]
        if in_crew(P, S, task_of(P, slot), person):
            return False
        link(P, T, S, W, slot, person, before)
        before = slot
    return True


@inner
def _behind(P, T, S, W, before, after, person_day):
    """Points of the way and of sure lateness when `after` (NONE: home) comes right behind `before`."""
    person = person_day // P[at.DAYS]
    home = P[person_row(P, person) + at.PERSON_HOME_END]
    place = S[stop_row(after) + at.STOP_PLACE] if after >= 0 else home
    ready, way = ready_at(P, T, S, person, before, place, day_row(P, person_day))
    late = 0
    if after >= 0:
        note_fall(P, S, W, after, ready + way)
        state_row = stop_row(after)
        if ready + way > start_of(S, after):
            option = option_of(P, S, task_of(P, after))
            start = ready + way
            late = least_points(P, after, option, start, lateness(P, after, option, start))
            late -= S[state_row + at.STOP_POINTS]
    if before < 0 and after < 0:
        way = 0
    return way * tick_points(P, person) + (late if late > 0 else 0)


@inner
def _way(P, T, S, before, after, person):
    """Points of the way that a route now takes from a stop to the next (NONE: home)."""
    start = place_of(P, S, before, person, True)
    end = place_of(P, S, after, person, False)
    if before < 0 and after < 0:
        return 0
    return ticks(P, T, person, start, end) * tick_points(P, person)


@inner
def _handed(P, T, S, into, count, W, old, new):
    """Points that a tail gains, at least, in its new hands: fit, other ways, the way home."""
    points = 0
    last = at.NONE
    for number in range(count):
        slot = W[into + number]
        points += fit_of(P, slot, new) - fit_of(P, slot, old) - tied(P, S, slot)
        if last >= 0:
            points += _way(P, T, S, last, slot, new) - _way(P, T, S, last, slot, old)
        last = slot
    if last >= 0:
        points += _way(P, T, S, last, at.NONE, new) - _way(P, T, S, last, at.NONE, old)
    return points


@inner
def _leg(P, T, S, before, after, person):
    """Ticks of the way from a stop to the next (NONE: home)."""
    if before < 0 and after < 0:
        return 0
    start = place_of(P, S, before, person, True)
    return ticks(P, T, person, start, place_of(P, S, after, person, False))


@inner
def _busy(P, T, S, into, count, W, person):
    """Ticks that a person is busy with a tail's stops, and with all its ways but the first."""
    busy = 0
    for number in range(count):
        slot = W[into + number]
        busy += duration_of(P, slot)
        busy += _leg(P, T, S, slot, W[into + number + 1] if number + 1 < count else at.NONE, person)
    return busy


@inner
def _is_hopeless(P, T, S, W, slot, near, count, more, limit):
    """Whether the exchange must end above the limit."""
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    first, second = person_of(S, slot), person_of(S, near)
    rest, kept = next_of(S, slot), prev_of(S, near)
    first_day, second_day = person_day_of(P, S, slot), person_day_of(P, S, near)
    delta = _handed(P, T, S, into, count, W, first, second)
    delta += _handed(P, T, S, more_into, more, W, second, first)
    delta -= _way(P, T, S, slot, rest, first) + _way(P, T, S, kept, near, second)
    delta += _behind(P, T, S, W, slot, near, first_day)
    delta += _behind(P, T, S, W, kept, rest, second_day)
    delta -= day_reach(P, S, first_day) + day_reach(P, S, second_day)
    taken = _busy(P, T, S, into, count, W, second) - _busy(P, T, S, more_into, more, W, second)
    given = _busy(P, T, S, more_into, more, W, first) - _busy(P, T, S, into, count, W, first)
    taken += _leg(P, T, S, kept, rest, second) - _leg(P, T, S, kept, near, second)
    given += _leg(P, T, S, slot, near, first) - _leg(P, T, S, slot, rest, first)
    note_busy(P, W, second, taken)
    note_busy(P, W, first, given)
    return is_hopeless(P, S, W, delta, limit)


@inner
def propose(P, T, S, W, limit):
    """After a stop of one route comes a near stop of another, with all that follows it; and the other way round."""
    slot = pick_slot(P, S, W)
    first = person_of(S, slot)
    if first < 0:
        return NOTHING
    task = task_of(P, slot)
    near = pick_near(P, S, W, task)
    if near < 0 or not is_able(P, near, first):
        return NOTHING
    second = person_of(S, near)
    day, there = person_day_of(P, S, slot), person_day_of(P, S, near)
    if first == second or day % P[at.DAYS] != there % P[at.DAYS]:
        return NOTHING
    if key_of(S, slot) >= key_of(S, near):
        return NOTHING
    rest = next_of(S, slot)
    kept = prev_of(S, near)
    if rest >= 0 and kept >= 0 and key_of(S, kept) >= key_of(S, rest):
        return NOTHING
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    count = _take(P, S, W, rest, second, there, into)
    if count < 0:
        return NOTHING
    more = _take(P, S, W, near, first, day, more_into)
    if more < 0:
        return NOTHING
    if _is_hopeless(P, T, S, W, slot, near, count, more, limit):
        return HOPELESS
    for number in range(count - 1, -1, -1):
        unlink(P, T, S, W, W[into + number])
    for number in range(more - 1, -1, -1):
        unlink(P, T, S, W, W[more_into + number])
    return (
        CHANGED
        if _relink(P, T, S, W, into, count, second, kept)
        and _relink(P, T, S, W, more_into, more, first, slot)
        else FAILED
    )
