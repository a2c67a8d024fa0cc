"""Example lines of the template: left out, unless somebody began to type over them."""

from scheduler.formats.workbook.cells.kinds import as_text
from scheduler.formats.workbook.cells.text import folded
from scheduler.formats.workbook.grid import SheetGrid, SheetRow
from scheduler.formats.workbook.sheets import MARKS
from scheduler.messages import LANGS, has, say

_TOTALS = (
    "合计",
    "总计",
    "小计",
    "共计",
    "total",
    "sum",
    "制表",
    "填表人",
    "审核",
    "注:",
    "备注",
    "说明",
    "填报",
    "note:",
)


def is_example(row: SheetRow, grid: SheetGrid) -> bool:
    """Whether a row's first column says that it is an example, and its name is not somebody's own."""
    return _marked(row.cell(_first(grid))) and not is_overwritten(row, grid)


def is_overwritten(row: SheetRow, grid: SheetGrid) -> bool:
    """Whether a row is in part the template's example, and in part typed by somebody."""
    name = next((n for n, column in grid.columns.items() if column.field == "name"), None)
    if not _marked(row.cell(_first(grid))):
        return any(_marked(row.cell(index)) for index in grid.columns)
    if name is None or row.cell(name) is None:
        return False
    of_template = folded(as_text(row.cell(_first(grid)))) in _words(grid, "id")
    return of_template and folded(as_text(row.cell(name))) not in _words(grid, "name")


def total_at(row: SheetRow, grid: SheetGrid) -> int | None:
    """The column that says that a row adds up those above it, or is signed, as office tables end; None: none does."""
    index = next((index for index, cell in enumerate(row.cells) if cell is not None), 0)
    first = row.cell(index)
    needed = [row.cell(index) for index, column in grid.columns.items() if column.required]
    missing = any(cell is None or cell == first for cell in needed)  # a merge repeats the first
    ends = first is not None and folded(as_text(first)).startswith(_TOTALS) and missing
    return index if ends else None


def _first(grid: SheetGrid) -> int:
    return min(grid.columns, default=0)


def _marked(cell: object) -> bool:
    return isinstance(cell, str) and folded(cell[:12]).startswith(MARKS)


def _words(grid: SheetGrid, field: str) -> set[str]:
    """What the template's examples have in a field, in any language."""
    key = f"workbook.{grid.sheet.name}.example.{field}"
    return {folded(say(key, lang)) for lang in LANGS if has(key)}
