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
    pick_beside,
    pick_slot,
    several_days,
)
from scheduler.engines.search.moves.estimate import (
    arriving,
    day_reach,
    gap_at,
    is_hopeless,
    leaving,
    note_crew,
    tied,
)
from scheduler.engines.search.rows import crew_key, option_of, person_of, task_of
from scheduler.engines.search.state import link, person_day_at, person_day_of, unlink
from scheduler.lowered import Lowered


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 12.0 if several_days(lowered) else 4.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def _given_up(P, T, S, W, slot):
    """Points saved at most when a slot's person gives it up, lateness apart."""
    note_crew(P, T, S, W, slot)
    reach = day_reach(P, S, person_day_of(P, S, slot))
    return leaving(P, T, S, W, slot) + tied(P, S, slot) + reach


@inner
def propose(P, T, S, W, limit):
    """Exchange the people of two near stops."""
    slot = pick_slot(P, S, W)
    first = person_of(S, slot)
    if first < 0:
        return NOTHING
    near = pick_beside(P, S, W, slot)
    if near < 0 or not is_able(P, near, first):
        return NOTHING
    second = person_of(S, near)
    task, other = task_of(P, slot), task_of(P, near)
    if first == second or in_crew(P, S, task, second) or in_crew(P, S, other, first):
        return NOTHING
    option, across = option_of(P, S, task), option_of(P, S, other)
    if not can_host(P, slot, second, option) or not can_host(P, near, first, across):
        return NOTHING
    taken = person_day_at(P, second, slot, option)
    given = person_day_at(P, first, near, across)
    before, after = gap_at(P, S, taken, crew_key(P, S, task), other)
    ahead, behind = gap_at(P, S, given, crew_key(P, S, other), task)
    if before == at.TIE or ahead == at.TIE:
        return NOTHING
    delta = -_given_up(P, T, S, W, slot) - _given_up(P, T, S, W, near)
    delta += arriving(P, T, S, W, slot, second, option, before, after)
    delta += arriving(P, T, S, W, near, first, across, ahead, behind)
    if taken != person_day_of(P, S, near):
        delta -= day_reach(P, S, taken)
    if given != person_day_of(P, S, slot):
        delta -= day_reach(P, S, given)
    if is_hopeless(P, S, W, delta, limit):
        return HOPELESS
    unlink(P, T, S, W, slot)
    unlink(P, T, S, W, near)
    link(P, T, S, W, slot, second, before)
    link(P, T, S, W, near, first, ahead)
    return CHANGED
