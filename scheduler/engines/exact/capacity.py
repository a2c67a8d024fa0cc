"""Capacity: tasks at one place at one time."""

from itertools import permutations

import numpy as np
from ortools.sat.python.cp_model import IntVar

from scheduler.engines.exact.decisions import Decisions


def encode(model: Decisions) -> None:
    """At every task's start, how many others are under way at its place."""
    capacity = model.lowered.capacity
    for place, at_place in _tasks_at(model).items():
        most, points = int(capacity.most[place]), int(capacity.cost[place])
        if len(at_place) > most:
            _limit(model, place, at_place, most, points)


def _tasks_at(model: Decisions) -> dict[int, dict[int, IntVar]]:
    """Place with a limit → task that may be there → whether it is."""
    capacity, window = model.lowered.capacity, model.lowered.window
    limited = (capacity.most > 0) & (capacity.cost > 0)
    chosen: dict[int, dict[int, list[IntVar]]] = {}
    for option in np.flatnonzero(limited[window.place]).tolist():
        tasks = chosen.setdefault(int(window.place[option]), {})
        tasks.setdefault(int(window.task[option]), []).append(model.option[option])
    return {
        place: {task: model.either(literals) for task, literals in tasks.items()}
        for place, tasks in chosen.items()
    }


def _limit(
    model: Decisions, place: int, at_place: dict[int, IntVar], most: int, points: int
) -> None:
    spans = {task: _span(model, task) for task in at_place}
    under_way: dict[int, list[IntVar]] = {task: [] for task in at_place}
    for task, other in permutations(at_place, 2):
        (opens, closes, _), (begins, _, ends) = spans[task], spans[other]
        if begins <= closes and opens < ends:
            under_way[task].append(_under_way(model, task, other, at_place))
    for task, literals in under_way.items():
        if len(literals) >= most:
            crowded = model.literal(f"too many at {place} when task {task} starts")
            model.cp.add(sum(literals) + 1 <= most).only_enforce_if(~crowded)
            model.pay(points, crowded)


def _span(model: Decisions, task: int) -> tuple[int, int, int]:
    """First and last possible start of a task's filled slots, and their last possible end."""
    slots = model.lowered.index.slots_of(task)
    return (
        min(model.opens[slot] for slot in slots),
        max(model.closes[slot] for slot in slots),
        max(model.closes[slot] + model.duration(slot) for slot in slots),
    )


def _under_way(model: Decisions, task: int, other: int, at_place: dict[int, IntVar]) -> IntVar:
    """True where both are at the place and the other has begun and not ended when the task starts."""
    begins_later, has_ended, shared = (model.literal("") for _ in range(3))
    start = model.begin(task)
    model.cp.add(model.begin(other) >= start + 1).only_enforce_if(begins_later)
    model.cp.add(model.finish(other) <= start).only_enforce_if(has_ended)
    model.cp.add_bool_or(shared, begins_later, has_ended, ~at_place[task], ~at_place[other])
    return shared
