"""What has to be done first, or with it, is placed as well: a predecessor, or the rest of a bundle."""

from collections.abc import Iterator

from scheduler.explain.placements import Placement, Trials
from scheduler.explain.remedies.remedy import Remedy
from scheduler.explain.remedies.vacancy import BUDGET, Vacancy
from scheduler.explain.why_empty import waits_for
from scheduler.model import Assignment

WIDTH = 3
"""Beginnings that are continued, the width of the beam."""
TIES = frozenset({"gap", "bundle"})
"""Rules that may be broken until all is placed."""


def find(vacancy: Vacancy) -> Iterator[Remedy]:
    """All undone tasks that have to be done with it, in order, with nothing else changed."""
    waiting = waits_for(vacancy.trials, vacancy.task.id)
    if not waiting:
        return
    states: list[tuple[Trials, tuple[Assignment, ...]]] = [(vacancy.trials, ())]
    for task in waiting:
        states = [
            (trials.after((), placement.assignments), (*done, *placement.assignments))
            for trials, done in states
            for placement in _placeable(vacancy, trials, task)[:WIDTH]
        ][:WIDTH]
    for trials, done in states:
        for placement in _placeable(vacancy, trials, vacancy.task.id)[:WIDTH]:
            added = *done, *placement.assignments
            yield from vacancy.remedy("together", vacancy.instance, added, subject=tuple(waiting))


def _placeable(vacancy: Vacancy, trials: Trials, task: str) -> list[Placement]:
    """Ways to do a task that break nothing but ties to what is placed later."""
    if task == vacancy.task.id:
        placements = vacancy.placements(trials)
    else:
        placements = trials.placements(task, budget=BUDGET)
    return [placement for placement in placements if placement.rules <= TIES]
