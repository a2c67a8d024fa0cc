"""Estimate: points below which a move cannot end, found before anything is written.

What is sure of a move is fit, ways, and the lateness of the stops that it puts somewhere; from that
is taken what may be saved elsewhere: by what the touched people's days and weeks, the slot's
groups, crew, bundle and gaps pay at present, and by lateness (see falls.py).
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search.crew import ready_at
from scheduler.engines.search.idle import idle_rise, note_busy
from scheduler.engines.search.layout import (
    AT,
    BUNDLE,
    BUNDLE_S,
    COST,
    DAY,
    DAY_P,
    DAY_POINTS,
    DAY_S,
    DAY_SW,
    DAY_W,
    DAYS,
    DURATION,
    EARLIEST,
    EMPTY_POINTS,
    FILLED,
    FIRST_OPTION,
    FIRST_SLOT,
    FIT,
    FREE,
    GAP_S,
    GROUP_S,
    HAS_WEEK,
    HEAD,
    IDLE_POINTS,
    IN_GROUPS,
    LATE,
    LEAST_AFTER,
    MOST_AFTER,
    MOST_FALL,
    NEXT,
    OPTION,
    OPTION_COUNT,
    OPTION_P,
    OPTION_W,
    ORDER,
    PERSON,
    PERSON_P,
    PERSON_S,
    PERSON_W,
    PLACE,
    PLACE_S,
    POINTS,
    PREV,
    SCRATCH,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK,
    TASK_GAPS,
    TASK_P,
    TASK_POINTS,
    TASK_S,
    TASK_SW,
    TASK_W,
    TICK_POINTS,
    TIME,
    WATCHED,
    WORST,
    WORST_FALLS,
    WORST_POINTS,
)
from scheduler.engines.search.moves.falls import lateness_to_save, note_fall
from scheduler.engines.search.state import detour, ticks
from scheduler.engines.search.window import lateness, least_points


@inner
def gap_at(P, S, day_row, key, task):
    """(before, after): where a key belongs in a day's route without the stops of `task`; (-2, -2) on a tie."""
    first = P[P[TASK_P] + task * TASK_W + FIRST_SLOT]
    last_of = first + P[P[TASK_P] + task * TASK_W + SLOT_COUNT]
    last = -1
    slot = S[P[DAY_S] + day_row * DAY_SW + HEAD]
    while slot >= 0:
        if slot < first or slot >= last_of:
            there = S[SLOT_S + slot * SLOT_SW + ORDER]
            if there == key:
                return -2, -2
            if there > key:
                return last, slot
            last = slot
        slot = S[SLOT_S + slot * SLOT_SW + NEXT]
    return last, -1


@inner
def day_at(P, person, day):
    """Where a person-day's row begins in P."""
    return P[DAY_P] + (person * P[DAYS] + day) * DAY_W


@inner
def note_behind(P, T, S, W, person, before, after, day):
    """`after` may come right behind `before` (-1: home) without what was between them."""
    place = S[SLOT_S + after * SLOT_SW + AT]
    ready, way = ready_at(P, T, S, person, before, place, day_at(P, person, day))
    note_fall(P, S, W, after, ready + way)


@inner
def leaving(P, T, S, W, slot):
    """Points saved when a filled slot's stop leaves its route; notes its follower's fall."""
    own = SLOT_S + slot * SLOT_SW
    fixed = P[SLOT_P] + slot * SLOT_W
    person, before, after = S[own + PERSON], S[own + PREV], S[own + NEXT]
    saved = P[P[fixed + FIT] + person] + S[own + POINTS] - P[fixed + EMPTY_POINTS]
    way = detour(P, T, S, person, before, after, S[own + AT])
    saved += way * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]
    note_busy(P, W, person, -way - P[fixed + DURATION])
    if after >= 0:
        option = S[P[TASK_S] + P[fixed + TASK] * TASK_SW + OPTION]
        note_behind(P, T, S, W, person, before, after, P[P[OPTION_P] + option * OPTION_W + DAY])
    if S[own + LATE] > 0 and S[own + LATE] == S[WORST]:
        W[WORST_FALLS] = 1
        if S[WORST] > W[MOST_FALL]:
            W[MOST_FALL] = S[WORST]
    return saved


