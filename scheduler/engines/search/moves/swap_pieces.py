"""Swap pieces: two routes of a day exchange a few stops in a row (CROSS exchange, Taillard et al. 1997, 10.1287/trsc.31.2.170)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.crew import ready_at
from scheduler.engines.search.moves.after import note_change, reach
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    HOPELESS,
    NOTHING,
    can_host,
    in_crew,
    is_able,
    near_tries,
    pick_near,
    pick_slot,
    several_days,
)
from scheduler.engines.search.moves.estimate import first_from, is_hopeless, points_from, tied
from scheduler.engines.search.moves.falls import note_change_behind, note_fall
from scheduler.engines.search.rows import (
    day_row,
    duration_of,
    fit_of,
    key_of,
    next_of,
    option_of,
    option_row,
    person_of,
    prev_of,
    slot_row,
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
    random_below,
    ticks,
    unlink,
)
from scheduler.lowered import Lowered

MOST = 3
"""Stops of a piece."""
LEAST_TASKS = 100
"""By trial: smaller days of few long coolings ended no better with it."""


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 15.0 if len(lowered.empty.least) >= LEAST_TASKS else 0.0


def supports(lowered: Lowered) -> bool:
    """On single days: in a week few near stops stand on the same day."""
    return not several_days(lowered)


@inner
def _take(P, S, W, slot, most, person, person_day, into):
    """Write up to `most` stops into W[into..]; how many, or NONE where `person` could not take one of them on the day."""
    count = 0
    while slot >= 0 and count < most:
        option = option_of(P, S, task_of(P, slot))
        if not can_host(P, slot, person, option):
            return at.NONE
        if person_day_at(P, person, slot, option) != person_day:
            return at.NONE
        W[into + count] = slot
        count += 1
        slot = next_of(S, slot)
    return count


@inner
def _fits(S, W, before, into, count, behind):
    """Whether a piece comes between two stops (NONE: home) in the order of keys."""
    if count == 0:
        return True
    if before >= 0 and key_of(S, before) >= key_of(S, W[into]):
        return False
    return behind < 0 or key_of(S, W[into + count - 1]) < key_of(S, behind)


@inner
def _way(P, T, S, W, before, into, count, behind, person):
    """Ticks of a person's way from a stop by a piece to the stop behind it (NONE: home)."""
    if before < 0 and count == 0 and behind < 0:
        return 0
    way = 0
    place = place_of(P, S, before, person, True)
    for number in range(count):
        there = S[stop_row(W[into + number]) + at.STOP_PLACE]
        way += ticks(P, T, person, place, there)
        place = there
    return way + ticks(P, T, person, place, place_of(P, S, behind, person, False))


