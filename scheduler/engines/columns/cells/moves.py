"""Moves on cells: days in a row of one person changed, or exchanged between two people."""

import math

from scheduler.engines.columns.cells import layout as at
from scheduler.engines.columns.cells.price import (
    NEVER,
    cost_of,
    item_row,
    join_all,
    leave_all,
    person_change,
    roll_back,
    roster_cell,
    settle,
    sums_change,
    touched_change,
)
from scheduler.engines.compiled import inner, outer

TEMPERATURE_STEPS = 256
"""Moves between two changes of the temperature."""
LONGER = 5
"""A move takes another day with this chance, in eighths."""
CHANGES = 60
"""Moves of one person in a hundred."""
WHOLE_RUNS = 5
"""Moves in a hundred that take whole runs of work or days off."""


@inner
def _draw(W):
    W[at.RANDOM] ^= W[at.RANDOM] << 13
    W[at.RANDOM] ^= (W[at.RANDOM] >> 7) & 0x1FFFFFFFFFFFFFF
    W[at.RANDOM] ^= W[at.RANDOM] << 17


@inner
def _below(W, bound):
    """A random whole number in [0, bound), bound below 2**31."""
    _draw(W)
    return (((W[at.RANDOM] >> 33) & 0x7FFFFFFF) * bound) >> 31


@inner
def _unit(W):
    """A random float in (0, 1]."""
    _draw(W)
    return (((W[at.RANDOM] >> 12) & 0xFFFFFFFFFFFF) + 1) * (1.0 / 281474976710656.0)


@inner
def _fitting(P, S, person, item, choose):
    """The item, or another of its task that the person may work; at.NONE - 1: there is none.

    choose: whether the one that saves most is taken, though the person may work the item itself.
    """
    best = item
    if choose == 0 and cost_of(P, person, item) < P[at.HARD]:
        return best
    best = at.NONE - 1
    least = NEVER
    row = item_row(P, item)
    for place in range(P[row + at.ITEM_RIVAL], P[row + at.ITEM_RIVAL] + P[row + at.ITEM_RIVALS]):
        rival = P[place]
        points = cost_of(P, person, rival)
        heads = S[P[at.HEAD_CELLS] + rival]
        if points < P[at.HARD] and heads < P[item_row(P, rival) + at.ITEM_ROOM]:
            points += P[P[item_row(P, rival) + at.ITEM_MARGIN] + heads]
            if points < least:
                least = points
                best = rival
    return best


@inner
def _span(P, S, W, person):
    """Draw days in a row, [first, end), into FIRST and END."""
    days = P[at.DAYS]
    first = _below(W, days)
    end = first + 1
    if _below(W, 100) < WHOLE_RUNS:
        roster = roster_cell(P, person, 0)
        on = S[roster + first] >= 0
        while first > 0 and (S[roster + first - 1] >= 0) == on and end - first < at.LONGEST:
            first -= 1
        while end < days and (S[roster + end] >= 0) == on and end - first < at.LONGEST:
            end += 1
    else:
        while end < days and end - first < at.LONGEST and _below(W, 8) < LONGER:
            end += 1
    W[at.FIRST] = first
    W[at.END] = end


@inner
def _change(P, S, W, person):
    """Write other items for some days of a person; whether there are any."""
    _span(P, S, W, person)
    days, first, end = P[at.DAYS], W[at.FIRST], W[at.END]
    roster, items = roster_cell(P, person, 0), P[at.NEW_ITEMS]
    cell = P[at.ABLE_FIRST] + person * days + first
    drawn = _below(W, P[cell + 1] - P[cell] + 1)
    item = at.NONE
    if drawn < P[cell + 1] - P[cell]:
        item = P[P[at.ABLE_CELLS] + P[cell] + drawn]
    choose = 1 if _below(W, 4) > 0 else 0
    off = item < 0
    changed = False
    day = first
    while day < end and (off or item >= 0):
        given = at.NONE
        if not off:
            given = _fitting(P, S, person, item, choose)
            if given < at.NONE:
                break
            item = P[item_row(P, item) + at.ITEM_LIKE]
        W[items + day] = given
        if given != S[roster + day]:
            changed = True
        day += 1
    W[at.END] = day
    return changed


