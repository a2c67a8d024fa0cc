"""Window: what a stop's start costs (see lowered/window.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    duration_of,
    option_row,
    slot_row,
    stop_row,
    task_row,
)


@inner
def lateness(P, slot, option, start):
    """Ticks beyond the option's due moment."""
    moment = start
    if P[at.LATE_AT_END]:
        moment += duration_of(P, slot)
    late = moment - P[option_row(P, option) + at.OPTION_DUE]
    return late if late > 0 else 0


@inner
def announced_points(P, slot):
    """Points of a stop that starts when nobody was announced it."""
    return P[slot_row(P, slot) + at.SLOT_ANNOUNCED]


@inner
def start_points(P, slot, option, start, late):
    """Points of a stop that starts then and is `late` ticks late."""
    points = least_points(P, slot, option, start, late)
    if P[at.ANY_ANNOUNCED]:
        begun = start - P[slot_row(P, slot) + at.SLOT_ANNOUNCED_AFTER]
        if begun < P[option_row(P, option) + at.OPTION_ANNOUNCED_FIRST]:
            points += announced_points(P, slot)
    return points


@inner
def least_points(P, slot, option, start, late):
    """Points at least of a stop that starts then or later: those that only grow."""
    row = option_row(P, option)
    points = plus(0, late, P[row + at.OPTION_LATE_POINTS])
    over = start - P[row + at.OPTION_LATEST] - P[slot_row(P, slot) + at.SLOT_LEAST_AFTER]
    if over > 0:
        points = plus(points, over, P[at.LATE_HARD])
    if P[at.ANY_ANNOUNCED]:
        last = P[row + at.OPTION_ANNOUNCED_LAST] + P[slot_row(P, slot) + at.SLOT_ANNOUNCED_AFTER]
        if start > last:
            points += announced_points(P, slot)
    return points


@inner
def is_of_another(P, task, option, begin, last):
    """Whether a task that begins then lies better in another option of its place, at another price.

    begin, last: the first and the last start of its slots, each less the slot's least `after`.
    """
    row = option_row(P, option)
    latest, due = P[row + at.OPTION_LATEST], P[row + at.OPTION_DUE]
    if last <= latest and not P[at.ANY_RIVALS]:
        return False
    fixed_row = task_row(P, task)
    for number in range(P[fixed_row + at.TASK_OPTION_COUNT]):
        other = option_row(P, P[fixed_row + at.TASK_FIRST_OPTION] + number)
        if (
            P[other + at.OPTION_EARLIEST] > begin
            or P[other + at.OPTION_PLACE] != P[row + at.OPTION_PLACE]
        ):
            continue
        until = P[other + at.OPTION_LATEST]
        if last > latest and until > latest:
            return True
        if P[other + at.OPTION_DUE] > due and (last <= until or latest <= until):
            return True
    return False


@inner
def worst_lateness(P, S):
    """Largest lateness over all filled slots."""
    worst = 0
    for slot in range(P[at.SLOTS]):
        late = S[stop_row(slot) + at.STOP_LATE]
        if late > worst:
            worst = late
    return worst
