"""Empty: what a crew too small and a bundle done by halves cost (see lowered/empty.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.rows import bundle_row, filled_of, person_of, slot_row, task_row


@inner
def crew_points(P, S, task):
    """Points of a begun crew that lacks people."""
    fixed = task_row(P, task)
    if P[fixed + at.TASK_PARTIAL] == 0:
        return 0
    filled = filled_of(P, S, task)
    if filled == 0 or filled == P[fixed + at.TASK_SLOT_COUNT]:
        return 0
    lacking = 0
    for slot in range(
        P[fixed + at.TASK_FIRST_SLOT], P[fixed + at.TASK_FIRST_SLOT] + P[fixed + at.TASK_SLOT_COUNT]
    ):
        if P[slot_row(P, slot) + at.SLOT_MUST] and person_of(S, slot) < 0:
            lacking += 1
    if P[fixed + at.TASK_LEAST] - filled > lacking:
        lacking = P[fixed + at.TASK_LEAST] - filled
    return lacking * P[fixed + at.TASK_PARTIAL]


@inner
def bundle_points(P, S, bundle):
    """Points of a bundle that is neither wholly done nor wholly undone."""
    row = bundle_row(P, bundle)
    count = P[row + at.BUNDLE_TASK_COUNT]
    done = 0
    for number in range(count):
        if filled_of(P, S, P[P[row + at.BUNDLE_TASKS] + number]) > 0:
            done += 1
    return P[row + at.BUNDLE_POINTS] if 0 < done < count else 0
