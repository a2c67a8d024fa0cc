"""Estimate: points below which a move cannot end, found before anything is written.

What is sure of a move is fit, ways, and the lateness of the stops that it puts somewhere; from that
is taken what may be saved elsewhere: by what the touched people's days pay for their times, the slot's
groups, crew, bundle and gaps pay at present, and by lateness (see falls.py). What the people's days and
weeks pay whatever starts when is known as it will be (see after.py).

A move asks `transfer` where one slot changes hands at its moment, and `replacement` where a task goes to
an option and key with the people in CREW_PEOPLE. Any other adds up by itself and asks `is_hopeless`:

- less `leaving` and `tied` for each stop that goes, plus `arriving` for each that comes: what ways and people cost; where `is_far` by then, that is enough;
- `note_left` for each that goes, with `note_crew` where others of its crew stay: what may fall;
- plus `late_at_least` for each that comes.

Where keys change, every `note_left` comes before the first `late_at_least`, which takes off the falls that
those noted. And what comes goes by stops that stay: beside a stop that goes in the same move it is
wrong, and the move does without (see swap_tasks.py).
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.crew import ready_at, round_up
from scheduler.engines.search.day import into_span
from scheduler.engines.search.idle import idle_rise
from scheduler.engines.search.moves.after import cost_after, note_change, reach
from scheduler.engines.search.moves.common import CHANGED, HOPELESS, NOTHING
from scheduler.engines.search.moves.falls import (
    fall_of,
    lateness_to_save,
    note_change_behind,
    note_fall,
    note_seconds,
    note_worst,
)
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    crew_row,
    day_row,
    duration_of,
    first_slot,
    fit_of,
    head_of,
    item,
    key_of,
    length,
    next_of,
    option_of,
    option_row,
    person_of,
    prev_of,
    slot_count,
    slot_row,
    start_of,
    stop_row,
    task_of,
    task_row,
    tick_points,
)
from scheduler.engines.search.state import detour, person_day_at, person_day_of, ticks
from scheduler.engines.search.window import lateness, least_points


@inner
def gap_at(P, S, person_day, key, task):
    """(before, after): where a key belongs in a day's route without the stops of `task`; (TIE, TIE) on a tie."""
    first = first_slot(P, task)
    last_of = first + slot_count(P, task)
    last = at.NONE
    slot = head_of(P, S, person_day)
    while slot >= 0:
        if slot < first or slot >= last_of:
            there = key_of(S, slot)
            if there == key:
                return at.TIE, at.TIE
            if there > key:
                return last, slot
            last = slot
        slot = next_of(S, slot)
    return last, at.NONE


@inner
def note_behind(P, T, S, W, before, after, behind):
    """`after` may come right behind `before` (NONE: home) without what was between them; behind: as in `note_fall`."""
    place = S[stop_row(after) + at.STOP_PLACE]
    person, person_day_row = person_of(S, after), day_row(P, person_day_of(P, S, after))
    ready, way = ready_at(P, T, S, person, before, place, person_day_row)
    note_fall(P, S, W, after, ready + way, behind)


@inner
def leaving(P, T, S, W, slot):
    """Points saved when a filled slot's stop leaves its route, but for what then falls."""
    state_row = stop_row(slot)
    fixed_row = slot_row(P, slot)
    person, before, after = person_of(S, slot), prev_of(S, slot), next_of(S, slot)
    saved = (
        fit_of(P, slot, person)
        + S[state_row + at.STOP_POINTS]
        - P[fixed_row + at.SLOT_EMPTY_POINTS]
    )
    way = detour(P, T, S, person, before, after, S[state_row + at.STOP_PLACE])
    saved += way * tick_points(P, person)
    note_change(P, W, person_day_of(P, S, slot), slot, option_of(P, S, task_of(P, slot)), -1, -way)
    return saved


@inner
def note_left(P, T, S, W, slot):
    """Note what may fall when a filled slot's stop leaves its route."""
    after = next_of(S, slot)
    if after >= 0:
        note_behind(P, T, S, W, prev_of(S, slot), after, 1)
    note_change_behind(P, S, W, person_day_of(P, S, slot), after)
    note_seconds(P, S, W, task_of(P, slot))
    note_worst(S, W, slot, at.FAR)


