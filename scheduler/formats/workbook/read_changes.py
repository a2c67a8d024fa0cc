"""Changes of a published week, and a week as it was worked, from workbooks.

One row of the sheet of changes is one change; what its kind does not ask for must be blank. New work
stands on the sheets of a week, beside it. Records are named by id, or by name where that is unique.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from scheduler.formats import mentions
from scheduler.formats.kind_of_file import FileKind
from scheduler.formats.parse import parse_changes, parse_root
from scheduler.formats.workbook.books import refuse_another_kind
from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.moments import TimeOfDay
from scheduler.formats.workbook.columns import Sheet
from scheduler.formats.workbook.grid import grids, open_sheets
from scheduler.formats.workbook.records import UNREADABLE, RecordReader
from scheduler.formats.workbook.references import References, fill_ids, link
from scheduler.formats.workbook.sheets.changes import (
    CHANGES,
    CHANGES_SHEETS,
    FIELDS,
    NEW_SHEETS,
    WORKED_SHEETS,
)
from scheduler.formats.workbook.sheets.roster import ABOUT
from scheduler.formats.workbook.source_cells import SourceCells
from scheduler.model import InputError, Instance, Problem, WorkedWeek
from scheduler.model.base import Record
from scheduler.model.changes import Change, Changes
from scheduler.model.pointer import pointer
from scheduler.model.time import MINUTES_PER_DAY

_NAMES = {
    "task": "task",
    "other_task": "task",
    "person": "person",
    "other_person": "person",
    "place": "place",
    "instead": "place",
}
"""Column → kind of record that it names."""
_MEANT: dict[str, Callable[[Instance, str], str]] = {
    "person": lambda week, text: mentions.person(week, text).id,
    "place": lambda week, text: mentions.place(week, text).id,
    "task": lambda week, text: mentions.task(week, text).id,
}
_MODELS: dict[str, type[Record]] = {
    model.model_fields["kind"].default: model for model in get_args(get_args(Change)[0])
}
"""Kind of change → its record."""
_LISTS = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")


def inspect_changes(
    source: Path | bytes, week: Instance
) -> tuple[Changes | None, list[Problem], SourceCells]:
    """The changes of a workbook (None where there are errors), every problem, and their cells.

    week: that they change, everything due in it visits by now
    """
    reader = _reader(source, week, "changes", CHANGES_SHEETS)
    new = {sheet.name: reader.records(sheet.name) for sheet in NEW_SHEETS}
    known = _known(week)
    together = {name: [*new.get(name, ()), *known[name]] for name in _LISTS}
    fill_ids(together, reader.context)
    link(reader, together)
    references = References(together)
    changes: list[dict[str, Any]] = []
    promised: list[Any] = []
    where = None
    for row, values, at in reader.rows("changes"):
        kind = values.pop("kind", UNREADABLE)
        if kind is UNREADABLE or UNREADABLE in values.values():
            continue
        named = _named(reader, references, week, row.number, values)
        if kind == "new":
            where = len(changes)
            changes.append({})
        elif kind == "promise":
            reader.source_cells.cell(pointer("promised", len(promised)), at)
            promised.append(named.get("task"))
        else:
            for change in _changes(reader, kind, named, row.number):
                base = pointer("changes", len(changes))
                reader.source_cells.row(base, reader.grids["changes"], row.number)
                _note_fields(reader.source_cells, base, kind)
                changes.append(change)
    if any(new.values()):
        if where is None:
            _shift(reader.source_cells, "/changes/", 1)
            where = 0
            changes.insert(0, {})
        changes[where] = {"kind": "new"} | {name: listed for name, listed in new.items() if listed}
        _move_below(reader.source_cells, new, pointer("changes", where))
    data: dict[str, Any] = {"changes": [one for one in changes if one], "promised": promised}
    data["freeze"] = _freeze(reader)
    record, faults = (None, []) if _broken(reader) else parse_changes(data, week.horizon)
    return _answer(reader, record, faults)


def inspect_worked(
    source: Path | bytes, week: Instance
) -> tuple[WorkedWeek | None, list[Problem], SourceCells]:
    """The worked week of a workbook (None where there are errors), every problem, and its cells.

    week: that was worked, everything due in it visits by now
    """
    reader = _reader(source, week, "worked", WORKED_SHEETS)
    references = References(_known(week))
    departures: list[dict[str, Any]] = []
    name = next((values.get("instance") for _, values, _ in reader.rows("about")), None)
    for row, values, _ in reader.rows("worked"):
        if UNREADABLE in values.values():
            continue
        named = _named(reader, references, week, row.number, values)
        base = pointer("departures", len(departures))
        reader.source_cells.row(base, reader.grids["worked"], row.number)
        departures.append(_with_days(reader, week, row.number, named))
    data = {
        "instance": name or week.id,
        "horizon": week.horizon.model_dump(mode="json"),
        "departures": departures,
    }
    record, faults = (None, []) if _broken(reader) else parse_root(data, WorkedWeek, "worked")
    return _answer(reader, record, faults)


def _reader(
    source: Path | bytes, week: Instance, kind: FileKind, sheets: tuple[Sheet, ...]
) -> RecordReader:
    book = open_sheets(source)
    refuse_another_kind(book, kind)
    found, lang, problems = grids(book, sheets)
    horizon = week.horizon
    reader = RecordReader(found, CellContext(horizon.start, horizon.days, lang))
    reader.problems += problems
    for _, values, at in reader.rows(ABOUT.name):
        start = values.get("horizon.start")
        if isinstance(start, str) and start != horizon.start.isoformat():
            slots = {"expected": horizon.start.isoformat()}
            reader.fault("another_horizon", at, start, **slots)
    return reader


def _known(week: Instance) -> dict[str, list[dict[str, Any]]]:
    """Id and name of every record of the week, as data."""
    return {
        name: [{"id": one.id, "name": one.name} for one in getattr(week, name)] for name in _LISTS
    }


def _named(
    reader: RecordReader,
    references: References,
    week: Instance,
    row: int,
    values: dict[str, Any],
) -> dict[str, Any]:
    """The values with ids for names; UNREADABLE, with a problem, where none is meant."""
    named = dict(values)
    for column, kind in _NAMES.items():
        if column not in values:
            continue
        meant = references.meant(kind, values[column])
        if len(meant) == 1:
            named[column] = meant[0]
            continue
        try:
            named[column] = _MEANT[kind](week, values[column])
        except InputError as error:
            at = {"pointer": _at(reader, row, column)}
            reader.problems += [problem.model_copy(update=at) for problem in error.problems]
            named[column] = UNREADABLE
    return named


def _at(reader: RecordReader, row: int, field: str) -> str:
    grid = reader.grids.get("changes") or reader.grids["worked"]
    return grid.at(row, grid.index(field))


def _changes(
    reader: RecordReader, kind: str, values: dict[str, Any], row: int
) -> Iterator[dict[str, Any]]:
    """The changes of a row: one, or one for each span of an absence, presence or closure."""
    fields = FIELDS[kind]
    grid = reader.grids["changes"]
    for column in values.keys() - fields.keys():
        head = CHANGES.header(CHANGES.columns[CHANGES.position(column)], reader.context.lang)
        word = reader.context.word(f"choice.change.{kind}")
        reader.fault("change_asks_not", grid.at(row, grid.index(column)), head, kind=word)
    change = {"kind": kind}
    change |= {
        field: values[column]
        for column, field in fields.items()
        if field != "span" and column in values
    }
    for column in _required(kind) - values.keys():
        head = CHANGES.header(CHANGES.columns[CHANGES.position(column)], reader.context.lang)
        reader.fault("cell_required", grid.at(row, grid.index(column)), "", column=head)
    spans = _joined(values["when"]) if "span" in fields.values() and "when" in values else []
    if kind == "swap" and len(spans) > 1:
        reader.fault("cell_one_span", grid.at(row, grid.index("when")), len(spans))
    for span in spans or [{}]:
        yield change | span


def _required(kind: str) -> set[str]:
    """Columns that a kind of change can't be without."""
    fields = _MODELS[kind].model_fields
    asked = {name for field in fields.values() if (name := field.alias) and field.is_required()}
    asked |= {name for name, field in fields.items() if field.is_required()}
    return {
        column
        for column, field in FIELDS[kind].items()
        if field in asked or (field == "span" and {"from", "to"} <= asked)
    }


