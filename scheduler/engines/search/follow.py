"""Follow: what one day asks of the next (see lowered/follow.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    ban_row,
    end_of,
    next_of,
    person_row,
    route_row,
    slot_row,
    start_of,
)
from scheduler.engines.search.state import put


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
def follow_points(P, S, person):
    """Points of short rests and forbidden sequences of a person."""
    row = person_row(P, person)
    points = 0
    days = P[at.DAYS]
    ended = P[row + at.PERSON_PAST_END]
    worked = True
    bits = P[row + at.PERSON_PAST_KINDS]
    for day in range(days):
        day_state_row = route_row(P, person * days + day)
        works = S[day_state_row + at.ROUTE_COUNT] > 0
        if works:
            if worked and P[row + at.PERSON_REST_SHORT] != 0:
                rest = start_of(S, S[day_state_row + at.ROUTE_HEAD]) - ended
                if rest < P[row + at.PERSON_REST]:
                    short = P[row + at.PERSON_REST] - rest
                    points = plus(points, short, P[row + at.PERSON_REST_SHORT])
            tail = S[day_state_row + at.ROUTE_TAIL]
            ended = end_of(P, S, tail)
        if P[at.KINDS] > 0:
            today = S[day_state_row + at.ROUTE_KINDS] if works else 0
            if bits != 0 and today != 0:
                for number in range(P[at.BANS]):
                    ban = ban_row(P, number)
                    if (bits >> P[ban + at.BAN_BEFORE]) & 1 and (
                        today >> P[ban + at.BAN_AFTER]
                    ) & 1:
                        points += P[ban + at.BAN_POINTS]
            bits = today
        worked = works
    return points