@inner
def note_crew(P, T, S, W, slot, alone):
    """The rest of a crew may start earlier when one slot's person leaves it; how much, is sure where that is `alone`."""
    task = task_of(P, slot)
    if slot_count(P, task) == 1:
        return
    for member in range(first_slot(P, task), first_slot(P, task) + slot_count(P, task)):
        if member != slot and person_of(S, member) >= 0:
            if alone:
                note_behind(P, T, S, W, prev_of(S, member), member, 0)
            else:
                note_fall(P, S, W, member, -at.FAR, 0)


@inner
def tied(P, S, slot):
    """Points that a slot's groups, crew, bundle, gaps and places could save at most."""
    points = 0
    groups = P[slot_row(P, slot) + at.SLOT_GROUPS]
    for number in range(length(P, groups)):
        points += S[P[at.GROUP_CELLS] + item(P, groups, number)]
    task = task_of(P, slot)
    fixed_row = task_row(P, task)
    if not P[fixed_row + at.TASK_WATCHED]:
        return points
    points += S[crew_row(P, task) + at.CREW_POINTS]
    if P[fixed_row + at.TASK_BUNDLE] >= 0:
        points += S[P[at.BUNDLE_CELLS] + P[fixed_row + at.TASK_BUNDLE]]
    gaps = P[fixed_row + at.TASK_GAPS]
    for number in range(length(P, gaps)):
        points += S[P[at.GAP_CELLS] + item(P, gaps, number)]
    for number in range(P[fixed_row + at.TASK_OPTION_COUNT]):
        row = option_row(P, P[fixed_row + at.TASK_FIRST_OPTION] + number)
        points += S[P[at.PLACE_CELLS] + P[row + at.OPTION_ROOM]]
    return points


@inner
def first_from(P, slot, option, person_day_row, start):
    """The first start from a moment on that its grid and the person's presence allow, rests apart."""
    every = P[option_row(P, option) + at.OPTION_EVERY]
    start = round_up(start, every)
    if P[person_day_row + at.DAY_PLAIN]:
        return start
    return round_up(into_span(P, person_day_row, start, duration_of(P, slot)), every)


@inner
def points_from(P, W, slot, option, person_day_row, start):
    """Points at least of a stop that starts then or later: late, or outside its person's presence."""
    late = lateness(P, slot, option, start)
    if late > W[at.WORST_COMES]:
        W[at.WORST_COMES] = late
    points = least_points(P, slot, option, start, late)
    if (
        start - P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
        >= P[option_row(P, option) + at.OPTION_UNTIL]
    ):
        return at.TOP
    if P[person_day_row + at.DAY_PLAIN]:
        return points
    inside = P[person_day_row + at.DAY_LAST_TO] - start
    if inside < 0:
        inside = 0
    if inside < duration_of(P, slot):
        away = duration_of(P, slot) - inside
        points = plus(points, away, P[person_day_row + at.DAY_OUTSIDE])
    return points


@inner
def pushed(P, T, S, W, slot, person, option, after, start, gone):
    """Points that `after`, and what comes behind it, must gain when the slot before it starts no earlier than `start`."""
    if after < 0:
        return 0
    place = P[option_row(P, option) + at.OPTION_PLACE]
    begin = start + duration_of(P, slot)
    begin += ticks(P, T, person, place, S[stop_row(after) + at.STOP_PLACE])
    if begin <= start_of(S, after):
        return 0
    person_day_row = day_row(P, person_day_at(P, person, slot, option))
    return pushed_from(P, T, S, W, person, person_day_row, after, begin, gone)


