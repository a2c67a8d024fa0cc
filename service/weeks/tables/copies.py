"""Work done again on other days of the week: copies of visits and shifts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.model import InputError, Problem, Shift, Visit
from scheduler.model.pointer import pointer, shortened
from scheduler.model.tasks import tasks
from scheduler.model.time import clock
from service.access.mask import WeekMask
from service.problems import ServiceError


@dataclass(frozen=True)
class Copy:
    """A visit or shift, and the days that are to have it too, 0 the first of the week."""

    id: str
    days: tuple[int, ...]


def copy_edits(mask: WeekMask, copies: Sequence[Copy]) -> list[dict[str, Any]]:
    """The changes that make the copies. Raises InputError for days that the week does not have."""
    week, day_ticks = mask.true, mask.true.horizon.day_ticks
    taken = {task.id for task in tasks(week)}
    edits = []
    for number, copy in enumerate(copies):
        if copy.id in mask.hidden_tasks:
            raise ServiceError("private_refused")
        task = week.task_by_id.get(mask.true_ids(copy.id))
        if task is None:
            at, slots = pointer("copies", number, "id"), {"suggestion": ""}
            raise InputError(
                [Problem(code="unknown_record", pointer=at, value=shortened(copy.id), slots=slots)]
            )
        for place, day in enumerate(copy.days):
            if not 0 <= day < week.horizon.days:
                at = pointer("copies", number, "days", place)
                raise InputError([Problem(code="cell_no_such_day", pointer=at, value=str(day))])
            by = (day - _first(task) // day_ticks) * day_ticks
            if by:
                name = f"{task.id}-{week.horizon.date(day):%m-%d}"
                id = next(one for one in numbered(name) if one not in taken)
                taken.add(id)
                edits.append(_edit(mask, task, by, id))
    return edits


def _first(task: Visit | Shift) -> int:
    return task.start if isinstance(task, Shift) else min(window.start for window in task.windows)


def _edit(mask: WeekMask, task: Visit | Shift, by: int, id: str) -> dict[str, Any]:
    """The change that makes the same work a while later; ties and what it fell due for stay with the first."""
    if isinstance(task, Shift):
        collection = "shifts"
        moved: Any = task.model_copy(update={"start": task.start + by, "tie": None, "bundle": None})
    else:
        collection = "visits"
        windows = tuple(_later(window, by) for window in task.windows)
        update: dict[str, Any] = {"windows": windows, "duty": None, "tie": None, "bundle": None}
        if task.due is not None:
            update["due"] = task.due + by
        moved = task.model_copy(update=update)
    horizon = mask.true.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        record = moved.model_dump(mode="json", exclude_unset=True)
    return {"kind": "edit", "collection": collection, "id": id, "record": {**record, "id": id}}


def _later(window: Any, by: int) -> Any:
    due = None if window.due is None else window.due + by
    return window.model_copy(
        update={"start": window.start + by, "end": window.end + by, "due": due}
    )


def numbered(name: str) -> Iterator[str]:
    """A name, and with 2, 3 … behind it."""
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
