"""A roster as it was written into a workbook, kept on a hidden sheet: what differs from it was edited.

The sheet holds the roster whole, with the score and outcome that no line shows, what work was called,
and a sum of each row of the sheets that are only for reading.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.formats.parse import parse_roster
from scheduler.formats.workbook.grid import SheetRow
from scheduler.formats.workbook.kinds import as_text
from scheduler.formats.workbook.sheets import ROSTER_SHEETS
from scheduler.messages import LANGS
from scheduler.model import Problem, Roster

TITLE = "lianxin"
"""On the hidden sheet's tab, in any language."""
_PIECE = 30_000
"""Signs in a cell, which holds 32,767."""
_MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class AsWritten:
    """What a workbook said of a roster when it was written.

    names: task id → what readers may see as its name
    pages: title of a sheet for reading → sums of its rows
    """

    roster: Roster
    names: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Sequence[int]] = field(default_factory=dict)


class RememberedSheet(Worksheet):  # type: ignore[misc]
    """A sheet that knows what was written into it: row → column → text or number."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[int, dict[int, Any]] = {}

    def _write_string(self, row: int, col: int, string: str, *style: Any) -> int:
        self.values.setdefault(row, {})[col] = string
        return int(super()._write_string(row, col, string, *style))

    def _write_number(self, row: int, col: int, number: float, *style: Any) -> int:
        self.values.setdefault(row, {})[col] = number
        return int(super()._write_number(row, col, number, *style))

    def _write_rich_string(self, row: int, col: int, *parts: Any) -> int:
        text = "".join(part for part in parts if isinstance(part, str))
        self.values.setdefault(row, {})[col] = text
        return int(super()._write_rich_string(row, col, *parts))


class RememberingBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook of remembered sheets."""

    worksheet_class = RememberedSheet


def write(book: RememberingBook, roster: Roster, names: Mapping[str, str]) -> None:
    """Add the hidden sheet, when all others are written. names: as of `AsWritten`."""
    read_back = {sheet.title(lang) for sheet in ROSTER_SHEETS for lang in LANGS}
    pages = {
        sheet.name: [total for _, total in _sums(_rows(sheet.values))]
        for sheet in book.worksheets()
        if sheet.name not in read_back and not sheet.hidden
    }
    data = {
        "roster": roster.model_dump(mode="json", exclude_none=True),
        "names": names,
        "pages": pages,
    }
    packed = b64encode(zlib.compress(json.dumps(data).encode())).decode()
    sheet = book.add_worksheet(TITLE)
    for row, start in enumerate(range(0, len(packed), _PIECE)):
        sheet.write_string(row, 0, packed[start : start + _PIECE])
    sheet.very_hidden()


def _rows(values: Mapping[int, Mapping[int, Any]]) -> Iterator[tuple[int, list[Any]]]:
    for row, cells in sorted(values.items()):
        yield row, [cells.get(column) for column in range(max(cells) + 1)]


def read(book: Mapping[str, tuple[SheetRow, ...]]) -> AsWritten | None:
    """What the hidden sheet says; None where there is none, or none that can be read."""
    packed = "".join(str(row.cell(0) or "") for row in book.get(TITLE, ()))
    if not packed:
        return None
    try:
        unpacker = zlib.decompressobj()
        data = json.loads(unpacker.decompress(b64decode(packed), _MOST_BYTES))
        roster, _ = parse_roster(data["roster"])
        names, pages = (
            dict(data["names"]),
            {title: list(sums) for title, sums in data["pages"].items()},
        )
    except (ValueError, zlib.error, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None if roster is None else AsWritten(roster, names, pages)


def edited(written: AsWritten, book: Mapping[str, tuple[SheetRow, ...]]) -> Iterator[Problem]:
    """A warning for each sheet for reading that was edited, at the first row that is new in it."""
    for title, before in written.pages.items():
        if title not in book:
            continue
        rows = list(_sums((row.number, row.cells) for row in book[title]))
        left = Counter(before)
        left.subtract(total for _, total in rows)
        changed = next((number for number, total in rows if left[total] < 0), None)
        if changed is not None or any(count > 0 for count in left.values()):
            at = f"{title}!A{changed or 1}"
            yield Problem(code="page_edited", pointer=at, value=title, severity="warning")


def _sums(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[tuple[int, int]]:
    """(number, sum) of each row that is not blank, the same however a spreadsheet program saves it.

    Cells that say the same beside each other count once, as merged ones are read.
    """
    for number, cells in rows:
        texts = ["".join(as_text(cell).split()) if cell is not None else "" for cell in cells]
        filled = [text for text, before in zip(texts, ["", *texts], strict=False) if text != before]
        while filled and not filled[-1]:
            filled.pop()
        if filled:
            yield number, zlib.crc32("\x1f".join(filled).encode())
