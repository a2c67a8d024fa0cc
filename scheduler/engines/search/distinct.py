"""Distinct: what further people in a group of slots cost (see lowered/distinct.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import group_row, person_of


@inner
def group_points(P, S, group):
    """Points of a group."""
    row = group_row(P, group)
    slots, known = P[row + at.GROUP_SLOTS], P[row + at.GROUP_KNOWN]
    count = P[row + at.GROUP_SLOT_COUNT]
    others = 0
    for number in range(count):
        person = person_of(S, P[slots + number])
        if person < 0 or P[known + person]:
            continue
        seen = False
        for earlier in range(number):
            if person_of(S, P[slots + earlier]) == person:
                seen = True
                break
        if not seen:
            others += 1
    if not P[row + at.GROUP_ANY_KNOWN] and others > 0:
        others -= 1
    return plus(0, others, P[row + at.GROUP_POINTS])
