"""Insert: the cheapest place for an undone task, tried by ways, fit and lateness, then priced in full."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.crew import settle
from scheduler.engines.search.day import into_span, outside
from scheduler.engines.search.layout import (
    ABLE,
    AT,
    BUNDLE,
    BUNDLE_P,
    BUNDLE_W,
    COST,
    DAY,
    DAY_P,
    DAY_S,
    DAY_SW,
    DAY_W,
    DAYS,
    DURATION,
    EARLIEST,
    EMPTY_POINTS,
    FILLED,
    FIRST_FROM,
    FIRST_OPTION,
    FIRST_SLOT,
    FIT,
    HEAD,
    HOME_START,
    KEY,
    LEAST,
    LOG,
    LOOSE,
    MUST,
    NEXT,
    OPTION,
    OPTION_COUNT,
    OPTION_P,
    OPTION_W,
    OUTSIDE,
    PERSON_P,
    PERSON_W,
    PLACE,
    PLAIN,
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
    TICK_POINTS,
)  # fmt: skip
from scheduler.engines.search.moves.common import (
    FAR,
    can_host,
    in_crew,
    key_between,
    link_by_key,
    set_option,
    task_of,
)  # fmt: skip
from scheduler.engines.search.price import finish
from scheduler.engines.search.state import (
    before_key,
    detour,
    fresh,
    key_of,
    link,
    random_below,
    rollback,
    ticks,
)  # fmt: skip
from scheduler.engines.search.window import lateness, start_points

TRIES = 6
"""How many of the cheapest places are priced in full before the task is left undone."""
FIELDS = 5
MATES = 24
"""How many people are looked at for each further slot of a crew."""


@inner
def _start_after(P, T, S, slot, person, option, before):
    """Start of a slot right behind a stop (-1: first of the day), its crew apart."""
    row = P[OPTION_P] + option * OPTION_W
    day = P[DAY_P] + (person * P[DAYS] + P[row + DAY]) * DAY_W
    if before >= 0:
        own = SLOT_S + before * SLOT_SW
        start = S[own + START] + P[P[SLOT_P] + before * SLOT_W + DURATION]
        start += ticks(P, T, person, S[own + AT], P[row + PLACE])
    else:
        home = P[P[PERSON_P] + person * PERSON_W + HOME_START]
        start = P[day + FIRST_FROM] + ticks(P, T, person, home, P[row + PLACE])
    if start < P[row + EARLIEST]:
        start = P[row + EARLIEST]
    if not P[day + PLAIN]:
        start = into_span(P, day, start, P[P[SLOT_P] + slot * SLOT_W + DURATION])
    return start


@inner
def _rough(P, T, S, slot, person, option, before, after):
    """(points, start) of a slot between two stops: fit, ways, its own lateness and its follower's."""
    fixed = P[SLOT_P] + slot * SLOT_W
    row = P[OPTION_P] + option * OPTION_W
    points = P[P[fixed + FIT] + person]
    points += (
        detour(P, T, S, person, before, after, P[row + PLACE])
        * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]
    )
    start = _start_after(P, T, S, slot, person, option, before)
    points += start_points(P, slot, option, start, lateness(P, slot, option, start))
    day = P[DAY_P] + (person * P[DAYS] + P[row + DAY]) * DAY_W
    if P[day + OUTSIDE] != 0:
        points += outside(P, day, start, P[fixed + DURATION]) * P[day + OUTSIDE]
    if after >= 0:
        own = SLOT_S + after * SLOT_SW
        pushed = start + P[fixed + DURATION] + ticks(P, T, person, P[row + PLACE], S[own + AT])
        if pushed > S[own + START]:
            there = S[P[TASK_S] + task_of(P, after) * TASK_SW + OPTION]
            points += start_points(P, after, there, pushed, lateness(P, after, there, pushed))
            points -= start_points(
                P, after, there, S[own + START], lateness(P, after, there, S[own + START])
            )
    return points, start


