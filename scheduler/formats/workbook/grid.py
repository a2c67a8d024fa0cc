"""A workbook as grids of cells: which sheet is which, where its heads are, which rows are filled."""

import re
import warnings
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from scheduler.formats.workbook.cell_names import column_letter
from scheduler.formats.workbook.cells.kinds import Duration
from scheduler.formats.workbook.cells.text import also, folded
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.layout import Layout, layouts
from scheduler.formats.workbook.other_files import not_a_workbook
from scheduler.formats.workbook.sheets import SHEETS
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


class SheetRows(tuple[SheetRow, ...]):
    """The filled rows of a sheet. hidden: the sheet is; hidden_rows: numbers of the rows that are."""

    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SheetGrid:
    """One of our sheets as it is in the workbook.

    title: on the tab; head: number of the row with the heads; columns: by index in the workbook
    hidden: whether nobody sees the sheet; hidden_rows: numbers of filled rows that nobody sees
    """

    sheet: Sheet
    title: str
    head: int
    columns: dict[int, Column]
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()

    def at(self, row: int, index: int = 0) -> str:
        """Pointer to a cell."""
        return f"{self.title}!{column_letter(index + 1)}{row}"

    def index(self, field: str) -> int:
        """Index of a field's column; the first column where the sheet has none of the kind."""
        return next((n for n, column in self.columns.items() if column.field == field), 0)


def open_sheets(
    source: Path | bytes, hidden: Collection[str] = ()
) -> dict[str, tuple[SheetRow, ...]]:
    """Title → rows that are not blank, of every sheet that people can see or show.

    hidden: titles of sheets to read that people cannot show

    Raises InputError (``not_a_workbook``) where openpyxl cannot read the file.
    """
    from openpyxl import load_workbook  # late: takes a third of a second
    from openpyxl.utils.exceptions import InvalidFileException

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
            layout_of = layouts(zipfile.ZipFile(BytesIO(data)))
            return {
                sheet.title: _filled(sheet, layout_of.get(sheet.title, Layout()))
                for sheet in book.worksheets
                if sheet.sheet_state != "veryHidden" or sheet.title in hidden
            }
    except (InvalidFileException, *_UNREADABLE):
        raise InputError([not_a_workbook(data)]) from None


_UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
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
"""What openpyxl raises, besides its own, on files that are no workbooks; it checks little itself."""


def _filled(sheet: Any, layout: Layout) -> SheetRows:
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    cells = sheet.iter_rows(max_row=MOST_ROWS, values_only=True)  # as wide as each row is
    cells_by_row = {
        number: values
        for number, values in enumerate(
            ([_blank(value) for value in row[:MOST_COLUMNS]] for row in cells), 1
        )
        if any(value is not None for value in values)
    }
    layout.fill(cells_by_row)
    rows = SheetRows(SheetRow(row, tuple(cells_by_row[row])) for row in sorted(cells_by_row))
    rows.hidden = sheet.sheet_state != "visible"
    rows.hidden_rows = layout.hidden_rows
    return rows


def _blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def grids(
    book: dict[str, tuple[SheetRow, ...]], sheets: Sequence[Sheet] = SHEETS
) -> tuple[dict[str, SheetGrid], Lang, list[Problem]]:
    """Our sheets by name, the language of most of their titles, and problems of sheets and heads.

    sheets: those that such a workbook may have
    """
    remarks = tuple(folded(say("workbook.word.remark", lang)) for lang in LANGS)
    ours = {folded(say(f"workbook.word.{word}", lang)) for word in _PASSED for lang in LANGS}
    read = {title: rows for title, rows in book.items() if folded(title) not in ours}
    named = _named(read, sheets)
    grid_by_name: dict[str, SheetGrid] = {}
    langs: list[Lang] = []
    problems: list[Problem] = []
    for title, rows in read.items():
        if title not in named:
            if rows and not folded(title).startswith(remarks):
                known = [sheet.title(lang) for sheet in sheets for lang in LANGS]
                problems.append(_unknown("unknown_sheet", f"{title}!A1", title, known))
            continue
        sheet, lang, sure = named[title]
        langs += [lang] if sure else []
        if not sure:
            slots = {"sheet": sheet.title(lang)}
            taken = _problem("sheet_taken_as", f"{title}!A1", title, slots)
            problems.append(taken.model_copy(update={"severity": "warning"}))
        if sheet.name in grid_by_name:
            slots = {"first": grid_by_name[sheet.name].title}
            problems.append(_problem("repeated_sheet", f"{title}!A1", title, slots))
            continue
        grid_by_name[sheet.name], faults = _grid(sheet, title, rows, remarks, lang)
        problems += faults
    lang = max(LANGS, key=langs.count)
    for sheet in sheets:
        if sheet.required and sheet.name not in grid_by_name:
            problems.append(_problem("missing_sheet", "", sheet.title(lang), {}))
    return grid_by_name, lang, problems


_PASSED = ("lists", "start_here")
"""Words for the sheets of the template that hold nothing to read."""
_ENDS = re.compile(r"(?:信息|明细|一览|登记|安排)?(?:表|清单|名单|list|sheet|table)$")


