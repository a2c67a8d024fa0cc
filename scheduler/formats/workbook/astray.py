"""Rows that are no records of their sheet: its heads once more, another table below it."""

from typing import TYPE_CHECKING

from scheduler.formats.workbook.examples import is_total
from scheduler.formats.workbook.grid import SheetGrid, SheetRow
from scheduler.formats.workbook.text import folded
from scheduler.messages import LANGS

if TYPE_CHECKING:
    from scheduler.formats.workbook.records import RecordReader

_MANY = 3
"""Heads by which a row shows that it repeats them; needed cells by which it shows that it is no record."""


def tell_astray(reader: "RecordReader", grid: SheetGrid) -> set[int]:
    """Numbers of the rows that are no records; each table of them is told of once."""
    astray: set[int] = set()
    blocks: list[tuple[str, list[int]]] = []
    first, before, inside = min(grid.columns, default=0), grid.head, False
    heads = {
        n: {folded(grid.sheet.header(column, lang)) for lang in LANGS}
        for n, column in grid.columns.items()
    }
    for row in grid.rows:
        gap, before = row.number > before + 1, row.number
        lacking = _lacking(reader, grid, row) if gap else ""
        inside = bool(lacking) if gap else inside
        if _repeats_heads(row, heads):
            reader.warn("repeated_heads", grid.at(row.number, first), row.cell(first) or "")
            astray.add(row.number)
        elif inside and gap:
            blocks.append((lacking, [row.number]))
        elif inside:
            blocks[-1][1].append(row.number)
    for lacking, numbers in blocks:
        slots = {"count": str(len(numbers)), "columns": lacking}
        reader.fault("rows_astray", grid.at(numbers[0], first), "", **slots)
        astray.update(numbers)
    return astray


def _lacking(reader: "RecordReader", grid: SheetGrid, row: SheetRow) -> str:
    """Heads of the needed cells that a row lacks, if it lacks most of them."""
    needed = {n: column for n, column in grid.columns.items() if column.required}
    lacking = [column for n, column in needed.items() if row.cell(n) is None]
    if len(lacking) < _MANY or 2 * len(lacking) <= len(needed) or is_total(row, grid):
        return ""
    heads = [grid.sheet.header(column, reader.context.lang) for column in lacking]
    return reader.context.word("word.list").join(heads)


def _repeats_heads(row: SheetRow, heads: dict[int, set[str]]) -> bool:
    cells = [(row.cell(n), words) for n, words in heads.items() if row.cell(n) is not None]
    count = sum(
        isinstance(cell, str) and folded(cell).strip("*:") in words for cell, words in cells
    )
    return count >= _MANY and 2 * count > len(cells)
