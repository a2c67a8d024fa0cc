"""A workbook, filled in by hand in Chinese or English, to an instance; every fault at once.

Sheets, heads and words are known in either language. Ids are compared in NFKC without blanks
around them. Dates may be dates, day numbers or text with or without a year; times 9:00, 9：00 or
0.375; numbers may be text. Rows marked as examples, blank rows and 备注/remark columns are left out.
What a workbook cannot hold is told in `write_instance`.
"""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple

from scheduler.formats.parse import parse_instance
from scheduler.formats.workbook.context import Frame
from scheduler.formats.workbook.grid import SheetGrid, grids, open_sheets
from scheduler.formats.workbook.records import UNREADABLE, RecordReader, as_data, default, nested
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.messages import Lang
from scheduler.model import Duties, InputError, Instance, Problem
from scheduler.model.pointer import nearest, pointer
from scheduler.rules import rules

_STAND_IN = date(2001, 1, 1)
_MOST_DAYS = 400


def read_instance(source: Path | bytes, name: str = "") -> Instance:
    """The instance of a workbook that is known to be harmless (see `guard` for others).

    name: how the file is called in messages (its path where left out).
    Raises InputError listing every error, each at ``sheet!cell``.
    """
    name = name or ("" if isinstance(source, bytes) else str(source))
    try:
        instance, found = inspect(source)
    except InputError as error:
        raise InputError(error.problems, name) from None
    errors = [problem for problem in found if problem.severity == "error"]
    if errors or instance is None:
        raise InputError(errors, name)
    return instance


def inspect(source: Path | bytes) -> tuple[Instance | None, list[Problem]]:
    """The instance, as far as it can be read, and every problem, warnings included."""
    known, lang, found = grids(open_sheets(source))
    reader, data = _data(known, lang)
    instance, more = parse_instance(data, rules())
    found += reader.problems
    told = {problem.pointer for problem in found}
    for problem in more:
        problem = _placed(problem, reader)
        if problem.pointer not in told and not _told_by_sheet(problem):
            found.append(problem)
    order = {grid.title: number for number, grid in enumerate(known.values())}
    found.sort(key=lambda problem: _order(problem.pointer, order))
    return (None if any(p.severity == "error" for p in found) else instance), found


def _data(known: dict[str, SheetGrid], lang: Lang) -> tuple[RecordReader, dict[str, Any]]:
    reader = RecordReader(known, Frame(_STAND_IN, 7, lang, dated=False))
    told = reader.settings()
    reader.frame = _frame(told, lang)
    data = nested({key: value for key, value in told.items() if not key.startswith("settings.")})
    for sheet in ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts"):
        if sheet in known or sheet not in ("places", "people"):
            data[sheet] = reader.records(sheet)
    data["gaps"] = reader.records("gaps")
    data["pins"] = reader.records("pins")
    data["settings"] = _settings(told)
    _wishes(reader, data)
    _limits(reader, data)
    _ways(reader, data)
    _history(reader, data)
    _rules(reader, data)
    return reader, data


def _frame(told: dict[str, Any], lang: Lang) -> Frame:
    start, days = told.get("horizon.start"), told.get("horizon.days")
    if not isinstance(start, str):
        return Frame(_STAND_IN, 7, lang, dated=False)
    known = days if isinstance(days, int) and 1 <= days <= _MOST_DAYS else 7
    return Frame(date.fromisoformat(start), known, lang)


def _settings(told: dict[str, Any]) -> dict[str, Any]:
    """Settings as told, with the defaults of what was left blank, because dicts are not merged."""
    prefix = "settings."
    paths = {
        column.field.removeprefix(prefix)
        for column in SHEETS[0].columns
        if column.field.startswith(prefix)
    }
    filled = {path: as_data(default(path)) for path in sorted(paths)}
    filled |= {
        key.removeprefix(prefix): value for key, value in told.items() if key.startswith(prefix)
    }
    settings = nested(filled)
    settings["travel"]["kind"] = "straight_line"
    settings["duties"]["ways"] = Duties().model_dump(mode="json")["ways"]
    return settings


