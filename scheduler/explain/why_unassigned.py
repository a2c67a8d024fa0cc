"""All about one empty slot: why, who is ruled out, who could nearly do it, and what would help."""

from dataclasses import dataclass

from scheduler.explain.eligibility import ruled_out, with_only
from scheduler.explain.placements import Placement, Trials, different
from scheduler.explain.remedies import MOST, Remedy, remedies
from scheduler.explain.why_empty import EmptySlot, why_empty
from scheduler.lowered.dense_roster import NONE
from scheduler.model import InputError, Instance, Problem, Shift
from scheduler.model.pointer import shortened
from scheduler.model.tasks import Rank, is_done
from scheduler.rules.lower import lower

FEW = 3
PROOF_SECONDS = 2.0
"""A proof about one task takes a fraction of that."""


@dataclass(frozen=True)
class Unassigned:
    """All about an empty slot.

    empty: the reason, and people ruled out by rule, counted
    ruled_out: rule id → ids of the people whom it rules out
    attempts: the best placements, though they may break hard rules; none where nobody is able
    remedies: the cheapest, each tried out
    impossible: whether it is proven that nobody can fill the slot, even with no other work
    """

    empty: EmptySlot
    ruled_out: dict[str, tuple[str, ...]]
    attempts: tuple[Placement, ...]
    remedies: tuple[Remedy, ...]
    impossible: bool


def why_unassigned(trials: Trials, task: str, slot: int = 0, most: int = MOST) -> Unassigned:
    """Everything about an empty slot; at most `most` remedies.

    Raises InputError for a task or slot that is not there or filled, and for an extra of a shift.
    """
    facts = trials.facts
    empty = _empty_slot(trials, task, slot)
    people = facts.instance.people
    by_rule = ruled_out(facts.instance, {task})[task, slot]
    named = {
        rule: tuple(person.id for person, out in zip(people, by_rule[rule], strict=True) if out)
        for rule in empty.ruled_out
    }
    placements = trials.placements(
        task, [slot] if _is_shift(trials, task) else None, infeasible=True
    )
    best = different((placement for placement in placements if _fills(placement, slot)), facts, FEW)
    return Unassigned(
        empty,
        named,
        tuple(best),
        tuple(remedies(trials, task, slot, most)),
        impossible(facts.instance, task, slot),
    )


def urgency(trials: Trials, empty: EmptySlot) -> tuple[bool, int]:
    """Sort key of empty slots: tasks not done, or below their minimum, before the rest; then by priority."""
    facts, task = trials.facts, trials.facts.instance.task_by_id[empty.task]
    if isinstance(task, Shift):
        partly_done = facts.task_slots[empty.task][empty.slot].rank is not Rank.MINIMUM
    else:
        partly_done = is_done(task, facts.by_task[empty.task])
    return partly_done, -task.priority


def impossible(instance: Instance, task: str, slot: int) -> bool:
    """Whether CP-SAT proves that the slot stays empty even in a roster of its task alone."""
    # Loaded late: other questions, and reports, need no OR-Tools.
    from scheduler.engines.exact import solve_exact

    result = solve_exact(lower(with_only(instance, task)), PROOF_SECONDS)
    roster = result.dense
    return result.status == "optimal" and roster is not None and roster.person[slot] == NONE


def _is_shift(trials: Trials, task: str) -> bool:
    return any(shift.id == task for shift in trials.facts.instance.shifts)


def _fills(placement: Placement, slot: int) -> bool:
    return any(part.slot == slot for part in placement.assignments)


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
    empty_slots = [
        empty for empty in why_empty(facts.instance, facts.roster, {task}) if empty.slot == slot
    ]
    if not empty_slots:
        raise InputError([Problem(code="nobody_missed", pointer="", value=f"{task} #{slot}")])
    return empty_slots[0]
