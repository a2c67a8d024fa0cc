"""Everybody's idle time in a roster, for those whose days are no decision (see lowered/day.py)."""

from itertools import pairwise

from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, Answer

_Stop = tuple[int, int, int]
"""Start, end, place."""


def idle_times(lowered: Lowered, answer: Answer) -> list[int]:
    """Idle ticks of every person over all days."""
    index, window = lowered.index, lowered.window
    routes: dict[tuple[int, int], list[_Stop]] = {}
    for slot, person in enumerate(answer.person):
        if person != NONE:
            option = answer.option[index.task_of[slot]]
            start = answer.start[slot]
            stop = start, start + int(lowered.crew.duration[slot]), int(window.place[option])
            routes.setdefault((person, int(window.day[option])), []).append(stop)
    people, days = lowered.day.present.shape
    return [
        sum(
            _idle(lowered, person, day, sorted(routes.get((person, day), [])))
            for day in range(days)
        )
        for person in range(people)
    ]


def _idle(lowered: Lowered, person: int, day: int, route: list[_Stop]) -> int:
    limits, travel = lowered.day, lowered.travel
    present, length = int(limits.present[person, day]), int(limits.rest_length[person, day])
    if not route:
        return present
    places = [int(travel.start[person]), *(stop[2] for stop in route), int(travel.end[person])]
    ways = [_way(lowered, person, start, end) for start, end in pairwise(places)]
    leaves, had = route[-1][1], False
    if length:
        opens, closes = int(limits.rest_from[person, day]), int(limits.rest_to[person, day])
        had = any(
            max(opens, first) + length <= min(last, closes)
            for first, last in _free(lowered, person, day, route, ways)
        )
        behind = max(opens, leaves) + length
        if not had and behind <= closes:
            had, leaves = True, behind if limits.on_duty else leaves
    late = max(0, leaves + ways[-1] - int(limits.home_by[person, day]))
    busy = sum(end - start for start, end, _ in route) + sum(ways)
    return max(0, present + late - busy - (length if had else 0))


def _free(
    lowered: Lowered, person: int, day: int, route: list[_Stop], ways: list[int]
) -> list[tuple[int, int]]:
    """Stretches before the first stop and between two in which the person may rest."""
    first = lowered.day.span_first[person * lowered.index.days + day]
    start = route[0][0]
    if lowered.day.on_duty:
        free = [(int(lowered.day.spans[first, 0]) + ways[0], start)]
    else:
        free = [(0, start - ways[0])]
    for (one, other), way in zip(pairwise(route), ways[1:], strict=False):
        free += [(one[1], other[0] - way), (one[1] + way, other[0])]
    return free


def _way(lowered: Lowered, person: int, start: int, end: int) -> int:
    if start < 0 or end < 0:
        return 0
    return int(lowered.travel.ticks[lowered.travel.mode[person], start, end])
