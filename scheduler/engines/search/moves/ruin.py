"""Ruin and recreate: some near tasks are taken out and put back one by one where each is cheapest.

After Schrimpf et al. 2000 (10.1006/jcph.1999.6413) and the adjacent strings of Christiaens &
Vanden Berghe 2020 (10.1287/trsc.2019.0914).
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    pick_slot,
    unlink_task,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import tied
from scheduler.engines.search.moves.insert import put_back
from scheduler.engines.search.points import plus
from scheduler.engines.search.price import price
from scheduler.engines.search.rows import (
    filled_of,
    first_slot,
    is_loose,
    item,
    length,
    next_of,
    person_of,
    slot_count,
    slot_row,
    task_of,
    task_row,
)
from scheduler.engines.search.state import fresh, random_below, unlink
from scheduler.lowered import Lowered

MOST = 5
SAMPLES = 60


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 0.2


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def remove(P, T, S, W, slot, into, count):
    """Take a slot's task (a loose slot alone) out and write what to put back."""
    task = task_of(P, slot)
    if is_loose(P, task):
        unlink(P, T, S, W, slot)
        W[into + count] = slot
    else:
        unlink_task(P, T, S, W, task)
        W[into + count] = first_slot(P, task)
    return count + 1


@inner
def _worth(P, S, slot):
    """Points that putting a slot's task back may save at most, people's weeks apart; TOP where others go with it."""
    task = task_of(P, slot)
    fixed_row = task_row(P, task)
    if P[fixed_row + at.TASK_BUNDLE] >= 0 or length(P, P[fixed_row + at.TASK_GAPS]) > 0:
        return at.TOP
    points = tied(P, S, slot) + P[slot_row(P, slot) + at.SLOT_EMPTY_POINTS]
    if is_loose(P, task):
        return points
    for other in range(first_slot(P, task) + 1, first_slot(P, task) + slot_count(P, task)):
        points = plus(points, P[slot_row(P, other) + at.SLOT_EMPTY_POINTS], 1)
    return points


@inner
def owed(P, S, W, into, count):
    """Points that putting back what is out of W[into..] may save at most."""
    points = 0
    for number in range(count):
        if person_of(S, W[into + number]) < 0:
            points = plus(points, _worth(P, S, W[into + number]), 1)
    return points


@inner
def recreate(P, T, S, W, into, count, limit):
    """Put back what stands in W[into..], each where it is cheapest; False once what is still out can't save enough."""
    for number in range(count):
        if S[at.COST] - owed(P, S, W, into + number, count - number) > limit:
            return False
        if person_of(S, W[into + number]) < 0:
            put_back(P, T, S, W, W[into + number], SAMPLES)
    return S[at.COST] <= limit


@inner
def propose(P, T, S, W, limit):
    """Ruin around a random slot, or along its route; then recreate in random order."""
    seed = pick_slot(P, S, W)
    task = task_of(P, seed)
    into = P[at.STOPS_OUT]
    most = 2 + random_below(W, MOST - 1)
    count = 0
    fresh(W)
    if person_of(S, seed) < 0:
        begun = filled_of(P, S, task) > 0
        if begun and not is_loose(P, task):
            return NOTHING  # its key must stay while others of the crew hang on it
        W[into] = seed
        count = 1
    elif random_below(W, 3) == 0:
        slot = seed
        while slot >= 0 and count < most:
            after = next_of(S, slot)
            if person_of(S, slot) >= 0:
                count = remove(P, T, S, W, slot, into, count)
            slot = after if after < 0 or person_of(S, after) >= 0 else at.NONE
    else:
        count = remove(P, T, S, W, seed, into, count)
    near = P[task_row(P, task) + at.TASK_NEAR]
    tries = 0
    while count < most and tries < 3 * most and length(P, near) > 0:
        tries += 1
        other = item(P, near, random_below(W, length(P, near)))
        if filled_of(P, S, other) > 0:
            slot = first_slot(P, other) + random_below(W, slot_count(P, other))
            if person_of(S, slot) >= 0:
                count = remove(P, T, S, W, slot, into, count)
    if not price(P, T, S, W, plus(limit, owed(P, S, W, into, count), 1)):
        return FAILED
    for number in range(count - 1, 0, -1):
        other = random_below(W, number + 1)
        W[into + number], W[into + other] = W[into + other], W[into + number]
    if not recreate(P, T, S, W, into, count, limit):
        return FAILED
    fresh(W)
    return CHANGED