def _joined(spans: list[dict[str, int]]) -> list[dict[str, int]]:
    """Spans without those that begin where the one before ends."""
    joined = spans[:1]
    for before, span in pairwise(spans):
        if before["to"] == span["from"]:
            joined[-1] = joined[-1] | {"to": span["to"]}
        else:
            joined.append(span)
    return joined


def _note_fields(cells: SourceCells, base: str, kind: str) -> None:
    """Let a change's fields lead to the columns that they stand in."""
    row = cells.rows[base]
    for column, field in FIELDS[kind].items():
        for name in ("from", "to") if field == "span" else (field,):
            row[name] = row.get(column, row[""])


def _shift(cells: SourceCells, prefix: str, by: int) -> None:
    """Count the changes on, since one comes before them."""
    moved = {}
    for base, row in cells.rows.items():
        number = base.removeprefix(prefix)
        moved[f"{prefix}{int(number) + by}" if base.startswith(prefix) else base] = row
    cells.rows = moved


def _move_below(cells: SourceCells, new: dict[str, Any], base: str) -> None:
    """Let the new records be found below their change."""

    def below(at: str) -> str:
        return base + at if at.split("/")[1] in new else at

    cells.rows = {below(at): row for at, row in cells.rows.items()}
    cells.cells = {below(at): cell for at, cell in cells.cells.items()}


