"""Why a slot is empty: whom which rule rules out, and how many of the others are present and free."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scheduler.explain.eligibility import ruled_out
from scheduler.facts import Facts
from scheduler.model import Instance, Roster, Shift, Visit
from scheduler.model.tasks import Rank, TaskSlot

Reason = Literal[
    "pinned_empty", "nobody_able", "nobody_present", "all_busy", "crew_incomplete", "no_room"
]


@dataclass(frozen=True)
class EmptySlot:
    """A slot that nobody fills, and why.

    able: people whom no hard rule about the person rules out
    reason: key of ``explain.reason`` in the catalogue
    slots: what the reason's sentence names: people, able, present, free (counts), other (slot number)
    ruled_out: rule id → people whom it rules out, most first; a person may stand under several
    """

    task: str
    slot: int
    able: int
    reason: Reason
    slots: dict[str, int] = field(default_factory=dict)
    ruled_out: dict[str, int] = field(default_factory=dict)


def why_empty(
    instance: Instance, roster: Roster, only: Collection[str] | None = None
) -> list[EmptySlot]:
    """Every empty slot that counts, in order of the instance; a shift's extras do not.

    only: ids of the tasks that are looked at; None: all.
    """
    facts = Facts(instance, roster)
    wanted = {
        task: [
            number
            for number, slot in enumerate(slots)
            if number not in facts.by_task[task] and slot.rank is not Rank.EXTRA
        ]
        for task, slots in facts.task_slots.items()
        if only is None or task in only
    }
    wanted = {task: numbers for task, numbers in wanted.items() if numbers}
    banned = ruled_out(instance, set(wanted))
    absent = {(pin.task, pin.slot) for pin in instance.pins if pin.absent}
    free: dict[str, list[tuple[int, int]]] = {}
    empty_slots = []
    for task, numbers in wanted.items():
        headcounts = [
            _headcount(facts, task, number, banned[task, number], free) for number in numbers
        ]
        empty_slots += [
            _reason(facts, task, number, headcount, headcounts, (task, number) in absent)
            for number, headcount in zip(numbers, headcounts, strict=True)
        ]
    return empty_slots


@dataclass(frozen=True)
class _Headcount:
    """How many people are able to fill an empty slot, present at its time, and free."""

    slot: int
    able: int
    present: int
    free: int
    ruled_out: dict[str, int]


def _headcount(
    facts: Facts,
    task: str,
    number: int,
    banned: dict[str, NDArray[np.bool_]],
    free: dict[str, list[tuple[int, int]]],
) -> _Headcount:
    people = facts.instance.people
    out = np.zeros(len(people), np.bool_)
    for forbidden in banned.values():
        out |= forbidden
    able = [person.id for person, gone in zip(people, out, strict=True) if not gone]
    record = facts.instance.task_by_id[task]
    slot = facts.task_slots[task][number]
    present = [person for person in able if _fits(record, slot, facts.present(person))]
    for person in present:
        if person not in free:
            free[person] = list(_free_spans(facts, person))
    idle = sum(_fits(record, slot, free[person]) for person in present)
    counts = {rule: int(forbidden.sum()) for rule, forbidden in banned.items()}
    most_first = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return _Headcount(number, len(able), len(present), idle, most_first)


def _free_spans(facts: Facts, person: str) -> Iterator[tuple[int, int]]:
    """Spans in which the person is present and has no work."""
    work = facts.by_person[person]
    for start, end in facts.present(person):
        for stop in work:
            if stop.start < end and stop.end > start:
                if start < stop.start:
                    yield start, stop.start
                start = max(start, stop.end)
        if start < end:
            yield start, end


def _fits(task: Visit | Shift, slot: TaskSlot, spans: list[tuple[int, int]]) -> bool:
    """Whether the slot's work fits into one span, at a start that the task allows."""
    if isinstance(task, Shift):
        starts = [(task.start, task.start + 1)]
    else:
        least, most = slot.after
        starts = [(window.start + least, window.end + most) for window in task.windows]
    return any(
        max(start, first) < last and max(start, first) + slot.duration <= end
        for start, end in spans
        for first, last in starts
    )


def _reason(
    facts: Facts,
    task: str,
    number: int,
    headcount: _Headcount,
    headcounts: list[_Headcount],
    absent: bool,
) -> EmptySlot:
    counts = {
        "people": len(facts.instance.people),
        "able": headcount.able,
        "present": headcount.present,
        "free": headcount.free,
    }
    partner = next((other for other in headcounts if other.slot != number and not other.free), None)
    reason: Reason
    if absent:
        reason = "pinned_empty"
    elif not headcount.able:
        reason = "nobody_able"
    elif not headcount.present:
        reason = "nobody_present"
    elif not headcount.free:
        reason = "all_busy"
    elif partner is not None and isinstance(facts.instance.task_by_id[task], Visit):
        reason = "crew_incomplete"
        counts["other"] = partner.slot + 1
    else:
        reason = "no_room"
    return EmptySlot(task, number, headcount.able, reason, counts, headcount.ruled_out)
