"""Typed cells of a table as edits of the week's records, read by the workbook's own reader.

Only what was typed is changed: the other fields of a record stay as they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from scheduler.formats.workbook.cells.kinds import BETWEEN
from scheduler.formats.workbook.cells.text import folded
from scheduler.formats.workbook.grid import SheetGrid, SheetRow
from scheduler.formats.workbook.records import RecordReader, nested
from scheduler.formats.workbook.references import (
    fill_ids,
    kind_of,
    link,
    lists_of,
    part_words,
)
from scheduler.messages import LANGS, Lang
from scheduler.model import InputError, Instance, Problem
from scheduler.model.pointer import parts, pointer, shortened
from scheduler.model.tasks import tasks
from scheduler.model.time import clock
from service.access.mask import WeekMask
from service.problems import ServiceError
from service.weeks.tables.columns import columns, sheet_of
from service.weeks.tables.copies import numbered
from service.weeks.tables.rows import context_of, rows
from service.weeks.tables.words import NAMED, Called, called_so, hidden_words, kinds_meant, replaced

Edits = list[dict[str, Any]]


@dataclass(frozen=True)
class TypedRow:
    """Cells that somebody typed. id: of the record; None: a new one. gone: the record is to go."""

    cells: Mapping[str, str] = field(default_factory=dict)
    id: str | None = None
    gone: bool = False


@dataclass(frozen=True)
class ReadRows:
    """What typed rows mean. edits: a change for each row; notices: what was taken for granted, at its cell."""

    edits: Edits
    ids: tuple[str, ...]
    notices: tuple[Problem, ...]
    source: "_Source"

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of the command as problems of the cells that they come from."""
        return [self.source.located(problem) for problem in problems]


def read_rows(mask: WeekMask, table: str, typed: Sequence[TypedRow], lang: Lang) -> ReadRows:
    """The edits that typed rows mean. Raises InputError with every fault, at ``/rows/3/cells/name``."""
    week = mask.week
    if week.horizon.ticks_per_minute != 1:
        ticks = str(week.horizon.ticks_per_minute)
        problem = Problem(code="workbook_cannot_hold", pointer="/table", value=ticks)
        raise InputError([problem])
    source = _Source(table, lang)
    grid, context = source.grid(mask, typed, lang), context_of(week, lang)
    reader = RecordReader({table: grid}, context)
    read = _read(reader, week, table, typed, lang, near=True)
    if reader.problems:
        # Suggestions are made of all names that there are.
        reader = RecordReader({table: grid}, context)
        read = _read(reader, week, table, typed, lang, near=False)
    problems = [
        source.located(problem)
        for problem in reader.problems
        if source.is_typed(problem.pointer, typed)
    ]
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(errors)
    _set_apart(mask.true, table, typed, read)
    ids = tuple(str(record["id"]) for record in read)
    edits = [_edit(mask, table, row, record) for row, record in zip(typed, read, strict=True)]
    return ReadRows(edits, ids, tuple(problems), source)


class _Source:
    """The typed rows as a sheet, and where each of its cells is in the request."""

    def __init__(self, table: str, lang: Lang):
        self.table = table
        self.sheet = sheet_of(table)
        self.columns = {n: one.column for n, one in enumerate(columns(table, lang))}
        self._grid = SheetGrid(self.sheet, table, 0, self.columns, ())
        self._cells: dict[str, tuple[int, str]] = {}

    def grid(self, mask: WeekMask, typed: Sequence[TypedRow], lang: Lang) -> SheetGrid:
        """Whole rows: what was typed, and the other cells as they are."""
        wanted = {row.id for row in typed if row.id is not None}
        there = {row.id: row for row in rows(mask, self.table, lang, wanted)}
        meant = [(word, id) for id, word in hidden_words(mask, lang)]
        filled = []
        for number, row in enumerate(typed, 1):
            before = there.get(row.id or "")
            if row.id is not None and before is None:
                raise InputError([_unknown(number - 1, row.id)])
            if before is not None and before.locked:
                raise ServiceError("private_refused")
            cells = dict(before.cells) if before else {}
            if "start" in row.cells and "duration" not in row.cells:
                cells.pop("duration", None)  # 9:00-11:00 says it as well
            cells |= row.cells
            texts = [
                replaced(cells.get(column.field, ""), meant).strip() or None
                for column in self.columns.values()
            ]
            filled.append(SheetRow(number, tuple(texts)))
            for index, column in self.columns.items():
                self._cells[self._grid.at(number, index)] = (number - 1, column.field)
        return SheetGrid(self.sheet, self.table, 0, self.columns, tuple(filled))

    def cell(self, at: str) -> tuple[int, str] | None:
        """Index of the row and field of a cell of the sheet."""
        return self._cells.get(at)

    def is_typed(self, at: str, typed: Sequence[TypedRow]) -> bool:
        """Whether a cell was typed, or is read together with one that was."""
        cell = self.cell(at)
        if cell is None:
            return True
        row = typed[cell[0]]
        return not row.gone and (
            row.id is None or _top(self.table, cell[1]) in _tops(self.table, row)
        )

    def located(self, problem: Problem) -> Problem:
        """A problem at a cell, or within the record of a command, as one of the request."""
        at = self.cell(problem.pointer)
        if at is None:
            path = parts(problem.pointer)
            if len(path) < 3 or path[0] != "changes" or path[2] != "record":
                return problem
            at = (int(path[1]), self._field(path[3:]))
        place = pointer("rows", at[0], "cells", at[1]) if at[1] else pointer("rows", at[0])
        return problem.model_copy(update={"pointer": place})

    def _field(self, path: list[str]) -> str:
        """The column of a path within a record: the longest that fits."""
        names = [part for part in path if not part.isdigit()]
        fields = [column.field for column in self.columns.values()]
        for length in range(len(names), 0, -1):
            name = ".".join(names[:length])
            for one in fields:
                if one == name or (length == len(names) and one.startswith(f"{name}.")):
                    return one
        return "name"


