"""Swap tasks: two lone stops exchange person, day and position. An empty slot may take a filled one's place."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    HOPELESS,
    NOTHING,
    can_host,
    link_by_key,
    pick_beside,
    pick_option,
    pick_slot,
    set_option,
    several_days,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import (
    arriving,
    day_reach,
    is_hopeless,
    leaving,
    tied,
)
from scheduler.engines.search.rows import (
    crew_key,
    day_of,
    is_loose,
    next_of,
    option_of,
    person_of,
    prev_of,
    slot_count,
    task_of,
)
from scheduler.engines.search.state import person_day_at, person_day_of, unlink
from scheduler.lowered import Lowered


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 12.0 if several_days(lowered) else 18.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def _exchange(P, T, S, W, slot, near, moved, back, limit):
    """Whether the exchange must end above the limit, when neither stop follows the other."""
    first, second = person_of(S, slot), person_of(S, near)
    delta = -leaving(P, T, S, W, near) - day_reach(P, S, person_day_of(P, S, near))
    delta -= tied(P, S, slot) + tied(P, S, near)
    if first >= 0:
        delta -= leaving(P, T, S, W, slot) + day_reach(P, S, person_day_of(P, S, slot))
        delta += arriving(P, T, S, W, near, first, back, prev_of(S, slot), next_of(S, slot))
    delta += arriving(P, T, S, W, slot, second, moved, prev_of(S, near), next_of(S, near))
    return is_hopeless(P, S, W, delta, limit)


@inner
def propose(P, T, S, W, limit):
    """Exchange the places of two near lone stops."""
    slot = pick_slot(P, S, W)
    task = task_of(P, slot)
    if slot_count(P, task) > 1 or is_loose(P, task):
        return NOTHING
    near = pick_beside(P, S, W, slot)
    if near < 0:
        return NOTHING
    other = task_of(P, near)
    if slot_count(P, other) > 1 or is_loose(P, other):
        return NOTHING
    second = person_of(S, near)
    first = person_of(S, slot)
    there_day = day_of(P, option_of(P, S, other))
    moved = option_of(P, S, task)
    if first < 0 or day_of(P, moved) != there_day:
        moved = pick_option(P, W, task, there_day)
    if moved < 0 or not can_host(P, slot, second, moved):
        return NOTHING
    if person_day_at(P, second, slot, moved) != person_day_of(P, S, near):
        return NOTHING
    key, other_key = crew_key(P, S, task), crew_key(P, S, other)
    back = option_of(P, S, other)
    if first >= 0:
        here_day = day_of(P, option_of(P, S, task))
        if here_day != there_day:
            back = pick_option(P, W, other, here_day)
        if back < 0 or not can_host(P, near, first, back):
            return NOTHING
        if person_day_at(P, first, near, back) != person_day_of(P, S, slot):
            return NOTHING
    beside = next_of(S, slot) == near or next_of(S, near) == slot
    if not beside and _exchange(P, T, S, W, slot, near, moved, back, limit):
        return HOPELESS
    unlink(P, T, S, W, near)
    if first >= 0:
        unlink(P, T, S, W, slot)
        set_option(P, S, W, other, back, key)
    set_option(P, S, W, task, moved, other_key)
    if not link_by_key(P, T, S, W, slot, second):
        return FAILED
    if first >= 0 and not link_by_key(P, T, S, W, near, first):
        return FAILED
    return CHANGED
