"""The worst idle time: its price after a move, and how far it may fall (see lowered/day.py).

Whatever starts when, a person with these stops is idle for their presence less stops, ways and the
rest; so the people with most of that bound the worst from below, before any time is reckoned.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search.day import firm_idle, idle_ticks, worst_idle
from scheduler.engines.search.layout import (
    BUSIES,
    BUSY_LIST,
    BUSY_ROOM,
    COST,
    DAY_LIST,
    DAY_S,
    DAY_SW,
    DAY_TOUCHED,
    DAYS,
    FIRM_PEOPLE,
    FIRMEST,
    IDLE,
    IDLE_POINTS,
    IDLE_S,
    PEOPLE,
    WORST_IDLE,
)  # fmt: skip
from scheduler.engines.search.state import put


@inner
def price_idle(P, T, S, W):
    """Bring the worst idle time up to date from the touched days."""
    seen = 0
    lost = False
    firmer = False
    for number in range(W[DAY_TOUCHED]):
        day_row = W[P[DAY_LIST] + number]
        person = day_row // P[DAYS]
        own = P[IDLE_S] + 2 * person
        idle = idle_ticks(P, T, S, day_row)
        cell = P[DAY_S] + day_row * DAY_SW + IDLE
        if idle != S[cell]:
            lost = lost or S[own] == S[WORST_IDLE]
            put(P, S, W, own, S[own] + idle - S[cell])
            put(P, S, W, cell, idle)
        firm = firm_idle(P, S, person)
        if firm != S[own + 1]:
            put(P, S, W, own + 1, firm)
            firmer = True
    for number in range(W[DAY_TOUCHED]):
        idle = S[P[IDLE_S] + 2 * (W[P[DAY_LIST] + number] // P[DAYS])]
        if idle > seen:
            seen = idle
    worst = S[WORST_IDLE]
    if seen > worst:
        worst = seen
    elif lost and seen < worst:
        worst = worst_idle(P, S)
    if worst != S[WORST_IDLE]:
        put(P, S, W, COST, S[COST] + (worst - S[WORST_IDLE]) * P[IDLE_POINTS])
        put(P, S, W, WORST_IDLE, worst)
    if firmer:
        _rank(P, S, W)


@inner
def _rank(P, S, W):
    """Find the people with the largest firm idle times."""
    one = two = three = -1
    for person in range(P[PEOPLE]):
        firm = S[P[IDLE_S] + 2 * person + 1]
        if one < 0 or firm > S[P[IDLE_S] + 2 * one + 1]:
            one, two, three = person, one, two
        elif two < 0 or firm > S[P[IDLE_S] + 2 * two + 1]:
            two, three = person, two
        elif three < 0 or firm > S[P[IDLE_S] + 2 * three + 1]:
            three = person
    if one != S[FIRMEST]:
        put(P, S, W, FIRMEST, one)
    if two != S[FIRMEST + 1]:
        put(P, S, W, FIRMEST + 1, two)
    if three != S[FIRMEST + 2]:
        put(P, S, W, FIRMEST + 2, three)


@inner
def _is_touched(P, W, person):
    touched = False
    for number in range(W[DAY_TOUCHED]):
        touched = touched or W[P[DAY_LIST] + number] // P[DAYS] == person
    return touched


@inner
def idle_slack(P, S, W):
    """Points by which the worst idle time may fall, at most, when the touched days are priced; below 0 where it must rise."""
    least = 0
    for number in range(W[DAY_TOUCHED]):
        firm = firm_idle(P, S, W[P[DAY_LIST] + number] // P[DAYS])
        if firm > least:
            least = firm
    for number in range(FIRM_PEOPLE):
        person = S[FIRMEST + number]
        if person >= 0 and not _is_touched(P, W, person):
            firm = S[P[IDLE_S] + 2 * person + 1]
            if firm > least:
                least = firm
            break
    return (S[WORST_IDLE] - least) * P[IDLE_POINTS]


@inner
def note_busy(P, W, person, ticks_busy):
    """A move gives a person so many ticks of stops and ways (below 0: takes them), at most."""
    if P[IDLE_POINTS] == 0:
        return
    for number in range(W[BUSIES] if W[BUSIES] < BUSY_ROOM else BUSY_ROOM):
        if W[BUSY_LIST + 2 * number] == person:
            W[BUSY_LIST + 2 * number + 1] += ticks_busy
            return
    if W[BUSIES] < BUSY_ROOM:
        W[BUSY_LIST + 2 * W[BUSIES]] = person
        W[BUSY_LIST + 2 * W[BUSIES] + 1] = ticks_busy
    W[BUSIES] += 1


@inner
def idle_rise(P, S, W):
    """Points by which a move with the noted changes raises the worst idle time, at least; below 0 where it may fall."""
    if W[BUSIES] > BUSY_ROOM:
        return -S[WORST_IDLE] * P[IDLE_POINTS]
    least = 0
    for number in range(W[BUSIES]):
        firm = S[P[IDLE_S] + 2 * W[BUSY_LIST + 2 * number] + 1]
        busy = W[BUSY_LIST + 2 * number + 1]
        # Work taken from a day that is too long, or that is one of several, may set no time free.
        if busy > 0 or (firm > 0 and P[DAYS] == 1):
            firm -= busy
        if firm > least:
            least = firm
    for number in range(FIRM_PEOPLE):
        person = S[FIRMEST + number]
        noted = person < 0
        for entry in range(W[BUSIES]):
            noted = noted or W[BUSY_LIST + 2 * entry] == person
        if not noted:
            firm = S[P[IDLE_S] + 2 * person + 1]
            if firm > least:
                least = firm
            break
    return (least - S[WORST_IDLE]) * P[IDLE_POINTS]
