"""Empty: what a crew too small and a bundle done in part cost (see lowered/empty.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    bundle_row,
    filled_of,
    first_slot,
    person_of,
    slot_count,
    slot_row,
    task_row,
)


@inner
def crew_points(P, S, task):
    """Points of a begun crew that lacks people."""
    fixed_row = task_row(P, task)
    if P[fixed_row + at.TASK_PARTIAL] == 0:
        return 0
    filled = filled_of(P, S, task)
    if filled == 0 or filled == slot_count(P, task):
        return 0
    lacking = 0
    for slot in range(first_slot(P, task), first_slot(P, task) + slot_count(P, task)):
        if P[slot_row(P, slot) + at.SLOT_MUST] and person_of(S, slot) < 0:
            lacking += 1
    if P[fixed_row + at.TASK_LEAST] - filled > lacking:
        lacking = P[fixed_row + at.TASK_LEAST] - filled
    return plus(0, lacking, P[fixed_row + at.TASK_PARTIAL])


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