@inner
def pushed_from(P, T, S, W, person, person_day_row, slot, begin, gone):
    """Points that a stop, and what comes behind it, must gain when a person can begin it no earlier than `begin`.

    Followed as far as the next stop of task `gone`.
    """
    points = 0
    while begin > start_of(S, slot):
        state_row = stop_row(slot)
        option = option_of(P, S, task_of(P, slot))
        begin = first_from(P, slot, option, person_day_row, begin)
        more = (
            points_from(P, W, slot, option, person_day_row, begin) - S[state_row + at.STOP_POINTS]
        )
        if more > 0:
            points = plus(points, more, 1)
        begin += duration_of(P, slot)
        slot = next_of(S, slot)
        if slot < 0 or task_of(P, slot) == gone:
            return points
        begin += ticks(
            P, T, person, S[state_row + at.STOP_PLACE], S[stop_row(slot) + at.STOP_PLACE]
        )
    return points


@inner
def arriving(P, T, S, W, slot, person, option, before, after):
    """Points of an empty slot's stop between two others that stay, times apart."""
    row = option_row(P, option)
    points = fit_of(P, slot, person) - P[slot_row(P, slot) + at.SLOT_EMPTY_POINTS]
    extra = detour(P, T, S, person, before, after, P[row + at.OPTION_PLACE])
    points += extra * tick_points(P, person)
    person_day = person_day_at(P, person, slot, option)
    note_change(P, W, person_day, slot, option, 1, extra)
    return points


@inner
def late_at_least(P, T, S, W, slot, person, option, before, after, gone):
    """Points at least by the times of an empty slot's stop between two others that stay, and of what comes behind it.

    Less the falls noted so far. gone: the task of another stop of that route that goes, or NONE
    """
    row = option_row(P, option)
    person_day = person_day_at(P, person, slot, option)
    note_change_behind(P, S, W, person_day, after)
    person_day_row = day_row(P, person_day)
    ready, way = ready_at(P, T, S, person, before, P[row + at.OPTION_PLACE], person_day_row)
    start = P[row + at.OPTION_EARLIEST] + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
    ready += way - fall_of(S, W, before)
    if ready > start:
        start = ready
    start = first_from(P, slot, option, person_day_row, start)
    points = points_from(P, W, slot, option, person_day_row, start)
    return points + pushed(P, T, S, W, slot, person, option, after, start, gone)


@inner
def is_far(P, S, W, delta, limit):
    """Whether a move that changes the cost by `delta` at least ends above the limit even if all lateness went."""
    if P[at.WORST_IDLE_POINTS] != 0 or W[at.CHANGES] > at.CHANGE_ROOM:
        return False
    by_times, by_work = reach(P, S, W)
    every = S[at.START_POINTS] + S[at.WORST_LATE] * P[at.WORST_LATE_POINTS]
    return S[at.COST] + delta - by_times - by_work - every > limit


@inner
def is_hopeless(P, T, S, W, delta, limit):
    """Whether a move that changes the cost by `delta` at least, but for noted falls and changes of days, ends above the limit."""
    if W[at.CHANGES] > at.CHANGE_ROOM:
        return False
    every = S[at.START_POINTS]
    worst = (S[at.WORST_LATE] - W[at.WORST_COMES]) * P[at.WORST_LATE_POINTS]
    if worst > 0:
        every += worst
    else:
        delta -= worst
    if P[at.WORST_IDLE_POINTS] != 0:
        delta += idle_rise(P, S, W)
    by_times, by_work = reach(P, S, W)
    delta -= by_times + by_work
    if S[at.COST] + delta - every > limit:
        return True
    every = lateness_to_save(P, T, S, W, every)
    if S[at.COST] + delta - every > limit:
        return True
    if W[at.CHANGES] == 0:
        return False
    return S[at.COST] + delta + cost_after(P, S, W) - every > limit


@inner
def transfer(P, T, S, W, slot, person, before, after, limit):
    """Whether giving a slot to another person at its present moment must end above the limit."""
    task = task_of(P, slot)
    option = option_of(P, S, task)
    delta = arriving(P, T, S, W, slot, person, option, before, after) - tied(P, S, slot)
    filled = person_of(S, slot) >= 0
    if filled:
        delta -= leaving(P, T, S, W, slot)
    if is_far(P, S, W, delta, limit):
        return True
    delta += late_at_least(P, T, S, W, slot, person, option, before, after, at.NONE)
    if filled:
        note_left(P, T, S, W, slot)
        note_crew(P, T, S, W, slot, True)
    return is_hopeless(P, T, S, W, delta, limit)


