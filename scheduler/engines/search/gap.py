"""Gap: what the time between two tasks costs, and waiting for it (see lowered/gap.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.capacity import span_of
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    crew_key,
    day_of,
    filled_of,
    gap_row,
    item,
    length,
    option_of,
    task_row,
)


@inner
def after_gaps(P, S, task, begin):
    """The task's earliest begin, moved behind the tasks of its day that it must keep a gap to."""
    day = day_of(P, option_of(P, S, task))
    gaps = P[task_row(P, task) + at.TASK_GAPS]
    for number in range(length(P, gaps)):
        row = gap_row(P, item(P, gaps, number))
        first = P[row + at.GAP_FIRST]
        if (
            first == task
            or filled_of(P, S, first) == 0
            or crew_key(P, S, first) >= crew_key(P, S, task)
        ):
            continue
        if day_of(P, option_of(P, S, first)) == day:
            _, ended = span_of(P, S, first, at.NONE)
            if ended + P[row + at.GAP_LEAST] > begin:
                begin = ended + P[row + at.GAP_LEAST]
    return begin


@inner
def gap_points(P, S, gap):
    """Points of a gap."""
    row = gap_row(P, gap)
    first, second = P[row + at.GAP_FIRST], P[row + at.GAP_SECOND]
    if filled_of(P, S, second) == 0:
        return 0
    if filled_of(P, S, first) == 0:
        return P[row + at.GAP_REQUIRES]
    days = day_of(P, option_of(P, S, second)) - day_of(P, option_of(P, S, first))
    _, ended = span_of(P, S, first, at.NONE)
    started, _ = span_of(P, S, second, at.NONE)
    between = started - ended
    off = 0
    if between < P[row + at.GAP_LEAST]:
        off += P[row + at.GAP_LEAST] - between
    if between > P[row + at.GAP_MOST]:
        off += between - P[row + at.GAP_MOST]
    if days < P[row + at.GAP_LEAST_DAYS]:
        off += (P[row + at.GAP_LEAST_DAYS] - days) * P[at.TICKS_PER_DAY]
    if days > P[row + at.GAP_MOST_DAYS]:
        off += (days - P[row + at.GAP_MOST_DAYS]) * P[at.TICKS_PER_DAY]
    return plus(0, off, P[row + at.GAP_POINTS])
