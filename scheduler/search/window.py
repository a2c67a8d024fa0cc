"""Window: what a stop's start costs (see lowered/window.py)."""

from scheduler.compiled import inner
from scheduler.search.layout import (
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
def start_points(P, slot, option, start, late):
    """Points of a stop that starts then and is `late` ticks late."""
    row = P[OPTION_P] + option * OPTION_W
    points = late * P[row + LATE_POINTS]
    over = start - P[row + LATEST] - P[P[SLOT_P] + slot * SLOT_W + LEAST_AFTER]
    if over > 0:
        points += over * P[LATE_HARD]
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
