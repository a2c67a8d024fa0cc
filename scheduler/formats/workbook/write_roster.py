"""Writing a roster as lines that can be edited and read back; see `read_roster`."""

import json
import zlib
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.formats.workbook import as_written
from scheduler.formats.workbook.called import called
from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.sheets import ROSTER_SHEETS
from scheduler.formats.workbook.sheets.roster import ABOUT, ASSIGNMENTS
from scheduler.formats.workbook.write import BookWriter
from scheduler.messages import LANGS, Lang
from scheduler.model import Instance, Roster

_PIECE = 30_000
"""Signs in a cell, which holds 32,767."""


def write_lines(
    book: xlsxwriter.Workbook,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    names: Mapping[str, str],
    hidden: Collection[str],
) -> None:
    """Add the sheet of a roster's assignments by time, and the one that says which week they are of.

    names: task id → its name as readers may see it
    hidden: ids of places without a name for readers, and of tasks whose place has none
    """
    context = CellContext(roster.horizon.start, roster.horizon.days, lang)
    people = called(instance.people)
    places = {id: id if id in hidden else name for id, name in called(instance.places).items()}
    words = {"people": list(people.values()), "places": list(places.values())}
    writer = BookWriter(book, context, ROSTER_SHEETS, words)
    ticks = roster.horizon.ticks_per_minute
    lines = [
        {
            "task": part.task,
            "name": names.get(part.task, ""),
            "slot": part.slot,
            "person": people.get(part.person, part.person),
            "place": part.place if part.task in hidden else places.get(part.place, part.place),
            "start": part.start // ticks,
            "end": part.end // ticks,
        }
        for part in sorted(roster.assignments, key=lambda one: (one.start, one.task, one.slot))
    ]
    writer.sheet(ASSIGNMENTS, lines, example=False)
    about = {
        "instance": roster.instance,
        "horizon.start": roster.horizon.start,
        "horizon.days": roster.horizon.days,
    }
    writer.sheet(ABOUT, [about], example=False)
    writer.write_lists()


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


def write_hidden(book: RememberingBook, roster: Roster, names: Mapping[str, str]) -> None:
    """Add the hidden sheet of what was written, when all others are. names: as of `AsWritten`."""
    read_back = {sheet.title(lang) for sheet in ROSTER_SHEETS for lang in LANGS}
    pages = {
        sheet.name: [total for _, total in as_written.sums(_rows(sheet.values))]
        for sheet in book.worksheets()
        if sheet.name not in read_back and not sheet.hidden
    }
    data = {
        "roster": roster.model_dump(mode="json", exclude_none=True),
        "names": names,
        "pages": pages,
    }
    packed = b64encode(zlib.compress(json.dumps(data).encode())).decode()
    sheet = book.add_worksheet(as_written.TITLE)
    for row, start in enumerate(range(0, len(packed), _PIECE)):
        sheet.write_string(row, 0, packed[start : start + _PIECE])
    sheet.very_hidden()


def _rows(values: Mapping[int, Mapping[int, Any]]) -> Iterator[tuple[int, list[Any]]]:
    for row, cells in sorted(values.items()):
        yield row, [cells.get(column) for column in range(max(cells) + 1)]
