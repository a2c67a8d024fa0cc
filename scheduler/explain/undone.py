"""Undone work, the most urgent first, each slot with its reason: a list that is there at once.

The reason of `why_empty` looks for the least breach; here only a few ways are priced, so that the list of a
whole week costs little. What would help is found by `why_unassigned`, for one slot at a time.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from scheduler.checker import Finding
from scheduler.explain.placements import Placement, Trials
from scheduler.explain.why_empty import absent_slots, empty_slots, filling, waits_for
from scheduler.explain.why_unassigned import urgency
from scheduler.model import Score
from scheduler.model.skills import SkillSlip, skill_slip
from scheduler.rules.common.starts import window_spans

BUDGET = 6
"""Ways that are priced for one reason."""
Verdict = Literal["can", "not_worth", "in_the_way", "nobody"]
"""can: it can be done as it is; not_worth: it could, but makes the roster no better; in_the_way: by those
who may do it, something has to give way; nobody: of all people none may, or it can never begin."""


@dataclass(frozen=True)
class UndoneSlot:
    """An empty slot that is missed. Moments in ticks.

    deadline: last moment at which the work may begin; None: at none
    done_in_part: whether the task counts as done, or reaches its minimum, without the slot
    """

    task: str
    slot: int
    priority: int
    deadline: int | None
    done_in_part: bool


@dataclass(frozen=True)
class UndoneReason:
    """Why a slot is empty.

    ruled_out: rule id → how many people it rules out, most first; able: whom none does
    best: the best way that was found, where there is one; finding: what it breaks
    undone: a task that has to be done first or with it, and is not; slip: a skill that is likely misspelt
    """

    verdict: Verdict
    able: int
    ruled_out: dict[str, int] = field(default_factory=dict)
    best: Placement | None = None
    finding: Finding | None = None
    undone: str = ""
    pinned: bool = False
    starts: bool = True
    slip: SkillSlip | None = None


def undone_slots(trials: Trials) -> list[UndoneSlot]:
    """Every empty slot that is missed: not done before done in part, then by priority and deadline."""
    found = []
    for task, slot in empty_slots(trials):
        record = trials.facts.instance.task_by_id[task]
        in_part, priority = urgency(trials, task, slot)
        last = [span.last for span in window_spans(trials.facts.instance, record)]
        found.append(UndoneSlot(task, slot, -priority, max(last, default=None), in_part))
    return sorted(found, key=_order)


def _order(slot: UndoneSlot) -> tuple[bool, int, int]:
    return slot.done_in_part, -slot.priority, -1 if slot.deadline is None else slot.deadline


def undone_reason(trials: Trials, task: str, slot: int) -> UndoneReason:
    """Why a slot is empty, by pricing no more than a few ways to fill it."""
    eligibility = trials.eligibility(task)
    ruled_out = Counter(
        {
            rule: int(out[slot].sum())
            for rule, out in eligibility.banned.items()
            if rule not in ("pinned", "frozen") and out[slot].any()
        }
    )
    counts = dict(ruled_out.most_common())
    able = int(eligibility.able[slot].sum())
    if slot in absent_slots(trials, task):
        return UndoneReason("nobody", able, counts, pinned=True)
    record = trials.facts.instance.task_by_id[task]
    if not window_spans(trials.facts.instance, record):
        return UndoneReason("nobody", able, counts, starts=False)
    if not able:
        asked = trials.facts.task_slots[task][slot].skills
        slip = skill_slip(trials.facts.instance, asked)
        return UndoneReason("nobody", able, counts, slip=slip)
    tried = filling(trials, task, slot, budget=BUDGET)
    best = next((placement for placement in tried if placement.feasible), None)
    if best is not None:
        gains = best.change.score < Score()
        return UndoneReason("can" if gains else "not_worth", able, counts, best)
    first = next(iter(waits_for(trials, task)), "")
    if first:
        return UndoneReason("in_the_way", able, counts, undone=first)
    broken = next((way for way in tried if way.breaks), None)
    if broken is None:
        return UndoneReason("in_the_way", able, counts)
    return UndoneReason("in_the_way", able, counts, broken, broken.breaks[0])
