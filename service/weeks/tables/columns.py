"""Which tables there are, and their columns: those of the workbook's sheets, with what may be chosen in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from scheduler.formats.workbook.cells.kinds import Choice, Choices, Unlimited, YesNo, choices
from scheduler.formats.workbook.cells.per_slot import PerSlot
from scheduler.formats.workbook.columns import Column, Sheet
from scheduler.formats.workbook.rare import is_rare
from scheduler.formats.workbook.references import kind_of, lists_of
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.messages import Lang, has, say
from service.problems import ServiceError

PAGES = {
    "people": ("people",),
    "places": ("places", "areas", "households"),
    "work": ("visits", "shifts", "cases", "duties"),
}
"""Page → its tables, which are lists of the instance and sheets of the workbook alike."""
_LEFT_OUT = ("id", "point.longitude", "point.latitude")
"""Columns that a table needs not: its rows know their ids, and a point is one cell."""
TABLES = tuple(table for tables in PAGES.values() for table in tables)


@dataclass(frozen=True)
class TableColumn:
    """A column of a table. choices: name of what its cells choose from; "": nothing; several: of them at once."""

    column: Column
    head: str
    note: str
    choices: str
    several: bool
    rare: bool

    @property
    def field(self) -> str:
        """Path in the model's record."""
        return self.column.field


def sheet_of(table: str) -> Sheet:
    """The sheet of a table. Raises ServiceError where there is none of the name."""
    if table not in TABLES:
        raise ServiceError("not_found")
    return next(sheet for sheet in SHEETS if sheet.name == table)


@cache
def columns(table: str, lang: Lang) -> tuple[TableColumn, ...]:
    """The columns of a table, the name first."""
    sheet = sheet_of(table)
    found = [
        _column(sheet, column, lang) for column in sheet.columns if column.field not in _LEFT_OUT
    ]
    return tuple(sorted(found, key=lambda one: one.field != "name"))


def _column(sheet: Sheet, column: Column, lang: Lang) -> TableColumn:
    key = f"workbook.{sheet.name}.note.{column.field}"
    form = say(f"workbook.kind.{column.kind.name}", lang)
    note = say(key, lang) if has(key) else form
    source, several = _source(sheet, column)
    note = note if form in note else f"{note}\n{form}"
    return TableColumn(
        column, sheet.header(column, lang), note, source, several, is_rare(sheet, column)
    )


def _source(sheet: Sheet, column: Column) -> tuple[str, bool]:
    kind = column.kind.inner if isinstance(column.kind, Unlimited) else column.kind
    several = isinstance(kind, PerSlot)
    kind = kind.inner if isinstance(kind, PerSlot) else kind
    if isinstance(kind, Choice | YesNo):
        return f"choice.{kind.source}", several
    if isinstance(kind, Choices):
        return f"choice.{kind.source}", True
    if (named := kind_of(sheet.name, column.field)) is not None:
        return lists_of(named)[0], several or column.refers is None
    return "", False


def words_of_choice(source: str, lang: Lang) -> list[str]:
    """The words of a closed list. source: as ``choice.role``."""
    name = source.removeprefix("choice.")
    return [say(f"workbook.choice.{name}.{key}", lang) for key in choices(name)]


def shown(
    all_columns: Iterable[TableColumn], filled: Iterable[str], *, every: bool
) -> list[TableColumn]:
    """The columns to show: without the rare ones that hold nothing, unless every one is wanted."""
    some = set(filled)
    return [one for one in all_columns if every or not one.rare or one.field in some]
