"""Swap days: two people exchange all their stops of a run of days (after Ceschia, Guido & Schaerf 2020)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    PERSON_TRIES,
    can_host,
    in_crew,
    link_by_key,
    pick_able,
    pick_slot,
    several_days,
)  # fmt: skip
from scheduler.engines.search.rows import head_of, next_of, option_of, person_of, task_of
from scheduler.engines.search.state import person_day_of, random_below, unlink
from scheduler.lowered import Lowered

LONGEST_RUN = 14
"""Days."""


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 4.0


def supports(lowered: Lowered) -> bool:
    """Where there are several days."""
    return several_days(lowered)


@inner
def _take(P, S, W, person_day, other, into, count):
    """Write a person-day's stops behind the `count` of W[into..]; how many there are then, or NONE where `other` could not do one."""
    slot = head_of(P, S, person_day)
    while slot >= 0:
        option = option_of(P, S, task_of(P, slot))
        if count == at.MOST_OUT or not can_host(P, slot, other, option):
            return at.NONE
        W[into + count] = slot
        count += 1
        slot = next_of(S, slot)
    return count


@inner
def _take_run(P, S, W, first, second, day, end):
    """(stops of `first`, stops of `second`) written of the days from `day` up to `end`, or to the first that they can't exchange."""
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    count, more = 0, 0
    for number in range(day, end):
        given = _take(P, S, W, first * P[at.DAYS] + number, second, into, count)
        if given < 0:
            break
        taken = _take(P, S, W, second * P[at.DAYS] + number, first, more_into, more)
        if taken < 0:
            break
        count, more = given, taken
    return count, more


@inner
def propose(P, T, S, W, limit):
    """Exchange a run of days, short ones more often."""
    slot = pick_slot(P, S, W)
    first = person_of(S, slot)
    if first < 0:
        return NOTHING
    day = person_day_of(P, S, slot) % P[at.DAYS]
    length = 1
    while length < LONGEST_RUN and random_below(W, 2) == 0:
        length += 1
    end = day + length
    if end > P[at.DAYS]:
        end = P[at.DAYS]
    into, more_into = P[at.STOPS_OUT], P[at.MORE_STOPS_OUT]
    count, more, second = 0, 0, at.NONE
    for _ in range(PERSON_TRIES):
        second = pick_able(P, W, slot)
        if second >= 0 and second != first:
            count, more = _take_run(P, S, W, first, second, day, end)
        if count > 0:
            break
    if count == 0:
        return NOTHING
    for number in range(count):
        unlink(P, T, S, W, W[into + number])
    for number in range(more):
        unlink(P, T, S, W, W[more_into + number])
    for number in range(count):
        moved = W[into + number]
        if in_crew(P, S, task_of(P, moved), second) or not link_by_key(P, T, S, W, moved, second):
            return FAILED
    for number in range(more):
        moved = W[more_into + number]
        if in_crew(P, S, task_of(P, moved), first) or not link_by_key(P, T, S, W, moved, first):
            return FAILED
    return CHANGED
