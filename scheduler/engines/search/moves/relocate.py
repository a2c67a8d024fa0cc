"""Relocate: a task goes beside the stop of a near task, with that stop's person and day."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    HOPELESS,
    NOTHING,
    can_host,
    choose_crew,
    in_crew,
    is_able,
    key_at,
    move_crew,
    near_tries,
    pick_near,
    pick_option,
    pick_slot,
    several_days,
)
from scheduler.engines.search.moves.estimate import gap_at, replacement, transfer
from scheduler.engines.search.rows import (
    crew_key,
    day_of,
    end_of,
    filled_of,
    head_of,
    is_loose,
    next_of,
    option_of,
    option_row,
    person_of,
    prev_of,
    task_of,
)
from scheduler.engines.search.state import link, person_day_at, person_day_of, random_below, unlink
from scheduler.lowered import Lowered

OTHER_OPTION_IN = 4
"""One time in so many a task that is done on the day already takes any of its options there."""

ANY_DAY_IN = 3
"""One time in so many any day's option is tried, where a day may go on past midnight."""


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 20.0 if several_days(lowered) else 50.0


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def _option_there(P, S, W, task, other):
    """An option of a task on the day of a filled slot, most often the present one; NONE without any.

    Any option, now and then, where nights may make one day of two.
    """
    day = day_of(P, option_of(P, S, task_of(P, other)))
    if not P[at.AT_MIDNIGHT] and random_below(W, ANY_DAY_IN) == 0:
        return pick_option(P, W, task, at.NONE)
    option = option_of(P, S, task)
    if (
        filled_of(P, S, task) > 0
        and day_of(P, option) == day
        and random_below(W, OTHER_OPTION_IN) != 0
    ):
        return option
    return pick_option(P, W, task, day)


@inner
def _fill_loose(P, T, S, W, slot, person, limit):
    """A loose slot changes hands: its moment is fixed."""
    task = task_of(P, slot)
    person_day = person_day_at(P, person, slot, option_of(P, S, task))
    before, after = gap_at(P, S, person_day, crew_key(P, S, task), task)
    if before == at.TIE:
        return NOTHING
    if transfer(P, T, S, W, slot, person, before, after, limit):
        return HOPELESS
    if person_of(S, slot) >= 0:
        unlink(P, T, S, W, slot)
    link(P, T, S, W, slot, person, before)
    return CHANGED


@inner
def _key_beside(P, S, W, task, option, other):
    """(order key, stop before, stop after) beside a stop, those of `task` not counted; key NONE without room."""
    before = other if random_below(W, 2) == 0 else prev_of(S, other)
    if before >= 0 and task_of(P, before) == task:
        before = prev_of(S, before)
    after = next_of(S, before) if before >= 0 else head_of(P, S, person_day_of(P, S, other))
    if after >= 0 and task_of(P, after) == task:
        after = next_of(S, after)
    start = P[option_row(P, option) + at.OPTION_EARLIEST]
    if before >= 0:
        ended = end_of(P, S, before)
        if ended > start:
            start = ended
    return key_at(S, W, before, after, start), before, after


@inner
def _pick_host(P, S, W, slot):
    """(near filled slot, option in which `slot` could stand beside it); NONE after some tries."""
    task = task_of(P, slot)
    for _ in range(near_tries(P)):
        other = pick_near(P, S, W, task)
        if other < 0 or not is_able(P, slot, person_of(S, other)):
            continue
        person = person_of(S, other)
        option = _option_there(P, S, W, task, other)
        if option < 0 or not can_host(P, slot, person, option):
            continue
        if is_loose(P, task):
            if not in_crew(P, S, task, person):
                return other, option
        elif person_day_at(P, person, slot, option) == person_day_of(P, S, other):
            return other, option
    return at.NONE, at.NONE


@inner
def propose(P, T, S, W, limit):
    """Move a task beside a near one. A crew goes as a whole; a loose slot changes hands."""
    slot = pick_slot(P, S, W)
    task = task_of(P, slot)
    other, option = _pick_host(P, S, W, slot)
    if other < 0:
        return NOTHING
    person = person_of(S, other)
    if is_loose(P, task):
        return _fill_loose(P, T, S, W, slot, person, limit)
    if not choose_crew(P, S, W, task, option, slot, person, P[at.CREW_PEOPLE]):
        return NOTHING
    key, before, after = _key_beside(P, S, W, task, option, other)
    if key == at.NONE:
        return NOTHING
    chance = replacement(P, T, S, W, task, option, key, slot, before, after, limit)
    if chance != CHANGED:
        return chance
    moved = move_crew(P, T, S, W, task, option, key, P[at.CREW_PEOPLE])
    return CHANGED if moved else FAILED
