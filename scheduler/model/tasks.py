"""Visits and shifts seen alike: tasks with slots, in the order of the instance (visits first)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.instance import Instance
from scheduler.model.people import Role
from scheduler.model.remembered import remembered
from scheduler.model.work import Case, Household, Need, Shift, Visit


class Rank(StrEnum):
    """What an empty slot means."""

    CREW = "crew"
    """A visit's slot."""
    MINIMUM = "minimum"
    """A shift's slot below its minimum headcount."""
    TARGET = "target"
    """A shift's slot between minimum and target."""
    EXTRA = "extra"
    """A shift's slot beyond its target: nobody misses it."""


@dataclass(frozen=True, slots=True)
class TaskSlot:
    """One person's part in a task. `duration` in ticks; `after` in ticks from slot 0's start."""

    roles: tuple[Role, ...]
    skills: dict[str, int]
    duration: int
    after: tuple[int, int]
    people: tuple[str, ...] | None
    must: bool
    rank: Rank
    need: Need | None


@remembered
def slots(task: Visit | Shift) -> tuple[TaskSlot, ...]:
    """The slots of a task; a shift's needs are expanded one after the other, minimum first."""
    if isinstance(task, Visit):
        return tuple(
            TaskSlot(
                slot.roles,
                slot.skills,
                slot.duration or task.duration,
                slot.after,
                slot.people,
                slot.must,
                Rank.CREW,
                None,
            )
            for slot in task.slots
        )
    expanded = []
    for need in task.needs:
        target = _target(need)
        for number in range(most_headcount(need)):
            rank = (
                Rank.MINIMUM
                if number < need.minimum
                else Rank.TARGET
                if number < target
                else Rank.EXTRA
            )
            expanded.append(
                TaskSlot(need.roles, need.skills, task.duration, (0, 0), None, False, rank, need)
            )
    return tuple(expanded)


def count_slots(task: Visit | Shift) -> int:
    """How many slots a task has."""
    if isinstance(task, Visit):
        return len(task.slots)
    return sum(map(most_headcount, task.needs))


def _target(need: Need) -> int:
    return max(need.minimum, need.target if need.target is not None else need.minimum)


def most_headcount(need: Need) -> int:
    """The slots of a shift's need: its maximum, else its target, else its minimum."""
    target = _target(need)
    return max(target, need.maximum if need.maximum is not None else target)


def least_crew(task: Visit | Shift) -> int:
    """Least number of filled slots for a task to be done; 1 for a shift."""
    if isinstance(task, Shift):
        return 1
    return min(task.least_crew or len(task.slots), len(task.slots))


def least_headcount(task: Visit | Shift) -> int:
    """People without whom a task is short: a visit's least crew, the sum of a shift's minimums."""
    if isinstance(task, Shift):
        return sum(need.minimum for need in task.needs)
    return least_crew(task)


def start_span(task: Visit | Shift) -> tuple[int, int]:
    """First and last tick at which a task may start."""
    if isinstance(task, Shift):
        return task.start, task.start
    return (
        min(window.start for window in task.windows),
        max(window.end for window in task.windows) - 1,
    )


def is_done(visit: Visit, filled: Collection[int]) -> bool:
    """Whether a visit counts as done with these slots filled: enough of them, and each that it must have."""
    musts = (number for number, slot in enumerate(visit.slots) if slot.must)
    return len(filled) >= least_crew(visit) and all(number in filled for number in musts)


def undone(instance: Instance, filled: Mapping[str, Collection[int]]) -> tuple[int, int]:
    """(visits that are not done, shifts that are short of a minimum), where these slots of the tasks are filled."""
    visits = sum(not is_done(visit, filled.get(visit.id, ())) for visit in instance.visits)
    shifts = sum(_is_short(shift, filled.get(shift.id, ())) for shift in instance.shifts)
    return visits, shifts


def _is_short(shift: Shift, filled: Collection[int]) -> bool:
    first = 0
    for need in shift.needs:
        if any(first + number not in filled for number in range(need.minimum)):
            return True
        first += most_headcount(need)
    return False


def moved_up(instance: Instance, task: Visit | Shift, filled: Collection[int]) -> dict[int, int]:
    """Slot → slot of a shift, so that in each need the filled ones come first, since its minimum is the first.

    Empty where slots stay: those of a visit, and of a shift where a slot is more than a number, since it
    is pinned, or leads work that one person leads.
    """
    if isinstance(task, Visit) or task.tie or task.case:
        return {}
    if any(pin.task == task.id for pin in instance.pins):
        return {}
    first, moved = 0, dict[int, int]()
    for need in task.needs:
        numbers = range(first, first + most_headcount(need))
        order = sorted(numbers, key=lambda number: number not in filled)
        moved |= dict(zip(order, numbers, strict=True))
        first = numbers.stop
    return moved


def tasks(instance: Instance) -> tuple[Visit | Shift, ...]:
    """Every task: visits, then shifts, each in the order of the instance."""
    return (*instance.visits, *instance.shifts)


def with_pointers(instance: Instance) -> Iterator[tuple[str, int, Visit | Shift]]:
    """Every task with the field of the instance in which it stands, and its number there."""
    for number, visit in enumerate(instance.visits):
        yield "visits", number, visit
    for number, shift in enumerate(instance.shifts):
        yield "shifts", number, shift


def case_of(instance: Instance, task: Visit | Shift) -> Case | None:
    """The case that a task belongs to."""
    return None if task.case is None else instance.case_by_id[task.case]


def household_of(instance: Instance, task: Visit | Shift) -> Household | None:
    """The household that it is about: the visit's own, else its case's."""
    case = case_of(instance, task)
    own = task.household if isinstance(task, Visit) else None
    household = own or (case.household if case else None)
    return None if household is None else instance.household_by_id[household]
