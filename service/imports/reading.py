"""What is found in a dropped file: its faults, and the pieces of its sheets where they lie."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from scheduler.formats.workbook.cell_names import column_letter, row_and_column
from scheduler.formats.workbook.cells.kinds import as_text
from scheduler.formats.workbook.grid import SheetRow, grids, open_sheets
from scheduler.model import InputError, Instance, Problem
from service import inputs
from service.inputs import JSON, WORKBOOK, Upload

MOST_COLUMNS = 60
_BLANK = b"\xef\xbb\xbf \t\r\n"


class PieceRow(BaseModel):
    """A row of a sheet. cells: text by letter of the column. faulty: it has a fault, and can be mended."""

    number: int
    cells: dict[str, str]
    faulty: bool
    head: bool


class SheetPiece(BaseModel):
    """The part of a sheet where its faults lie: the heads, the rows with faults, and those beside them."""

    title: str
    columns: list[str]
    rows: list[PieceRow]

    def text(self, cell: str) -> str | None:
        """What a cell such as B7 says; None where it cannot be mended here."""
        number, column = row_and_column(cell)
        letter = column_letter(column)
        row = next((row for row in self.rows if row.number == number and row.faulty), None)
        return row.cells.get(letter, "") if row is not None and letter in self.columns else None

    def head(self, column: str) -> str:
        """What stands above a column."""
        return next((row.cells.get(column, "") for row in self.rows if row.head), "")

    def about(self, cell: str) -> str:
        """What a cell is of: the head of its column, and the first text of its row."""
        number, column = row_and_column(cell)
        letter = column_letter(column)
        cells = next((row.cells for row in self.rows if row.number == number and not row.head), {})
        first = next((cells[one] for one in self.columns if cells.get(one) and one != letter), "")
        return " · ".join(filter(None, (first, self.head(letter))))


class FileFinding(BaseModel):
    """What is found in a file. start: first day of the week, ISO; counts: of its people, places, visits, shifts."""

    workbook: bool
    problems: list[Problem] = []
    pieces: list[SheetPiece] = []
    sound: bool = False
    title: str = ""
    start: str = ""
    days: int = 0
    counts: dict[str, int] = {}

    @property
    def errors(self) -> list[Problem]:
        """What keeps a week from beginning."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What a coordinator will want to know."""
        return [problem for problem in self.problems if problem.severity == "warning"]


def read(body: bytes) -> tuple[Instance | None, FileFinding]:
    """The instance of a file, where it is sound, and what was found.

    What does not begin as JSON does is told of as a workbook: people drop old ones, and those of other programs.
    """
    workbook = not body.lstrip(_BLANK).startswith((b"{", b"["))
    inspection = inputs.inspect(Upload(WORKBOOK if workbook else JSON, body))
    found = FileFinding(workbook=workbook, problems=list(inspection.problems))
    if workbook:
        found.pieces = pieces(body, inspection.problems)
    instance = inspection.instance
    if instance is None or not inspection.valid:
        return None, found
    found.sound = True
    found.title = instance.title
    found.start = instance.horizon.start.isoformat()
    found.days = instance.horizon.days
    counted = ("people", "places", "visits", "shifts")
    found.counts = {name: len(getattr(instance, name)) for name in counted}
    return instance, found


def pieces(body: bytes, problems: Iterable[Problem]) -> list[SheetPiece]:
    """The parts of a workbook where problems lie, in the order of its sheets."""
    faulty: dict[str, set[int]] = defaultdict(set)
    columns: dict[str, set[int]] = defaultdict(set)
    for problem in problems:
        sheet, mark, cell = problem.pointer.partition("/")[0].rpartition("!")
        if mark:
            row, column = row_and_column(cell)
            faulty[sheet].add(row)
            columns[sheet].add(column)
    if not faulty:
        return []
    try:
        book = open_sheets(body)
        heads = {grid.title: grid.head for grid in grids(book)[0].values()}
    except InputError:
        return []
    return [
        _piece(title, rows, faulty[title], columns[title], heads.get(title, 1))
        for title, rows in book.items()
        if title in faulty
    ]


def _piece(
    title: str, rows: Sequence[SheetRow], faulty: set[int], columns: set[int], head: int
) -> SheetPiece:
    by_number = {row.number: row for row in rows}
    shown = sorted(
        {near for row in faulty for near in (row - 1, row, row + 1) if near in by_number}
        | faulty
        | ({head} & by_number.keys())
    )
    cells = {row: _cells(by_number.get(row)) for row in shown}
    used = {column for texts in cells.values() for column in texts} | columns
    letters = [column_letter(column) for column in sorted(used)[:MOST_COLUMNS]]
    return SheetPiece(
        title=title,
        columns=letters,
        rows=[
            PieceRow(
                number=row,
                cells={column_letter(column): text for column, text in cells[row].items()},
                faulty=row in faulty,
                head=row == head,
            )
            for row in shown
        ],
    )


def _cells(row: SheetRow | None) -> dict[int, str]:
    """Texts of a row by column, from 1."""
    values: Sequence[Any] = () if row is None else row.cells
    return {at: as_text(value) for at, value in enumerate(values, 1) if value is not None}
