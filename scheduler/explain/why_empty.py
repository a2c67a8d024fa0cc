"""Why a slot is empty: the rules that the checker would name whoever filled it, the least breach first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from scheduler.explain.placements import Placement, Trials, least_breaches
from scheduler.model import Level, Score, Shift
from scheduler.model.tasks import Rank, tasks
from scheduler.rules import active

Reason = Literal[
    "pinned_empty", "nobody_able", "predecessor", "rules", "free", "not_worth", "no_start", "hidden",
]  # fmt: skip
FEW = 3
BUDGET = 24
"""Placements priced for one reason."""
BUDGET_OF_MANY = 9
"""The same where every slot of a week is asked about."""


@dataclass(frozen=True)
class EmptySlot:
    """A slot that nobody fills, and why.

    able: people whom no hard rule about the person rules out
    reason: key of ``explain.reason`` in the catalogue
    ruled_out: rule id → people whom it rules out, most first; a person may stand under several
    attempts: ways to fill it that break hard rules: for each set of rules of which no part would do,
        the least breach; where one breaks none, just that
    undone: a task that has to be done with this one, and is not
    """

    task: str
    slot: int
    able: int
    reason: Reason
    ruled_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attempts: tuple[Placement, ...] = ()
    undone: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """The hard rules that the least breach breaks, in order of name."""
        return tuple(sorted(self.attempts[0].rules)) if self.attempts else ()


def empty_slots(trials: Trials) -> list[tuple[str, int]]:
    """Task and number of every empty slot that counts, in order of the instance; a shift's extras do not."""
    facts = trials.facts
    return [
        (task, number)
        for task, slots in facts.task_slots.items()
        for number, slot in enumerate(slots)
        if number not in facts.by_task[task] and slot.rank is not Rank.EXTRA
    ]


def why_empty(
    trials: Trials, only: Collection[str] | None = None, budget: int = BUDGET
) -> list[EmptySlot]:
    """The reasons of the empty slots, in their order.

    only: ids of the tasks that are looked at; None: all. budget: placements priced for each slot
    """
    by_task: dict[str, list[int]] = {}
    for task, number in empty_slots(trials):
        if only is None or task in only:
            by_task.setdefault(task, []).append(number)
    return [
        empty
        for task, numbers in by_task.items()
        for empty in _of_task(trials, task, numbers, budget)
    ]


def _of_task(trials: Trials, task: str, numbers: list[int], budget: int) -> Iterator[EmptySlot]:
    """Slots that are alike have one reason: those of one need of a shift, and of one rank."""
    slots, absent = trials.facts.task_slots[task], absent_slots(trials, task)
    special = _special_slots(trials, task)
    alike: dict[tuple[int, Rank, int | None], EmptySlot] = {}
    for number in numbers:
        own = number if number in special else None
        key = id(slots[number].need or slots[number]), slots[number].rank, own
        if key in alike:
            first = alike[key]
            yield replace(first, slot=number, attempts=_in_slot(first, number))
            continue
        alike[key] = _why(trials, task, number, budget, absent=number in absent)
        yield alike[key]


def _special_slots(trials: Trials, task: str) -> set[int]:
    """Slots that no other is like: they are pinned, or published, or lead what is done by one person."""
    instance = trials.facts.instance
    record = instance.task_by_id[task]
    special = {pin.slot for pin in trials.facts.pins.get(task, ())}
    special |= {part.slot for part in instance.published if part.task == task}
    return special | ({0} if record.tie or record.case else set())


def _in_slot(empty: EmptySlot, number: int) -> tuple[Placement, ...]:
    """The attempts of a slot as those of one that is alike; only for shifts, which go one by one."""
    return tuple(
        replace(
            placement,
            assignments=tuple(
                part.model_copy(update={"slot": number}) if part.slot == empty.slot else part
                for part in placement.assignments
            ),
        )
        for placement in empty.attempts
    )


