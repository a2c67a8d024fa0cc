"""Empty: what a crew too small and a bundle done by halves cost (see lowered/empty.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    BUNDLE_P,
    BUNDLE_W,
    FILLED,
    FIRST_SLOT,
    LEAST,
    MUST,
    PARTIAL,
    PERSON,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    TASK_P,
    TASK_S,
    TASK_SW,
    TASK_W,
)  # fmt: skip


@inner
def crew_points(P, S, task):
    """Points of a begun crew that lacks people."""
    fixed = P[TASK_P] + task * TASK_W
    if P[fixed + PARTIAL] == 0:
        return 0
    filled = S[P[TASK_S] + task * TASK_SW + FILLED]
    if filled == 0 or filled == P[fixed + SLOT_COUNT]:
        return 0
    lacking = 0
    for slot in range(P[fixed + FIRST_SLOT], P[fixed + FIRST_SLOT] + P[fixed + SLOT_COUNT]):
        if P[P[SLOT_P] + slot * SLOT_W + MUST] and S[SLOT_S + slot * SLOT_SW + PERSON] < 0:
            lacking += 1
    if P[fixed + LEAST] - filled > lacking:
        lacking = P[fixed + LEAST] - filled
    return lacking * P[fixed + PARTIAL]


@inner
def bundle_points(P, S, bundle):
    """Points of a bundle that is neither wholly done nor wholly undone."""
    row = P[BUNDLE_P] + bundle * BUNDLE_W
    done = 0
    for number in range(P[row + 2]):
        if S[P[TASK_S] + P[P[row + 1] + number] * TASK_SW + FILLED] > 0:
            done += 1
    return P[row] if 0 < done < P[row + 2] else 0
