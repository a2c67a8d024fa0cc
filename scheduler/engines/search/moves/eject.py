"""Eject: an empty slot's task takes the time it needs from some people; what stood there finds a new place.

An ejection chain (Glover 1996, 10.1016/0166-218X(94)00037-E) whose later links are greedy insertions.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search.crew import settle
from scheduler.engines.search.layout import (
    DAY,
    DAY_S,
    DAY_SW,
    DAYS,
    DURATION,
    EARLIEST,
    EMPTIES,
    EMPTY_LIST,
    FILLED,
    FIRST_SLOT,
    HEAD,
    LOOSE,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    REAL,
    SCRATCH,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)
from scheduler.engines.search.moves.common import (
    CHANGED,
    FAILED,
    FAR,
    NOTHING,
    can_host,
    choose_crew,
    key_between,
    likely_start,
    link_by_key,
    pick_host,
    pick_option,
    set_option,
    task_of,
)
from scheduler.engines.search.moves.insert import put_back
from scheduler.engines.search.moves.ruin import remove
from scheduler.engines.search.price import finish
from scheduler.engines.search.state import fresh, random_below

MARGIN = 20
"""Ticks kept free on either side for the way, as a share of the task's length in per cent."""
MOST = 10
SAMPLES = 60


@inner
def _clear(P, T, S, W, person, day, begin, end, at, count):
    """Take out a person's stops of a day that overlap [begin, end]; the longer list's length."""
    slot = S[P[DAY_S] + (person * P[DAYS] + day) * DAY_SW + HEAD]
    while slot >= 0 and count < MOST:
        after = S[SLOT_S + slot * SLOT_SW + NEXT]
        start = S[SLOT_S + slot * SLOT_SW + START]
        if start < end and start + P[P[SLOT_P] + slot * SLOT_W + DURATION] > begin:
            count = remove(P, T, S, W, slot, at, count)
            if after >= 0 and S[SLOT_S + after * SLOT_SW + PERSON] < 0:
                return count
        slot = after
    return count


@inner
def _clear_week(P, T, S, W, person, at, count):
    """Take out one stop of a random day of a person, for limits that count over the week."""
    offset = random_below(W, P[DAYS])
    for number in range(P[DAYS]):
        day = (offset + number) % P[DAYS]
        slot = S[P[DAY_S] + (person * P[DAYS] + day) * DAY_SW + HEAD]
        if slot >= 0:
            return remove(P, T, S, W, slot, at, count)
    return count


@inner
def propose(P, T, S, W, limit):
    """Do an undone task (or fill a loose slot) at a random moment with random people, ejecting what is in its way."""
    if W[EMPTIES] == 0:
        return NOTHING
    lead = W[P[EMPTY_LIST] + random_below(W, W[EMPTIES])]
    task = task_of(P, lead)
    fixed = P[TASK_P] + task * TASK_W
    row = P[TASK_S] + task * TASK_SW
    loose = P[fixed + LOOSE]
    if S[SLOT_S + lead * SLOT_SW + PERSON] >= 0 or (S[row + FILLED] > 0 and not loose):
        return NOTHING
    option = S[row + OPTION] if loose else pick_option(P, W, task, -1)
    if option < 0:
        return NOTHING
    person = pick_host(P, S, W, lead, option)
    if person < 0:
        return NOTHING
    crew = P[SCRATCH] + 200
    if not loose and not choose_crew(P, S, W, task, option, lead, person, crew):
        return NOTHING
    W[REAL] += 1
    start = P[P[OPTION_P] + option * OPTION_W + EARLIEST] if loose else likely_start(P, W, option)
    day = P[P[OPTION_P] + option * OPTION_W + DAY]
    length = P[P[SLOT_P] + lead * SLOT_W + DURATION]
    margin = length * MARGIN // 100
    at = P[SCRATCH] + 960
    count = 0
    fresh(W)
    for number in range(1 if loose else P[fixed + SLOT_COUNT]):
        member = person if loose else W[crew + number]
        count = _clear(P, T, S, W, member, day, start - margin, start + length + margin, at, count)
        if random_below(W, 3) == 0 and count < MOST:
            count = _clear_week(P, T, S, W, member, at, count)
    if loose:
        if not link_by_key(P, T, S, W, lead, person):
            return FAILED
    else:
        set_option(P, S, W, task, option, key_between(W, -FAR, FAR, start))
        for number in range(P[fixed + SLOT_COUNT]):
            slot = P[fixed + FIRST_SLOT] + number
            if not can_host(P, slot, W[crew + number], option):
                return FAILED
            if not link_by_key(P, T, S, W, slot, W[crew + number]):
                return FAILED
    settle(P, T, S, W, FAR)
    finish(P, T, S, W, FAR)
    for number in range(count):
        slot = W[at + number]
        if S[SLOT_S + slot * SLOT_SW + PERSON] < 0:
            put_back(P, T, S, W, slot, SAMPLES)
    fresh(W)
    return CHANGED
