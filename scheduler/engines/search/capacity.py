"""Capacity: what too many tasks at one place at a time cost (see lowered/capacity.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    duration_of,
    filled_of,
    first_slot,
    option_of,
    option_row,
    person_of,
    place_row,
    slot_count,
    start_of,
)


@inner
def span_of(P, S, task, place):
    """(start, end) of a task under way at a place; start above end where it is not done there."""
    start, end = at.FAR, -at.FAR
    if place >= 0 and P[option_row(P, option_of(P, S, task)) + at.OPTION_ROOM] != place:
        return start, end
    for slot in range(first_slot(P, task), first_slot(P, task) + slot_count(P, task)):
        if person_of(S, slot) >= 0:
            begin = start_of(S, slot)
            finish = begin + duration_of(P, slot)
            if begin < start:
                start = begin
            if finish > end:
                end = finish
    return start, end


@inner
def place_points(P, S, place):
    """Points of a place: for each task at whose start too many are under way."""
    row = place_row(P, place)
    most, tasks = P[row + at.PLACE_MOST], P[row + at.PLACE_TASKS]
    count = P[row + at.PLACE_TASK_COUNT]
    over = 0
    for number in range(count):
        start, end = span_of(P, S, P[tasks + number], place)
        if start > end:
            continue
        under_way = 0
        for other in range(count):
            begin, finish = span_of(P, S, P[tasks + other], place)
            if begin <= start < finish:
                under_way += 1
        if under_way > most:
            over += 1
    return plus(0, over, P[row + at.PLACE_POINTS])


@inner
def place_points_quickly(P, S, W, place):
    """The same, each task's span looked up once and kept in W; for moves."""
    row = place_row(P, place)
    most, tasks, spans = P[row + at.PLACE_MOST], P[row + at.PLACE_TASKS], P[at.PLACE_SPANS]
    done = 0
    for number in range(P[row + at.PLACE_TASK_COUNT]):
        task = P[tasks + number]
        if filled_of(P, S, task) == 0:
            continue
        start, end = span_of(P, S, task, place)
        if start <= end:
            W[spans + 2 * done] = start
            W[spans + 2 * done + 1] = end
            done += 1
    if done <= most:
        return 0
    over = 0
    for number in range(done):
        start = W[spans + 2 * number]
        under_way = 0
        for other in range(done):
            if W[spans + 2 * other] <= start < W[spans + 2 * other + 1]:
                under_way += 1
        if under_way > most:
            over += 1
    return plus(0, over, P[row + at.PLACE_POINTS])