@inner
def _keep(P, W, points, person, option, before, start):
    """Remember a place among the cheapest, sorted."""
    base = P[SCRATCH] + 900
    at = TRIES
    while at > 0 and points < W[base + (at - 1) * FIELDS]:
        if at < TRIES:
            for field in range(FIELDS):
                W[base + at * FIELDS + field] = W[base + (at - 1) * FIELDS + field]
        at -= 1
    if at < TRIES:
        row = base + at * FIELDS
        W[row] = points
        W[row + 1] = person
        W[row + 2] = option
        W[row + 3] = before
        W[row + 4] = start


@inner
def _scan_route(P, T, S, W, slot, person, option):
    """Offer every position of a person's day for a free task."""
    day_row = person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]
    before = -1
    after = S[P[DAY_S] + day_row * DAY_SW + HEAD]
    while True:
        points, start = _rough(P, T, S, slot, person, option, before, after)
        _keep(P, W, points, person, option, before, start)
        if after < 0:
            return
        before = after
        after = S[SLOT_S + after * SLOT_SW + NEXT]


@inner
def _offer(P, T, S, W, slot, person, option, loose):
    if loose:
        key = S[P[TASK_S] + task_of(P, slot) * TASK_SW + KEY]
        day_row = person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]
        before = before_key(P, S, day_row, key)
        if before == -2:
            return
        after = (
            S[SLOT_S + before * SLOT_SW + NEXT]
            if before >= 0
            else S[P[DAY_S] + day_row * DAY_SW + HEAD]
        )
        points, start = _rough(P, T, S, slot, person, option, before, after)
        _keep(P, W, points, person, option, before, start)
    else:
        _scan_route(P, T, S, W, slot, person, option)


@inner
def _choose_mates(P, T, S, W, task, option, lead, person, key, start, spare):
    """People for a crew's other slots into the scratch, each where their day bears it best; False without.

    spare: slots that may find nobody, those that must be filled apart; they have -1.
    """
    fixed = P[TASK_P] + task * TASK_W
    scratch = P[SCRATCH]
    day = P[P[OPTION_P] + option * OPTION_W + DAY]
    for number in range(P[fixed + SLOT_COUNT]):
        slot = P[fixed + FIRST_SLOT] + number
        W[scratch + number] = -1
        if slot == lead:
            W[scratch + number] = person
            continue
        able = P[P[SLOT_P] + slot * SLOT_W + ABLE]
        count = P[able]
        least = FAR
        for attempt in range(count if count < MATES else MATES):
            mate = P[able + 1 + (attempt if count <= MATES else random_below(W, count))]
            taken = mate == person
            for earlier in range(number):
                taken = taken or W[scratch + earlier] == mate
            if taken or not can_host(P, slot, mate, option):
                continue
            row = mate * P[DAYS] + day
            before = before_key(P, S, row, key)
            if before == -2:
                continue
            after = (
                S[SLOT_S + before * SLOT_SW + NEXT]
                if before >= 0
                else S[P[DAY_S] + row * DAY_SW + HEAD]
            )
            points, ready = _rough(P, T, S, slot, mate, option, before, after)
            if ready > start:
                late = start_points(P, lead, option, ready, lateness(P, lead, option, ready))
                points += ready - start + late
            if points < least:
                least = points
                W[scratch + number] = mate
        if least == FAR:
            spare -= 1
            if spare < 0 or P[P[SLOT_P] + slot * SLOT_W + MUST]:
                return False
    return True


