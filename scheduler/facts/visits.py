"""What rules ask of a task: whether it is private or counselling, where it may be done, where that lies."""

from scheduler.model import Instance, Shift, Visit
from scheduler.model.tasks import case_of


def private(instance: Instance, task: Visit | Shift) -> bool:
    """Whether the visit, or the case that a task belongs to, is private."""
    case = case_of(instance, task)
    return (isinstance(task, Visit) and task.private) or (case is not None and case.private)


def counselling(instance: Instance, task: Visit | Shift) -> bool:
    """Whether the task, or the case it belongs to, is of a counselling kind."""
    case = case_of(instance, task)
    kinds = {task.kind} if case is None else {task.kind, case.kind}
    return not kinds.isdisjoint(instance.settings.counselling_kinds)


def places(task: Visit | Shift) -> tuple[str, ...]:
    """Where the task may be done."""
    return task.places if isinstance(task, Visit) else (task.place,)


def areas(instance: Instance, place: str) -> tuple[str, ...]:
    """The areas in which a place lies, from the inside out; none where it has no area."""
    return tuple(instance.area_and_above(instance.place_by_id[place].area))