def absent_slots(trials: Trials, task: str) -> set[int]:
    """Slots of a task that are pinned to stay empty."""
    return {pin.slot for pin in trials.facts.pins.get(task, ()) if pin.absent}


def _why(trials: Trials, task: str, slot: int, budget: int, *, absent: bool) -> EmptySlot:
    able, ruled_out = _able(trials, task, slot)
    if absent:
        return EmptySlot(task, slot, able, "pinned_empty", ruled_out)
    tried = filling(trials, task, slot, budget=budget // 3)
    if not any(placement.feasible for placement in tried):
        # Rests that a short day does not owe leave room that is only found so.
        tried = filling(trials, task, slot, budget=budget, infeasible=True)
    free = next((placement for placement in tried if placement.feasible), None)
    if free is not None:
        reason: Reason = "free" if free.change.score < Score() else "not_worth"
        return EmptySlot(task, slot, able, reason, ruled_out, (free,))
    if not tried:
        # There are fewer people than the crew takes.
        tried = trials.placements(task, [slot], budget=budget, infeasible=True)
    attempts = tuple(least_breaches(tried, FEW))
    undone = next(iter(waits_for(trials, task)), "")
    if undone and all({"gap", "bundle"} & placement.rules for placement in tried):
        return EmptySlot(task, slot, able, "predecessor", ruled_out, attempts, undone)
    if not able:
        return EmptySlot(task, slot, able, "nobody_able", ruled_out, attempts)
    return EmptySlot(task, slot, able, "rules" if attempts else "no_start", ruled_out, attempts)


def _able(trials: Trials, task: str, slot: int) -> tuple[int, dict[str, tuple[str, ...]]]:
    """How many people no rule about the person rules out; rule → whom it does, most first.

    Pins and freezes are left out: they are not about the person.
    """
    people = trials.facts.instance.people
    named = {
        rule: tuple(person.id for person, banned in zip(people, out[slot], strict=True) if banned)
        for rule, out in trials.eligibility(task).banned.items()
        if rule not in ("pinned", "frozen") and out[slot].any()
    }
    most_first = dict(sorted(named.items(), key=lambda item: (-len(item[1]), item[0])))
    return len(people) - len({id for ids in named.values() for id in ids}), most_first


def filling(
    trials: Trials, task: str, slot: int, *, budget: int, infeasible: bool = False
) -> list[Placement]:
    """Ways to fill a slot, the best first, with the whole crew of a visit: see `Trials.placements`."""
    slots = [slot] if isinstance(trials.facts.instance.task_by_id[task], Shift) else None
    placements = trials.placements(task, slots, budget=budget, infeasible=infeasible)
    return [
        placement
        for placement in placements
        if any(part.slot == slot for part in placement.assignments)
    ]


def waits_for(trials: Trials, task: str) -> list[str]:
    """Undone tasks that have to be done with this one, in the order in which they are to be done.

    Those that it requires by a gap or is bundled with, and what these do; only where those rules are
    hard.
    """
    facts = trials.facts
    hard = {rule.rule.id for rule in active(facts.instance) if rule.level is Level.HARD}
    waiting, joined = [task], {task}
    earlier: dict[str, list[str]] = {}
    for other in waiting:
        needs = []
        if "gap" in hard:
            needs = [
                gap.first for gap in facts.instance.gaps if gap.second == other and gap.requires
            ]
            earlier[other] = needs
        record = facts.instance.task_by_id[other]
        if "bundle" in hard and record.bundle is not None:
            bundled = [one.id for one in tasks(facts.instance) if one.bundle == record.bundle]
            needs = needs + bundled
        for need in needs:
            if need not in joined and not facts.by_task[need]:
                joined.add(need)
                waiting.append(need)
    order: list[str] = []

    def put(other: str) -> None:
        if other in joined and other not in order:
            joined.discard(other)
            for need in earlier.get(other, ()):
                put(need)
            order.append(other)

    for other in (*waiting[1:], task):
        put(other)
    return [other for other in order if other != task]
