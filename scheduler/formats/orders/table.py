"""A platform's list as text: CSV in any of the encodings that Chinese platforms write, or Excel."""

import csv
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter

from scheduler.formats.decode import load
from scheduler.formats.orders.mapping import OrderMap
from scheduler.formats.workbook.cells.text import folded
from scheduler.formats.workbook.guard import refuse_unsafe
from scheduler.model import InputError, Problem
from scheduler.model.pointer import nearest, shortened

ENDINGS = (".csv", ".txt", ".xlsx")
_HEAD_WITHIN = 20
"""Rows among which the head is looked for: exports begin with a title, or with how they were asked for."""
_DELIMITERS = ",\t;"


@dataclass(frozen=True)
class OrderTable:
    """A list below its head, as text; rows without any text are left out.

    cells: a row each, indexed by its number in the file, from 1; columns named as in the file
    letters: column → its letter in a spreadsheet
    encoding: Python's name; None of a workbook. delimiter: between cells of a CSV
    """

    cells: pd.DataFrame
    letters: dict[str, str]
    encoding: str | None
    delimiter: str
    source: str

    def place(self, row: int, column: str) -> str:
        """Where a cell is, for a problem: B3 (name of the column)."""
        return f"{self.letters[column]}{row} {column}"


def read_table(source: Path | bytes, order_map: OrderMap, name: str = "") -> OrderTable:
    """The list of a file or its bytes. Raises InputError where it is none, or lacks columns of the map.

    name: how the file is called in messages, whose ending says its format (its path where left out).
    """
    name = name or str(source)
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        slots = {"known": ", ".join(ENDINGS)}
        raise InputError(
            [Problem(code="orders_ending", pointer="", value=ending, slots=slots)], name
        )
    try:
        data = load(source)
        if ending == ".xlsx":
            return _table(_sheet(data, name), order_map, None, ",", name)
        encoding, text = _decoded(data)
        for delimiter in _DELIMITERS:
            if _head(lines := _csv(text, delimiter), order_map) is not None:
                return _table(lines, order_map, encoding, delimiter, name)
        return _table(_csv(text, ","), order_map, encoding, ",", name)
    except InputError as error:
        raise InputError(error.problems, error.source or name) from None


def _decoded(data: bytes) -> tuple[str, str]:
    """(Python's name of the encoding, the text). GB18030 holds GBK and GB2312, and any text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError([Problem(code="orders_not_text", pointer="")])


def _csv(text: str, delimiter: str) -> pd.DataFrame:
    """Every record of the text; short ones filled up."""
    try:
        width = max(map(len, csv.reader(StringIO(text), delimiter=delimiter)), default=0)
        return pd.read_csv(
            StringIO(text),
            sep=delimiter,
            header=None,
            names=list(range(max(1, width))),
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            engine="python",
        ).fillna("")
    except (csv.Error, pd.errors.ParserError, pd.errors.EmptyDataError):
        return pd.DataFrame()


def _sheet(data: bytes, name: str) -> pd.DataFrame:
    """Every row of the first sheet, as a person reads it."""
    refuse_unsafe(data, name)
    read = pd.read_excel(BytesIO(data), header=None, dtype=object, keep_default_na=False)
    return read.map(_as_text)


def _as_text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:.0f}" if cell.is_integer() else str(cell)
    return "" if cell is None or cell is pd.NaT else str(cell)


def _head(lines: pd.DataFrame, order_map: OrderMap) -> int | None:
    """The row that names the column of ids; None where none does."""
    wanted = folded(order_map.columns["id"])
    for row in range(min(_HEAD_WITHIN, len(lines))):
        if wanted in map(folded, lines.iloc[row]):
            return row
    return None


def _table(
    lines: pd.DataFrame, order_map: OrderMap, encoding: str | None, delimiter: str, source: str
) -> OrderTable:
    head = _head(lines, order_map)
    if head is None:
        slots = {"rows": str(_HEAD_WITHIN)}
        value = shortened(order_map.columns["id"])
        raise InputError([Problem(code="orders_no_head", pointer="", value=value, slots=slots)])
    names = [str(name).strip() for name in lines.iloc[head]]
    cells = lines.iloc[head + 1 :].map(lambda cell: str(cell).strip())
    cells.index = pd.RangeIndex(head + 2, len(lines) + 1)
    cells.columns = pd.Index(names)
    used = [number for number, name in enumerate(names) if name and names.index(name) == number]
    letters = {names[number]: get_column_letter(number + 1) for number in used}
    _require(list(letters), order_map)
    cells = cells.iloc[:, used]
    return OrderTable(cells[(cells != "").any(axis=1)], letters, encoding, delimiter, source)


def _require(names: list[str], order_map: OrderMap) -> None:
    """Raise InputError for every column of the map that the list lacks."""
    known = set(map(folded, names))
    problems = [
        Problem(
            code="orders_no_column",
            pointer="",
            value=shortened(column),
            slots={"suggestion": nearest(column, names), "field": field},
        )
        for field, column in order_map.columns.items()
        if folded(column) not in known
    ]
    if problems:
        raise InputError(problems)


def column_of(table: OrderTable, column: str) -> str | None:
    """The list's own spelling of a column; None where it has none."""
    return next((name for name in table.letters if folded(name) == folded(column)), None)
