"""A workbook, filled in by hand in Chinese or English, to an instance; every fault at once.

Sheets, heads and words may be in either language. Ids are compared in NFKC without blanks around
them. Dates may be dates, day numbers or text with or without a year; times 9:00, 9：00 or 0.375;
numbers may be text. Rows marked as examples, blank rows and 备注/remark columns are left out.
`write_instance` says what a workbook cannot hold.
"""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple
from pydantic import ValidationError

from scheduler.formats.parse import parse_instance
from scheduler.formats.workbook.books import refuse_another_kind
from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.examples import is_example
from scheduler.formats.workbook.grid import SheetGrid, grids, open_sheets
from scheduler.formats.workbook.records import (
    UNREADABLE,
    RecordReader,
    as_data,
    default_setting,
    nested,
)
from scheduler.formats.workbook.references import References, fill_ids, link, part_words
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.formats.workbook.ways import read_ways
from scheduler.messages import Lang
from scheduler.model import Calendar, Duties, InputError, Instance, Problem
from scheduler.model.errors import listed
from scheduler.model.pointer import parts, pointer
from scheduler.rules import rules

_STAND_IN = date(2001, 1, 1)
_MOST_DAYS = 400


def read_instance(source: Path | bytes, name: str = "") -> Instance:
    """The instance of a workbook from a trusted source; `guard` reads others.

    name: how the file is called in messages (its path where left out).
    Raises InputError listing every error, each at ``sheet!cell``.
    """
    name = name or ("" if isinstance(source, bytes) else str(source))
    try:
        instance, problems = inspect(source)
    except InputError as error:
        raise InputError(error.problems, name) from None
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or instance is None:
        raise InputError(errors, name)
    return instance


def inspect(source: Path | bytes) -> tuple[Instance | None, list[Problem]]:
    """The instance (None if there are errors) and every problem, warnings included."""
    book = open_sheets(source)
    refuse_another_kind(book, "week")
    grids_by_name, lang, problems = grids(book)
    reader, data = _data(grids_by_name, lang)
    _tell_hidden(reader)
    instance, faults = parse_instance(data, rules())
    problems += reader.problems
    pointers = {problem.pointer for problem in problems}
    for problem in faults:
        if _unreadable(data, parts(problem.pointer)):
            continue  # told at its cell
        problem = _on_a_sheet(reader.source_cells.located(problem), reader)
        if problem.pointer not in pointers and not _is_sheet_problem(problem):
            problems.append(problem)
    position_of = {grid.title: number for number, grid in enumerate(grids_by_name.values())}
    problems.sort(key=lambda problem: _order(problem.pointer, position_of))
    return (None if any(p.severity == "error" for p in problems) else instance), listed(problems)


def _data(grids_by_name: dict[str, SheetGrid], lang: Lang) -> tuple[RecordReader, dict[str, Any]]:
    reader = RecordReader(grids_by_name, CellContext(_STAND_IN, 7, lang, dated=False))
    settings = reader.settings()
    reader.context = _context(settings, lang)
    reader.gcj = settings.pop("coordinates", "") == "gcj02"
    data = nested(
        {key: value for key, value in settings.items() if not key.startswith("settings.")}
    )
    for sheet in ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts"):
        if sheet in grids_by_name or sheet not in ("places", "people"):
            data[sheet] = reader.records(sheet)
    fill_ids(data, reader.context)
    known = References(data)
    reader.past.keep(lambda name: bool(known.meant("task", str(name))))
    data["gaps"] = reader.records("gaps")
    data["pairs"] = [_pair(row) for row in reader.records("pairs")]
    data["pins"] = reader.records("pins")
    data["exceptions"] = reader.records("exceptions")
    data["published"] = reader.records("published")
    data["settings"] = _settings(settings)
    data["settings"]["travel"]["known_minutes"] = read_ways(reader, known)
    _freeze(reader, data)
    _wishes(reader, data, known)
    _limits(reader, data, known)
    _ways(reader, data, known)
    _history(reader, data, known)
    _rules(reader, data)
    link(reader, data)
    part_words(data)
    return reader, data


_SHOWN_BY_NEED = ("settings", "limits", "ways", "travel", "rules")
"""Sheets that the template fills before anybody does, so that it says nothing where they are hidden."""


