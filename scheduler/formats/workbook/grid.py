"""A workbook as grids of cells: which sheet is which, where its heads are, which rows are filled."""

import warnings
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.sheets import MARKS, SHEETS
from scheduler.formats.workbook.text import folded
from scheduler.messages import LANGS, Lang, say
from scheduler.model import InputError, Problem
from scheduler.model.pointer import nearest, shortened

MOST_ROWS, MOST_COLUMNS = 20_000, 100
_HEAD_ROWS = 10
"""The heads are in one of these first rows, because offices like a title above them."""


@dataclass(frozen=True)
class SheetRow:
    """A filled row: its number and its cells by column index from 0."""

    number: int
    cells: tuple[Any, ...]

    def cell(self, index: int) -> Any:
        """A cell's value, None where it is blank."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True)
class SheetGrid:
    """One of our sheets as it is in the workbook.

    title: on the tab; head: number of the row with the heads; columns: by index in the workbook
    """

    sheet: Sheet
    title: str
    head: int
    columns: dict[int, Column]
    rows: tuple[SheetRow, ...]

    def at(self, row: int, index: int = 0) -> str:
        """Pointer to a cell."""
        return f"{self.title}!{get_column_letter(index + 1)}{row}"

    def index(self, field: str) -> int:
        """Index of a field's column; the first column where the sheet has none of the kind."""
        return next((n for n, column in self.columns.items() if column.field == field), 0)


def open_sheets(
    source: Path | bytes, also: Collection[str] = ()
) -> dict[str, tuple[SheetRow, ...]]:
    """Title → rows that are not blank, of every visible sheet, and of the hidden ones with titles in `also`.

    Raises InputError (``not_a_workbook``) where openpyxl cannot read the file.
    """
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        code = "file_not_found" if isinstance(error, FileNotFoundError) else "file_not_readable"
        raise InputError([Problem(code=code, pointer="", value=str(source))]) from None
    try:
        with warnings.catch_warnings():
            # Parts that openpyxl does not know (extensions, styles) say nothing about the cells.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return {
                sheet.title: tuple(_rows(sheet))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible" or sheet.title in also
            }
    except _UNREADABLE:
        raise InputError([Problem(code="not_a_workbook", pointer="")]) from None


_UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    EOFError,
    NotImplementedError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    RuntimeError,
)
"""What openpyxl raises on files that are no workbooks; it checks little itself."""


def _rows(sheet: Any) -> Iterator[SheetRow]:
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    cells = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for number, row in enumerate(cells, start=1):
        values = tuple(_blank(value) for value in row)
        if any(value is not None for value in values):
            yield SheetRow(number, values)


def _blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def grids(
    book: dict[str, tuple[SheetRow, ...]], sheets: Sequence[Sheet] = SHEETS
) -> tuple[dict[str, SheetGrid], Lang, list[Problem]]:
    """Our sheets by name, the language of most of their titles, and problems of sheets and heads.

    sheets: those that such a workbook may have
    """
    titles = {folded(sheet.title(lang)): (sheet, lang) for sheet in sheets for lang in LANGS}
    remarks = tuple(folded(say("workbook.word.remark", lang)) for lang in LANGS)
    grid_by_name: dict[str, SheetGrid] = {}
    langs: list[Lang] = []
    problems: list[Problem] = []
    for title, rows in book.items():
        sheet_and_lang = titles.get(folded(title))
        if sheet_and_lang is None:
            if rows and not folded(title).startswith(remarks):
                known = [sheet.title(lang) for sheet in sheets for lang in LANGS]
                problems.append(_unknown("unknown_sheet", f"{title}!A1", title, known))
            continue
        sheet, lang = sheet_and_lang
        langs.append(lang)
        if sheet.name in grid_by_name:
            slots = {"first": grid_by_name[sheet.name].title}
            problems.append(_problem("repeated_sheet", f"{title}!A1", title, slots))
            continue
        grid_by_name[sheet.name], faults = _grid(sheet, title, rows, remarks)
        problems += faults
    lang = max(LANGS, key=langs.count)
    for sheet in sheets:
        if sheet.required and sheet.name not in grid_by_name:
            problems.append(_problem("missing_sheet", "", sheet.title(lang), {}))
    return grid_by_name, lang, problems


def _grid(
    sheet: Sheet, title: str, rows: tuple[SheetRow, ...], remarks: tuple[str, ...]
) -> tuple[SheetGrid, list[Problem]]:
    if sheet.name == "settings":
        return SheetGrid(sheet, title, 1, {}, rows), []
    heads = sheet.by_header()
    best = max(
        (row for row in rows if row.number <= _HEAD_ROWS),
        key=lambda row: sum(_head(cell) in heads for cell in row.cells if cell is not None),
        default=SheetRow(1, ()),
    )
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    grid = SheetGrid(
        sheet, title, best.number, columns, tuple(r for r in rows if r.number > best.number)
    )
    for index, cell in enumerate(best.cells):
        if cell is None or _head(cell).startswith(remarks):
            continue
        column = heads.get(_head(cell))
        at = grid.at(best.number, index)
        if column is None:
            headers = [sheet.header(column, lang) for column in sheet.columns for lang in LANGS]
            problems.append(_unknown("unknown_column", at, cell, headers))
        elif column in columns.values():
            problems.append(_problem("repeated_column", at, cell, {}))
        else:
            columns[index] = column
    lang = next((lang for lang in LANGS if folded(sheet.title(lang)) == folded(title)), LANGS[0])
    for column in sheet.columns:
        if column.required and column not in columns.values():
            slots = {"column": sheet.header(column, lang)}
            problems.append(_problem("missing_column", grid.at(best.number), title, slots))
    return grid, problems


def _head(cell: Any) -> str:
    return folded(str(cell)).strip("*")


def _problem(code: str, at: str, value: Any, slots: dict[str, str]) -> Problem:
    return Problem(code=code, pointer=at, value=shortened(value), slots=slots)


def _unknown(code: str, at: str, value: Any, known: list[str]) -> Problem:
    """A sheet or column of the office's own is left alone; one that looks misspelt is a fault."""
    like = nearest(str(value), known)
    problem = _problem(code, at, value, {"suggestion": like})
    return problem if like else problem.model_copy(update={"severity": "warning"})


def is_example(row: SheetRow, first: int) -> bool:
    """Whether a row's first column says that it is an example."""
    return folded(str(row.cell(first) or "")).startswith(MARKS)
