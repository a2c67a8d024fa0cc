"""Swap tails: two people's routes of a day exchange what comes after a cut (2-opt*, Potvin & Rousseau 1995)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.crew import ready_at
from scheduler.engines.search.mix import has_mix
from scheduler.engines.search.moves.after import note_change
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    HOPELESS,
    NOTHING,
    PERSON_TRIES,
    can_host,
    in_crew,
    is_able,
    near_tries,
    pick_able,
    pick_near,
    pick_slot,
    several_days,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import is_hopeless, pushed_from, tied
from scheduler.engines.search.moves.falls import note_change_behind, note_fall
from scheduler.engines.search.rows import (
    day_row,
    end_of,
    fit_of,
    head_of,
    key_of,
    length,
    next_of,
    option_of,
    person_of,
    person_row,
    prev_of,
    slot_row,
    stop_row,
    task_of,
    tick_points,
)
from scheduler.engines.search.state import (
    before_key,
    link,
    person_day_at,
    person_day_of,
    place_of,
    ticks,
    unlink,
)
from scheduler.lowered import Lowered

MOST_STOPS = 40


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    if several_days(lowered):
        return 6.0
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
    note_change_behind(P, S, W, person_day, after)
    if after >= 0:
        note_fall(P, S, W, after, ready + way, 1)
        late = pushed_from(P, T, S, W, person, day_row(P, person_day), after, ready + way, at.NONE)
    if before < 0 and after < 0:
        way = 0
    return way * tick_points(P, person) + late


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
def _hand_over(P, T, S, W, into, count, giver, taker):
    """Note that a tail goes from one person-day to another; ticks of all its ways but the first, for either person."""
    old, new = 0, 0
    for number in range(count):
        slot = W[into + number]
        after = W[into + number + 1] if number + 1 < count else at.NONE
        option = option_of(P, S, task_of(P, slot))
        note_change(P, W, giver, slot, option, -1, 0)
        note_change(P, W, taker, slot, option, 1, 0)
        old += _leg(P, T, S, slot, after, giver // P[at.DAYS])
        new += _leg(P, T, S, slot, after, taker // P[at.DAYS])
    return old, new


@inner
def _is_hopeless(P, T, S, W, ahead, rest, kept, near, day, there, count, more, limit):
    """Whether the exchange must end above the limit. day, there: the person-days of the two cuts."""
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    first, second = day // P[at.DAYS], there // P[at.DAYS]
    delta = _handed(P, T, S, into, count, W, first, second)
    delta += _handed(P, T, S, more_into, more, W, second, first)
    delta -= _way(P, T, S, ahead, rest, first) + _way(P, T, S, kept, near, second)
    delta += _behind(P, T, S, W, ahead, near, day)
    delta += _behind(P, T, S, W, kept, rest, there)
    old, new = _hand_over(P, T, S, W, into, count, day, there)
    more_old, more_new = _hand_over(P, T, S, W, more_into, more, there, day)
    way = more_new - old + _leg(P, T, S, ahead, near, first) - _leg(P, T, S, ahead, rest, first)
    note_change(P, W, day, at.NONE, at.NONE, 1, way)
    way = new - more_old + _leg(P, T, S, kept, rest, second) - _leg(P, T, S, kept, near, second)
    note_change(P, W, there, at.NONE, at.NONE, 1, way)
    return is_hopeless(P, T, S, W, delta, limit)


@inner
def _keeps_order(S, slot, near):
    """Whether no key changes when `near` comes right behind `slot`, and what followed that behind what came before `near`."""
    rest, kept = next_of(S, slot), prev_of(S, near)
    if key_of(S, slot) >= key_of(S, near):
        return False
    return rest < 0 or kept < 0 or key_of(S, kept) < key_of(S, rest)


@inner
def _are_alike(P, W, into, count, first, second):
    """Whether it is all the same who of two does a tail's stops."""
    for number in range(count):
        slot = W[into + number]
        fixed_row = slot_row(P, slot)
        if fit_of(P, slot, first) != fit_of(P, slot, second):
            return False
        if length(P, P[fixed_row + at.SLOT_GROUPS]) > 0 or has_mix(P, task_of(P, slot)):
            return False
    return True


