"""Do bundle: a whole bundle of undone visits is done at random places, or a done one left undone."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    BUNDLE_P,
    BUNDLE_W,
    BUNDLES,
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
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)  # fmt: skip
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    FAR,
    NOTHING,
    can_host,
    choose_crew,
    key_between,
    likely_start,
    link_by_key,
    pick_beside,
    pick_host,
    pick_option,
    set_option,
    unlink_task,
)  # fmt: skip
from scheduler.engines.search.state import key_of, random_below


@inner
def _do(P, T, S, W, task):
    """Do an undone task, more often beside a near one than anywhere; False where that fails."""
    fixed = P[TASK_P] + task * TASK_W
    lead = P[fixed + FIRST_SLOT]
    option = pick_option(P, W, task, -1)
    if option < 0 or P[fixed + LOOSE]:
        return False
    key = key_between(W, -FAR, FAR, likely_start(P, W, option))
    person = -1
    beside = pick_beside(P, S, W, lead) if random_below(W, 4) > 0 else -1
    if beside >= 0:
        person = S[SLOT_S + beside * SLOT_SW + PERSON]
        after = S[SLOT_S + beside * SLOT_SW + NEXT]
        key = key_between(W, key_of(P, S, beside), FAR if after < 0 else key_of(P, S, after), 0)
    if person < 0 or not can_host(P, lead, person, option):
        person = pick_host(P, S, W, lead, option)
    if person < 0 or key == -1:
        return False
    if not choose_crew(P, S, W, task, option, lead, person, P[SCRATCH]):
        return False
    set_option(P, S, W, task, option, key)
    linked = True
    for number in range(P[fixed + SLOT_COUNT]):
        linked = linked and link_by_key(P, T, S, W, lead + number, W[P[SCRATCH] + number])
    return linked


@inner
def propose(P, T, S, W, limit):
    """Turn a random bundle from undone to done, or the other way round."""
    if P[BUNDLES] == 0:
        return NOTHING
    row = P[BUNDLE_P] + random_below(W, P[BUNDLES]) * BUNDLE_W
    done = 0
    for number in range(P[row + 2]):
        if S[P[TASK_S] + P[P[row + 1] + number] * TASK_SW + FILLED] > 0:
            done += 1
    if done == P[row + 2] and random_below(W, 4) > 0:
        return NOTHING
    W[REAL] += 1
    for number in range(P[row + 2]):
        task = P[P[row + 1] + number]
        if done == P[row + 2]:
            unlink_task(P, T, S, W, task)
        elif S[P[TASK_S] + task * TASK_SW + FILLED] == 0 and not _do(P, T, S, W, task):
            return FAILED
    return CHANGED
