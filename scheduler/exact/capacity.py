"""Capacity: tasks at one place at one time."""

from itertools import permutations

from ortools.sat.python.cp_model import IntVar

from scheduler.exact.decisions import Decisions, each


def encode(model: Decisions) -> None:
    """At every task's start, how many others are under way at its place."""
    capacity = model.lowered.capacity
    for place, (most, points) in enumerate(
        zip(each(capacity.most), each(capacity.cost), strict=True)
    ):
        if most and points:
            _limit(model, place, most, points)


def _limit(model: Decisions, place: int, most: int, points: int) -> None:
    there = _there(model, place)
    if len(there) <= most:
        return
    others: dict[int, list[IntVar]] = {task: [] for task in there}
    for task, other in permutations(there, 2):
        others[task].append(_under_way(model, task, other, there))
    for task, shared in others.items():
        crowded = model.literal(f"too many at {place} when task {task} starts")
        model.cp.add(sum(shared) + 1 <= most).only_enforce_if(~crowded)
        model.costs.add(points, crowded)


def _there(model: Decisions, place: int) -> dict[int, IntVar]:
    """Task → whether it is at the place; only tasks that may be."""
    there = {}
    for task in range(len(model.done)):
        chosen = [
            model.option[option]
            for option in model.options(task)
            if model.lowered.window.place[option] == place
        ]
        if chosen:
            there[task] = model.literal("")
            model.cp.add(sum(chosen) == there[task])
    return there


def _under_way(model: Decisions, task: int, other: int, there: dict[int, IntVar]) -> IntVar:
    """True where both are at the place and the other has begun and not ended when the task starts."""
    begins_later, has_ended, shared = (model.literal("") for _ in range(3))
    start = model.begin(task)
    model.cp.add(model.begin(other) >= start + 1).only_enforce_if(begins_later)
    model.cp.add(model.finish(other) <= start).only_enforce_if(has_ended)
    model.cp.add_bool_or(shared, begins_later, has_ended, ~there[task], ~there[other])
    return shared