@inner
def _is_null(P, S, W, ahead, kept, day, there, count, more):
    """Whether two alike people would exchange all that comes behind one place and moment, which changes nothing."""
    if ahead >= 0 or kept >= 0:
        # Behind a visit that both are at, or behind none.
        if ahead < 0 or kept < 0 or task_of(P, ahead) != task_of(P, kept):
            return False
        if end_of(P, S, ahead) != end_of(P, S, kept):
            return False
    first, second = day // P[at.DAYS], there // P[at.DAYS]
    first_row, second_row = person_row(P, first), person_row(P, second)
    row, other_row = day_row(P, day), day_row(P, there)
    if not P[row + at.DAY_FREE] or not P[other_row + at.DAY_FREE]:
        return False
    if not P[row + at.DAY_PLAIN] or not P[other_row + at.DAY_PLAIN]:
        return False
    if (
        P[first_row + at.PERSON_MODE] != P[second_row + at.PERSON_MODE]
        or P[first_row + at.PERSON_HOME_START] != P[second_row + at.PERSON_HOME_START]
        or P[first_row + at.PERSON_HOME_END] != P[second_row + at.PERSON_HOME_END]
        or P[row + at.DAY_FIRST_FROM] != P[other_row + at.DAY_FIRST_FROM]
    ):
        return False
    return _are_alike(P, W, P[at.STOPS_OUT], count, first, second) and _are_alike(
        P, W, P[at.MORE_STOPS_OUT], more, first, second
    )


@inner
def _exchange(P, T, S, W, ahead, rest, kept, near, day, there, count, more, limit):
    """Exchange the tails in W, which both people could do."""
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    if _is_null(P, S, W, ahead, kept, day, there, count, more):
        return NOTHING
    if _is_hopeless(P, T, S, W, ahead, rest, kept, near, day, there, count, more, limit):
        return HOPELESS
    for number in range(count - 1, -1, -1):
        unlink(P, T, S, W, W[into + number])
    for number in range(more - 1, -1, -1):
        unlink(P, T, S, W, W[more_into + number])
    return (
        CHANGED
        if _relink(P, T, S, W, into, count, there // P[at.DAYS], kept)
        and _relink(P, T, S, W, more_into, more, day // P[at.DAYS], ahead)
        else FAILED
    )


@inner
def _pick_able(P, S, W, slot, day):
    """(stop before, stop behind, person-day): a cut of the day of somebody who could do what comes behind `slot`; person-day NONE without.

    The cut is where the key of `slot` belongs: in a week few near stops are on the same day, and of them few
    of somebody who could do the same.
    """
    rest = next_of(S, slot)
    person = pick_able(P, W, rest if rest >= 0 else slot)
    if person < 0 or person == person_of(S, slot):
        return at.TIE, at.TIE, at.NONE
    there = person * P[at.DAYS] + day % P[at.DAYS]
    kept = before_key(P, S, there, key_of(S, slot))
    if kept == at.TIE:
        return at.TIE, at.TIE, at.NONE
    return kept, next_of(S, kept) if kept >= 0 else head_of(P, S, there), there


@inner
def _propose_in_week(P, T, S, W, slot, limit):
    """As `propose`, with somebody able in the place of a near stop's person."""
    first = person_of(S, slot)
    day = person_day_of(P, S, slot)
    rest = next_of(S, slot)
    for _ in range(PERSON_TRIES):
        kept, near, there = _pick_able(P, S, W, slot, day)
        if there < 0 or (rest < 0 and near < 0):
            continue
        count = _take(P, S, W, rest, there // P[at.DAYS], there, P[at.STOPS_OUT])
        more = _take(P, S, W, near, first, day, P[at.MORE_STOPS_OUT]) if count >= 0 else at.NONE
        if more >= 0:
            return _exchange(P, T, S, W, slot, rest, kept, near, day, there, count, more, limit)
    return NOTHING


@inner
def propose(P, T, S, W, limit):
    """After a stop of one route comes a near stop of another, with all that follows it; and the other way round."""
    slot = pick_slot(P, S, W)
    first = person_of(S, slot)
    if first < 0:
        return NOTHING
    if P[at.DAYS] > 1:
        return _propose_in_week(P, T, S, W, slot, limit)
    day = person_day_of(P, S, slot)
    for _ in range(near_tries(P)):
        near = pick_near(P, S, W, task_of(P, slot))
        if near < 0 or person_of(S, near) == first or not is_able(P, near, first):
            continue
        there = person_day_of(P, S, near)
        rest = next_of(S, slot)
        if not _keeps_order(S, slot, near):
            continue
        count = _take(P, S, W, rest, person_of(S, near), there, P[at.STOPS_OUT])
        more = _take(P, S, W, near, first, day, P[at.MORE_STOPS_OUT]) if count >= 0 else at.NONE
        if more >= 0:
            kept = prev_of(S, near)
            return _exchange(P, T, S, W, slot, rest, kept, near, day, there, count, more, limit)
    return NOTHING
