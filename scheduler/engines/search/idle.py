"""The worst idle time: its price after a move, and how far it may fall (see lowered/day.py).

Whatever starts when, a person with these stops is idle for their presence less stops, ways and the
rest; so the people with most of that bound the worst from below, before any time is computed.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.day import firm_idle, idle_ticks, worst_idle
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import change_row, duration_of, firm_of, idle_of, idle_row
from scheduler.engines.search.state import pay, put


@inner
def price_idle(P, T, S, W):
    """Bring the worst idle time up to date from the touched days."""
    seen = 0
    lost = False
    firmer = False
    for number in range(W[at.DAYS_TOUCHED]):
        person_day = W[P[at.TOUCHED_DAYS] + number]
        person = person_day // P[at.DAYS]
        row = idle_row(P, person)
        idle = idle_ticks(P, T, S, person_day)
        cell = P[at.IDLE_CELLS] + person_day
        if idle != S[cell]:
            lost = lost or S[row + at.IDLE_TICKS] == S[at.WORST_IDLE]
            put(P, S, W, row + at.IDLE_TICKS, S[row + at.IDLE_TICKS] + idle - S[cell])
            put(P, S, W, cell, idle)
        firm = firm_idle(P, S, person)
        if firm != S[row + at.IDLE_FIRM]:
            put(P, S, W, row + at.IDLE_FIRM, firm)
            firmer = True
    for number in range(W[at.DAYS_TOUCHED]):
        idle = idle_of(P, S, W[P[at.TOUCHED_DAYS] + number] // P[at.DAYS])
        if idle > seen:
            seen = idle
    worst = S[at.WORST_IDLE]
    if seen > worst:
        worst = seen
    elif lost and seen < worst:
        worst = worst_idle(P, S)
    if worst != S[at.WORST_IDLE]:
        pay(P, S, W, plus(0, worst, P[at.WORST_IDLE_POINTS]))
        pay(P, S, W, -S[at.WORST_IDLE] * P[at.WORST_IDLE_POINTS])
        put(P, S, W, at.WORST_IDLE, worst)
    if firmer:
        _rank(P, S, W)


@inner
def _rank(P, S, W):
    """Find the people with the largest firm idle times."""
    first = second = third = at.NONE
    for person in range(P[at.PEOPLE]):
        firm = firm_of(P, S, person)
        if first < 0 or firm > firm_of(P, S, first):
            first, second, third = person, first, second
        elif second < 0 or firm > firm_of(P, S, second):
            second, third = person, second
        elif third < 0 or firm > firm_of(P, S, third):
            third = person
    if first != S[at.FIRMEST]:
        put(P, S, W, at.FIRMEST, first)
    if second != S[at.FIRMEST + 1]:
        put(P, S, W, at.FIRMEST + 1, second)
    if third != S[at.FIRMEST + 2]:
        put(P, S, W, at.FIRMEST + 2, third)


@inner
def _is_touched(P, W, person):
    touched = False
    for number in range(W[at.DAYS_TOUCHED]):
        touched = touched or W[P[at.TOUCHED_DAYS] + number] // P[at.DAYS] == person
    return touched


@inner
def idle_slack(P, S, W):
    """Points by which the worst idle time may fall, at most, when the touched days are priced; below 0 where it must rise."""
    least = 0
    for number in range(W[at.DAYS_TOUCHED]):
        firm = firm_idle(P, S, W[P[at.TOUCHED_DAYS] + number] // P[at.DAYS])
        if firm > least:
            least = firm
    for number in range(at.FIRM_PEOPLE):
        person = S[at.FIRMEST + number]
        if person >= 0 and not _is_touched(P, W, person):
            firm = firm_of(P, S, person)
            if firm > least:
                least = firm
            break
    return (S[at.WORST_IDLE] - least) * P[at.WORST_IDLE_POINTS]


@inner
def _is_noted(P, W, person, before):
    """Whether one of the first `before` noted changes is one of a person's days."""
    for number in range(before):
        if W[change_row(number) + at.CHANGE_PERSON_DAY] // P[at.DAYS] == person:
            return True
    return False


@inner
def _busier(P, W, person):
    """Ticks of stops and ways more, or less below 0, that the noted changes give a person."""
    busy = 0
    for number in range(W[at.CHANGES]):
        row = change_row(number)
        if W[row + at.CHANGE_PERSON_DAY] // P[at.DAYS] == person:
            busy += W[row + at.CHANGE_WAY]
            if W[row + at.CHANGE_SLOT] >= 0:
                busy += W[row + at.CHANGE_SIGN] * duration_of(P, W[row + at.CHANGE_SLOT])
    return busy


@inner
def idle_rise(P, S, W):
    """Points by which the noted changes raise the worst idle time, at least; below 0 where it may fall."""
    least = 0
    for number in range(W[at.CHANGES]):
        person = W[change_row(number) + at.CHANGE_PERSON_DAY] // P[at.DAYS]
        if _is_noted(P, W, person, number):
            continue
        firm = firm_of(P, S, person)
        busy = _busier(P, W, person)
        # Work taken from a day that is too long, or that is one of several, may set no time free.
        if busy > 0 or (firm > 0 and P[at.DAYS] == 1):
            firm -= busy
        if firm > least:
            least = firm
    for number in range(at.FIRM_PEOPLE):
        person = S[at.FIRMEST + number]
        if person >= 0 and not _is_noted(P, W, person, W[at.CHANGES]):
            firm = firm_of(P, S, person)
            if firm > least:
                least = firm
            break
    return (least - S[at.WORST_IDLE]) * P[at.WORST_IDLE_POINTS]
