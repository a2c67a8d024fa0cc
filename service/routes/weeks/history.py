"""Who did what to a week."""

from typing import Annotated

from fastapi import Query

from scheduler.model import Problem
from scheduler.model.pointer import shortened
from service.access.mask import Viewing
from service.problems import invalid
from service.routes.common import Use, errors
from service.routes.parameters import Cursor, Limit, bad_cursor
from service.routes.rooms import Room
from service.routes.weeks.weeks import WeekId
from service.store import weeks
from service.weeks.history import about, entry, lacking, reversed_numbers, told_rows
from service.weeks.opening import opened
from service.weeks.words import mask_of
from service.wire.labels import TEXT
from service.wire.weeks.commands import History

router = Room(prefix="/weeks", tags=["weeks"])
_Id = Annotated[
    str | None, Query(max_length=200, pattern=TEXT, description="Only what is about it.")
]


@router.get("/{week}/history", responses=errors(404, 422))
def get_history(
    week: WeekId,
    parts: Use,
    view: Viewing,
    person: _Id = None,
    task: _Id = None,
    day: Annotated[str | None, Query(max_length=10, pattern=TEXT, description="2026-11-25")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> History:
    """The revisions of a week, newest first: who, when, what, and why."""
    head = opened(parts.store, parts.caller, week)
    view.audited(parts.store, head.state.instance, instance=week)
    mask = mask_of(view, head.state)
    horizon = head.state.instance.horizon
    days = [horizon.date(number).isoformat() for number in range(horizon.days)]
    if day is not None and day not in days:
        slots = {"first": days[0], "last": days[-1]}
        raise invalid(
            [
                Problem(
                    code="outside_horizon",
                    pointer="/query/day",
                    value=shortened(day),
                    slots=slots,
                )
            ]
        )
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
        raise bad_cursor(cursor)
    person = None if person is None else mask.true_ids(person)
    task = None if task is None else mask.true_ids(task)
    with parts.store.session() as session:
        rows = weeks.revisions(session, week)
    undone = reversed_numbers(rows)
    number = None if day is None else days.index(day)
    wanted = [row for row in reversed(rows) if about(row, person, number, task)]
    found = told_rows(parts.store, view, head, wanted)
    rest = found if cursor is None else [row for row in found if row.number < int(cursor)]
    shown = rest[:limit]
    return History(
        total=len(found),
        next=str(shown[-1].number) if len(rest) > limit else None,
        revisions=[
            entry(
                view,
                head.state,
                row,
                row.number in undone,
                lacking(parts.store, parts.caller, head, row),
            )
            for row in shown
        ],
    )
