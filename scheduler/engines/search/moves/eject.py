"""Eject: an empty slot's task takes the time it needs from some people; what stood there finds a new place.

An ejection chain (Glover 1996, 10.1016/0166-218X(94)00037-E) whose later links are greedy insertions.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    NOTHING,
    SLOT_TRIES,
    choose_crew,
    key_between,
    likely_start,
    link_by_key,
    move_crew,
    pick_host,
    pick_option,
    several_days,
)
from scheduler.engines.search.moves.ruin import owed, recreate, remove
from scheduler.engines.search.points import plus
from scheduler.engines.search.price import price
from scheduler.engines.search.rows import (
    duration_of,
    filled_of,
    first_slot,
    head_of,
    is_loose,
    next_of,
    option_of,
    option_row,
    person_of,
    slot_count,
    start_of,
    task_of,
)
from scheduler.engines.search.state import fresh, person_day_at, random_below
from scheduler.lowered import Lowered

MARGIN = 20
"""Ticks kept free on either side for the way, as a share of the task's length in per cent."""
MOST = 10


def share(lowered: Lowered) -> float:
    """How often it is tried, against the shares of the other moves."""
    return 3.0 if several_days(lowered) else 2.5


def supports(lowered: Lowered) -> bool:
    """Everywhere."""
    return True


@inner
def _clear(P, T, S, W, person_day, begin, end, into, count):
    """Take out stops of a person-day that overlap [begin, end]; the longer list's length."""
    slot = head_of(P, S, person_day)
    while slot >= 0 and count < MOST:
        after = next_of(S, slot)
        start = start_of(S, slot)
        if start < end and start + duration_of(P, slot) > begin:
            count = remove(P, T, S, W, slot, into, count)
            if after >= 0 and person_of(S, after) < 0:
                return count
        slot = after
    return count


@inner
def _clear_week(P, T, S, W, person, into, count):
    """Take out one stop of a random day of a person, for limits that count over the week."""
    offset = random_below(W, P[at.DAYS])
    for number in range(P[at.DAYS]):
        day = (offset + number) % P[at.DAYS]
        slot = head_of(P, S, person * P[at.DAYS] + day)
        if slot >= 0:
            return remove(P, T, S, W, slot, into, count)
    return count


@inner
def _pick_undone(P, S, W):
    """(slot that is empty, option, somebody who could do it then); NONE after some tries."""
    for _ in range(SLOT_TRIES):
        lead = W[P[at.EMPTY_SLOTS] + random_below(W, W[at.EMPTIES])]
        task = task_of(P, lead)
        loose = is_loose(P, task)
        if person_of(S, lead) >= 0 or (filled_of(P, S, task) > 0 and not loose):
            continue
        option = option_of(P, S, task) if loose else pick_option(P, W, task, at.NONE)
        person = pick_host(P, S, W, lead, option) if option >= 0 else at.NONE
        if person >= 0:
            return lead, option, person
    return at.NONE, at.NONE, at.NONE


@inner
def propose(P, T, S, W, limit):
    """Do an undone task (or fill a loose slot) at a random moment with random people, ejecting what is in its way."""
    if W[at.EMPTIES] == 0:
        return NOTHING
    lead, option, person = _pick_undone(P, S, W)
    if lead < 0:
        return NOTHING
    task = task_of(P, lead)
    loose = is_loose(P, task)
    crew = P[at.OUSTING_CREW]
    if not loose and not choose_crew(P, S, W, task, option, lead, person, crew):
        return NOTHING
    start = P[option_row(P, option) + at.OPTION_EARLIEST] if loose else likely_start(P, W, option)
    length = duration_of(P, lead)
    margin = length * MARGIN // 100
    into = P[at.STOPS_OUT]
    count = 0
    fresh(W)
    for number in range(1 if loose else slot_count(P, task)):
        member = person if loose else W[crew + number]
        slot = lead if loose else first_slot(P, task) + number
        person_day = person_day_at(P, member, slot, option)
        count = _clear(P, T, S, W, person_day, start - margin, start + length + margin, into, count)
        if random_below(W, 3) == 0 and count < MOST:
            count = _clear_week(P, T, S, W, member, into, count)
    if loose:
        if not link_by_key(P, T, S, W, lead, person):
            return FAILED
    else:
        key = key_between(W, -at.FAR, at.FAR, start)
        if not move_crew(P, T, S, W, task, option, key, crew):
            return FAILED
    if not price(P, T, S, W, plus(limit, owed(P, S, W, into, count), 1)):
        return FAILED
    if not recreate(P, T, S, W, into, count, limit):
        return FAILED
    fresh(W)
    return CHANGED