def _tell_hidden(reader: RecordReader) -> None:
    """Tell that rows count which nobody sees."""
    for name, grid in reader.grids.items():
        rows = [row.number for row in grid.rows if not is_example(row, grid)]
        if name in _SHOWN_BY_NEED or not rows:
            continue
        if grid.hidden:
            reader.warn("hidden_sheet", grid.at(grid.head), grid.title, count=str(len(rows)))
        hidden = [number for number in grid.hidden_rows if number in rows]
        if hidden:
            cells = reader.context.word("word.list").join(map(str, hidden[:8]))
            more = "…" if len(hidden) > 8 else ""
            slots = {"count": str(len(hidden)), "cells": cells + more}
            reader.warn("hidden_rows", grid.at(hidden[0]), grid.title, **slots)


def _context(settings: dict[str, Any], lang: Lang) -> CellContext:
    start, days = settings.get("horizon.start"), settings.get("horizon.days")
    if not isinstance(start, str):
        return CellContext(_STAND_IN, 7, lang, dated=False)
    length = days if isinstance(days, int) and 1 <= days <= _MOST_DAYS else 7
    return CellContext(date.fromisoformat(start), length, lang, calendar=_calendar(settings))


def _calendar(settings: dict[str, Any]) -> Calendar:
    """The calendar of the settings, for 工作日; that of nobody where it cannot be read."""
    prefix = "settings.calendar."
    given = {
        key.removeprefix(prefix): value for key, value in settings.items() if key.startswith(prefix)
    }
    try:
        return Calendar.model_validate(given)
    except ValidationError:
        return Calendar()


def _settings(values: dict[str, Any]) -> dict[str, Any]:
    """The settings by path, with defaults for blank items, because the model merges no mappings."""
    prefix = "settings."
    paths = {
        column.field.removeprefix(prefix)
        for column in SHEETS[0].columns
        if column.field.startswith(prefix)
    }
    filled = {path: as_data(default_setting(path)) for path in sorted(paths)}
    filled |= {
        key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)
    }
    settings = nested(filled)
    settings["travel"]["kind"] = "straight_line"
    settings["duties"]["ways"] = Duties().model_dump(mode="json")["ways"]
    return settings


def _owner(
    reader: RecordReader, known: References, sheet: str, kind: str, name: Any, at: str
) -> int | None:
    """Index of the record that a row is about; None, with a problem, where there is no such record."""
    id = known.resolve(kind, name, at, reader) if sheet in known.data else None
    return known.index(sheet, id)


def _pair(row: dict[str, Any]) -> dict[str, Any]:
    people = [row.get("first", UNREADABLE), row.get("second", UNREADABLE)]
    return {"people": people} | {name: row[name] for name in ("together",) if name in row}


def _freeze(reader: RecordReader, data: dict[str, Any]) -> None:
    data["freeze"] = {}
    for row, values, at in reader.rows("freeze"):
        grade, until = values.get("grade"), values.get("until")
        if grade in data["freeze"]:
            reader.fault("row_repeated", at, grade)
        elif isinstance(grade, str):
            data["freeze"][grade] = until
            grid = reader.grids["freeze"]
            reader.source_cells.cell(
                pointer("freeze", grade), grid.at(row.number, grid.index("until"))
            )


def _wishes(reader: RecordReader, data: dict[str, Any], known: References) -> None:
    for row, values, at in reader.rows("wishes"):
        owner = _owner(reader, known, "people", "person", values.pop("person", None), at)
        if owner is not None:
            wishes = data["people"][owner].setdefault("wishes", [])
            base = pointer("people", owner, "wishes", len(wishes))
            reader.source_cells.row(base, reader.grids["wishes"], row.number)
            wishes.append(values)


def _limits(reader: RecordReader, data: dict[str, Any], known: References) -> None:
    by_role: dict[str, Any] = {}
    for row, values, at in reader.rows("limits"):
        role, person = values.pop("role", None), values.pop("person", None)
        if not _one_of_two(reader, role, person, at):
            continue
        grid = reader.grids["limits"]
        if role is not None:
            base, into, key = pointer("settings", "limits", role), by_role, role
        else:
            owner = _owner(
                reader, known, "people", "person", person, grid.at(row.number, grid.index("person"))
            )
            if owner is None:
                continue
            base, into, key = pointer("people", owner, "limits"), data["people"][owner], "limits"
        if key in into:
            cell = row.cell(grid.index("role" if person is None else "person"))
            reader.fault("row_repeated", at, cell)
            continue
        into[key] = values
        reader.source_cells.row(base, grid, row.number)
    if by_role:
        data["settings"]["limits"] = by_role


