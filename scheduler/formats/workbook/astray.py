"""Rows that are no records of their sheet: its heads once more, another table below it."""

from scheduler.formats.workbook.cells.text import folded
from scheduler.formats.workbook.examples import total_at
from scheduler.formats.workbook.grid import SheetGrid, SheetRow
from scheduler.messages import LANGS, Lang, say

_MANY = 3
"""Heads by which a row shows that it repeats them; needed cells by which it shows that it is no record."""


def astray(grid: SheetGrid, lang: Lang) -> tuple[list[int], list[tuple[str, list[int]]]]:
    """Numbers of rows that repeat the heads; and of each further table the heads it lacks and its rows."""
    repeats: list[int] = []
    blocks: list[tuple[str, list[int]]] = []
    before, inside = grid.head, False
    heads = {
        n: {folded(grid.sheet.header(column, each)) for each in LANGS}
        for n, column in grid.columns.items()
    }
    for row in grid.rows:
        gap, before = row.number > before + 1, row.number
        lacking = _lacking(grid, row, lang) if gap else ""
        inside = bool(lacking) if gap else inside
        if _repeats_heads(row, heads):
            repeats.append(row.number)
        elif inside and (gap or not blocks):
            blocks.append((lacking, [row.number]))
        elif inside:
            blocks[-1][1].append(row.number)
    return repeats, blocks


def _lacking(grid: SheetGrid, row: SheetRow, lang: Lang) -> str:
    """Heads of the needed cells that a row lacks, if it lacks most of them."""
    needed = {n: column for n, column in grid.columns.items() if column.required}
    lacking = [column for n, column in needed.items() if row.cell(n) is None]
    if len(lacking) < _MANY or 2 * len(lacking) <= len(needed) or total_at(row, grid) is not None:
        return ""
    heads = [grid.sheet.header(column, lang) for column in lacking]
    return say("workbook.word.list", lang).join(heads)


def _repeats_heads(row: SheetRow, heads: dict[int, set[str]]) -> bool:
    cells = [(row.cell(n), words) for n, words in heads.items() if row.cell(n) is not None]
    count = sum(
        isinstance(cell, str) and folded(cell).strip("*:") in words for cell, words in cells
    )
    return count >= _MANY and 2 * count > len(cells)
