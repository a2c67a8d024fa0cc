"""What several moves need: who could, where, and with which order key."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.rows import (
    crew_key,
    crew_row,
    day_of,
    day_row,
    duration_of,
    filled_of,
    first_slot,
    fit_of,
    is_loose,
    item,
    key_of,
    length,
    option_of,
    option_row,
    person_of,
    slot_count,
    slot_row,
    task_of,
    task_row,
)
from scheduler.engines.search.state import (
    before_key,
    link,
    person_day_at,
    put,
    random_below,
    random_unit,
    unlink,
)
from scheduler.lowered import Lowered
from scheduler.lowered.fit import BANNED

NOTHING, CHANGED, HOPELESS, FAILED = 0, 1, 2, -1
EMPTY_IN = 8
"""One time in so many a slot is picked among those that were empty lately."""
NEAR_TRIES, WEEK_NEAR_TRIES = 3, 20
"""How many near ones are looked at before a move gives up: on single days nearly all fit, and a draw is cheap."""
PERSON_TRIES, SLOT_TRIES = 8, 4
"""How many people and slots."""
KEY_STEP = 1 << 26
"""How far a key lies at most from the next one, where the day has keys on one side alone: 64 ticks."""


def several_days(lowered: Lowered) -> bool:
    """Whether the horizon is longer than a day."""
    return lowered.day.ordinary.shape[1] > 1


@inner
def is_able(P, slot, person):
    """Whether a person is not banned from a slot."""
    return fit_of(P, slot, person) < BANNED


@inner
def can_host(P, slot, person, option):
    """Whether a person is able, and there on their day of the option when the slot could be done."""
    if not is_able(P, slot, person):
        return False
    row = option_row(P, option)
    person_day_row = day_row(P, person_day_at(P, person, slot, option))
    if P[person_day_row + at.DAY_SPAN_COUNT] == 0:
        return False
    if P[person_day_row + at.DAY_OUTSIDE] == 0:
        return True
    least = P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
    begins = P[person_day_row + at.DAY_LAST_TO] - duration_of(P, slot)
    return (
        begins >= P[row + at.OPTION_EARLIEST] + least
        and P[person_day_row + at.DAY_FIRST_FROM] <= P[row + at.OPTION_LATEST] + least
    )


@inner
def in_crew(P, S, task, person):
    """Whether a person fills a slot of a task."""
    first = first_slot(P, task)
    for slot in range(first, first + slot_count(P, task)):  # noqa: SIM110 (numba knows no any())
        if person_of(S, slot) == person:
            return True
    return False


@inner
def pick_slot(P, S, W):
    """A random slot of those in focus; one time in eight one that was empty lately, where there are any."""
    if W[at.EMPTIES] > 0 and random_below(W, EMPTY_IN) == 0:
        slot = W[P[at.EMPTY_SLOTS] + random_below(W, W[at.EMPTIES])]
        if person_of(S, slot) < 0:
            return slot
    slots = P[at.SLOTS]
    drawn = random_below(W, P[at.FOCUS_SLOTS])
    if P[at.FOCUS_SLOTS] == slots:
        return drawn
    drawn += W[at.FOCUS]
    return P[P[at.SLOT_ORDER] + (drawn if drawn < slots else drawn - slots)]


@inner
def near_tries(P):
    """How many near stops are looked at before a move gives up."""
    return WEEK_NEAR_TRIES if P[at.DAYS] > 1 else NEAR_TRIES


@inner
def pick_movable(P, S, W):
    """A random slot of a done task whose option and key may change, or NONE after some tries."""
    for _ in range(SLOT_TRIES):
        slot = pick_slot(P, S, W)
        if not is_loose(P, task_of(P, slot)) and filled_of(P, S, task_of(P, slot)) > 0:
            return slot
    return at.NONE


@inner
def pick_lone(P, S, W):
    """A random slot, filled or not, that is all of its task and may go elsewhere, or NONE after some tries."""
    for _ in range(SLOT_TRIES):
        slot = pick_slot(P, S, W)
        if slot_count(P, task_of(P, slot)) == 1 and not is_loose(P, task_of(P, slot)):
            return slot
    return at.NONE


@inner
def pick_near(P, S, W, task):
    """A random filled slot of a random near task, or NONE."""
    near = P[task_row(P, task) + at.TASK_NEAR]
    if length(P, near) == 0:
        return at.NONE
    other = item(P, near, random_below(W, length(P, near)))
    if filled_of(P, S, other) == 0:
        return at.NONE
    slot = first_slot(P, other)
    if slot_count(P, other) > 1:
        slot += random_below(W, slot_count(P, other))
    return slot if person_of(S, slot) >= 0 else at.NONE


@inner
def pick_beside(P, S, W, slot):
    """A random near filled slot whose person could fill `slot` as well, or NONE after some tries."""
    task = task_of(P, slot)
    for _ in range(NEAR_TRIES):
        other = pick_near(P, S, W, task)
        if other >= 0 and is_able(P, slot, person_of(S, other)):
            return other
    return at.NONE


@inner
def pick_able(P, W, slot):
    """A random person who is able to fill a slot, or NONE."""
    able = P[slot_row(P, slot) + at.SLOT_ABLE]
    return item(P, able, random_below(W, length(P, able))) if length(P, able) > 0 else at.NONE


@inner
def pick_host(P, S, W, slot, option):
    """A random able person who is there for the option and not in the crew yet, or NONE after some tries."""
    task = task_of(P, slot)
    for _ in range(PERSON_TRIES):
        person = pick_able(P, W, slot)
        if person < 0:
            return at.NONE
        if can_host(P, slot, person, option) and not in_crew(P, S, task, person):
            return person
    return at.NONE


@inner
def pick_option(P, W, task, day):
    """A random option of a task on a calendar day (any day where `day` is below 0), or NONE."""
    row = task_row(P, task)
    count = P[row + at.TASK_OPTION_COUNT]
    if count == 0:
        return at.NONE
    offset = random_below(W, count)
    for number in range(count):
        option = P[row + at.TASK_FIRST_OPTION] + (offset + number) % count
        if day < 0 or day_of(P, option) == day:
            return option
    return at.NONE


@inner
def likely_start(P, W, option):
    """A random moment at which an option could start in time."""
    row = option_row(P, option)
    last = (
        P[row + at.OPTION_LATEST]
        if P[row + at.OPTION_LATEST] < P[row + at.OPTION_DUE]
        else P[row + at.OPTION_DUE]
    )
    room = last - P[row + at.OPTION_EARLIEST]
    if room <= 0:
        return P[row + at.OPTION_EARLIEST]
    return P[row + at.OPTION_EARLIEST] + int(random_unit(W) * room)


@inner
def key_between(W, low, high, start):
    """A key between two others, near a start in ticks; NONE where there is no room.

    Keys carry a random fraction: two tasks with one key would be unordered, and crews that wait
    for each other could then wait for ever.
    """
    key = (start << at.KEY_SHIFT) + random_below(W, 1 << at.KEY_SHIFT)
    if low < key < high:
        return key
    if high - low < 2:
        return at.NONE
    if low == -at.FAR:
        return high - 1 - random_below(W, KEY_STEP)
    if high == at.FAR:
        return low + 1 + random_below(W, KEY_STEP)
    return low + 1 + int(random_unit(W) * (high - low - 2))


@inner
def key_at(S, W, before, after, start):
    """A key between those of two stops (NONE: the day begins or ends), near a start; NONE without room."""
    low = key_of(S, before) if before >= 0 else -at.FAR
    high = key_of(S, after) if after >= 0 else at.FAR
    return key_between(W, low, high, start)


@inner
def set_option(P, S, W, task, option, key):
    """Place an unfilled task."""
    state_row = crew_row(P, task)
    if option_of(P, S, task) != option:
        put(P, S, W, state_row + at.CREW_OPTION, option)
    put(P, S, W, state_row + at.CREW_KEY, key)


@inner
def link_by_key(P, T, S, W, slot, person):
    """Put a slot where its task's key belongs in the person's day; False on a tie of keys."""
    task = task_of(P, slot)
    person_day = person_day_at(P, person, slot, option_of(P, S, task))
    before = before_key(P, S, person_day, crew_key(P, S, task))
    if before == at.TIE:
        return False
    link(P, T, S, W, slot, person, before)
    return True


@inner
def unlink_task(P, T, S, W, task):
    """Empty all slots of a task."""
    first = first_slot(P, task)
    for slot in range(first, first + slot_count(P, task)):
        if person_of(S, slot) >= 0:
            unlink(P, T, S, W, slot)


@inner
def move_crew(P, T, S, W, task, option, key, people):
    """Do a task at an option and key with the people in W[people..]; False on a tie of keys."""
    unlink_task(P, T, S, W, task)
    set_option(P, S, W, task, option, key)
    first = first_slot(P, task)
    for number in range(slot_count(P, task)):
        if not link_by_key(P, T, S, W, first + number, W[people + number]):
            return False
    return True


@inner
def choose_crew(P, S, W, task, option, lead, person, into):
    """People for all slots of a task into W[into..]: `person` in slot `lead`, the rest as before where they can.

    False where some slot finds nobody.
    """
    first, count = first_slot(P, task), slot_count(P, task)
    for number in range(count):
        slot = first + number
        if slot == lead:
            W[into + number] = person
            continue
        chosen = person_of(S, slot)
        if chosen == person or (chosen >= 0 and not can_host(P, slot, chosen, option)):
            chosen = at.NONE
        for _ in range(PERSON_TRIES):
            if chosen >= 0:
                break
            chosen = pick_able(P, W, slot)
            if chosen < 0:
                return False
            taken = chosen == person or in_crew(P, S, task, chosen)
            for earlier in range(number):
                taken = taken or W[into + earlier] == chosen
            if taken or not can_host(P, slot, chosen, option):
                chosen = at.NONE
        if chosen < 0:
            return False
        for earlier in range(number):
            if W[into + earlier] == chosen:
                return False
        W[into + number] = chosen
    return True
