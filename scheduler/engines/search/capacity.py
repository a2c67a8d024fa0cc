"""Capacity: what too many tasks at one place at a time cost (see lowered/capacity.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    AT,
    DURATION,
    FIRST_SLOT,
    PERSON,
    PLACE_P,
    PLACE_W,
    SLOT_COUNT,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    START,
    TASK_P,
    TASK_W,
)  # fmt: skip


@inner
def span_of(P, S, task, place):
    """(start, end) of a task under way at a place; start above end where it is not done there."""
    fixed = P[TASK_P] + task * TASK_W
    start, end = 2**60, -(2**60)
    for slot in range(P[fixed + FIRST_SLOT], P[fixed + FIRST_SLOT] + P[fixed + SLOT_COUNT]):
        own = SLOT_S + slot * SLOT_SW
        if S[own + PERSON] >= 0 and (place < 0 or S[own + AT] == place):
            begin = S[own + START]
            finish = begin + P[P[SLOT_P] + slot * SLOT_W + DURATION]
            if begin < start:
                start = begin
            if finish > end:
                end = finish
    return start, end


@inner
def place_points(P, S, place):
    """Points of a place: for each task at whose start too many are under way."""
    row = P[PLACE_P] + place * PLACE_W
    most, points, tasks, count = P[row], P[row + 1], P[row + 2], P[row + 3]
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
    return over * points
