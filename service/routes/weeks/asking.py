"""What the questions to a week have in common: its address, its revision, a task in the address."""

from typing import Annotated

from fastapi import Depends, Path, Query

from scheduler.explain import unknown_task
from scheduler.model.time import to_datetime
from service.access.mask import Viewing
from service.problems import ServiceError, invalid
from service.routes.common import Use
from service.weeks.asked import AskedWeek, asked_week
from service.wire import Both
from service.wire.labels import TEXT

AskedId = Annotated[str, Path(alias="week", max_length=32, description="Id of the week.")]
TaskQuery = Annotated[
    str, Query(alias="task", max_length=200, pattern=TEXT, description="Id of the visit or shift.")
]
SlotQuery = Annotated[int | None, Query(ge=0, le=10_000, description="Number of the slot.")]
RevisionQuery = Annotated[
    int | None, Query(ge=1, le=10**9, description="Of the week; left out: the last.")
]
AnswerLimit = Annotated[int, Query(ge=1, le=500, description="At most so many rows.")]


def _asked(week: AskedId, parts: Use, view: Viewing, revision: RevisionQuery = None) -> AskedWeek:
    return asked_week(parts.store, view, week, revision)


Asked = Annotated[AskedWeek, Depends(_asked)]
"""The week of the address at the revision that is asked about, prepared for questions."""


def known_task(week: AskedWeek, task: str, at: str) -> str:
    """The task's neutral id. at: pointer to it. Raises ServiceError where the week has none of this id."""
    id = week.mask.known(task)
    if id not in week.facts.task_slots:
        raise invalid([unknown_task(task, at)])
    return id


def _task(
    week: Asked,
    task: Annotated[str, Path(max_length=200, description="Id of the visit or shift.")],
) -> str:
    id = week.mask.known(task)
    if id not in week.facts.task_slots:
        raise ServiceError("part_not_found", id=task)
    return id


AskedTask = Annotated[str, Depends(_task)]
"""The neutral id of the task in an address; 404 where the week has none."""


def place_name(week: AskedWeek, task: str, place: str) -> Both:
    """What a place is called, at which a task is done: by its area where the task is hidden."""
    mask = week.mask
    hidden = task in mask.hidden_tasks
    return Both.of(lambda lang: (mask.blurred if hidden else mask.names)(lang).place(place))


def local_moment(week: AskedWeek, ticks: int) -> str:
    """A moment as rosters write it: local, without a zone."""
    horizon = week.facts.horizon
    return f"{to_datetime(ticks, horizon.start, horizon.ticks_per_minute):%Y-%m-%dT%H:%M}"


def whole_minutes(week: AskedWeek, ticks: int) -> int:
    """Ticks as minutes, towards nothing."""
    per_minute = week.facts.horizon.ticks_per_minute
    return ticks // per_minute if ticks >= 0 else -(-ticks // per_minute)