def _named(
    book: dict[str, tuple[SheetRow, ...]], sheets: Sequence[Sheet]
) -> dict[str, tuple[Sheet, Lang, bool]]:
    """Title → the sheet it is, its language, and whether its title says so, or only its heads."""
    named: dict[str, tuple[Sheet, Lang, bool]] = {}
    titles = {folded(sheet.title(lang)): (sheet, lang) for sheet in sheets for lang in LANGS}
    by_name = {sheet.name: sheet for sheet in sheets}
    others = {folded(word): by_name[name] for name, word in also("sheet") if name in by_name}
    for title in book:
        word = folded(title)
        bare = _ENDS.sub("", word)
        if word in titles or bare in titles:
            named[title] = (*titles[word if word in titles else bare], True)
        elif word in others or bare in others:
            named[title] = (others[word if word in others else bare], LANGS[0], True)
    taken = {sheet.name for sheet, _, _ in named.values()}
    for title, rows in book.items():
        fitting = [
            sheet
            for sheet in sheets
            if sheet.name not in taken and _fits(sheet, rows) and title not in named
        ]
        if len(fitting) == 1:
            named[title] = (fitting[0], LANGS[0], False)
            taken.add(fitting[0].name)
    return named


def _fits(sheet: Sheet, rows: tuple[SheetRow, ...]) -> bool:
    """Whether all heads that a sheet must have, three at least, stand in one of the first rows."""
    required = {column.field for column in sheet.columns if column.required}
    return len(required) >= _TELLING_HEADS and any(
        required <= {column.field for column in _known_heads(sheet, row).values()}
        for row in rows
        if row.number <= _HEAD_ROWS
    )


_TELLING_HEADS = 3


def _known_heads(sheet: Sheet, row: SheetRow) -> dict[int, Column]:
    """Index → column of every head that a row has: as in the template, else as people say."""
    proper, said = sheet.by_header(), sheet.by_synonym()
    columns: dict[int, Column] = {}
    for names in (proper, said):
        present = {column.field for column in columns.values()}
        for index, cell in enumerate(row.cells):
            if cell is None or index in columns:
                continue
            head = _head(cell)
            column = names.get(head) or names.get(_BRACKETS.sub("", head))
            if column is not None and (names is proper or column.field not in present):
                columns[index] = _in_hours(column, head)
    return columns


_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")


def _in_hours(column: Column, head: str) -> Column:
    """The column; a number in it counts hours where its head says so."""
    if re.search(r"[(\[【](?:小时|h|hours?|hrs?)[)\]】]", head) and isinstance(
        column.kind, Duration
    ):
        return replace(column, kind=replace(column.kind, unit=60))
    return column


def _grid(
    sheet: Sheet, title: str, rows: tuple[SheetRow, ...], remarks: tuple[str, ...], lang: Lang
) -> tuple[SheetGrid, list[Problem]]:
    hidden = bool(getattr(rows, "hidden", False))
    if sheet.name in ("settings", "travel"):
        return SheetGrid(sheet, title, 1, {}, rows, hidden), []
    best = max(
        (row for row in rows if row.number <= _HEAD_ROWS),
        key=lambda row: len({column.field for column in _known_heads(sheet, row).values()}),
        default=SheetRow(1, ()),
    )
    known = _known_heads(sheet, best)
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    below = tuple(row for row in rows if row.number > best.number)
    unseen: frozenset[int] = getattr(rows, "hidden_rows", frozenset())
    numbers = tuple(row.number for row in below if row.number in unseen)
    grid = SheetGrid(sheet, title, best.number, columns, below, hidden, numbers)
    for index, cell in enumerate(best.cells):
        if cell is None or (index not in known and _head(cell).startswith(remarks)):
            continue
        column = known.get(index)
        at = grid.at(best.number, index)
        if column is None:
            headers = [sheet.header(column, lang) for column in sheet.columns for lang in LANGS]
            problems.append(_unknown("unknown_column", at, cell, headers))
        elif any(column.field == other.field for other in columns.values()):
            problems.append(_problem("repeated_column", at, cell, {}))
        else:
            columns[index] = column
    present = {column.field for column in columns.values()}
    for column in sheet.columns:
        timed = sheet.name == "shifts" and column.field == "duration"
        if column.required and column.field not in present and not timed:
            slots = {"column": sheet.header(column, lang)}
            problems.append(_problem("missing_column", grid.at(best.number), title, slots))
    return grid, problems


def _head(cell: Any) -> str:
    return folded(str(cell)).strip("*:")


def _problem(code: str, at: str, value: Any, slots: dict[str, str]) -> Problem:
    return Problem(code=code, pointer=at, value=shortened(value), slots=slots)


def _unknown(code: str, at: str, value: Any, known: list[str]) -> Problem:
    """A sheet or column of the office's own is left alone; one that looks misspelt is a fault."""
    like = nearest(str(value), known)
    problem = _problem(code, at, value, {"suggestion": like})
    return problem if like else problem.model_copy(update={"severity": "warning"})
