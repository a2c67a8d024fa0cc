"""Remedies: what it would take to fill a slot that nobody fills, each one tried out before it is offered.

A remedy is a changed week and a changed roster of it. It is offered only if the roster then does the
work and breaks no hard rule more than before, by the rules' plain definitions. What is tried is limited
by number and not by time, so the answer is always the same. Each kind is a file with `find`.
"""

from collections.abc import Iterator

from scheduler.explain.placements import Trials
from scheduler.explain.remedies import drop, limit, move, one_more_person, place, window
from scheduler.explain.remedies.remedy import KINDS, Kind, Remedy
from scheduler.explain.remedies.vacancy import Vacancy

__all__ = ["KINDS", "MOST", "Kind", "Remedy", "remedies"]

MOST = 3


def remedies(trials: Trials, task: str, slot: int = 0, most: int = MOST) -> list[Remedy]:
    """The cheapest remedies for an empty slot, at most one of each kind.

    Nothing for a slot that is filled or that the instance does not have.
    """
    slots = trials.facts.task_slots.get(task, ())
    if not 0 <= slot < len(slots) or slot in trials.facts.by_task[task]:
        return []
    best: dict[Kind, Remedy] = {}
    for remedy in _all(Vacancy(trials, task, slot)):
        if remedy.kind not in best or remedy.rank < best[remedy.kind].rank:
            best[remedy.kind] = remedy
    return sorted(best.values(), key=lambda remedy: remedy.rank)[:most]


def _all(vacancy: Vacancy) -> Iterator[Remedy]:
    """Every remedy; where somebody free can do it as it is, only that."""
    possible = vacancy.as_it_is is not None
    for kind in (place,) if possible else (window, limit, move, drop, one_more_person):
        yield from kind.find(vacancy)
