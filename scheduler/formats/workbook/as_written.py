"""A roster as it was written into a workbook, kept on a hidden sheet: what differs from it was edited.

The sheet holds the roster whole, with the score and outcome that no line shows, what work was called,
and a sum of each row of the sheets that are only for reading.
"""

import json
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.formats.parse import parse_roster
from scheduler.formats.workbook.cells.kinds import as_text
from scheduler.formats.workbook.grid import SheetRow
from scheduler.model import Problem, Roster

TITLE = "lianxin"
"""On the hidden sheet's tab, in any language."""
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
        rows = list(sums((row.number, row.cells) for row in book[title]))
        left = Counter(before)
        left.subtract(total for _, total in rows)
        changed = next((number for number, total in rows if left[total] < 0), None)
        if changed is not None or any(count > 0 for count in left.values()):
            at = f"{title}!A{changed or 1}"
            yield Problem(code="page_edited", pointer=at, value=title, severity="warning")


def sums(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[tuple[int, int]]:
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
