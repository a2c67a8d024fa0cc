"""What a sheet and a column of the workbook are.

Headers, notes and example cells are in the catalogue ``workbook``, under ``<sheet>.header``,
``<sheet>.note`` and ``<sheet>.example``, by field; the headers of limits are in the model. A field is
a path in the model's record with dots between its parts, without indices (``slots.roles``), so that
the column of a problem's JSON pointer can be looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scheduler.formats.workbook.cells.kinds import CellKind
from scheduler.formats.workbook.cells.text import also, folded
from scheduler.messages import LANGS, Lang, say


@dataclass(frozen=True)
class Column:
    """A column (or, on the settings sheet, a row).

    required: the column must be there and every row must fill it
    needed: shown as required ones are; a cell left blank is a warning
    refers: sheet whose first column lists the possible values, for a drop-down that is not binding
    shown: for people only; never read
    heads: language → head, where the model has it; None: the head is in the catalogue
    """

    field: str
    kind: CellKind
    required: bool = False
    needed: bool = False
    refers: str | None = None
    width: int = 12
    shown: bool = False
    heads: Mapping[Lang, str] | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet; its first column says what a row is about, and marks an example as such.

    required: the workbook must have it; example: the template has an example line
    """

    name: str
    columns: tuple[Column, ...]
    required: bool = False
    example: bool = True

    def title(self, lang: Lang) -> str:
        """Name on the tab."""
        return say(f"workbook.{self.name}.sheet", lang)

    def header(self, column: Column, lang: Lang) -> str:
        """Head of a column."""
        if column.heads is not None:
            return column.heads[lang]
        return say(f"workbook.{self.name}.header.{column.field}", lang)

    def position(self, field: str) -> int:
        """Index of a column, 0 is the first."""
        return next(n for n, column in enumerate(self.columns) if column.field == field)

    def by_header(self) -> dict[str, Column]:
        """Folded head in any language, or the field itself → column."""
        return _by_header(self)

    def by_synonym(self) -> dict[str, Column]:
        """Folded other head that people give a column → column."""
        return _by_synonym(self)


@cache
def _by_header(sheet: Sheet) -> dict[str, Column]:
    by_header = {folded(column.field): column for column in sheet.columns}
    for column in sheet.columns:
        for lang in LANGS:
            by_header[folded(sheet.header(column, lang))] = column
    return by_header


@cache
def _by_synonym(sheet: Sheet) -> dict[str, Column]:
    by_field = {column.field: column for column in sheet.columns}
    return {folded(word): by_field[field] for field, word in also(sheet.name) if field in by_field}
