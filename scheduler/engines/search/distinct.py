"""Distinct: what further people in a group of slots cost (see lowered/distinct.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import GROUP_P, GROUP_W, PERSON, SLOT_S, SLOT_SW


@inner
def group_points(P, S, group):
    """Points of a group."""
    row = P[GROUP_P] + group * GROUP_W
    slots, count, known = P[row], P[row + 1], P[row + 2]
    others = 0
    for number in range(count):
        person = S[SLOT_S + P[slots + number] * SLOT_SW + PERSON]
        if person < 0 or P[known + person]:
            continue
        seen = False
        for earlier in range(number):
            if S[SLOT_S + P[slots + earlier] * SLOT_SW + PERSON] == person:
                seen = True
                break
        if not seen:
            others += 1
    if not P[row + 3] and others > 0:
        others -= 1
    return others * P[row + 4]
