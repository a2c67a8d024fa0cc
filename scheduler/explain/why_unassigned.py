"""All about one empty slot: why, who is ruled out, who could nearly do it, and what would help."""

from dataclasses import dataclass

from scheduler.explain.placements import Trials
from scheduler.explain.remedies import MOST, Remedy, Vacancy, remedies_of
from scheduler.explain.swaps import Swap
from scheduler.explain.why_empty import EmptySlot, why_empty
from scheduler.model import InputError, Level, Problem, Score, Shift
from scheduler.model.pointer import shortened
from scheduler.model.tasks import Rank, is_done
from scheduler.rules import active

PROOF_SECONDS = 2.0
"""A proof about one task takes a fraction of that."""
ENGINES_OWN = (
    *("visit_window", "listed_place", "duration", "crew_together", "different_people"),
    *("no_overlap", "private_place"),
)
"""Rules that engines keep even where settings make them soft: then they prove nothing."""


@dataclass(frozen=True)
class Unassigned:
    """All about an empty slot.

    empty: the reason, people ruled out by rule, and the least breaches
    remedies: the cheapest, each tried out
    outweighed: the cheapest work that would have to be left undone for it, where that is no gain
    impossible: whether it is proven that no roster without a hard breach fills the slot
    """

    empty: EmptySlot
    remedies: tuple[Remedy, ...]
    outweighed: Swap | None
    impossible: bool


def why_unassigned(trials: Trials, task: str, slot: int = 0, most: int = MOST) -> Unassigned:
    """Everything about an empty slot; at most `most` remedies.

    Raises InputError for a task or slot that is not there or filled, and for an extra of a shift.
    """
    empty = _empty_slot(trials, task, slot)
    vacancy = Vacancy(trials, task, slot)
    found = remedies_of(vacancy, most)
    can = vacancy.as_it_is is not None
    can |= any(remedy.instance is trials.facts.instance for remedy in found)
    best = None if vacancy.as_it_is is not None else next(iter(vacancy.swaps), None)
    outweighed = best if best is not None and best.change.score >= Score() else None
    proven = not can and best is None and impossible(trials, task, slot)
    return Unassigned(empty, tuple(found), outweighed, proven)


def urgency(trials: Trials, task_id: str, slot: int) -> tuple[bool, int]:
    """Sort key of empty slots: tasks not done, or below their minimum, before the rest; then by priority."""
    facts, task = trials.facts, trials.facts.instance.task_by_id[task_id]
    if isinstance(task, Shift):
        partly_done = facts.task_slots[task_id][slot].rank is not Rank.MINIMUM
    else:
        partly_done = is_done(task, facts.by_task[task_id])
    return partly_done, -task.priority


def impossible(trials: Trials, task: str, slot: int) -> bool:
    """Whether it is proven that no roster without a hard breach fills the slot."""
    instance = trials.facts.instance
    by_id = {active_rule.rule.id: active_rule.level for active_rule in active(instance)}
    if any(by_id.get(rule) is not Level.HARD for rule in ENGINES_OWN):
        return False
    return trials.fillable.ask(task, slot, PROOF_SECONDS) is False


def unknown_task(task: str, at: str = "") -> Problem:
    """There is no such visit or shift."""
    return Problem(code="unknown_task", pointer=at, value=shortened(task))


def _empty_slot(trials: Trials, task: str, slot: int) -> EmptySlot:
    facts = trials.facts
    if task not in facts.task_slots:
        raise InputError([unknown_task(task)])
    if not 0 <= slot < len(facts.task_slots[task]):
        slots = {"count": str(len(facts.task_slots[task]))}
        raise InputError([Problem(code="unknown_slot", pointer="", value=str(slot), slots=slots)])
    empty_slots = [empty for empty in why_empty(trials, {task}) if empty.slot == slot]
    if not empty_slots:
        raise InputError([Problem(code="nobody_missed", pointer="", value=f"{task} #{slot}")])
    return empty_slots[0]
