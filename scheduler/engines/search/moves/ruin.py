"""Ruin and recreate: some near tasks are taken out and put back one by one where each is cheapest.

After Schrimpf et al. 2000 (10.1006/jcph.1999.6413) and the adjacent strings of Christiaens &
Vanden Berghe 2020 (10.1287/trsc.2019.0914).
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.crew import settle
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    pick_slot,
    unlink_task,
)  # fmt: skip
from scheduler.engines.search.moves.insert import put_back
from scheduler.engines.search.price import finish
from scheduler.engines.search.rows import (
    filled_of,
    first_slot,
    is_loose,
    item,
    length,
    next_of,
    person_of,
    slot_count,
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
    if not settle(P, T, S, W, at.FAR) or not finish(P, T, S, W, at.FAR):
        return FAILED
    for number in range(count - 1, 0, -1):
        other = random_below(W, number + 1)
        W[into + number], W[into + other] = W[into + other], W[into + number]
    for number in range(count):
        slot = W[into + number]
        if person_of(S, slot) < 0:
            put_back(P, T, S, W, slot, SAMPLES)
    fresh(W)
    return CHANGED