@inner
def note_mates(P, T, S, W, slot):
    """The rest of a crew may start earlier when one slot's person leaves it."""
    task = P[P[SLOT_P] + slot * SLOT_W + TASK]
    fixed = P[TASK_P] + task * TASK_W
    if P[fixed + SLOT_COUNT] == 1:
        return
    day = P[P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W + DAY]
    for mate in range(P[fixed + FIRST_SLOT], P[fixed + FIRST_SLOT] + P[fixed + SLOT_COUNT]):
        own = SLOT_S + mate * SLOT_SW
        if mate != slot and S[own + PERSON] >= 0:
            note_behind(P, T, S, W, S[own + PERSON], S[own + PREV], mate, day)


@inner
def day_reach(P, S, person, day):
    """Points that a person's day and week could save at most."""
    day_row = person * P[DAYS] + day
    if P[day_at(P, person, day) + FREE]:
        return 0
    points = S[P[DAY_S] + day_row * DAY_SW + DAY_POINTS]
    if P[P[PERSON_P] + person * PERSON_W + HAS_WEEK]:
        points += S[P[PERSON_S] + person]
    return points


@inner
def tied(P, S, slot):
    """Points that a slot's groups, crew, bundle, gaps and places could save at most."""
    points = 0
    groups = P[P[SLOT_P] + slot * SLOT_W + IN_GROUPS]
    for number in range(P[groups]):
        points += S[P[GROUP_S] + P[groups + 1 + number]]
    task = P[P[SLOT_P] + slot * SLOT_W + TASK]
    fixed = P[TASK_P] + task * TASK_W
    if not P[fixed + WATCHED]:
        return points
    points += S[P[TASK_S] + task * TASK_SW + TASK_POINTS]
    if P[fixed + BUNDLE] >= 0:
        points += S[P[BUNDLE_S] + P[fixed + BUNDLE]]
    gaps = P[fixed + TASK_GAPS]
    for number in range(P[gaps]):
        points += S[P[GAP_S] + P[gaps + 1 + number]]
    for number in range(P[fixed + OPTION_COUNT]):
        option = P[OPTION_P] + (P[fixed + FIRST_OPTION] + number) * OPTION_W
        points += S[P[PLACE_S] + P[option + PLACE]]
    return points


@inner
def pushed(P, T, S, slot, person, option, after, start):
    """Points of lateness that `after` must gain when the slot before it starts no earlier than `start`."""
    if after < 0:
        return 0
    own = SLOT_S + after * SLOT_SW
    place = P[P[OPTION_P] + option * OPTION_W + PLACE]
    begin = start + P[P[SLOT_P] + slot * SLOT_W + DURATION]
    begin += ticks(P, T, person, place, S[own + AT])
    if begin <= S[own + START]:
        return 0
    task = P[P[SLOT_P] + after * SLOT_W + TASK]
    there = S[P[TASK_S] + task * TASK_SW + OPTION]
    more = least_points(P, after, there, begin, lateness(P, after, there, begin)) - S[own + POINTS]
    return more if more > 0 else 0


@inner
def arriving(P, T, S, W, slot, person, option, before, after):
    """Points at least of an empty slot's stop between two others, which may have begun to fall."""
    fixed = P[SLOT_P] + slot * SLOT_W
    row = P[OPTION_P] + option * OPTION_W
    points = P[P[fixed + FIT] + person] - P[fixed + EMPTY_POINTS]
    extra = detour(P, T, S, person, before, after, P[row + PLACE])
    points += extra * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]
    note_busy(P, W, person, extra + P[fixed + DURATION])
    ready, way = ready_at(P, T, S, person, before, P[row + PLACE], day_at(P, person, P[row + DAY]))
    start = P[row + EARLIEST] + P[fixed + LEAST_AFTER]
    if ready + way - W[MOST_FALL] > start:
        start = ready + way - W[MOST_FALL]
    points += least_points(P, slot, option, start, lateness(P, slot, option, start))
    return points + pushed(P, T, S, slot, person, option, after, start)


@inner
def is_hopeless(P, S, W, delta, limit):
    """Whether a move that changes the cost by `delta` at least, but for noted falls, ends above the limit."""
    every = S[TIME] + S[WORST] * P[WORST_POINTS]
    if P[IDLE_POINTS] != 0:
        delta += idle_rise(P, S, W)
    if S[COST] + delta - every > limit:
        return True
    if S[COST] + delta <= limit:
        return False
    return S[COST] + delta - lateness_to_save(P, S, W, every) > limit


