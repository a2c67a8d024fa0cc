"""Swap persons: two near stops keep their times and exchange their people."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    HOPELESS,
    NOTHING,
    can_host,
    in_crew,
    is_able,
    near_tries,
    pick_near,
    pick_slot,
    several_days,
)
from scheduler.engines.search.moves.estimate import (
    arriving,
    gap_at,
    is_far,
    is_hopeless,
    late_at_least,
    leaving,
    note_crew,
    note_left,
    tied,
)
from scheduler.engines.search.rows import crew_key, option_of, person_of, task_of
from scheduler.engines.search.state import link, person_day_at, unlink
from scheduler.lowered import Lowered


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 12.0 if several_days(lowered) else 4.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def _can_swap(P, S, slot, near):
    """Whether two filled slots' people could do each other's at the present moments."""
    first, second = person_of(S, slot), person_of(S, near)
    task, other = task_of(P, slot), task_of(P, near)
    return (
        first != second
        and is_able(P, slot, second)
        and is_able(P, near, first)
        and can_host(P, slot, second, option_of(P, S, task))
        and can_host(P, near, first, option_of(P, S, other))
        and not in_crew(P, S, task, second)
        and not in_crew(P, S, other, first)
    )


@inner
def _pick_partner(P, S, W, slot):
    """A random near slot with whose person `slot` could change its own, or NONE after some tries."""
    for _ in range(near_tries(P)):
        near = pick_near(P, S, W, task_of(P, slot))
        if near >= 0 and _can_swap(P, S, slot, near):
            return near
    return at.NONE


@inner
def propose(P, T, S, W, limit):
    """Exchange the people of two near stops."""
    slot = pick_slot(P, S, W)
    first = person_of(S, slot)
    if first < 0:
        return NOTHING
    near = _pick_partner(P, S, W, slot)
    if near < 0:
        return NOTHING
    second = person_of(S, near)
    task, other = task_of(P, slot), task_of(P, near)
    option, across = option_of(P, S, task), option_of(P, S, other)
    taken = person_day_at(P, second, slot, option)
    given = person_day_at(P, first, near, across)
    before, after = gap_at(P, S, taken, crew_key(P, S, task), other)
    ahead, behind = gap_at(P, S, given, crew_key(P, S, other), task)
    if before == at.TIE or ahead == at.TIE:
        return NOTHING
    delta = -leaving(P, T, S, W, slot) - tied(P, S, slot)
    delta -= leaving(P, T, S, W, near) + tied(P, S, near)
    delta += arriving(P, T, S, W, slot, second, option, before, after)
    delta += arriving(P, T, S, W, near, first, across, ahead, behind)
    if is_far(P, S, W, delta, limit):
        return HOPELESS
    for left in (slot, near):
        note_left(P, T, S, W, left)
        note_crew(P, T, S, W, left, False)
    delta += late_at_least(P, T, S, W, slot, second, option, before, after, other)
    delta += late_at_least(P, T, S, W, near, first, across, ahead, behind, task)
    if is_hopeless(P, T, S, W, delta, limit):
        return HOPELESS
    unlink(P, T, S, W, slot)
    unlink(P, T, S, W, near)
    link(P, T, S, W, slot, second, before)
    link(P, T, S, W, near, first, ahead)
    return CHANGED
