"""Swaps: what somebody would have to leave undone so that a slot can be filled, and what that costs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from scheduler.checker.pricing import ChangeCost
from scheduler.explain.placements import Trials
from scheduler.model import Assignment, Score, Shift, Visit

PEOPLE = 6
"""People and days whose work is looked at for one slot, those with least work first."""
BUDGET = 4
"""Placements tried in the room that somebody's work leaves."""
MOST_WORK = 12
"""Tasks of somebody's whole horizon that are tried where a day's are not enough."""

Order = Callable[[Visit | Shift], tuple[int, ...]]


@dataclass(frozen=True)
class Swap:
    """Work that is dropped for what is added; of the dropped work no task could stay.

    change: what it does to the roster's score
    """

    added: tuple[Assignment, ...]
    removed: tuple[Assignment, ...]
    change: ChangeCost

    @property
    def dropped(self) -> tuple[str, ...]:
        """Ids of the tasks that are left undone, in order of start."""
        by_start = sorted(self.removed, key=lambda part: (part.start, part.task))
        return tuple(dict.fromkeys(part.task for part in by_start))

    @property
    def rank(self) -> tuple[Score, int, int]:
        """Sorts the cheapest first."""
        return self.change.score, len(self.dropped), min(part.start for part in self.added)


def swaps(trials: Trials, task: str, slot: int) -> list[Swap]:
    """The cheapest swap of each person and day, the cheapest first, that breaks no hard rule more than before."""
    facts = trials.facts
    able = trials.eligibility(task).able[slot]
    people = [person.id for person, fits in zip(facts.instance.people, able, strict=True) if fits]
    days = sorted({int(day) for day in trials.eligibility(task).window.day})
    loads = sorted(
        (sum(stop.task.priority for stop in facts.stops(person, day)), number, day)
        for number, person in enumerate(people)
        for day in days
        if facts.stops(person, day)
    )
    found: list[Swap] = []
    for _, number, day in loads[:PEOPLE]:
        person = people[number]
        work = [stop.task.id for stop in facts.stops(person, day)]
        best = _best(trials, task, slot, person, work)
        if best is None:
            # Limits of more than the day are in the way.
            work = [stop.task.id for stop in facts.by_person[person]]
        if best is None and len(work) <= MOST_WORK:
            best = _best(trials, task, slot, person, work)
        if best is not None:
            found.append(best)
    return sorted(found, key=lambda swap: swap.rank)


def _best(trials: Trials, task: str, slot: int, person: str, work: Sequence[str]) -> Swap | None:
    """The cheapest swap with some of this work, which is all taken away and then put back as far as it goes."""
    facts = trials.facts
    work = [other for other in dict.fromkeys(work) if other != task]
    slots = [slot] if isinstance(facts.instance.task_by_id[task], Shift) else None
    emptied = trials.after(_crews(trials, work), ())
    placements = emptied.placements(task, slots, held={slot: person}, budget=BUDGET)
    orders: tuple[Order, ...] = (
        lambda other: (-other.priority, _length(other)),
        lambda other: (_length(other), -other.priority),
    )
    tried = (
        _put_back(trials, placement.assignments, work, order)
        for placement in islice(placements, BUDGET)
        if any(part.slot == slot for part in placement.assignments)
        for order in orders
    )
    return min(
        (swap for swap in tried if swap is not None), key=lambda swap: swap.rank, default=None
    )


def _put_back(
    trials: Trials, added: tuple[Assignment, ...], work: Sequence[str], order: Order
) -> Swap | None:
    by_id = trials.facts.instance.task_by_id
    dropped = list(work)
    change = trials.pricing.change(_crews(trials, dropped), added)
    if not change.feasible:
        return None
    for other in sorted(work, key=lambda id: order(by_id[id])):
        fewer = [task for task in dropped if task != other]
        less = trials.pricing.change(_crews(trials, fewer), added)
        if less.feasible:
            dropped, change = fewer, less
    return Swap(added, tuple(_crews(trials, dropped)), change) if dropped else None


def _crews(trials: Trials, tasks: Sequence[str]) -> list[Assignment]:
    by_task = trials.facts.by_task
    return [stop.assignment() for task in tasks for stop in by_task[task].values()]


def _length(task: Visit | Shift) -> int:
    return task.duration


def improving(found: Sequence[Swap]) -> Iterator[Swap]:
    """Those that make the roster better."""
    yield from (swap for swap in found if swap.change.score < Score())
