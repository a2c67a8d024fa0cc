"""Mix: what a task's people cost together (see lowered/mix.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.rows import (
    filled_of,
    first_slot,
    mix_row,
    option_of,
    person_of,
    slot_count,
    task_row,
)
from scheduler.engines.search.state import workday


@inner
def has_mix(P, task):
    """Whether it may cost anything who is together on a task."""
    row = task_row(P, task)
    return P[row + at.TASK_END_MIX] > P[row + at.TASK_FIRST_MIX]


@inner
def mix_points(P, S, task):
    """Points of a task's people together."""
    return mix_points_with(P, S, task, at.NONE, at.NONE)


@inner
def mix_points_with(P, S, task, changed, instead):
    """Points of a task's people together if the person `instead` filled the slot `changed` (NONE: as it is)."""
    row = task_row(P, task)
    if P[row + at.TASK_END_MIX] == P[row + at.TASK_FIRST_MIX]:
        return 0
    filled = filled_of(P, S, task)
    if changed >= 0 and person_of(S, changed) < 0:
        filled += 1
    if filled == 0:
        return 0
    option = option_of(P, S, task)
    points = 0
    for mix in range(P[row + at.TASK_FIRST_MIX], P[row + at.TASK_END_MIX]):
        fixed_row = mix_row(P, mix)
        count = P[fixed_row + at.MIX_LEAST] - filled
        if count < 0:
            count = 0
        for slot in range(first_slot(P, task), first_slot(P, task) + slot_count(P, task)):
            person = instead if slot == changed else person_of(S, slot)
            if person >= 0:
                until = P[P[fixed_row + at.MIX_UNTIL] + person]
                day = workday(P, person, slot, option) if until < P[at.DAYS] else 0
                if until >= (day if day < P[at.DAYS] - P[at.EVES] else 0):
                    count += 1
        if count > P[fixed_row + at.MIX_LAST]:
            count = P[fixed_row + at.MIX_LAST]
        points += P[P[fixed_row + at.MIX_POINTS] + count]
    return points
