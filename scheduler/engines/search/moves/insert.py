"""Insert: the cheapest place for an undone task, tried by ways, fit and lateness, then priced in full."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.day import into_span, lacks_way, outside
from scheduler.engines.search.follow import rested_from
from scheduler.engines.search.mix import has_mix, mix_points, mix_points_with
from scheduler.engines.search.moves.common import (
    can_host,
    in_crew,
    key_at,
    link_by_key,
    set_option,
)  # fmt: skip
from scheduler.engines.search.points import plus
from scheduler.engines.search.price import price
from scheduler.engines.search.rows import (
    bundle_row,
    crew_row,
    day_row,
    duration_of,
    filled_of,
    first_slot,
    fit_of,
    head_of,
    is_loose,
    item,
    length,
    next_of,
    option_of,
    option_row,
    person_of,
    person_row,
    slot_count,
    slot_row,
    start_of,
    stop_row,
    task_of,
    task_row,
    tick_points,
)
from scheduler.engines.search.state import (
    before_key,
    detour,
    fresh,
    link,
    person_day_at,
    place_of,
    random_below,
    rollback,
    ticks,
    unlink,
)  # fmt: skip
from scheduler.engines.search.window import lateness, start_points

CANDIDATES = 24
"""How many people are looked at for each further slot of a crew."""


@inner
def _start_after(P, T, S, slot, person, option, before):
    """Start of a slot right behind a stop (NONE: first of the day), its crew apart."""
    row = option_row(P, option)
    person_day_row = day_row(P, person_day_at(P, person, slot, option))
    if before >= 0:
        state_row = stop_row(before)
        start = start_of(S, before) + duration_of(P, before)
        start += ticks(P, T, person, S[state_row + at.STOP_PLACE], P[row + at.OPTION_PLACE])
    else:
        home = P[person_row(P, person) + at.PERSON_HOME_START]
        start = P[person_day_row + at.DAY_FIRST_FROM] + ticks(
            P, T, person, home, P[row + at.OPTION_PLACE]
        )
        person_day = person_day_at(P, person, slot, option)
        rested = rested_from(P, T, S, person_day, P[row + at.OPTION_PLACE], at.FAR)
        if start < rested <= P[row + at.OPTION_LATEST]:
            start = rested
    if start < P[row + at.OPTION_EARLIEST]:
        start = P[row + at.OPTION_EARLIEST]
    if not P[person_day_row + at.DAY_PLAIN]:
        start = into_span(P, person_day_row, start, duration_of(P, slot))
    return start


@inner
def _rough(P, T, S, slot, person, option, before, after):
    """(points, start) of a slot between two stops: fit, ways, its own lateness and its follower's."""
    row = option_row(P, option)
    points = fit_of(P, slot, person)
    points += detour(P, T, S, person, before, after, P[row + at.OPTION_PLACE]) * tick_points(
        P, person
    )
    start = _start_after(P, T, S, slot, person, option, before)
    points += start_points(P, slot, option, start, lateness(P, slot, option, start))
    if P[person_row(P, person) + at.PERSON_NO_WAY] != 0:
        place = P[row + at.OPTION_PLACE]
        lacking = lacks_way(P, person, place_of(P, S, before, person, True), place)
        lacking += lacks_way(P, person, place, place_of(P, S, after, person, False))
        points = plus(points, lacking, P[person_row(P, person) + at.PERSON_NO_WAY])
    person_day_row = day_row(P, person_day_at(P, person, slot, option))
    if P[person_day_row + at.DAY_OUTSIDE] != 0:
        away = outside(P, person_day_row, start, duration_of(P, slot))
        points += plus(0, away, P[person_day_row + at.DAY_OUTSIDE])
    if after >= 0:
        state_row = stop_row(after)
        pushed = (
            start
            + duration_of(P, slot)
            + ticks(P, T, person, P[row + at.OPTION_PLACE], S[state_row + at.STOP_PLACE])
        )
        if pushed > start_of(S, after):
            there = option_of(P, S, task_of(P, after))
            points += start_points(P, after, there, pushed, lateness(P, after, there, pushed))
            now = start_of(S, after)
            points -= start_points(P, after, there, now, lateness(P, after, there, now))
    return points, start


