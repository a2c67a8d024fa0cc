"""Rows to an instance's data as in a JSON file, with the cell that each part of the data comes from."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from scheduler.formats.workbook.astray import astray
from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.kinds import Code, Codes, FreeText, Unlimited, as_text
from scheduler.formats.workbook.cells.per_slot import spread_over_slots
from scheduler.formats.workbook.cells.points import settle_point
from scheduler.formats.workbook.cells.shift_times import settle
from scheduler.formats.workbook.cells.spans import DAY
from scheduler.formats.workbook.cells.text import DASHES, folded, is_word, plain
from scheduler.formats.workbook.columns import Column
from scheduler.formats.workbook.examples import is_example, is_overwritten, total_at
from scheduler.formats.workbook.grid import SheetGrid, SheetRow
from scheduler.formats.workbook.sheets.settings import SETTINGS
from scheduler.formats.workbook.source_cells import SourceCells
from scheduler.messages import LANGS, Lang, has, say
from scheduler.model import Problem, Settings
from scheduler.model.pointer import nearest, pointer, shortened


class _Unreadable:
    """What stands for a cell that could not be read."""

    def __str__(self) -> str:
        return "…"


UNREADABLE = _Unreadable()
"""Value of a cell that could not be read, so that its record counts as broken."""
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


class OtherWeeks:
    """Rows that stand in the workbook since it served another week: left out, with a warning for each sheet."""

    def __init__(self) -> None:
        self._left_out: set[Any] = set()
        """What visits and shifts that were left out may be called."""
        self._rows: list[tuple[str, str]] = []
        """Cell and name of each row of the sheet that was left out."""

    def leaves_out(
        self,
        name: str,
        values: dict[str, Any],
        reader: "RecordReader",
        grid: SheetGrid,
        row: int,
    ) -> bool:
        """Whether a row is of another week; windows of other weeks are taken out of `values`."""
        end = reader.context.days * DAY
        field = next(self._fields(name, values, end), None)
        if not reader.context.dated or field is None:
            return False
        at = grid.at(row, grid.index(field))
        called = values.get("id", values.get("name", values.get("task", values.get("first", ""))))
        inside = _inside(values[field], end) if field == "windows" else []
        if inside:
            reader.warn("windows_of_another_week", at, called, **_horizon(reader))
            values["windows"] = inside
            return False
        self._rows.append((at, called))
        if name in ("visits", "shifts"):
            stem = str(values.get("name", ""))
            dated = (
                f"{stem} {reader.context.date(values['start'] // DAY):%m-%d}"
                if field == "start"
                else stem
            )
            self._left_out |= {values["id"]} if "id" in values else {stem, dated}
        return True

    def tell(self, reader: "RecordReader") -> None:
        """One warning for the rows of a sheet that were left out."""
        if self._rows:
            at, called = self._rows[0]
            cells = [cell.rpartition("!")[2] for cell, _ in self._rows]
            more = ["…"] if len(cells) > _MOST_CELLS else []
            shown = reader.context.word("word.list").join(cells[:_MOST_CELLS] + more)
            slots = {"count": str(len(cells)), "cells": shown}
            reader.warn("row_of_another_week", at, called, **_horizon(reader), **slots)
        self._rows.clear()

    def keep(self, called: Callable[[Any], bool]) -> None:
        """Take out the names that work of this week has, too."""
        self._left_out = {name for name in self._left_out if not called(name)}

    def _fields(self, name: str, values: dict[str, Any], end: int) -> Iterator[str]:
        """Fields that speak of another week."""
        windows, start = values.get("windows"), values.get("start")
        if name == "visits" and isinstance(windows, list) and _inside(windows, end) != windows:
            yield "windows"
        if (
            name in ("shifts", "pins", "published")
            and isinstance(start, int)
            and not 0 <= start < end
        ):
            yield "start"
        tied = {"pins": ("task",), "published": ("task",), "gaps": ("first", "second")}
        yield from (field for field in tied.get(name, ()) if values.get(field) in self._left_out)


_MOST_CELLS = 8


def _horizon(reader: "RecordReader") -> dict[str, str]:
    last = reader.context.date(reader.context.days - 1)
    return {"first": reader.context.start.isoformat(), "last": last.isoformat()}


def _inside(windows: list[dict[str, int]], end: int) -> list[dict[str, int]]:
    """The windows but for those that lie wholly outside the horizon."""
    return [
        window
        for window in windows
        if not (window["from"] < window["to"] <= 0 or end <= window["from"] < window["to"])
    ]


class RecordReader:
    """Reads grids into data, and collects problems and source cells on the way."""

    def __init__(self, grids: dict[str, SheetGrid], context: CellContext):
        self.grids = grids
        self.context = context
        self.problems: list[Problem] = []
        self.source_cells = SourceCells()
        self.past = OtherWeeks()
        self.gcj = False
        """Whether the coordinates of places are GCJ-02."""
        self._said: set[tuple[str, ...]] = set()

    def fault(self, code: str, at: str, value: Any, **slots: str) -> None:
        """Note a problem at a cell."""
        self.problems.append(Problem(code=code, pointer=at, value=shortened(value), slots=slots))

    def warn(self, code: str, at: str, value: Any, **slots: str) -> None:
        """Note at a cell what a coordinator will want to know, and that does not stop a solve."""
        self.fault(code, at, value, **slots)
        self.problems[-1] = self.problems[-1].model_copy(update={"severity": "warning"})

    def rows(self, name: str) -> Iterator[tuple[SheetRow, dict[str, Any], str]]:
        """(row, values by field, pointer of its first cell) of every row that is not an example."""
        grid = self.grids.get(name)
        if grid is None:
            return
        first = min(grid.columns, default=0)
        passed = self._astray(grid)
        for row in grid.rows:
            if row.number in passed:
                continue
            shown = all(
                row.cell(index) is None or column.shown for index, column in grid.columns.items()
            )
            if shown or is_example(row, grid):
                continue
            if (said := total_at(row, grid)) is not None:
                self.warn("total_row", grid.at(row.number, said), row.cell(said))
            else:
                yield row, self.values(grid, row), grid.at(row.number, first)

    def _astray(self, grid: SheetGrid) -> set[int]:
        """Numbers of the rows that are no records; each table of them is told of once."""
        first = min(grid.columns, default=0)
        repeats, blocks = astray(grid, self.context.lang)
        for number in repeats:
            self.warn("repeated_heads", grid.at(number, first), "")
        for lacking, numbers in blocks:
            slots = {"count": str(len(numbers)), "columns": lacking}
            self.fault("rows_astray", grid.at(numbers[0], first), "", **slots)
        return {*repeats, *(number for _, numbers in blocks for number in numbers)}

    def values(self, grid: SheetGrid, row: SheetRow) -> dict[str, Any]:
        """A row's values by field, as data."""
        if is_overwritten(row, grid):
            first = min(grid.columns)
            self.fault("example_overwritten", grid.at(row.number, first), row.cell(first) or "")
            return {
                column.field: UNREADABLE if column.field != "id" else as_text(row.cell(index))
                for index, column in grid.columns.items()
                if row.cell(index) is not None and not column.shown
            }
        values: dict[str, Any] = {}
        for index, column in grid.columns.items():
            cell = row.cell(index)
            if cell is not None and not column.shown and not _dashed(cell, column):
                value = self.value(column, cell, grid.at(row.number, index))
                if value is not None or isinstance(column.kind, Unlimited):
                    values[column.field] = value
        for index, column in grid.columns.items():
            timed = column.field == "duration" and (
                isinstance(values.get("start"), list) or values.get("start") is UNREADABLE
            )
            if column.required and column.field not in values and not timed:
                self._required(grid, column, grid.at(row.number, index))
        if grid.sheet.name == "places":
            self._point(values, grid, row)
        if grid.sheet.name == "shifts":
            present = {column.field for column in grid.columns.values()}
            start = values.get("start")
            if (
                "duration" not in present
                and not isinstance(start, list)
                and start is not UNREADABLE
            ):
                column = grid.sheet.columns[grid.sheet.position("duration")]
                self._required(grid, column, grid.at(row.number, min(grid.columns)))
            code, at = settle(values), grid.at(row.number, grid.index("duration"))
            if code:
                self.fault(code, at, row.cell(grid.index("duration")) or "")
                values["duration"] = UNREADABLE
        return values

    def _point(self, values: dict[str, Any], grid: SheetGrid, row: SheetRow) -> None:
        fields = ("point", "point.longitude", "point.latitude")
        filled = [
            n for n, c in grid.columns.items() if c.field in fields and row.cell(n) is not None
        ]
        code = settle_point(values, gcj=self.gcj)
        if code:
            at, cell = grid.at(row.number, min(filled)), row.cell(min(filled))
            tell = self.warn if code == "point_swapped" else self.fault
            tell(code, at, cell)
        if self.gcj and filled and ("points_converted",) not in self._said:
            self._said.add(("points_converted",))
            self.warn("points_converted", grid.at(row.number, min(filled)), row.cell(min(filled)))

    def _required(self, grid: SheetGrid, column: Column, at: str) -> None:
        heading = grid.sheet.header(column, self.context.lang)
        self.fault("cell_required", at, "", column=heading)

    def value(self, column: Column, cell: Any, at: str) -> Any:
        """A cell's value as data; UNREADABLE, with a problem, where the column cannot read it."""
        if isinstance(cell, str) and cell.strip() in _ERRORS:
            self.fault("cell_formula", at, cell)
            return UNREADABLE
        self.context.notes.clear()
        try:
            value = as_data(column.kind.read(cell, self.context))
            self._tell_notes(at)
            return value
        except CellError as error:
            code = error.code or f"not_{column.kind.name.removeprefix('each_')}"
            slots = {}
            if code == "not_integer":
                slots = {f"note.{lang}": self._note(column, lang) for lang in LANGS}
            self.fault(f"cell_{code}", at, cell, **slots, **error.slots)
        except OverflowError:
            self.fault("cell_no_such_day", at, cell)
        return UNREADABLE

    def _note(self, column: Column, lang: Lang) -> str:
        """What the template says of a column."""
        for grid in self.grids.values():
            key = f"workbook.{grid.sheet.name}.note.{column.field}"
            if any(column is known for known in grid.sheet.columns) and has(key):
                return say(key, lang)
        return ""

    def _tell_notes(self, at: str) -> None:
        """Tell what a cell was taken to mean: once for each word, at the first cell that has it."""
        for code, slots in self.context.notes:
            said = (code, *slots.values())
            if said not in self._said:
                self._said.add(said)
                self.warn(f"cell_{code}", at, slots.get("part", ""), **slots)

    def records(self, name: str) -> list[dict[str, Any]]:
        """The records of a sheet with a row for each."""
        records: list[dict[str, Any]] = []
        grid = self.grids.get(name)
        if grid is not None:
            self.source_cells.cell(f"/{name}", grid.at(grid.head))
        for row, values, at in self.rows(name):
            if grid is None or self.past.leaves_out(name, values, self, grid, row.number):
                continue
            self.source_cells.row(pointer(name, len(records)), grid, row.number)
            record = self.expand_slots(name, values, at, row)
            records.append(nested(record))
        self.past.tell(self)
        return records

    def expand_slots(
        self, name: str, values: dict[str, Any], at: str, row: SheetRow
    ) -> dict[str, Any]:
        """The values with those of slots or needs (``slots.roles``) as a list of slots or needs."""
        group = {"visits": "slots", "shifts": "needs"}.get(name)
        if group is None:
            return values
        grid = self.grids[name]
        prefix = f"{group}."
        by_field = {key: value for key, value in values.items() if key.startswith(prefix)}
        rest = {key: value for key, value in values.items() if key not in by_field}
        size = rest.pop("crew", None)
        if size is UNREADABLE or UNREADABLE in by_field.values():
            return rest | {group: UNREADABLE}
        count = size if size is not None else max([1, *map(len, by_field.values())])
        if not 1 <= count <= 100:
            self.fault("cell_crew_size", grid.at(row.number, grid.index("crew")), count)
            return rest | {group: UNREADABLE}
        slots: list[dict[str, Any]] = [{} for _ in range(count)]
        for key, listed in by_field.items():
            try:
                for slot, part in zip(slots, spread_over_slots(listed, count), strict=True):
                    slot[key.removeprefix(prefix)] = part
            except CellError as error:
                cell = grid.index(key)
                at = grid.at(row.number, cell)
                self.fault(f"cell_{error.code}", at, row.cell(cell), **error.slots)
                return rest | {group: UNREADABLE}
        if by_field or size is not None or group == "needs":
            rest[group] = slots
        return rest

    def settings(self) -> dict[str, Any]:
        """Values of the settings sheet by field, without those left blank."""
        grid = self.grids.get("settings")
        if grid is None:
            return {}
        items = SETTINGS.by_synonym() | SETTINGS.by_header()
        values: dict[str, Any] = {}
        for row in grid.rows:
            place = next((n for n, c in enumerate(row.cells) if c is not None), 0)
            item, cell = row.cell(place), row.cell(place + 1)
            column = items.get(folded(str(item)).strip("*:")) if item is not None else None
            at = grid.at(row.number, place + 1)
            if column is not None:
                self.source_cells.cell(pointer(*column.field.split(".")), at)
            if cell is None or (item is not None and is_word(str(item), "page.item")):
                continue
            if column is None:
                like = nearest(str(item or ""), list(items))
                tell = self.fault if like else self.warn
                tell("unknown_column", grid.at(row.number), item or "", suggestion=like)
            elif column.field in values:
                self.fault("repeated_column", at, item)
            else:
                values[column.field] = self.value(column, cell, at)
        for column in SETTINGS.columns:
            if column.required and column.field not in values:
                base = pointer(*column.field.split("."))
                at = self.source_cells.find(base) or grid.at(grid.head)
                self._required(grid, column, at)
                self.source_cells.cell(base, at)
        return values


def _dashed(cell: Any, column: Column) -> bool:
    """Whether a cell has a dash for a blank; where names stand, a dash may be one."""
    named = isinstance(column.kind, Code | Codes | FreeText)
    return isinstance(cell, str) and plain(cell) in DASHES and not named


def as_data(value: Any) -> Any:
    """A value as JSON would have it: lists for tuples, ISO text for dates."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_data(item) for item in value]
    return value


def nested(values: dict[str, Any]) -> dict[str, Any]:
    """Values by dotted field as records within records."""
    data: dict[str, Any] = {}
    for key, value in values.items():
        *path, last = key.split(".")
        inner = data
        for part in path:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return data


def default_setting(path: str) -> Any:
    """The default of the settings at a dotted path below ``settings``."""
    here: Any = Settings()
    for part in path.split("."):
        here = here[part] if isinstance(here, dict) else getattr(here, part)
    return here
