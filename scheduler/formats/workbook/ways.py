"""The sheet of ways (路程表): places down and across, in each cell the minutes from the one to the other.

A blank cell leaves a way to the settings; 不通 or a dash says that there is none.
"""

from typing import Any

from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.kinds import Duration, as_text
from scheduler.formats.workbook.cells.text import is_word, plain
from scheduler.formats.workbook.grid import SheetGrid, SheetRow
from scheduler.formats.workbook.records import UNREADABLE, RecordReader
from scheduler.formats.workbook.references import References
from scheduler.formats.workbook.sheets.places import TRAVEL
from scheduler.model import Instance, StraightLine
from scheduler.model.pointer import pointer

_NO_WAY = frozenset("-–—−×xX/")
_HEAD_ROWS = 10
MOST_BLANK = 40
"""So many places at most are written where no way between them is known, to be filled in."""


def read_ways(reader: RecordReader, references: References) -> dict[str, dict[str, int | None]]:
    """Minutes by place from and place to, None for no way; faults at their cells."""
    grid = reader.grids.get("travel")
    if grid is None or not grid.rows:
        return {}
    head = max(
        (row for row in grid.rows if row.number <= _HEAD_ROWS),
        key=lambda row: sum(bool(_named(references, cell)) for cell in row.cells[1:]),
        default=grid.rows[0],
    )
    across = {
        index: _place(reader, references, grid, head, index)
        for index, cell in enumerate(head.cells)
        if index > 0 and cell is not None
    }
    known: dict[str, dict[str, int | None]] = {}
    for row in grid.rows:
        filled = any(row.cell(index) is not None for index in across)
        if row.number <= head.number or row.cell(0) is None or not filled:
            continue
        start = _place(reader, references, grid, row, 0)
        for index, end in across.items():
            cell = row.cell(index)
            if cell is None or start == end or not (start and end):
                continue
            minutes = _minutes(reader, cell, grid.at(row.number, index))
            if minutes is not UNREADABLE:
                known.setdefault(start, {})[end] = minutes
                base = pointer("settings", "travel", "known_minutes", start, end)
                reader.source_cells.cell(base, grid.at(row.number, index))
    return known


def _named(references: References, cell: Any) -> list[str]:
    return [] if cell is None else references.meant("place", plain(as_text(cell)))


def _place(
    reader: RecordReader, references: References, grid: SheetGrid, row: SheetRow, index: int
) -> str:
    """The id of the place that a cell names; "" with a fault where it names none or several."""
    text, at = plain(as_text(row.cell(index))), grid.at(row.number, index)
    id = references.resolve("place", text, at, reader)
    return "" if id is UNREADABLE else str(id)


def _minutes(reader: RecordReader, cell: Any, at: str) -> Any:
    if isinstance(cell, str) and (
        set(plain(cell)) <= _NO_WAY or is_word(cell, "word.no_way") or is_word(cell, "word.none")
    ):
        return None
    (column,) = TRAVEL.columns
    return reader.value(column, cell, at)


def way_rows(instance: Instance, context: CellContext) -> list[list[Any]]:
    """The cells of the sheet: a row of places, then a row for each place."""
    travel = instance.settings.travel
    known = travel.known_minutes if isinstance(travel, StraightLine) else {}
    named = {*known, *(end for ends in known.values() for end in ends)}
    every = len(instance.places) <= MOST_BLANK
    ids = [place.id for place in instance.places if every or place.id in named]
    ids += sorted(named.difference(ids))
    rows: list[list[Any]] = [[context.word("travel.corner"), *ids]]
    for start in ids:
        ways = known.get(start, {})
        cells = [_cell(ways[end], context) if end in ways else None for end in ids]
        rows.append([start, *cells])
    return rows


def _cell(minutes: int | None, context: CellContext) -> Any:
    return context.word("word.no_way") if minutes is None else Duration().write(minutes, context)
