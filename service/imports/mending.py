"""Cells of a workbook that were mended on a page, written into it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from scheduler.formats import workbook
from scheduler.messages import Lang
from scheduler.model import Problem
from service.imports.reading import SheetPiece
from service.private_files import private_folder

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CELL = "cell:"
"""What the names of a form's fields begin with: ``cell:人员!B7``."""


def changed_cells(fields: Mapping[str, str], pieces: Sequence[SheetPiece]) -> dict[str, str]:
    """The cells of a form whose text is another than the sheet's, by ``sheet!cell``."""
    by_title = {piece.title: piece for piece in pieces}
    changed: dict[str, str] = {}
    for name, text in fields.items():
        sheet, mark, cell = name.removeprefix(CELL).rpartition("!")
        if not name.startswith(CELL) or not mark or sheet not in by_title:
            continue
        try:
            before = by_title[sheet].text(cell)
        except ValueError:
            continue
        if before is not None and _plain(text) != _plain(before):
            changed[f"{sheet}!{cell}"] = text.strip()
    return changed


def _plain(text: str) -> str:
    # A field of a form has other line ends than a cell, and one of one line has none.
    return " ".join(text.split())


def mended(body: bytes, cells: Mapping[str, str]) -> bytes:
    """A workbook with texts in cells, by ``sheet!cell``; a blank text empties the cell.

    What a formula came to stands for the formula: nobody would compute it before it is read again.
    """
    from openpyxl import load_workbook  # late: takes a third of a second

    book = load_workbook(BytesIO(body), data_only=True, keep_links=False)
    for at, text in cells.items():
        title, _, cell = at.rpartition("!")
        sheet = book[title]
        target = sheet[_first_of_merged(sheet, cell)]
        if text:
            target.value = text
            target.data_type = "s"  # whatever it begins with: never a formula
            target.number_format = "@"
        else:
            target.value = None
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _first_of_merged(sheet: "Worksheet", cell: str) -> str:
    from openpyxl.cell.cell import MergedCell  # late: takes a third of a second

    if isinstance(sheet[cell], MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell in area:
                return str(area.start_cell.coordinate)
    return cell


def marked(body: bytes, problems: Sequence[Problem], lang: Lang) -> bytes:
    """A copy of a workbook with a comment on each faulty cell."""
    with private_folder() as folder:
        source, target = folder / "given.xlsx", folder / "marked.xlsx"
        source.write_bytes(body)
        workbook.mark_faults(source, target, list(problems), lang)
        return target.read_bytes()
