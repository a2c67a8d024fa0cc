"""Window: what a stop's start costs (see lowered/window.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    ANY_TOLD,
    DUE,
    DURATION,
    LATE,
    LATE_AT_END,
    LATE_HARD,
    LATE_POINTS,
    LATEST,
    LEAST_AFTER,
    OPTION_P,
    OPTION_W,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    SLOTS,
    TASK,
    TASK_P,
    TASK_W,
    TOLD,
    TOLD_FIRST,
    TOLD_LAST,
)  # fmt: skip


@inner
def lateness(P, slot, option, start):
    """Ticks beyond the option's due moment."""
    moment = start
    if P[LATE_AT_END]:
        moment += P[P[SLOT_P] + slot * SLOT_W + DURATION]
    late = moment - P[P[OPTION_P] + option * OPTION_W + DUE]
    return late if late > 0 else 0


@inner
def told_points(P, slot):
    """Points of a stop that starts when nobody was told."""
    return P[P[TASK_P] + P[P[SLOT_P] + slot * SLOT_W + TASK] * TASK_W + TOLD]


@inner
def start_points(P, slot, option, start, late):
    """Points of a stop that starts then and is `late` ticks late."""
    points = least_points(P, slot, option, start, late)
    if P[ANY_TOLD]:
        begun = start - P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
        if begun < P[P[OPTION_P] + option * OPTION_W + TOLD_FIRST]:
            points += told_points(P, slot)
    return points


@inner
def least_points(P, slot, option, start, late):
    """Points at least of a stop that starts then or later: those that only grow."""
    row = P[OPTION_P] + option * OPTION_W
    points = late * P[row + LATE_POINTS]
    over = start - P[row + LATEST] - P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
    if over > 0:
        points += over * P[LATE_HARD]
    if P[ANY_TOLD]:
        last = P[row + TOLD_LAST] + P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
        if start > last:
            points += told_points(P, slot)
    return points


@inner
def worst_lateness(P, S):
    """Largest lateness over all filled slots."""
    worst = 0
    for slot in range(P[SLOTS]):
        late = S[SLOT_S + slot * SLOT_SW + LATE]
        if late > worst:
            worst = late
    return worst
