"""What facts keep of an instance alone, whatever the roster."""

from collections.abc import Iterable
from itertools import pairwise

from scheduler.model import Instance, Published, Shift, Visit
from scheduler.model.tasks import TaskSlot, household_of, slots, tasks


def task_slots(instance: Instance) -> dict[str, tuple[TaskSlot, ...]]:
    """Slots of every task, by task id."""
    return {task.id: slots(task) for task in tasks(instance)}


OF_HOUSEHOLDS = frozenset({"visits", "households", "cases"})
"""What visits by household are made from."""


def visits_by_household(instance: Instance) -> dict[str, list[Visit]]:
    """Household → its visits, its cases' among them; only households with visits."""
    return with_visits({}, instance, instance.visits)


def with_visits(
    before: dict[str, list[Visit]], instance: Instance, more: Iterable[Visit | Shift]
) -> dict[str, list[Visit]]:
    """Visits by household, with more of them."""
    visits = dict(before)
    for visit in more:
        household = household_of(instance, visit)
        if household is not None and isinstance(visit, Visit):
            visits[household.id] = [*visits.get(household.id, ()), visit]
    return visits


def tasks_by_case(instance: Instance) -> dict[str, list[Visit | Shift]]:
    """Case → its visits and shifts; only cases with any."""
    by_case: dict[str, list[Visit | Shift]] = {}
    for task in tasks(instance):
        if task.case is not None:
            by_case.setdefault(task.case, []).append(task)
    return by_case


def frozen_order(instance: Instance) -> dict[str, list[tuple[str, int]]]:
    """Task → (task of the same person right before it, least ticks between the two).

    Only where the published order is frozen. A published task may overlap the next of the same
    person, when a crew's last slot ends late: the same overlap (negative ticks) is then allowed.
    """
    until = instance.freeze.order or 0
    days: dict[tuple[str, int], list[Published]] = {}
    for part in instance.published:
        firm = part.standing == "firm" and part.task in instance.task_by_id
        if firm and part.start < until:
            day = instance.workdays.day(part.person, part.start)
            days.setdefault((part.person, day), []).append(part)
    ends: dict[str, int] = {}
    for part in (part for parts in days.values() for part in parts):
        end = part.start + slots(instance.task_by_id[part.task])[part.slot].duration
        ends[part.task] = max(ends.get(part.task, end), end)
    order: dict[str, list[tuple[str, int]]] = {}
    for parts in days.values():
        for before, after in pairwise(sorted(parts, key=lambda part: part.start)):
            begin = min(part.start for part in parts if part.task == after.task)
            order.setdefault(after.task, []).append(
                (before.task, min(0, begin - ends[before.task]))
            )
    return order