@inner
def _handed(P, S, W, into, count, giver, taker):
    """Points at least that a piece gains by another's hands, ways and times apart; notes that it goes there."""
    points = 0
    for number in range(count):
        slot = W[into + number]
        option = option_of(P, S, task_of(P, slot))
        note_change(P, W, giver, slot, option, -1, 0)
        note_change(P, W, taker, slot, option, 1, 0)
        points += fit_of(P, slot, taker // P[at.DAYS]) - fit_of(P, slot, giver // P[at.DAYS])
        points -= tied(P, S, slot)
    return points


@inner
def _later(P, T, S, W, before, into, count, behind, person_day):
    """Points that a piece and the stop behind it must gain by their starts at least; notes their falls.

    What is before it keeps its start: all that changes comes behind it in the order of keys.
    """
    person, person_day_row = person_day // P[at.DAYS], day_row(P, person_day)
    points, ready, place = 0, 0, at.NONE
    for number in range(count + 1):
        slot = W[into + number] if number < count else behind
        if number == 0 or slot == behind:
            note_change_behind(P, S, W, person_day, slot)
        if slot < 0:
            return points
        there = S[stop_row(slot) + at.STOP_PLACE]
        if number == 0:
            ready, way = ready_at(P, T, S, person, before, there, person_day_row)
        else:
            way = ticks(P, T, person, place, there)
        option = option_of(P, S, task_of(P, slot))
        start = P[option_row(P, option) + at.OPTION_EARLIEST]
        start += P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
        start = ready + way if ready + way > start else start
        start = first_from(P, slot, option, person_day_row, start)
        if start < start_of(S, slot):
            note_fall(P, S, W, slot, start)
        else:
            more = points_from(P, slot, option, person_day_row, start)
            if more >= at.TOP - S[at.COST]:
                return at.TOP
            more -= S[stop_row(slot) + at.STOP_POINTS]
            points += more if more > 0 else 0
        ready, place = start + duration_of(P, slot), there
    return points


@inner
def _is_hopeless(P, T, S, W, ahead, count, past, kept, more, beyond, day, there, limit):
    """Whether the exchange must end above the limit. day, there: the person-days of the two pieces."""
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    first, second = day // P[at.DAYS], there // P[at.DAYS]
    delta = _handed(P, S, W, into, count, day, there)
    delta += _handed(P, S, W, more_into, more, there, day)
    way = _way(P, T, S, W, ahead, more_into, more, past, first)
    way -= _way(P, T, S, W, ahead, into, count, past, first)
    delta += way * tick_points(P, first)
    note_change(P, W, day, at.NONE, at.NONE, 1, way)
    way = _way(P, T, S, W, kept, into, count, beyond, second)
    way -= _way(P, T, S, W, kept, more_into, more, beyond, second)
    delta += way * tick_points(P, second)
    note_change(P, W, there, at.NONE, at.NONE, 1, way)
    if P[at.WORST_IDLE_POINTS] == 0 and W[at.CHANGES] <= at.CHANGE_ROOM:
        # Times cost most to look at, and often the ways alone are too long.
        every = S[at.START_POINTS] + S[at.WORST_LATE] * P[at.WORST_LATE_POINTS]
        by_times, by_work = reach(P, S, W)
        if S[at.COST] + delta - by_times - by_work - every > limit:
            return True
    later = _later(P, T, S, W, ahead, more_into, more, past, day)
    also = _later(P, T, S, W, kept, into, count, beyond, there)
    if later >= at.TOP or also >= at.TOP:
        return True
    return is_hopeless(P, S, W, delta + later + also, limit)


@inner
def _link(P, T, S, W, into, count, person, before):
    """Put a piece behind a stop (NONE: home); False where the person is in one of its crews already."""
    for number in range(count):
        slot = W[into + number]
        if in_crew(P, S, task_of(P, slot), person):
            return False
        link(P, T, S, W, slot, person, before)
        before = slot
    return True


@inner
def propose(P, T, S, W, limit):
    """A near stop of another route, and up to two behind it, come behind a stop in the place of up to three there."""
    slot = pick_slot(P, S, W)
    first = person_of(S, slot)
    if first < 0:
        return NOTHING
    near = at.NONE
    for _ in range(near_tries(P)):
        other = pick_near(P, S, W, task_of(P, slot))
        if other < 0 or person_of(S, other) == first or key_of(S, other) <= key_of(S, slot):
            continue
        if is_able(P, other, first):
            near = other
            break
    if near < 0:
        return NOTHING
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    second, day, there = person_of(S, near), person_day_of(P, S, slot), person_day_of(P, S, near)
    least = random_below(W, MOST + 1)
    count = _take(P, S, W, next_of(S, slot), least, second, there, into)
    if count < 0:
        return NOTHING
    # A single stop goes there by itself in other moves.
    most = 1 + random_below(W, MOST) if count > 0 else 2 + random_below(W, MOST - 1)
    more = _take(P, S, W, near, most, first, day, more_into)
    if more < 0:
        return NOTHING
    past = next_of(S, W[into + count - 1]) if count > 0 else next_of(S, slot)
    beyond, kept = next_of(S, W[more_into + more - 1]), prev_of(S, near)
    if not _fits(S, W, slot, more_into, more, past) or not _fits(S, W, kept, into, count, beyond):
        return NOTHING
    if _is_hopeless(P, T, S, W, slot, count, past, kept, more, beyond, day, there, limit):
        return HOPELESS
    for number in range(count - 1, -1, -1):
        unlink(P, T, S, W, W[into + number])
    for number in range(more - 1, -1, -1):
        unlink(P, T, S, W, W[more_into + number])
    linked = _link(P, T, S, W, into, count, second, kept)
    return CHANGED if linked and _link(P, T, S, W, more_into, more, first, slot) else FAILED
