"""What several moves need: who could, where, and with which order key.

A move's `propose(P, T, S, W, limit)` returns NOTHING where it changed nothing, CHANGED where the
state waits to be settled and priced, and FAILED where what it did must be rolled back.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    ABLE,
    DAY,
    DAY_P,
    DAY_W,
    DAYS,
    DUE,
    DURATION,
    EARLIEST,
    EMPTIES,
    EMPTY_LIST,
    FILLED,
    FIRST_FROM,
    FIRST_OPTION,
    FIRST_SLOT,
    FIT,
    KEY,
    KEY_SHIFT,
    LAST_TO,
    LATEST,
    OPTION,
    OPTION_COUNT,
    OPTION_P,
    OPTION_W,
    OUTSIDE,
    PERSON,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    SLOTS,
    SPAN_COUNT,
    TASK,
    TASK_NEAR,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)  # fmt: skip
from scheduler.engines.search.state import before_key, link, put, random_below, random_unit, unlink
from scheduler.lowered.fit import BANNED

NOTHING, CHANGED, FAILED = 0, 1, -1
FAR = 2**62


@inner
def task_of(P, slot):
    """Task of a slot."""
    return P[P[SLOT_P] + slot * SLOT_W + TASK]


@inner
def is_able(P, slot, person):
    """Whether a person is not banned from a slot."""
    return P[P[P[SLOT_P] + slot * SLOT_W + FIT] + person] < BANNED


@inner
def can_host(P, slot, person, option):
    """Whether a person is able, and there on the option's day when the slot could be done."""
    if not is_able(P, slot, person):
        return False
    row = P[OPTION_P] + option * OPTION_W
    day = P[DAY_P] + (person * P[DAYS] + P[row + DAY]) * DAY_W
    if P[day + SPAN_COUNT] == 0:
        return False
    if P[day + OUTSIDE] == 0:
        return True
    duration = P[P[SLOT_P] + slot * SLOT_W + DURATION]
    return (
        P[day + LAST_TO] - duration >= P[row + EARLIEST] and P[day + FIRST_FROM] <= P[row + LATEST]
    )


@inner
def in_crew(P, S, task, person):
    """Whether a person fills a slot of a task."""
    first = P[P[TASK_P] + task * TASK_W + FIRST_SLOT]
    for slot in range(first, first + P[P[TASK_P] + task * TASK_W + SLOT_COUNT]):
        if S[SLOT_S + slot * SLOT_SW + PERSON] == person:
            return True
    return False


@inner
def pick_slot(P, S, W):
    """A random slot; one time in eight one that was empty lately, where there are any."""
    if W[EMPTIES] > 0 and random_below(W, 8) == 0:
        slot = W[P[EMPTY_LIST] + random_below(W, W[EMPTIES])]
        if S[SLOT_S + slot * SLOT_SW + PERSON] < 0:
            return slot
    return random_below(W, P[SLOTS])


@inner
def pick_near(P, S, W, task):
    """A random filled slot of a random near task, or -1."""
    near = P[P[TASK_P] + task * TASK_W + TASK_NEAR]
    if P[near] == 0:
        return -1
    other = P[near + 1 + random_below(W, P[near])]
    row = P[TASK_P] + other * TASK_W
    if S[P[TASK_S] + other * TASK_SW + FILLED] == 0:
        return -1
    slot = P[row + FIRST_SLOT]
    if P[row + SLOT_COUNT] > 1:
        slot += random_below(W, P[row + SLOT_COUNT])
    return slot if S[SLOT_S + slot * SLOT_SW + PERSON] >= 0 else -1


@inner
def pick_beside(P, S, W, slot):
    """A random near filled slot whose person could fill `slot` as well, or -1 after some tries."""
    task = task_of(P, slot)
    for _ in range(3):
        other = pick_near(P, S, W, task)
        if other >= 0 and is_able(P, slot, S[SLOT_S + other * SLOT_SW + PERSON]):
            return other
    return -1


@inner
def pick_able(P, W, slot):
    """A random person who is able to fill a slot, or -1."""
    able = P[P[SLOT_P] + slot * SLOT_W + ABLE]
    return P[able + 1 + random_below(W, P[able])] if P[able] > 0 else -1