def _freeze(reader: RecordReader) -> dict[str, Any]:
    freeze = {}
    for _, values, at in reader.rows("freeze"):
        grade = values.get("grade")
        if isinstance(grade, str):
            reader.source_cells.cell(pointer("freeze", grade), at)
            freeze[grade] = values.get("until")
    return freeze


def _with_days(
    reader: RecordReader, week: Instance, row: int, values: dict[str, Any]
) -> dict[str, Any]:
    """The values with a day for each time alone: the only one on which the task may be."""
    task = week.task_by_id.get(values.get("task", ""))
    day = None if task is None else only_day(week, task)
    for field in ("start", "end"):
        time = values.get(field)
        if isinstance(time, TimeOfDay):
            if day is None:
                clock = f"{time.minutes // 60}:{time.minutes % 60:02d}"
                reader.fault("cell_needs_day", _at(reader, row, field), clock)
            values[field] = (day or 0) * MINUTES_PER_DAY + time.minutes
    start, end = values.get("start"), values.get("end")
    if isinstance(start, int) and isinstance(end, int) and end <= start < end + MINUTES_PER_DAY:
        values["end"] = end + MINUTES_PER_DAY if day is not None else end
    return values


def only_day(week: Instance, task: Any) -> int | None:
    """The day on which a task must begin; None where it may begin on several."""
    day_of = week.horizon.day_of
    if hasattr(task, "start"):
        return day_of(task.start)
    days = {day_of(w.start) for w in task.windows} | {day_of(w.end - 1) for w in task.windows}
    return days.pop() if len(days) == 1 else None


def _broken(reader: RecordReader) -> bool:
    return any(problem.severity == "error" for problem in reader.problems)


def _answer(reader: RecordReader, record: Any, faults: list[Problem]) -> tuple[Any, Any, Any]:
    reader.problems += [reader.source_cells.located(problem) for problem in faults]
    return (None if _broken(reader) else record), reader.problems, reader.source_cells
