"""Tables of a week, read and typed as text: what a spreadsheet does, over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path

from scheduler.messages import Lang
from scheduler.model import InputError, Problem
from service import inputs
from service.access.caller import Asking
from service.access.mask import CallerView, Viewing
from service.examples import example
from service.problems import ServiceError, invalid
from service.routes.common import IdempotencyKey, Language, Parts, Use, body, errors
from service.routes.rooms import Room
from service.routes.weeks.asking import RevisionQuery
from service.routes.weeks.commands import keyed, quoting_nothing
from service.routes.weeks.weeks import WeekId
from service.weeks import commands
from service.weeks.commands import Command
from service.weeks.opening import OpenWeek, opened
from service.weeks.tables.copies import Copy, copy_edits
from service.weeks.tables.rows import TableRow, rows, table_rows
from service.weeks.tables.typed import ReadRows, TypedRow, read_rows
from service.weeks.words import effect_out, mask_of
from service.wire import faults
from service.wire.weeks.tables import TableOut, TableRequest, TableRowOut, TypedOut

router = Room(prefix="/weeks/{week}/tables", tags=["weeks"])
TableName = Annotated[
    str,
    Path(
        max_length=20,
        description="people, places, areas, households, visits, shifts, cases or duties.",
    ),
]
_TYPED = {"rows": [{"id": "p1", "cells": {"availability": "周一至周五 8:30-17:30"}}]}


@router.get("/{table}", responses=errors(404, 422))
def get_table(
    week: WeekId,
    table: TableName,
    parts: Use,
    view: Viewing,
    lang: Language,
    revision: RevisionQuery = None,
) -> TableOut:
    """A table of a week, each cell as the workbook writes it."""
    found = opened(parts.store, parts.caller, week, revision)
    shown = _rows(view, found, table, lang)
    view.audited(parts.store, found.state.instance, instance=week)
    return TableOut(week=week, revision=found.number, rows=[row_out(row) for row in shown])


@router.post(
    "/{table}",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, TableRequest.__name__, example("hours", _TYPED))),
)
def post_table(
    week: WeekId,
    table: TableName,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    lang: Language,
    key: IdempotencyKey,
) -> TypedOut:
    """Change a week by what was typed into cells, as one command; faults stand at ``/rows/3/cells/name``."""
    request = inputs.read(upload, TableRequest)
    seen = opened(parts.store, caller, week, request.base)
    mask = mask_of(view, seen.state)
    asked = {"table": table, **request.model_dump(mode="json")}
    typed = [TypedRow(**row.model_dump()) for row in request.rows]
    copies = [Copy(one.id, tuple(one.days)) for one in request.copies]
    view.audited_guess(parts.store, mask, asked["rows"], week)
    with quoting_nothing(parts, view, week):
        read = read_rows(mask, table, typed, lang)
        copied = copy_edits(mask, copies)
        changes = [*read.edits, *copied]
        if not changes:
            slots = {"field": "rows"}
            raise InputError([Problem(code="missing_field", pointer="/rows", slots=slots)])
        wanted = Command(
            changes, seen.number, request.reason, request.dry_run, operation="post_table"
        )
        wanted, before = keyed(parts, caller, view, week, wanted, key, asked)
        if before is not None:
            now = opened(parts.store, caller, week, before.revision)
            return _out(view, now, table, lang, read, copied, before.kept, before.effect)
        done = _done(parts, caller, week, wanted, read)
    effect = effect_out(view, done.attempt)
    kept = done.week.number != done.before.number
    view.audited(parts.store, done.week.state.instance, instance=week)
    return _out(view, done.week, table, lang, read, copied, kept, effect)


def _done(
    parts: Parts, caller: Asking, week: str, wanted: Command, read: ReadRows
) -> commands.Commanded:
    try:
        return commands.command(parts.store, caller, week, wanted)
    except InputError as error:
        raise InputError(read.located(error.problems)) from None
    except ServiceError as error:
        if error.code == "input_invalid":
            raise invalid(read.located(error.problems)) from None
        raise


def _out(
    view: CallerView,
    now: OpenWeek,
    table: str,
    lang: Lang,
    read: ReadRows,
    copied: Sequence[dict[str, Any]],
    kept: bool,
    effect: Any,
) -> TypedOut:
    ids = [*read.ids, *(str(edit["id"]) for edit in copied)]
    there = {row.id: row for row in rows(mask_of(view, now.state), table, lang, set(ids))}
    return TypedOut(
        week=now.week.id,
        revision=now.number,
        kept=kept,
        rows=[row_out(there[id]) for id in ids if id in there],
        gone=[id for id, edit in zip(read.ids, read.edits, strict=True) if edit["record"] is None],
        notices=faults(list(read.notices)),
        effect=effect,
    )


def _rows(view: CallerView, found: OpenWeek, table: str, lang: Lang) -> Sequence[TableRow]:
    return table_rows(found.state, mask_of(view, found.state), view.key, table, lang)


def row_out(row: TableRow) -> TableRowOut:
    """A row as it goes out."""
    return TableRowOut(id=row.id, cells=dict(row.cells), about=row.about, locked=row.locked)