@inner
def _apply(P, T, S, W, slot, row, spare):
    """Link what a remembered place says. False where that cannot be."""
    task = task_of(P, slot)
    fixed = P[TASK_P] + task * TASK_W
    person, option, before, start = W[row + 1], W[row + 2], W[row + 3], W[row + 4]
    if P[fixed + LOOSE]:
        link(P, T, S, W, slot, person, before)
        return True
    day_row = person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]
    after = (
        S[SLOT_S + before * SLOT_SW + NEXT]
        if before >= 0
        else S[P[DAY_S] + day_row * DAY_SW + HEAD]
    )
    low = key_of(P, S, before) if before >= 0 else -FAR
    high = key_of(P, S, after) if after >= 0 else FAR
    key = key_between(W, low, high, start)
    if key == -1:
        return False
    if not _choose_mates(P, T, S, W, task, option, slot, person, key, start, spare):
        return False
    set_option(P, S, W, task, option, key)
    link(P, T, S, W, slot, person, before)
    for number in range(P[fixed + SLOT_COUNT]):
        other = P[fixed + FIRST_SLOT] + number
        mate = W[P[SCRATCH] + number]
        if other != slot and mate >= 0 and not link_by_key(P, T, S, W, other, mate):
            return False
    return True


@inner
def insert(P, T, S, W, slot, samples):
    """Do an undone task (or fill a loose slot) where it is cheapest; True if that lowers the cost.

    A bundle may be broken on the way: see `put_back`. A crew goes whole; where it finds no place so,
    as small as it may.

    Looks at all pairs of an able person and an option where there are at most `samples`, else at
    that many random ones. What it writes is logged; the state ends settled and priced.
    """
    task = task_of(P, slot)
    fixed = P[TASK_P] + task * TASK_W
    bundle = P[fixed + BUNDLE]
    allowed = 0 if bundle < 0 else P[P[BUNDLE_P] + bundle * BUNDLE_W]
    base = P[SCRATCH] + 900
    for number in range(TRIES):
        W[base + number * FIELDS] = FAR
    able = P[P[SLOT_P] + slot * SLOT_W + ABLE]
    people, options = P[able], P[fixed + OPTION_COUNT]
    pairs = people * options
    if pairs == 0:
        return False
    loose = P[fixed + LOOSE] == 1
    for number in range(pairs if pairs < samples else samples):
        pair = number if pairs <= samples else random_below(W, pairs)
        person = P[able + 1 + pair // options]
        option = P[fixed + FIRST_OPTION] + pair % options
        if can_host(P, slot, person, option) and not in_crew(P, S, task, person):
            _offer(P, T, S, W, slot, person, option, loose)
    most = P[P[SLOT_P] + slot * SLOT_W + EMPTY_POINTS] * P[fixed + SLOT_COUNT]
    spare = 0
    for attempt in range(2 * TRIES):
        if attempt == TRIES:
            spare = P[fixed + SLOT_COUNT] - P[fixed + LEAST]
            if spare <= 0:
                return False
        row = base + (attempt % TRIES) * FIELDS
        if W[row] == FAR or W[row] >= most:
            continue
        mark = W[LOG]
        limit = S[COST] - 1 + allowed
        fresh(W)
        if (
            _apply(P, T, S, W, slot, row, spare)
            and settle(P, T, S, W, limit)
            and finish(P, T, S, W, limit)
        ):
            return True
        rollback(P, S, W, mark)
    return False


@inner
def put_back(P, T, S, W, slot, samples):
    """Insert a slot's task; where it belongs to a bundle, all of the bundle that is undone, or none of it."""
    task = task_of(P, slot)
    bundle = P[P[TASK_P] + task * TASK_W + BUNDLE]
    if bundle < 0:
        return insert(P, T, S, W, slot, samples)
    row = P[BUNDLE_P] + bundle * BUNDLE_W
    mark, cost = W[LOG], S[COST]
    done = True
    for number in range(P[row + 2]):
        other = P[P[row + 1] + number]
        if done and S[P[TASK_S] + other * TASK_SW + FILLED] == 0:
            done = insert(P, T, S, W, P[P[TASK_P] + other * TASK_W + FIRST_SLOT], samples)
    if not done or S[COST] >= cost:
        rollback(P, S, W, mark)
        return False
    return True