@inner
def _keep(P, W, points, person, option, before, start):
    """Remember a place among the cheapest, sorted."""
    base = P[at.OFFER_ROWS]
    into = at.OFFERS
    while into > 0 and points < W[base + (into - 1) * at.OFFER_WIDTH]:
        if into < at.OFFERS:
            for field in range(at.OFFER_WIDTH):
                W[base + into * at.OFFER_WIDTH + field] = W[
                    base + (into - 1) * at.OFFER_WIDTH + field
                ]
        into -= 1
    if into < at.OFFERS:
        row = base + into * at.OFFER_WIDTH
        W[row + at.OFFER_POINTS] = points
        W[row + at.OFFER_PERSON] = person
        W[row + at.OFFER_OPTION] = option
        W[row + at.OFFER_BEFORE] = before
        W[row + at.OFFER_START] = start


@inner
def _scan_route(P, T, S, W, slot, person, option):
    """Offer every position of a person's day for a free task."""
    person_day = person_day_at(P, person, slot, option)
    before = at.NONE
    after = head_of(P, S, person_day)
    while True:
        points, start = _rough(P, T, S, slot, person, option, before, after)
        _keep(P, W, points, person, option, before, start)
        if after < 0:
            return
        before = after
        after = next_of(S, after)


@inner
def _offer(P, T, S, W, slot, person, option, loose):
    if loose:
        key = S[crew_row(P, task_of(P, slot)) + at.CREW_KEY]
        person_day = person_day_at(P, person, slot, option)
        before = before_key(P, S, person_day, key)
        if before == at.TIE:
            return
        after = next_of(S, before) if before >= 0 else head_of(P, S, person_day)
        points, start = _rough(P, T, S, slot, person, option, before, after)
        _keep(P, W, points, person, option, before, start)
    else:
        _scan_route(P, T, S, W, slot, person, option)


@inner
def _choose_crew(P, T, S, W, task, option, lead, person, key, start, spare):
    """People for a crew's other slots into W, each where their day bears it best; False without.

    spare: slots that may find nobody, those that must be filled apart; they have NONE.
    """
    people = P[at.CREW_PEOPLE]
    for number in range(slot_count(P, task)):
        slot = first_slot(P, task) + number
        W[people + number] = at.NONE
        if slot == lead:
            W[people + number] = person
            continue
        able = P[slot_row(P, slot) + at.SLOT_ABLE]
        count = length(P, able)
        least = at.FAR
        for attempt in range(count if count < CANDIDATES else CANDIDATES):
            member = item(P, able, (attempt if count <= CANDIDATES else random_below(W, count)))
            taken = member == person
            for earlier in range(number):
                taken = taken or W[people + earlier] == member
            if taken or not can_host(P, slot, member, option):
                continue
            row = person_day_at(P, member, slot, option)
            before = before_key(P, S, row, key)
            if before == at.TIE:
                continue
            after = next_of(S, before) if before >= 0 else head_of(P, S, row)
            points, ready = _rough(P, T, S, slot, member, option, before, after)
            if ready > start:
                late = start_points(P, lead, option, ready, lateness(P, lead, option, ready))
                points += ready - start + late
            if points < least:
                least = points
                W[people + number] = member
        if least == at.FAR:
            spare -= 1
            if spare < 0 or P[slot_row(P, slot) + at.SLOT_MUST]:
                return False
    return True


@inner
def mend(P, T, S, W, task, lead, anybody):
    """Bring people into a begun task's other slots, or others, until it costs nothing who is together.

    Each time whoever saves most, and of these who bears it best or, where `anybody` says so, anybody.
    False where two keys tie.
    """
    option = option_of(P, S, task)
    key = S[crew_row(P, task) + at.CREW_KEY]
    first, count = first_slot(P, task), slot_count(P, task)
    for _ in range(count):
        least = mix_points(P, S, task)
        if least == 0:
            return True
        points, best, person = at.FAR, at.NONE, at.NONE
        for slot in range(first, first + count):
            if slot == lead:
                continue
            able = P[slot_row(P, slot) + at.SLOT_ABLE]
            for number in range(length(P, able)):
                member = item(P, able, number)
                together = mix_points_with(P, S, task, slot, member)
                if together > least or in_crew(P, S, task, member):
                    continue
                if not can_host(P, slot, member, option):
                    continue
                row = person_day_at(P, member, slot, option)
                before = before_key(P, S, row, key)
                if before == at.TIE:
                    continue
                after = next_of(S, before) if before >= 0 else head_of(P, S, row)
                if anybody:
                    rough = random_below(W, 1 << at.KEY_SHIFT)
                else:
                    rough, _start = _rough(P, T, S, slot, member, option, before, after)
                if together < least or (best >= 0 and rough < points):
                    least, points, best, person = together, rough, slot, member
        if best < 0:
            return True
        if person_of(S, best) >= 0:
            unlink(P, T, S, W, best)
        if not link_by_key(P, T, S, W, best, person):
            return False
    return True