@inner
def _swap(P, S, W, person, other):
    """Write for some days each person what the other does; whether that changes anything and can be."""
    _span(P, S, W, person)
    first, end = W[at.FIRST], W[at.END]
    mine, theirs = roster_cell(P, person, 0), roster_cell(P, other, 0)
    items, others = P[at.NEW_ITEMS], P[at.NEW_ITEMS] + P[at.DAYS]
    changed = False
    for day in range(first, end):
        own = S[mine + day]
        taken = S[theirs + day]
        if own != taken:
            changed = True
            swapped = taken
            if taken >= 0:
                swapped = _fitting(P, S, person, taken, 0)
            given = own
            if own >= 0:
                given = _fitting(P, S, other, own, 0)
            if swapped < at.NONE or given < at.NONE:
                return False
            W[items + day] = swapped
            W[others + day] = given
        else:
            W[items + day] = own
            W[others + day] = own
    return changed


@inner
def _worth(P, points):
    """Points while annealing, in which a hard point is only WORTH."""
    hard = P[at.HARD]
    if -hard < 2 * points < hard:
        return points
    count = (points + hard // 2) // hard
    return points - count * (hard - P[at.WORTH])


@inner
def _try(P, S, W, limit):
    """Try a move; whether it was taken: its change is no more than the limit. W's CHANGE: its points."""
    person = _below(W, P[at.PEOPLE])
    other = at.NONE
    W[at.LOGGED] = 0
    W[at.TOUCHED] = 0
    W[at.MOVE] += 1
    if P[at.PEOPLE] == 1 or _below(W, 100) < CHANGES:
        if not _change(P, S, W, person):
            return False
    else:
        other = _below(W, P[at.PEOPLE] - 1)
        if other >= person:
            other += 1
        if not _swap(P, S, W, person, other):
            return False
    first, end = W[at.FIRST], W[at.END]
    points = leave_all(P, S, W, person, first, end, 0)
    if other >= 0:
        points += leave_all(P, S, W, other, first, end, 1)
        points += join_all(P, S, W, other, first, end, 1)
    points += join_all(P, S, W, person, first, end, 0)
    if points >= NEVER // 2:
        roll_back(P, S, W)
        return False
    points += person_change(P, S, W, person, first, end, 0)
    reach = W[at.REACH]
    other_reach = 0
    sums_change(P, S, W, person, first, end, 0)
    if other >= 0:
        points += person_change(P, S, W, other, first, end, 1)
        other_reach = W[at.REACH]
        sums_change(P, S, W, other, first, end, 1)
    points += touched_change(P, S, W)
    W[at.CHANGE] = points
    if _worth(P, points) > limit:
        roll_back(P, S, W)
        return False
    S[at.COST] += points
    W[at.PERSON] = person
    W[at.OTHER] = other
    W[at.REACH] = reach
    W[at.OTHER_REACH] = other_reach
    return True


@inner
def _settle_both(P, S, W):
    settle(P, S, W, W[at.PERSON], W[at.FIRST], W[at.END], 0, W[at.REACH])
    if W[at.OTHER] >= 0:
        settle(P, S, W, W[at.OTHER], W[at.FIRST], W[at.END], 1, W[at.OTHER_REACH])


@outer
def anneal(P, S, W, best, steps, hot, cold):
    """Try `steps` moves while the temperature falls from `hot` to `cold` points.

    best: int64 [2 + person * day]: the least cost so far, whether the state's roster is it and not copied
    yet, and the roster of that cost. hot 0: no move is taken that costs more; those that would cost less
    than a hard point are summed in W (UPHILL, RISE).
    """
    cells = P[at.PEOPLE] * P[at.DAYS]
    roster = P[at.ROSTER_CELLS]
    temperature = hot
    ratio = math.exp(math.log(cold / hot) * TEMPERATURE_STEPS / steps) if hot > 0 else 1.0
    for step in range(steps):
        if (step + 1) % TEMPERATURE_STEPS == 0:
            temperature *= ratio
        limit = 0
        if hot > 0:
            limit = int(-temperature * math.log(_unit(W)))
        W[at.CHANGE] = 0
        cost = S[at.COST]
        taken = _try(P, S, W, limit)
        if hot <= 0 and 0 < W[at.CHANGE] < P[at.HARD] // 2:
            W[at.UPHILL] += 1
            W[at.RISE] += W[at.CHANGE]
        if not taken:
            continue
        W[at.TAKEN] += 1
        if best[1] > 0 and S[at.COST] > cost:
            for cell in range(cells):
                best[2 + cell] = S[roster + cell]
            best[1] = 0
        _settle_both(P, S, W)
        if S[at.COST] < best[0]:
            best[0] = S[at.COST]
            best[1] = 1
    if best[1] > 0:
        for cell in range(cells):
            best[2 + cell] = S[roster + cell]
        best[1] = 0
    return best[0]