def _ways(reader: RecordReader, data: dict[str, Any], known: References) -> None:
    by_risk: dict[str, list[Any]] = {}
    for row, values, at in reader.rows("ways"):
        risk, duty = values.pop("risk", None), values.pop("duty", None)
        if not _one_of_two(reader, risk, duty, at):
            continue
        grid = reader.grids["ways"]
        if risk is not None:
            base: tuple[str | int, ...] = ("settings", "duties", "ways", risk)
            ways = by_risk.setdefault(risk, [])
        else:
            at = grid.at(row.number, grid.index("duty"))
            owner = _owner(reader, known, "duties", "duty", duty, at)
            if owner is None:
                continue
            ways = data["duties"][owner].setdefault("ways", [])
            base = ("duties", owner, "ways")
        reader.source_cells.row(pointer(*base, len(ways)), grid, row.number)
        ways.append(values)
    data["settings"]["duties"]["ways"] |= by_risk


def _one_of_two(reader: RecordReader, first: Any, second: Any, at: str) -> bool:
    if UNREADABLE in (first, second):
        return False
    if (first is None) == (second is None):
        reader.fault("cell_one_of_two", at, "")
        return False
    return True


def _history(reader: RecordReader, data: dict[str, Any], known: References) -> None:
    data["history"] = {}
    for row, values, at in reader.rows("history"):
        person = known.resolve("person", values.pop("person", None), at, reader)
        if person in data["history"]:
            reader.fault("row_repeated", at, person)
        elif isinstance(person, str):
            data["history"][person] = nested(values)
            reader.source_cells.row(pointer("history", person), reader.grids["history"], row.number)
    for row, values, at in reader.rows("stops"):
        person = known.resolve("person", values.pop("person", None), at, reader)
        if isinstance(person, str):
            stops = data["history"].setdefault(person, {}).setdefault("stops", [])
            base = pointer("history", person, "stops", len(stops))
            reader.source_cells.row(base, reader.grids["stops"], row.number)
            stops.append(values)


def _rules(reader: RecordReader, data: dict[str, Any]) -> None:
    settings_by_rule: dict[str, Any] = {}
    for row, values, at in reader.rows("rules"):
        rule = values.pop("rule", None)
        if rule in settings_by_rule:
            reader.fault("row_repeated", at, rule)
        elif isinstance(rule, str) and values:
            settings_by_rule[rule] = values
            reader.source_cells.row(
                pointer("settings", "rules", rule), reader.grids["rules"], row.number
            )
    data["settings"]["rules"] = settings_by_rule


_REQUIRED = {column.field for sheet in SHEETS for column in sheet.columns if column.required}
_REQUIRED |= {sheet.name for sheet in SHEETS} | {"id", "horizon", "start", "days"}


def _is_sheet_problem(problem: Problem) -> bool:
    """Whether a problem of a missing sheet, column or cell has been reported already."""
    return problem.code == "missing_field" and problem.slots["field"] in _REQUIRED


def _unreadable(data: Any, path: list[str]) -> bool:
    """Whether a path leads to a cell that could not be read, or into one."""
    for part in path:
        if isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, dict):
            data = data.get(part)
    return data is UNREADABLE


def _on_a_sheet(problem: Problem, reader: RecordReader) -> Problem:
    """The problem, with a sheet where no cell says what it is about, so that nobody meets a pointer."""

    def sheet_of(at: str) -> str:
        grid = reader.grids.get(parts(at)[0]) or reader.grids.get("settings")
        return grid.at(grid.head) if grid else ""

    slots = {
        name: sheet_of(value) if value.startswith("/") and name == "first" else value
        for name, value in problem.slots.items()
    }
    at = sheet_of(problem.pointer) if problem.pointer.startswith("/") else problem.pointer
    return problem.model_copy(update={"pointer": at, "slots": slots})


def _order(at: str, titles: dict[str, int]) -> tuple[int, int, int]:
    title, _, cell = at.rpartition("!")
    if title not in titles:
        return (-1, 0, 0)
    return (titles[title], *coordinate_to_tuple(cell))
