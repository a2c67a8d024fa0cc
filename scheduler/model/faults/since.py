"""What a change makes wrong in an instance that had no errors: only what is otherwise is looked at."""

from collections.abc import Iterable
from typing import Any

from scheduler.model.faults.moments import moments
from scheduler.model.faults.names import unknown_to
from scheduler.model.faults.numbers import numbers
from scheduler.model.faults.skills import skills
from scheduler.model.faults.staffing import short_shifts
from scheduler.model.faults.ties import ties
from scheduler.model.instance import Instance
from scheduler.model.most import TASK_SLOTS
from scheduler.model.tasks import count_slots, tasks

_ONE_BY_ONE = frozenset({"people", "households", "duties", "cases", "visits", "shifts"})
"""Collections of which each record is judged by itself, and by those that it names or that hold its task."""
_HOLD_TASKS = ("pins", "published")


def still_sound(before: Instance, after: Instance, rules: Iterable[str]) -> bool:
    """Whether what was made of an instance without errors is seen to have none either.

    False as well where more than records that came or were altered would have to be looked at. rules: ids of those there are.
    """
    differ = {
        name for name in Instance.model_fields if getattr(before, name) is not getattr(after, name)
    }
    if not differ <= _ONE_BY_ONE or not _all_stayed(before, after, differ):
        return False
    if sum(map(count_slots, tasks(after))) > TASK_SLOTS:
        return False
    fresh = _fresh(before, after, differ)
    parts = (
        unknown_to(after, fresh, rules),
        *(look(fresh) for look in _LOOKS),
        short_shifts(after),
    )
    return not any(problem.severity == "error" for part in parts for problem in part)


_LOOKS = ties, numbers, moments, skills


def _all_stayed(before: Instance, after: Instance, differ: set[str]) -> bool:
    """Whether every record of before is there, as it was or altered, and no id is given twice."""
    lists = [{name} for name in differ - {"visits", "shifts"}]
    if differ & {"visits", "shifts"}:
        lists.append({"visits", "shifts"})
    for names in lists:
        were, are = (
            [record.id for name in names for record in getattr(week, name)]
            for week in (before, after)
        )
        if len(set(are)) < len(are) or not set(were) <= set(are) or not all(map(str.strip, are)):
            return False
    return True


def _fresh(before: Instance, after: Instance, differ: set[str]) -> Instance:
    """The changed instance with no more of the collections than came or was altered, and what holds it."""
    fresh: dict[str, tuple[Any, ...]] = dict.fromkeys(_ONE_BY_ONE, ())
    for name in differ:
        known = set(map(id, getattr(before, name)))
        fresh[name] = tuple(one for one in getattr(after, name) if id(one) not in known)
    there = {task.id for name in ("visits", "shifts") for task in fresh[name]}
    for name in _HOLD_TASKS:
        fresh[name] = tuple(one for one in getattr(after, name) if one.task in there)
    return after.changed(
        **fresh, areas=(), gaps=(), pairs=(), exceptions=(), affected=(), history={}
    )
