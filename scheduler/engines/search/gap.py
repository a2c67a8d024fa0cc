"""Gap: what the time between two tasks costs, and waiting for it (see lowered/gap.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.capacity import span_of
from scheduler.engines.search.layout import (
    DAY,
    DAY_TICKS,
    FILLED,
    GAP_P,
    GAP_W,
    KEY,
    OPTION,
    OPTION_P,
    OPTION_W,
    TASK_GAPS,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)  # fmt: skip


@inner
def after_gaps(P, S, task, begin):
    """The task's earliest begin, moved behind the tasks of its day that it must keep a gap to."""
    own = P[TASK_S] + task * TASK_SW
    day = P[P[OPTION_P] + S[own + OPTION] * OPTION_W + DAY]
    gaps = P[P[TASK_P] + task * TASK_W + TASK_GAPS]
    for number in range(P[gaps]):
        row = P[GAP_P] + P[gaps + 1 + number] * GAP_W
        first = P[row]
        before = P[TASK_S] + first * TASK_SW
        if first == task or S[before + FILLED] == 0 or S[before + KEY] >= S[own + KEY]:
            continue
        if P[P[OPTION_P] + S[before + OPTION] * OPTION_W + DAY] == day:
            _, ended = span_of(P, S, first, -1)
            if ended + P[row + 2] > begin:
                begin = ended + P[row + 2]
    return begin


@inner
def gap_points(P, S, gap):
    """Points of a gap."""
    row = P[GAP_P] + gap * GAP_W
    first, second = P[row], P[row + 1]
    before = P[TASK_S] + first * TASK_SW
    after = P[TASK_S] + second * TASK_SW
    if S[after + FILLED] == 0:
        return 0
    if S[before + FILLED] == 0:
        return P[row + 7]
    days = (
        P[P[OPTION_P] + S[after + OPTION] * OPTION_W + DAY]
        - P[P[OPTION_P] + S[before + OPTION] * OPTION_W + DAY]
    )
    _, ended = span_of(P, S, first, -1)
    started, _ = span_of(P, S, second, -1)
    between = started - ended
    off = 0
    if between < P[row + 2]:
        off += P[row + 2] - between
    if between > P[row + 3]:
        off += between - P[row + 3]
    if days < P[row + 4]:
        off += (P[row + 4] - days) * P[DAY_TICKS]
    if days > P[row + 5]:
        off += (days - P[row + 5]) * P[DAY_TICKS]
    return off * P[row + 6]