@inner
def _apply(P, T, S, W, slot, row, spare):
    """Link what a remembered place says. False where that cannot be."""
    task = task_of(P, slot)
    person, option = W[row + at.OFFER_PERSON], W[row + at.OFFER_OPTION]
    before, start = W[row + at.OFFER_BEFORE], W[row + at.OFFER_START]
    if is_loose(P, task):
        link(P, T, S, W, slot, person, before)
        return not has_mix(P, task) or mend(P, T, S, W, task, slot, False)
    person_day = person_day_at(P, person, slot, option)
    after = next_of(S, before) if before >= 0 else head_of(P, S, person_day)
    key = key_at(S, W, before, after, start)
    if key == at.NONE:
        return False
    if not _choose_crew(P, T, S, W, task, option, slot, person, key, start, spare):
        return False
    set_option(P, S, W, task, option, key)
    link(P, T, S, W, slot, person, before)
    for number in range(slot_count(P, task)):
        other = first_slot(P, task) + number
        member = W[P[at.CREW_PEOPLE] + number]
        if other != slot and member >= 0 and not link_by_key(P, T, S, W, other, member):
            return False
    return not has_mix(P, task) or mend(P, T, S, W, task, slot, False)


@inner
def insert(P, T, S, W, slot, samples):
    """Do an undone task (or fill a loose slot) where it is cheapest; True if that lowers the cost.

    A bundle may be broken on the way: see `put_back`. A crew goes whole; where it finds no place so,
    as small as it may.

    Looks at all pairs of an able person and an option where there are at most `samples`, else at
    that many random ones. What it writes is logged; the state ends settled and priced.
    """
    task = task_of(P, slot)
    fixed_row = task_row(P, task)
    bundle = P[fixed_row + at.TASK_BUNDLE]
    allowed = 0 if bundle < 0 else P[bundle_row(P, bundle) + at.BUNDLE_POINTS]
    base = P[at.OFFER_ROWS]
    for number in range(at.OFFERS):
        W[base + number * at.OFFER_WIDTH] = at.FAR
    able = P[slot_row(P, slot) + at.SLOT_ABLE]
    people, options = length(P, able), P[fixed_row + at.TASK_OPTION_COUNT]
    pairs = people * options
    if pairs == 0:
        return False
    loose = is_loose(P, task) == 1
    for number in range(pairs if pairs < samples else samples):
        pair = number if pairs <= samples else random_below(W, pairs)
        person = item(P, able, pair // options)
        option = P[fixed_row + at.TASK_FIRST_OPTION] + pair % options
        if can_host(P, slot, person, option) and not in_crew(P, S, task, person):
            _offer(P, T, S, W, slot, person, option, loose)
    most = P[slot_row(P, slot) + at.SLOT_EMPTY_POINTS] * slot_count(P, task)
    spare = 0
    for attempt in range(2 * at.OFFERS):
        if attempt == at.OFFERS:
            spare = slot_count(P, task) - P[fixed_row + at.TASK_LEAST]
            if spare <= 0:
                return False
        row = base + (attempt % at.OFFERS) * at.OFFER_WIDTH
        if W[row + at.OFFER_POINTS] == at.FAR or W[row + at.OFFER_POINTS] >= most:
            continue
        mark = W[at.LOGGED]
        limit = S[at.COST] - 1 + allowed
        fresh(W)
        if _apply(P, T, S, W, slot, row, spare) and price(P, T, S, W, limit):
            return True
        rollback(P, S, W, mark)
    return False


@inner
def put_back(P, T, S, W, slot, samples):
    """Insert a slot's task; where it belongs to a bundle, all of the bundle that is undone, or none of it."""
    task = task_of(P, slot)
    bundle = P[task_row(P, task) + at.TASK_BUNDLE]
    if bundle < 0:
        return insert(P, T, S, W, slot, samples)
    row = bundle_row(P, bundle)
    mark, cost = W[at.LOGGED], S[at.COST]
    done = filled_of(P, S, task) == 0 or insert(P, T, S, W, slot, samples)
    for number in range(P[row + at.BUNDLE_TASK_COUNT]):
        other = P[P[row + at.BUNDLE_TASKS] + number]
        if done and filled_of(P, S, other) == 0:
            done = insert(P, T, S, W, first_slot(P, other), samples)
    if not done or S[at.COST] >= cost:
        rollback(P, S, W, mark)
        return False
    return True
