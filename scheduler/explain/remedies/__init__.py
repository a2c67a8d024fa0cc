"""Remedies: what it would take to fill a slot that nobody fills, each one tried out before it is offered.

A remedy is a changed week and a changed roster of it. It is offered only if the whole roster then does
the work and breaks no hard rule more than before, by the rules' plain definitions. What is tried is
limited by number and not by time, so the answer is always the same. Each kind is a file with `find`.
"""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.checker import check
from scheduler.checker.recheck import rechecked
from scheduler.explain.placements import Trials
from scheduler.explain.remedies import (
    area,
    crew_size,
    drop,
    limit,
    move,
    one_more_person,
    place,
    role,
    skill,
    together,
    window,
)
from scheduler.explain.remedies.remedy import KINDS, Kind, Remedy
from scheduler.explain.remedies.vacancy import Vacancy
from scheduler.facts import Facts
from scheduler.model import Level

__all__ = ["KINDS", "MOST", "Kind", "Remedy", "Vacancy", "remedies", "remedies_of"]

MOST = 3
_TRIED = (window, limit, area, skill, role, crew_size, move, drop, one_more_person)
VERIFIED = 3
"""Remedies of a kind that are looked at as a whole."""


def remedies(trials: Trials, task: str, slot: int = 0, most: int = MOST) -> list[Remedy]:
    """The cheapest remedies for an empty slot, at most one of each kind.

    Nothing for a slot that is filled or that the instance does not have.
    """
    slots = trials.facts.task_slots.get(task, ())
    if not 0 <= slot < len(slots) or slot in trials.facts.by_task[task]:
        return []
    return remedies_of(Vacancy(trials, task, slot), most)


def remedies_of(vacancy: Vacancy, most: int = MOST) -> list[Remedy]:
    """The cheapest remedies, at most one of each kind."""
    trials = vacancy.trials
    by_kind: dict[Kind, list[Remedy]] = {}
    for remedy in _all(vacancy):
        by_kind.setdefault(remedy.kind, []).append(remedy)
    offered: list[Remedy] = []
    kinds = [sorted(found, key=lambda remedy: remedy.rank) for found in by_kind.values()]
    for found in sorted(kinds, key=lambda found: found[0].rank):
        whole = (_verified(trials, remedy) for remedy in found[:VERIFIED])
        first = next((remedy for remedy in whole if remedy is not None), None)
        if first is not None:
            offered.append(first)
        if len(offered) == most:
            break
    return sorted(offered, key=lambda remedy: remedy.rank)


def _all(vacancy: Vacancy) -> Iterator[Remedy]:
    """Every remedy; where somebody free can do it as it is, only that."""
    if vacancy.as_it_is is not None:
        yield from place.find(vacancy)
        return
    both = list(together.find(vacancy))
    yield from both
    if not both:
        for kind in _TRIED:
            yield from kind.find(vacancy)


def _verified(trials: Trials, remedy: Remedy) -> Remedy | None:
    """The remedy with what it does to the whole roster's score; None where a hard rule is broken more."""
    before = trials.report
    facts = Facts(remedy.instance, remedy.roster, trials.facts.travel_table)
    after = rechecked(before, trials.facts, facts)
    after = after or check(remedy.instance, remedy.roster, trials.facts.travel_table)
    hard = {
        cost.rule.rule.id: cost.amount for cost in before.rules if cost.rule.level is Level.HARD
    }
    if any(
        cost.amount > hard.get(cost.rule.rule.id, 0)
        for cost in after.rules
        if cost.rule.level is Level.HARD
    ):
        return None
    return replace(remedy, change=replace(remedy.change, score=after.score - before.score))