def _by_id(data: dict[str, Any], sheet: str) -> dict[str, int]:
    """Id → index of the first record that has it."""
    found: dict[str, int] = {}
    for index, record in enumerate(data.get(sheet, ())):
        if isinstance(record.get("id"), str):
            found.setdefault(record["id"], index)
    return found


def _owner(
    reader: RecordReader, data: dict[str, Any], sheet: str, kind: str, name: Any, at: str
) -> int | None:
    """Index of the record that a row speaks of; a problem where there is none."""
    known = _by_id(data, sheet)
    if name in known:
        return known[name]
    if isinstance(name, str) and sheet in data:
        reader.fault(f"unknown_{kind}", at, name, suggestion=nearest(name, known))
    return None


def _wishes(reader: RecordReader, data: dict[str, Any]) -> None:
    for row, values, at in reader.rows("wishes"):
        owner = _owner(reader, data, "people", "person", values.pop("person", None), at)
        if owner is not None:
            wishes = data["people"][owner].setdefault("wishes", [])
            base = pointer("people", owner, "wishes", len(wishes))
            reader.places.row(base, reader.grids["wishes"], row.number)
            wishes.append(values)


def _limits(reader: RecordReader, data: dict[str, Any]) -> None:
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
                reader, data, "people", "person", person, grid.at(row.number, grid.index("person"))
            )
            if owner is None:
                continue
            base, into, key = pointer("people", owner, "limits"), data["people"][owner], "limits"
        if key in into:
            reader.fault("row_repeated", at, role or person)
            continue
        into[key] = values
        reader.places.row(base, grid, row.number)
    if by_role:
        data["settings"]["limits"] = by_role


def _ways(reader: RecordReader, data: dict[str, Any]) -> None:
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
            owner = _owner(reader, data, "duties", "duty", duty, at)
            if owner is None:
                continue
            ways = data["duties"][owner].setdefault("ways", [])
            base = ("duties", owner, "ways")
        reader.places.row(pointer(*base, len(ways)), grid, row.number)
        ways.append(values)
    data["settings"]["duties"]["ways"] |= by_risk


def _one_of_two(reader: RecordReader, first: Any, second: Any, at: str) -> bool:
    if UNREADABLE in (first, second):
        return False
    if (first is None) == (second is None):
        reader.fault("cell_one_of_two", at, "")
        return False
    return True


def _history(reader: RecordReader, data: dict[str, Any]) -> None:
    data["history"] = {}
    for row, values, at in reader.rows("history"):
        person = values.pop("person", None)
        if person in data["history"]:
            reader.fault("row_repeated", at, person)
        elif isinstance(person, str):
            data["history"][person] = values
            reader.places.row(pointer("history", person), reader.grids["history"], row.number)


def _rules(reader: RecordReader, data: dict[str, Any]) -> None:
    found: dict[str, Any] = {}
    for row, values, at in reader.rows("rules"):
        rule = values.pop("rule", None)
        if rule in found:
            reader.fault("row_repeated", at, rule)
        elif isinstance(rule, str) and values:
            found[rule] = values
            reader.places.row(pointer("settings", "rules", rule), reader.grids["rules"], row.number)
    data["settings"]["rules"] = found


_REQUIRED = {column.field for sheet in SHEETS for column in sheet.columns if column.required}
_REQUIRED |= {sheet.name for sheet in SHEETS} | {"horizon", "start", "days"}


def _told_by_sheet(problem: Problem) -> bool:
    """Whether a missing sheet, column or cell was told already, as such."""
    return problem.code == "missing_field" and problem.slots["field"] in _REQUIRED


def _placed(problem: Problem, reader: RecordReader) -> Problem:
    """A problem of the data at the cell that it comes from."""
    slots = {
        name: reader.places.find(value) or value if value.startswith("/") else value
        for name, value in problem.slots.items()
    }
    at = reader.places.find(problem.pointer) or problem.pointer
    return problem.model_copy(update={"pointer": at, "slots": slots})


def _order(at: str, titles: dict[str, int]) -> tuple[int, int, int]:
    title, _, cell = at.rpartition("!")
    if title not in titles:
        return (-1, 0, 0)
    return (titles[title], *coordinate_to_tuple(cell))
