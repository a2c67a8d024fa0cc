"""Ruin and recreate: some near tasks are taken out and put back one by one where each is cheapest.

After Schrimpf et al. 2000 (10.1006/jcph.1999.6413) and the adjacent strings of Christiaens &
Vanden Berghe 2020 (10.1287/trsc.2019.0914).
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search.crew import settle
from scheduler.engines.search.layout import (
    FILLED,
    FIRST_SLOT,
    LOOSE,
    NEXT,
    PERSON,
    REAL,
    SCRATCH,
    SLOT_COUNT,
    SLOT_S,
    SLOT_SW,
    TASK_NEAR,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)  # fmt: skip
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAR,
    NOTHING,
    pick_slot,
    task_of,
    unlink_task,
)  # fmt: skip
from scheduler.engines.search.moves.insert import put_back
from scheduler.engines.search.price import finish
from scheduler.engines.search.state import fresh, random_below, unlink

MOST = 5
SAMPLES = 60


@inner
def remove(P, T, S, W, slot, at, count):
    """Take a slot's task (a loose slot alone) out and write what to put back."""
    task = task_of(P, slot)
    if P[P[TASK_P] + task * TASK_W + LOOSE]:
        unlink(P, T, S, W, slot)
        W[at + count] = slot
    else:
        unlink_task(P, T, S, W, task)
        W[at + count] = P[P[TASK_P] + task * TASK_W + FIRST_SLOT]
    return count + 1


@inner
def propose(P, T, S, W, limit):
    """Ruin around a random slot, or along its route; then recreate in random order."""
    seed = pick_slot(P, S, W)
    task = task_of(P, seed)
    at = P[SCRATCH] + 960
    most = 2 + random_below(W, MOST - 1)
    count = 0
    fresh(W)
    if S[SLOT_S + seed * SLOT_SW + PERSON] < 0:
        begun = S[P[TASK_S] + task * TASK_SW + FILLED] > 0
        if begun and not P[P[TASK_P] + task * TASK_W + LOOSE]:
            return NOTHING  # its key must stay while others of the crew hang on it
        W[at] = seed
        count = 1
    elif random_below(W, 3) == 0:
        slot = seed
        while slot >= 0 and count < most:
            after = S[SLOT_S + slot * SLOT_SW + NEXT]
            if S[SLOT_S + slot * SLOT_SW + PERSON] >= 0:
                count = remove(P, T, S, W, slot, at, count)
            slot = after if after < 0 or S[SLOT_S + after * SLOT_SW + PERSON] >= 0 else -1
    else:
        count = remove(P, T, S, W, seed, at, count)
    near = P[P[TASK_P] + task * TASK_W + TASK_NEAR]
    tries = 0
    while count < most and tries < 3 * most and P[near] > 0:
        tries += 1
        other = P[near + 1 + random_below(W, P[near])]
        row = P[TASK_P] + other * TASK_W
        if S[P[TASK_S] + other * TASK_SW + FILLED] > 0:
            slot = P[row + FIRST_SLOT] + random_below(W, P[row + SLOT_COUNT])
            if S[SLOT_S + slot * SLOT_SW + PERSON] >= 0:
                count = remove(P, T, S, W, slot, at, count)
    W[REAL] += 1
    settle(P, T, S, W, FAR)
    finish(P, T, S, W, FAR)
    for number in range(count - 1, 0, -1):
        other = random_below(W, number + 1)
        W[at + number], W[at + other] = W[at + other], W[at + number]
    for number in range(count):
        slot = W[at + number]
        if S[SLOT_S + slot * SLOT_SW + PERSON] < 0:
            put_back(P, T, S, W, slot, SAMPLES)
    fresh(W)
    return CHANGED
