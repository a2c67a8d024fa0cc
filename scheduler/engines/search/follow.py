"""Follow: what one day asks of the next (see lowered/follow.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    ban_row,
    end_of,
    key_of,
    next_of,
    person_row,
    route_row,
    slot_row,
    start_of,
    stop_row,
)
from scheduler.engines.search.state import put, ticks


@inner
def mark_kinds(P, S, W, person_day):
    """Write which kinds a person-day holds."""
    if P[at.KINDS] == 0:
        return
    day_state_row = route_row(P, person_day)
    bits = 0
    slot = S[day_state_row + at.ROUTE_HEAD]
    while slot >= 0:
        kind = P[slot_row(P, slot) + at.SLOT_KIND]
        if kind >= 0:
            bits |= 1 << kind
        slot = next_of(S, slot)
    if bits != S[day_state_row + at.ROUTE_KINDS]:
        put(P, S, W, day_state_row + at.ROUTE_KINDS, bits)


@inner
def way_between(P, T, person, place, to):
    """Ticks from a day's last place to a place on a later day, by the end place and the start place."""
    row = person_row(P, person)
    end = P[row + at.PERSON_HOME_END]
    way = ticks(P, T, person, place, end)
    if end >= 0:
        place = end
    start = P[row + at.PERSON_HOME_START]
    way += ticks(P, T, person, place, start)
    if start >= 0:
        place = start
    return way + ticks(P, T, person, place, to)


@inner
def last_before(P, S, person_day):
    """The last stop of the person's last earlier day with work, or NONE."""
    first = person_day // P[at.DAYS] * P[at.DAYS]
    eve = first + P[at.DAYS] - 1
    if P[at.EVES] == 1 and person_day == eve:
        return at.NONE
    for other in range(person_day - 1, first - 1, -1):
        tail = S[route_row(P, other) + at.ROUTE_TAIL]
        if tail >= 0:
            return tail
    return S[route_row(P, eve) + at.ROUTE_TAIL] if P[at.EVES] == 1 else at.NONE


@inner
def rested_from(P, T, S, person_day, place, key):
    """The first moment at a place that keeps way and rest after the work of earlier days, where they must be kept.

    key: of the stop there; work with a later key is not waited for.
    """
    person = person_day // P[at.DAYS]
    row = person_row(P, person)
    if P[row + at.PERSON_WAITS] == 0:
        return -at.FAR
    before = last_before(P, S, person_day)
    if before < 0:
        ended, ended_at = P[row + at.PERSON_PAST_END], P[row + at.PERSON_PAST_PLACE]
    elif key_of(S, before) >= key:
        return -at.FAR
    else:
        ended, ended_at = end_of(P, S, before), S[stop_row(before) + at.STOP_PLACE]
    if P[at.EVES] == 1 and person_day % P[at.DAYS] == P[at.DAYS] - 1:
        return ended + ticks(P, T, person, ended_at, place)
    need = way_between(P, T, person, ended_at, place) if ended_at >= 0 else 0
    if need < P[row + at.PERSON_REST_KEPT]:
        need = P[row + at.PERSON_REST_KEPT]
    return ended + need


@inner
def follow_points(P, T, S, person):
    """Points of short ways, short rests and forbidden sequences of a person."""
    row = person_row(P, person)
    points = 0
    days = P[at.DAYS]
    ended = P[row + at.PERSON_PAST_END]
    place = P[row + at.PERSON_PAST_PLACE]
    bits = P[row + at.PERSON_PAST_KINDS]
    eves = P[at.EVES]
    for number in range(days):
        # The eve has the last row, and comes first.
        day = number - eves
        on_eve = day < 0
        day_state_row = route_row(P, person * days + (days - 1 if on_eve else day))
        works = S[day_state_row + at.ROUTE_COUNT] > 0
        if works:
            head = S[day_state_row + at.ROUTE_HEAD]
            free = start_of(S, head) - ended
            if free < P[row + at.PERSON_REST] and not on_eve:
                short = P[row + at.PERSON_REST] - free
                points = plus(points, short, P[row + at.PERSON_REST_SHORT])
            if free < P[row + at.PERSON_LONGEST_WAY] and P[row + at.PERSON_WAY_SHORT] != 0:
                there = S[stop_row(head) + at.STOP_PLACE]
                if on_eve:
                    way = ticks(P, T, person, place, there)
                else:
                    way = way_between(P, T, person, place, there) if place >= 0 else 0
                lacking = way - free
                if free < 0 and not on_eve:
                    lacking = -free if -free > way else way
                if lacking > 0:
                    points = plus(points, lacking, P[row + at.PERSON_WAY_SHORT])
            last = S[day_state_row + at.ROUTE_TAIL]
            ended = end_of(P, S, last)
            place = S[stop_row(last) + at.STOP_PLACE]
        if P[at.KINDS] > 0:
            today = S[day_state_row + at.ROUTE_KINDS] if works else 0
            if on_eve:
                bits |= today
                continue
            if bits != 0 and today != 0:
                for number in range(P[at.BANS]):
                    ban = ban_row(P, number)
                    if (bits >> P[ban + at.BAN_BEFORE]) & 1 and (
                        today >> P[ban + at.BAN_AFTER]
                    ) & 1:
                        points = plus(points, 1, P[ban + at.BAN_POINTS])
            bits = today
    return points
