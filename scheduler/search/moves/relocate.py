"""Relocate: a task beside a near neighbour's stop, with that stop's person and day."""

from scheduler.search.compiled import inner
from scheduler.search.layout import (
    AT,
    COST,
    DAY,
    DAY_POINTS,
    DAY_S,
    DAY_SW,
    DAYS,
    DURATION,
    EARLIEST,
    EMPTY_POINTS,
    FILLED,
    FIRST_SLOT,
    FIT,
    HAS_WEEK,
    HEAD,
    IN_GROUPS,
    LOOSE,
    NEXT,
    OPTION,
    OPTION_P,
    OPTION_W,
    PERSON,
    PERSON_P,
    PERSON_S,
    PERSON_W,
    PLACE,
    PREV,
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
    TICK_POINTS,
    TIME,
    WATCHED,
    WORST,
    WORST_POINTS,
)  # fmt: skip
from scheduler.search.moves.common import (
    CHANGED,
    FAILED,
    FAR,
    NOTHING,
    can_host,
    choose_crew,
    in_crew,
    key_between,
    link_by_key,
    pick_near,
    pick_option,
    pick_slot,
    set_option,
    task_of,
    unlink_task,
)  # fmt: skip
from scheduler.search.state import detour, key_of, link, random_below, ticks, unlink
from scheduler.search.window import lateness, start_points


@inner
def _beside(P, S, W, slot):
    """(neighbouring stop, person, option) for a slot, or (-1, ...)."""
    task = task_of(P, slot)
    other = pick_near(P, S, W, task)
    if other < 0:
        return -1, -1, -1
    person = S[SLOT_S + other * SLOT_SW + PERSON]
    there = P[OPTION_P] + S[P[TASK_S] + task_of(P, other) * TASK_SW + OPTION] * OPTION_W
    option = S[P[TASK_S] + task * TASK_SW + OPTION]
    filled = S[P[TASK_S] + task * TASK_SW + FILLED] > 0
    if (
        not filled
        or P[P[OPTION_P] + option * OPTION_W + DAY] != P[there + DAY]
        or random_below(W, 4) == 0
    ):
        option = pick_option(P, W, task, P[there + DAY])
    if option < 0 or not can_host(P, slot, person, option):
        return -1, -1, -1
    return other, person, option


@inner
def _hopeless(P, T, S, slot, person, option, before, after, limit):
    """Whether a lone stop's move must end above the limit, from ways, fit and its own lateness only."""
    own = SLOT_S + slot * SLOT_SW
    fixed = P[SLOT_P] + slot * SLOT_W
    place = P[P[OPTION_P] + option * OPTION_W + PLACE]
    delta = P[P[fixed + FIT] + person]
    delta += (
        detour(P, T, S, person, before, after, place)
        * P[P[PERSON_P] + person * PERSON_W + TICK_POINTS]
    )
    day = P[P[OPTION_P] + option * OPTION_W + DAY]
    row = person * P[DAYS] + day
    slack_points = S[TIME] + S[WORST] * P[WORST_POINTS] + S[P[DAY_S] + row * DAY_SW + DAY_POINTS]
    if P[P[PERSON_P] + person * PERSON_W + HAS_WEEK]:
        slack_points += S[P[PERSON_S] + person]
    old = S[own + PERSON]
    if old < 0:
        delta -= P[fixed + EMPTY_POINTS]
    else:
        delta -= P[P[fixed + FIT] + old]
        delta -= (
            detour(P, T, S, old, S[own + PREV], S[own + NEXT], S[own + AT])
            * P[P[PERSON_P] + old * PERSON_W + TICK_POINTS]
        )
        was = P[OPTION_P] + S[P[TASK_S] + task_of(P, slot) * TASK_SW + OPTION] * OPTION_W
        slack_points += S[P[DAY_S] + (old * P[DAYS] + P[was + DAY]) * DAY_SW + DAY_POINTS]
        if old != person and P[P[PERSON_P] + old * PERSON_W + HAS_WEEK]:
            slack_points += S[P[PERSON_S] + old]
    floor = S[COST] + delta - slack_points
    if floor > limit:
        return True
    if before >= 0:
        other = SLOT_S + before * SLOT_SW
        start = S[other + START] + P[P[SLOT_P] + before * SLOT_W + DURATION]
        start += ticks(P, T, person, S[other + AT], place)
        early = P[P[OPTION_P] + option * OPTION_W + EARLIEST]
        if start < early:
            start = early
        late = start_points(P, slot, option, start, lateness(P, slot, option, start))
        if floor + late > limit:
            return True
        if after >= 0:
            # The stop behind is pushed by us alone, so its lateness there is sure too.
            other = SLOT_S + after * SLOT_SW
            start += P[fixed + DURATION] + ticks(P, T, person, place, S[other + AT])
            if start > S[other + START]:
                there = S[P[TASK_S] + task_of(P, after) * TASK_SW + OPTION]
                pushed = start_points(P, after, there, start, lateness(P, after, there, start))
                if floor + late + pushed > limit:
                    return True
    return False


