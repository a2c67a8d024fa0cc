"""Follow: what one day asks of the next (see lowered/follow.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    BAN_P,
    BAN_W,
    BANS,
    COUNT,
    DAY_S,
    DAY_SW,
    DAYS,
    DURATION,
    HEAD,
    KIND,
    KIND_BITS,
    KINDS,
    NEXT,
    PAST_END,
    PAST_KINDS,
    PERSON_P,
    PERSON_W,
    REST,
    REST_SHORT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TAIL,
)  # fmt: skip
from scheduler.engines.search.state import put


@inner
def mark_kinds(P, S, W, day_row):
    """Write which kinds a person-day holds."""
    if P[KINDS] == 0:
        return
    row = P[DAY_S] + day_row * DAY_SW
    bits = 0
    slot = S[row + HEAD]
    while slot >= 0:
        kind = P[P[SLOT_P] + slot * SLOT_W + KIND]
        if kind >= 0:
            bits |= 1 << kind
        slot = S[SLOT_S + slot * SLOT_SW + NEXT]
    if bits != S[row + KIND_BITS]:
        put(P, S, W, row + KIND_BITS, bits)


@inner
def follow_points(P, S, person):
    """Points of short rests and forbidden sequences of a person."""
    own = P[PERSON_P] + person * PERSON_W
    points = 0
    days = P[DAYS]
    ended = P[own + PAST_END]
    worked = True
    bits = P[own + PAST_KINDS]
    for day in range(days):
        row = P[DAY_S] + (person * days + day) * DAY_SW
        works = S[row + COUNT] > 0
        if works:
            if worked and P[own + REST_SHORT] != 0:
                rest = S[SLOT_S + S[row + HEAD] * SLOT_SW + START] - ended
                if rest < P[own + REST]:
                    points += (P[own + REST] - rest) * P[own + REST_SHORT]
            tail = S[row + TAIL]
            ended = S[SLOT_S + tail * SLOT_SW + START] + P[P[SLOT_P] + tail * SLOT_W + DURATION]
        if P[KINDS] > 0:
            today = S[row + KIND_BITS] if works else 0
            if bits != 0 and today != 0:
                for number in range(P[BANS]):
                    ban = P[BAN_P] + number * BAN_W
                    if (bits >> P[ban]) & 1 and (today >> P[ban + 1]) & 1:
                        points += P[ban + 2]
            bits = today
        worked = works
    return points