@inner
def pick_host(P, S, W, slot, option):
    """A random able person who is there for the option and not in the crew yet, or -1 after some tries."""
    task = task_of(P, slot)
    for _ in range(6):
        person = pick_able(P, W, slot)
        if person < 0:
            return -1
        if can_host(P, slot, person, option) and not in_crew(P, S, task, person):
            return person
    return -1


@inner
def pick_option(P, W, task, day):
    """A random option of a task on a day (any day where `day` is below 0), or -1."""
    row = P[TASK_P] + task * TASK_W
    count = P[row + OPTION_COUNT]
    if count == 0:
        return -1
    offset = random_below(W, count)
    for number in range(count):
        option = P[row + FIRST_OPTION] + (offset + number) % count
        if day < 0 or P[P[OPTION_P] + option * OPTION_W + DAY] == day:
            return option
    return -1


@inner
def likely_start(P, W, option):
    """A random moment at which an option could start in time."""
    row = P[OPTION_P] + option * OPTION_W
    last = P[row + LATEST] if P[row + LATEST] < P[row + DUE] else P[row + DUE]
    room = last - P[row + EARLIEST]
    if room <= 0:
        return P[row + EARLIEST]
    return P[row + EARLIEST] + int(random_unit(W) * room)


@inner
def key_between(W, low, high, start):
    """A key between two others, near a start in ticks; -1 where there is no room.

    Keys carry a random fraction: two tasks with one key would be unordered, and crews that wait
    for each other could then wait for ever.
    """
    key = (start << KEY_SHIFT) + random_below(W, 1 << KEY_SHIFT)
    if low < key < high:
        return key
    if high - low < 2:
        return -1
    if low == -FAR:
        return high - 1 - random_below(W, 1 << 26)
    if high == FAR:
        return low + 1 + random_below(W, 1 << 26)
    return low + 1 + int(random_unit(W) * (high - low - 2))


@inner
def set_option(P, S, W, task, option, key):
    """Place an unfilled task."""
    row = P[TASK_S] + task * TASK_SW
    if S[row + OPTION] != option:
        put(P, S, W, row + OPTION, option)
    put(P, S, W, row + KEY, key)


@inner
def link_by_key(P, T, S, W, slot, person):
    """Put a slot where its task's key belongs in the person's day; False on a tie of keys."""
    row = P[TASK_S] + task_of(P, slot) * TASK_SW
    day = P[P[OPTION_P] + S[row + OPTION] * OPTION_W + DAY]
    before = before_key(P, S, person * P[DAYS] + day, S[row + KEY])
    if before == -2:
        return False
    link(P, T, S, W, slot, person, before)
    return True


@inner
def unlink_task(P, T, S, W, task):
    """Empty all slots of a task."""
    first = P[P[TASK_P] + task * TASK_W + FIRST_SLOT]
    for slot in range(first, first + P[P[TASK_P] + task * TASK_W + SLOT_COUNT]):
        if S[SLOT_S + slot * SLOT_SW + PERSON] >= 0:
            unlink(P, T, S, W, slot)


@inner
def choose_crew(P, S, W, task, option, lead, person, at):
    """People for all slots of a task into W[at..]: `person` in slot `lead`, the rest as before where they can.

    False where some slot finds nobody.
    """
    row = P[TASK_P] + task * TASK_W
    first, count = P[row + FIRST_SLOT], P[row + SLOT_COUNT]
    for number in range(count):
        slot = first + number
        if slot == lead:
            W[at + number] = person
            continue
        chosen = S[SLOT_S + slot * SLOT_SW + PERSON]
        if chosen == person or (chosen >= 0 and not can_host(P, slot, chosen, option)):
            chosen = -1
        for _ in range(6):
            if chosen >= 0:
                break
            chosen = pick_able(P, W, slot)
            if chosen < 0:
                return False
            taken = chosen == person or in_crew(P, S, task, chosen)
            for earlier in range(number):
                taken = taken or W[at + earlier] == chosen
            if taken or not can_host(P, slot, chosen, option):
                chosen = -1
        if chosen < 0:
            return False
        for earlier in range(number):
            if W[at + earlier] == chosen:
                return False
        W[at + number] = chosen
    return True