def _read(
    reader: RecordReader,
    week: Instance,
    table: str,
    typed: Sequence[TypedRow],
    lang: Lang,
    *,
    near: bool,
) -> list[dict[str, Any]]:
    """The rows as records with ids, before the names in them are ids as well.

    near: held against the records alone whose id or name stands in the rows
    """
    grid = reader.grids[table]
    called = Called(week, lang)
    edited = {row.id for row in typed}
    read: list[dict[str, Any]] = []
    for number, (row, line) in enumerate(zip(typed, grid.rows, strict=True)):
        values = {} if row.gone else kinds_meant(table, reader.values(grid, line), week)
        at = grid.at(line.number, 0)
        record = nested(reader.expand_slots(table, values, at, line))
        if row.id is not None:
            record |= {"id": row.id, "word": called.of(table)[row.id]}
        reader.source_cells.row(pointer(table, number), grid, line.number)
        read.append(record)
    names = set(_names(read)) if near and None not in edited else None
    known: dict[str, Any] = {"id": week.id}
    for name in _read_by(table):
        known[name] = called_so(week, name, lang, names)
    known[table] = [*read, *(one for one in known[table] if one["id"] not in edited)]
    fill_ids(known, reader.context)
    link(reader, known)
    part_words({**known, **_words_of(week, read, table)})
    return read


def _names(value: Any) -> Iterator[str]:
    """Every text in what was read, and its parts that may be names by themselves, folded."""
    if isinstance(value, str):
        yield folded(value)
        yield from map(folded, BETWEEN.split(value))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _names(key)
            yield from _names(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _names(part)


def _words_of(week: Instance, read: list[dict[str, Any]], table: str) -> dict[str, Any]:
    """What was read of a table, and work and people with all kinds and skills that there are."""
    kinds = {task.kind for task in tasks(week)}
    skills = {skill: 1 for person in week.people for skill in person.skills}
    words: dict[str, list[dict[str, Any]]] = {
        "visits": [{"kind": kind} for kind in kinds],
        "people": [{"skills": skills}],
    }
    return {**words, table: [*read, *words.get(table, ())]}


@cache
def _read_by(table: str) -> tuple[str, ...]:
    """The table, those whose ids differ from its own, and those whose records its cells name."""
    kinds = (kind_of(table, one.column.field) for one in columns(table, LANGS[0]))
    named = {name for kind in kinds if kind is not None for name in lists_of(kind)}
    work = lists_of("task")
    return tuple(
        name for name in NAMED if name in named | {table, *(work if table in work else ())}
    )


def _set_apart(
    true: Instance, table: str, typed: Sequence[TypedRow], read: Sequence[dict[str, Any]]
) -> None:
    """Give new records another id where something that was hidden from their writer has theirs."""
    tables = ("visits", "shifts") if table in ("visits", "shifts") else (table,)
    there = {one.id for name in tables for one in getattr(true, name)}
    taken = there | {record["id"] for record in read}
    for row, record in zip(typed, read, strict=True):
        if row.id is None and record["id"] in there:
            record["id"] = next(id for id in numbered(record["id"]) if id not in taken)
            taken.add(record["id"])


def _edit(mask: WeekMask, table: str, row: TypedRow, read: Mapping[str, Any]) -> dict[str, Any]:
    """The change of the week that a row means, with true ids."""
    id = mask.true_ids(read["id"]) if row.id is not None else read["id"]
    edit = {"kind": "edit", "collection": table, "id": id}
    if row.gone:
        return {**edit, "record": None}
    values = mask.true_ids(
        {name: part for name, part in read.items() if name not in ("id", "word")}
    )
    if row.id is None:
        return {**edit, "record": values}
    record = _there(mask, table, id)
    tops = _tops(table, row)
    if table == "shifts" and "start" in tops and "duration" in values:
        tops.add("duration")
    for top in tops:
        record.pop(top, None)
        if top in values:
            record[top] = values[top]
    return {**edit, "record": record}


def _there(mask: WeekMask, table: str, id: str) -> dict[str, Any]:
    """The true record as JSON."""
    horizon = mask.true.horizon
    record = next(one for one in getattr(mask.true, table) if one.id == id)
    with clock(horizon.start, horizon.ticks_per_minute):
        data: dict[str, Any] = record.model_dump(mode="json", exclude_unset=True)
    data.pop("id")
    return data


def _tops(table: str, row: TypedRow) -> set[str]:
    return {_top(table, name) for name in row.cells}


def _top(table: str, name: str) -> str:
    """The field of the record that a column is a part of."""
    return "slots" if (table, name) == ("visits", "crew") else name.partition(".")[0]


def _unknown(number: int, id: str) -> Problem:
    at = pointer("rows", number, "id")
    return Problem(code="unknown_record", pointer=at, value=shortened(id), slots={"suggestion": ""})