@inner
def propose(P, T, S, W, limit):
    """Move a task beside a near one. A crew goes as a whole; a loose slot changes hands."""
    slot = pick_slot(P, S, W)
    task = task_of(P, slot)
    other, person, option = _beside(P, S, W, slot)
    if other < 0:
        return NOTHING
    fixed = P[TASK_P] + task * TASK_W
    own = SLOT_S + slot * SLOT_SW
    if P[fixed + LOOSE]:
        if in_crew(P, S, task, person):
            return NOTHING
        if S[own + PERSON] >= 0:
            unlink(P, T, S, W, slot)
        return CHANGED if link_by_key(P, T, S, W, slot, person) else FAILED
    ahead = random_below(W, 2) == 0
    if P[fixed + SLOT_COUNT] == 1:
        before = other if ahead else S[SLOT_S + other * SLOT_SW + PREV]
        same = S[own + PERSON] == person and S[P[TASK_S] + task * TASK_SW + OPTION] == option
        if before == slot:
            before = S[own + PREV]
        if same and S[own + PERSON] >= 0 and before == S[own + PREV]:
            return NOTHING
        after = (
            S[SLOT_S + before * SLOT_SW + NEXT]
            if before >= 0
            else S[
                P[DAY_S]
                + (person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]) * DAY_SW
                + HEAD
            ]
        )
        W[REAL] += 1
        quiet = not P[fixed + WATCHED] and P[P[P[SLOT_P] + slot * SLOT_W + IN_GROUPS]] == 0
        quiet = quiet and S[own + PERSON] != person
        if quiet and _hopeless(P, T, S, slot, person, option, before, after, limit):
            return NOTHING
        if S[own + PERSON] >= 0:
            unlink(P, T, S, W, slot)
    else:
        if not choose_crew(P, S, W, task, option, slot, person, P[SCRATCH]):
            return NOTHING
        unlink_task(P, T, S, W, task)
        before = other if ahead else S[SLOT_S + other * SLOT_SW + PREV]
    after = (
        S[SLOT_S + before * SLOT_SW + NEXT]
        if before >= 0
        else S[
            P[DAY_S] + (person * P[DAYS] + P[P[OPTION_P] + option * OPTION_W + DAY]) * DAY_SW + HEAD
        ]
    )
    low = key_of(P, S, before) if before >= 0 else -FAR
    high = key_of(P, S, after) if after >= 0 else FAR
    start = P[P[OPTION_P] + option * OPTION_W + EARLIEST]
    if before >= 0 and S[SLOT_S + before * SLOT_SW + START] > start:
        start = S[SLOT_S + before * SLOT_SW + START] + 1
    key = key_between(W, low, high, start)
    if key == -1:
        return FAILED
    set_option(P, S, W, task, option, key)
    link(P, T, S, W, slot, person, before)
    first = P[fixed + FIRST_SLOT]
    for number in range(P[fixed + SLOT_COUNT]):
        if first + number != slot and not link_by_key(
            P, T, S, W, first + number, W[P[SCRATCH] + number]
        ):
            return FAILED
    return CHANGED
