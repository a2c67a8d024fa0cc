"""Do bundle: a whole bundle of undone visits is done at random places, or a done one left undone."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    can_host,
    choose_crew,
    key_at,
    key_between,
    likely_start,
    link_by_key,
    move_crew,
    pick_beside,
    pick_host,
    pick_option,
    unlink_task,
)  # fmt: skip
from scheduler.engines.search.rows import (
    bundle_row,
    filled_of,
    first_slot,
    is_loose,
    next_of,
    person_of,
)
from scheduler.engines.search.state import random_below
from scheduler.lowered import Lowered

ANYWHERE_IN = 4
"""One time in so many a visit is tried anywhere, not beside a near stop."""
UNDO_IN = 4
"""One time in so many a bundle that is done is left undone."""


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 1.0


def supports(lowered: Lowered) -> bool:
    """Where bundles cost anything when broken."""
    return len(lowered.empty.broken) > 0


@inner
def _do(P, T, S, W, task):
    """Do an undone task, more often beside a near one than anywhere; False where that fails."""
    lead = first_slot(P, task)
    option = pick_option(P, W, task, at.NONE)
    if option < 0:
        return False
    if is_loose(P, task):
        host = pick_host(P, S, W, lead, option)
        return host >= 0 and link_by_key(P, T, S, W, lead, host)
    key = key_between(W, -at.FAR, at.FAR, likely_start(P, W, option))
    person = at.NONE
    beside = pick_beside(P, S, W, lead) if random_below(W, ANYWHERE_IN) > 0 else at.NONE
    if beside >= 0:
        person = person_of(S, beside)
        key = key_at(S, W, beside, next_of(S, beside), 0)
    if person < 0 or not can_host(P, lead, person, option):
        person = pick_host(P, S, W, lead, option)
    if person < 0 or key == at.NONE:
        return False
    if not choose_crew(P, S, W, task, option, lead, person, P[at.CREW_PEOPLE]):
        return False
    return move_crew(P, T, S, W, task, option, key, P[at.CREW_PEOPLE])


@inner
def propose(P, T, S, W, limit):
    """Turn a random bundle from undone to done, or the other way round."""
    if P[at.BUNDLES] == 0:
        return NOTHING
    row = bundle_row(P, random_below(W, P[at.BUNDLES]))
    count = P[row + at.BUNDLE_TASK_COUNT]
    done = 0
    for number in range(count):
        if filled_of(P, S, P[P[row + at.BUNDLE_TASKS] + number]) > 0:
            done += 1
    if done == count and random_below(W, UNDO_IN) > 0:
        return NOTHING
    for number in range(count):
        task = P[P[row + at.BUNDLE_TASKS] + number]
        if done == count:
            unlink_task(P, T, S, W, task)
        elif filled_of(P, S, task) == 0 and not _do(P, T, S, W, task):
            return FAILED
    return CHANGED