@inner
def transfer(P, T, S, W, slot, person, before, after, limit):
    """Whether giving a slot to another person at its present moment must end above the limit."""
    task = P[P[SLOT_P] + slot * SLOT_W + TASK]
    option = S[P[TASK_S] + task * TASK_SW + OPTION]
    day = P[P[OPTION_P] + option * OPTION_W + DAY]
    delta = arriving(P, T, S, W, slot, person, option, before, after)
    delta -= tied(P, S, slot) + day_reach(P, S, person, day)
    old = S[SLOT_S + slot * SLOT_SW + PERSON]
    if old >= 0:
        delta -= leaving(P, T, S, W, slot) + day_reach(P, S, old, day)
        note_mates(P, T, S, W, slot)
    return is_hopeless(P, S, W, delta, limit)


@inner
def replacement(P, T, S, W, task, option, key, lead, ahead, behind, limit):
    """Whether doing a task at an option and key with the people in W's scratch must end above the limit.

    lead: a slot known to come between two stops, or -1.
    True as well where nobody's order of stops would change.
    """
    fixed = P[TASK_P] + task * TASK_W
    first, count = P[fixed + FIRST_SLOT], P[fixed + SLOT_COUNT]
    scratch = P[SCRATCH]
    row = P[OPTION_P] + option * OPTION_W
    delta = -tied(P, S, first)
    if S[P[TASK_S] + task * TASK_SW + FILLED] > 0:
        was = P[P[OPTION_P] + S[P[TASK_S] + task * TASK_SW + OPTION] * OPTION_W + DAY]
        for slot in range(first, first + count):
            old = S[SLOT_S + slot * SLOT_SW + PERSON]
            if old >= 0:
                delta -= leaving(P, T, S, W, slot) + day_reach(P, S, old, was)
    begin = P[row + EARLIEST]
    unmoved = option == S[P[TASK_S] + task * TASK_SW + OPTION]
    for number in range(count):
        slot, person = first + number, W[scratch + number]
        fixed = P[SLOT_P] + slot * SLOT_W
        delta += P[P[fixed + FIT] + person] - P[fixed + EMPTY_POINTS]
        delta -= day_reach(P, S, person, P[row + DAY])
    if lead >= 0 and count > 1 and P[IDLE_POINTS] == 0:
        # The ways of the others are no shorter than none: often the lead's alone is too long.
        person = W[scratch + lead - first]
        way = detour(P, T, S, person, ahead, behind, P[row + PLACE])
        way *= P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]
        every = S[TIME] + S[WORST] * P[WORST_POINTS]
        if S[COST] + delta + way - every > limit:
            return True
    for number in range(count):
        slot, person = first + number, W[scratch + number]
        fixed = P[SLOT_P] + slot * SLOT_W
        if slot == lead:
            before, after = ahead, behind
        else:
            before, after = gap_at(P, S, person * P[DAYS] + P[row + DAY], key, task)
            if before == -2:
                return True
        own = SLOT_S + slot * SLOT_SW
        unmoved = unmoved and S[own + PERSON] == person and S[own + PREV] == before
        extra = detour(P, T, S, person, before, after, P[row + PLACE])
        delta += extra * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]
        note_busy(P, W, person, extra + P[fixed + DURATION])
        day = day_at(P, person, P[row + DAY])
        ready, way = ready_at(P, T, S, person, before, P[row + PLACE], day)
        ready += way - W[MOST_FALL]
        W[scratch + count + number] = ready
        W[scratch + 2 * count + number] = after
        if ready - P[fixed + MOST_AFTER] > begin:
            begin = ready - P[fixed + MOST_AFTER]
    if unmoved:
        return True
    for number in range(count):
        slot = first + number
        start = begin + P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
        if W[scratch + count + number] > start:
            start = W[scratch + count + number]
        delta += least_points(P, slot, option, start, lateness(P, slot, option, start))
        after = W[scratch + 2 * count + number]
        delta += pushed(P, T, S, slot, W[scratch + number], option, after, start)
    return is_hopeless(P, S, W, delta, limit)