@inner
def replacement(P, T, S, W, task, option, key, lead, ahead, behind, limit):
    """What is to be said of doing a task at an option and key with the people in CREW_PEOPLE.

    HOPELESS where that must end above the limit, NOTHING where keys tie or nobody's order of stops would
    change; else CHANGED: it is worth trying. lead: a slot known to come between two stops, or NONE.
    """
    fixed_row = task_row(P, task)
    first, count = first_slot(P, task), slot_count(P, task)
    people, could = P[at.CREW_PEOPLE], P[at.CREW_READY]
    row = option_row(P, option)
    delta = -tied(P, S, first)
    for slot in range(first, first + count):
        if person_of(S, slot) >= 0:
            delta -= leaving(P, T, S, W, slot)
    begin = P[row + at.OPTION_EARLIEST]
    unmoved = option == option_of(P, S, task)
    for number in range(count):
        slot, person = first + number, W[people + number]
        fixed_row = slot_row(P, slot)
        delta += fit_of(P, slot, person) - P[fixed_row + at.SLOT_EMPTY_POINTS]
        if count > 1:
            note_change(P, W, person_day_at(P, person, slot, option), slot, option, 1, 0)
    if lead >= 0 and count > 1:
        # The ways of the others are no shorter than none: often the lead's alone is too long.
        person = W[people + lead - first]
        way = detour(P, T, S, person, ahead, behind, P[row + at.OPTION_PLACE])
        if is_far(P, S, W, delta + way * tick_points(P, person), limit):
            return HOPELESS
    for number in range(count):
        slot, person = first + number, W[people + number]
        person_day = person_day_at(P, person, slot, option)
        if slot == lead:
            before, after = ahead, behind
        else:
            before, after = gap_at(P, S, person_day, key, task)
            if before == at.TIE:
                return NOTHING
        unmoved = unmoved and person_of(S, slot) == person and prev_of(S, slot) == before
        extra = detour(P, T, S, person, before, after, P[row + at.OPTION_PLACE])
        delta += extra * tick_points(P, person)
        note_change(P, W, person_day, slot if count == 1 else at.NONE, option, 1, extra)
        W[P[at.CREW_BEFORE] + number] = before
        W[P[at.CREW_AFTER] + number] = after
    if unmoved:
        return NOTHING
    if is_far(P, S, W, delta, limit):
        return HOPELESS
    for slot in range(first, first + count):
        if person_of(S, slot) >= 0:
            note_left(P, T, S, W, slot)
    for number in range(count):
        slot, person, before = first + number, W[people + number], W[P[at.CREW_BEFORE] + number]
        fixed_row = slot_row(P, slot)
        person_day = person_day_at(P, person, slot, option)
        note_change_behind(P, S, W, person_day, W[P[at.CREW_AFTER] + number])
        person_day_row = day_row(P, person_day)
        ready, way = ready_at(P, T, S, person, before, P[row + at.OPTION_PLACE], person_day_row)
        ready += way - fall_of(S, W, before)
        least = P[row + at.OPTION_EARLIEST] + P[fixed_row + at.SLOT_LEAST_AFTER]
        ready = first_from(P, slot, option, person_day_row, ready if ready > least else least)
        W[could + number] = ready
        if ready - P[fixed_row + at.SLOT_MOST_AFTER] > begin:
            begin = ready - P[fixed_row + at.SLOT_MOST_AFTER]
    for number in range(count):
        slot = first + number
        start = begin + P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
        if W[could + number] > start:
            start = W[could + number]
        person_day_row = day_row(P, person_day_at(P, W[people + number], slot, option))
        more = points_from(P, W, slot, option, person_day_row, start)
        after = W[P[at.CREW_AFTER] + number]
        more = plus(
            more, pushed(P, T, S, W, slot, W[people + number], option, after, start, task), 1
        )
        if more >= at.TOP - S[at.COST]:
            return HOPELESS
        delta += more
    return HOPELESS if is_hopeless(P, T, S, W, delta, limit) else CHANGED
