"""Change option: a task moves to another day, window or place; its people stay where they can."""

import numpy as np

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    can_host,
    choose_crew,
    key_between,
    likely_start,
    move_crew,
    pick_host,
    pick_movable,
    pick_option,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import replacement
from scheduler.engines.search.rows import person_of, task_of
from scheduler.lowered import Lowered


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 7.0


def supports(lowered: Lowered) -> bool:
    """Where some task has several options."""
    return bool((np.diff(lowered.window.first) > 1).any())


@inner
def propose(P, T, S, W, limit):
    """Move a done task to another of its options, or to another moment of the same one."""
    slot = pick_movable(P, S, W)
    if slot < 0:
        return NOTHING
    task = task_of(P, slot)
    option = pick_option(P, W, task, at.NONE)
    person = person_of(S, slot)
    if option < 0:
        return NOTHING
    if person < 0 or not can_host(P, slot, person, option):
        person = pick_host(P, S, W, slot, option)
    if person < 0 or not choose_crew(P, S, W, task, option, slot, person, P[at.CREW_PEOPLE]):
        return NOTHING
    key = key_between(W, -at.FAR, at.FAR, likely_start(P, W, option))
    chance = replacement(P, T, S, W, task, option, key, at.NONE, at.NONE, at.NONE, limit)
    if chance != CHANGED:
        return chance
    moved = move_crew(P, T, S, W, task, option, key, P[at.CREW_PEOPLE])
    return CHANGED if moved else FAILED
