"""Writing changes and worked weeks as workbooks; see `read_changes`."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from scheduler.formats.workbook.called import called
from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.rows import RowValues, freeze_rows, record_row
from scheduler.formats.workbook.sheets.changes import (
    CHANGES,
    CHANGES_SHEETS,
    FIELDS,
    NEW_SHEETS,
    WORKED,
    WORKED_SHEETS,
)
from scheduler.formats.workbook.sheets.published import FREEZE
from scheduler.formats.workbook.sheets.roster import ABOUT
from scheduler.formats.workbook.write import BookWriter, opened
from scheduler.messages import Lang
from scheduler.model import Horizon, InputError, Instance, Problem, Window, WorkedWeek
from scheduler.model.changes import Change, Changes, New
from scheduler.model.pointer import pointer


def write_changes(
    path: Path, changes: Changes, lang: Lang, week: Instance | None = None, example: bool = False
) -> None:
    """Changes as a workbook that reads back as equal ones. week: that they change, for drop-downs.

    Raises InputError for what a workbook cannot hold: two batches of new work, new people
    with limits or wishes of their own, ticks finer than minutes.
    """
    _refuse_ticks(changes.horizon)
    batches = [(number, one) for number, one in enumerate(changes.changes) if isinstance(one, New)]
    if len(batches) > 1:
        at = pointer("changes", batches[1][0])
        raise InputError([Problem(code="workbook_cannot_hold", pointer=at, value="new")])
    new = batches[0][1] if batches else New()
    for number, person in enumerate(new.people):
        if person.limits.model_fields_set or person.wishes:
            at = pointer("changes", batches[0][0], "people", number)
            raise InputError([Problem(code="workbook_cannot_hold", pointer=at, value=person.id)])
    book = _book(path, changes.horizon, lang, week, CHANGES_SHEETS)
    book.sheet(CHANGES, list(_change_rows(changes)), example=example)
    for sheet in NEW_SHEETS:
        records = [record_row(sheet, record) for record in getattr(new, sheet.name)]
        book.sheet(sheet, records, example=example)
    book.sheet(FREEZE, list(freeze_rows(changes.freeze)), example=False)
    book.close()


def write_worked(
    path: Path,
    worked: WorkedWeek,
    lang: Lang,
    week: Instance | None = None,
    example: bool = False,
) -> None:
    """A worked week as a workbook that reads back as an equal one. week: as of `write_changes`."""
    _refuse_ticks(worked.horizon)
    book = _book(path, worked.horizon, lang, week, WORKED_SHEETS)
    book.sheet(WORKED, [dict(departure) for departure in worked.departures], example=example)
    if worked.instance:
        horizon = {"horizon.start": worked.horizon.start, "horizon.days": worked.horizon.days}
        book.sheet(ABOUT, [{"instance": worked.instance} | horizon], example=False)
    book.close()


def write_empty(path: Path, kind: Literal["changes", "worked"], lang: Lang) -> None:
    """A workbook of changes or of a worked week to fill in, with an example line on each sheet."""
    horizon = Horizon(start=date.today(), days=7)
    if kind == "changes":
        write_changes(path, Changes(horizon=horizon), lang, example=True)
    else:
        write_worked(path, WorkedWeek(horizon=horizon, instance=""), lang, example=True)


def _refuse_ticks(horizon: Horizon) -> None:
    if horizon.ticks_per_minute != 1:
        ticks = str(horizon.ticks_per_minute)
        at = "/horizon/ticks_per_minute"
        raise InputError([Problem(code="workbook_cannot_hold", pointer=at, value=ticks)])


def _book(
    path: Path, horizon: Horizon, lang: Lang, week: Instance | None, sheets: Any
) -> BookWriter:
    names = {}
    if week is not None:
        names = {
            "people": list(called(week.people).values()),
            "places": list(called(week.places).values()),
            "cases": [case.id for case in week.cases],
        }
    context = CellContext(horizon.start, horizon.days, lang)
    return BookWriter(opened(path), context, sheets, names)


def _change_rows(changes: Changes) -> Iterator[RowValues]:
    for number, change in enumerate(changes.changes):
        if not isinstance(change, New):
            yield {"kind": change.kind} | _row(change, changes.horizon)
        elif number:
            yield {"kind": "new"}
    for task in changes.promised:
        yield {"kind": "promise", "task": task}


def _row(change: Change, horizon: Horizon) -> RowValues:
    row: RowValues = {}
    for column, field in FIELDS[change.kind].items():
        if field != "span":
            row[column] = getattr(change, field)
            continue
        start, end = getattr(change, "start", None), getattr(change, "end", None)
        if (start, end) != (None, None):
            span = {
                "from": 0 if start is None else start,
                "to": horizon.end if end is None else end,
            }
            row[column] = (Window.model_validate(span),)
    return row
