"""Swap tasks: two lone stops exchange person, day and position. An empty slot may take a filled one's place."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    HOPELESS,
    NOTHING,
    can_host,
    is_able,
    link_by_key,
    near_tries,
    pick_lone,
    pick_near,
    pick_option,
    set_option,
    several_days,
)  # fmt: skip
from scheduler.engines.search.moves.estimate import (
    arriving,
    is_far,
    is_hopeless,
    late_at_least,
    leaving,
    note_left,
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
    return 8.0 if several_days(lowered) else 18.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def _exchange(P, T, S, W, slot, near, moved, back, limit):
    """Whether the exchange must end above the limit, when neither stop follows the other."""
    first, second = person_of(S, slot), person_of(S, near)
    delta = -leaving(P, T, S, W, near)
    delta -= tied(P, S, slot) + tied(P, S, near)
    before, after = prev_of(S, near), next_of(S, near)
    ahead, behind = prev_of(S, slot), next_of(S, slot)
    delta += arriving(P, T, S, W, slot, second, moved, before, after)
    if first >= 0:
        delta -= leaving(P, T, S, W, slot)
        delta += arriving(P, T, S, W, near, first, back, ahead, behind)
    if is_far(P, S, W, delta, limit):
        return True
    note_left(P, T, S, W, near)
    if first >= 0:
        note_left(P, T, S, W, slot)
        delta += late_at_least(P, T, S, W, near, first, back, ahead, behind, task_of(P, near))
    delta += late_at_least(P, T, S, W, slot, second, moved, before, after, task_of(P, slot))
    return is_hopeless(P, T, S, W, delta, limit)


@inner
def _option_there(P, S, W, slot, near, first):
    """An option of a slot's task in which it could take the place of a filled one; NONE without any.

    first: the slot's own person, or NONE where it is empty.
    """
    person = person_of(S, near)
    if not is_able(P, slot, person):
        return at.NONE
    task = task_of(P, slot)
    day = day_of(P, option_of(P, S, task_of(P, near)))
    option = option_of(P, S, task)
    if first < 0 or day_of(P, option) != day:
        option = pick_option(P, W, task, day)
    if option < 0 or not can_host(P, slot, person, option):
        return at.NONE
    if person_day_at(P, person, slot, option) != person_day_of(P, S, near):
        return at.NONE
    return option


@inner
def _pick_partner(P, S, W, slot):
    """(near lone stop, option of `slot` in its place, option of it in the place of `slot`); NONE after some tries."""
    first = person_of(S, slot)
    for _ in range(near_tries(P)):
        near = pick_near(P, S, W, task_of(P, slot))
        if near < 0 or slot_count(P, task_of(P, near)) > 1 or is_loose(P, task_of(P, near)):
            continue
        moved = _option_there(P, S, W, slot, near, first)
        if moved < 0:
            continue
        back = option_of(P, S, task_of(P, near))
        if first >= 0:
            back = _option_there(P, S, W, near, slot, person_of(S, near))
        if back >= 0:
            return near, moved, back
    return at.NONE, at.NONE, at.NONE


@inner
def propose(P, T, S, W, limit):
    """Exchange the places of two near lone stops."""
    slot = pick_lone(P, S, W)
    if slot < 0:
        return NOTHING
    task = task_of(P, slot)
    near, moved, back = _pick_partner(P, S, W, slot)
    if near < 0:
        return NOTHING
    first, second = person_of(S, slot), person_of(S, near)
    other = task_of(P, near)
    key, other_key = crew_key(P, S, task), crew_key(P, S, other)
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
