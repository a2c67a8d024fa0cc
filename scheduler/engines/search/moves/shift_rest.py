"""Shift rest: a person takes the rest of a day before another stop, or as late as it can be."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    NOTHING,
    near_tries,
    pick_slot,
    several_days,
)
from scheduler.engines.search.rows import (
    day_row,
    duration_of,
    head_of,
    next_of,
    person_of,
    start_of,
    task_of,
)
from scheduler.engines.search.state import enqueue, person_day_of, put, random_below, touch_day
from scheduler.lowered import Lowered

NOWHERE_IN = 8
"""One time in so many the rest is wanted before no stop."""


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 1.0 if several_days(lowered) else 4.0


def supports(lowered: Lowered) -> bool:
    """Where somebody is owed a rest."""
    return bool(lowered.day.rest_length.any())


@inner
def _pick_beside_rest(P, S, W):
    """A random filled slot of a day that owes a rest, near enough to it; NONE after some tries."""
    for _ in range(near_tries(P)):
        slot = pick_slot(P, S, W)
        if person_of(S, slot) < 0:
            continue
        person_day_row = day_row(P, person_day_of(P, S, slot))
        length = P[person_day_row + at.DAY_REST_LENGTH]
        if (
            length > 0
            and start_of(S, slot) + duration_of(P, slot) >= P[person_day_row + at.DAY_REST_FROM]
            and start_of(S, slot) - length <= P[person_day_row + at.DAY_REST_TO]
        ):
            return slot
    return at.NONE


@inner
def propose(P, T, S, W, limit):
    """Want the rest before a random stop of a route and before none of its others; or before none."""
    slot = _pick_beside_rest(P, S, W)
    if slot < 0:
        return NOTHING
    person_day = person_day_of(P, S, slot)
    chosen = slot if random_below(W, NOWHERE_IN) > 0 else at.NONE
    changed = False
    slot = head_of(P, S, person_day)
    while slot >= 0:
        wanted = 1 if slot == chosen else 0
        if S[P[at.WANTED_CELLS] + slot] != wanted:
            put(P, S, W, P[at.WANTED_CELLS] + slot, wanted)
            enqueue(P, W, task_of(P, slot))
            changed = True
        slot = next_of(S, slot)
    if not changed:
        return NOTHING
    touch_day(P, W, person_day)
    return CHANGED
