"""The rows of a week's table as text, as the workbook writes it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext
from scheduler.formats.workbook.cells.kinds import as_text
from scheduler.formats.workbook.references import kind_of, lists_of
from scheduler.formats.workbook.rows import record_row
from scheduler.messages import Lang
from scheduler.model import Instance, Point
from service.access.mask import WeekMask
from service.answers.recent import Recent
from service.weeks.state import WeekState
from service.weeks.tables.columns import columns, sheet_of
from service.weeks.tables.words import Called, hidden_words, replaced, with_kinds

_KINDS = {
    "areas": "area",
    "places": "place",
    "people": "person",
    "households": "household",
    "duties": "duty",
    "cases": "case",
    "visits": "task",
    "shifts": "task",
}


@dataclass(frozen=True)
class TableRow:
    """A record. cells: field → text, blank ones left out; locked: something of it is hidden, so that nobody edits it.

    about: what tells it from others of its name, where there are such. called: what a hidden one is called instead of its name.
    """

    id: str
    cells: Mapping[str, str]
    locked: bool = False
    about: str = ""
    called: str = ""


def context_of(week: Instance, lang: Lang) -> CellContext:
    """How cells of a week are read and written."""
    horizon = week.horizon
    return CellContext(
        horizon.start, horizon.days, lang, calendar=week.settings.calendar, spoken=True
    )


_drawn: Recent[tuple[TableRow, ...]] = Recent(16)


def table_rows(
    state: WeekState, mask: WeekMask, key: Any, table: str, lang: Lang
) -> tuple[TableRow, ...]:
    """All rows of a table of a kept state. key: of who looks. Drawn once for each state.

    Raises ServiceError where there is no table of this name.
    """
    sheet_of(table)
    return _drawn.get((drawn_from(state), key, table, lang), lambda: rows(mask, table, lang))


def drawn_from(state: WeekState) -> tuple[str | None, ...]:
    """Equal for states whose tables are equal."""
    return tuple(state.digests.get(name) for name in (*_KINDS, "settings", "horizon"))


def rows(
    mask: WeekMask, table: str, lang: Lang, ids: Collection[str] | None = None
) -> tuple[TableRow, ...]:
    """Rows of a table, as a mask shows the week. ids: of those to draw; None: all."""
    week, called = mask.week, Called(mask.week, lang)
    hidden = hidden_words(mask, lang)
    locked = frozenset(mask.neutral.ids.get(_KINDS[table], {}).values())
    there = called.of(table)
    records: Sequence[Any] = getattr(week, table)
    shown = [mask.shown_record(one) for one in records if ids is None or one.id in ids]
    context = context_of(week, lang)
    return tuple(
        TableRow(
            one.id,
            {
                name: replaced(text, hidden)
                for name, text in _cells(table, one, called, context, lang).items()
            },
            one.id in locked,
            called.about(one) if there[one.id] != one.name else "",
            there[one.id] if one.id in locked else "",
        )
        for one in shown
    )


def _cells(
    table: str, record: Any, called: Called, context: CellContext, lang: Lang
) -> dict[str, str]:
    values = with_kinds(table, record_row(sheet_of(table), record), lang)
    cells = {}
    for one in columns(table, lang):
        value = values.get(one.field)
        kind = kind_of(table, one.field)
        if value is None or value == ():
            continue
        if kind is not None:
            value = _named(value, called.of(lists_of(kind)[0]))
        text = _point(value) if one.field == "point" else one.column.kind.write(value, context)
        if text is not None and text != "":
            cells[one.field] = as_text(text)
    return cells


def _point(value: Point) -> str:
    return f"{value.longitude:.6f}, {value.latitude:.6f}"


def _named(value: Any, called: Mapping[str, str]) -> Any:
    """Ids within a value as what they are called."""
    if isinstance(value, str):
        return called.get(value, value)
    if isinstance(value, tuple | list):
        return type(value)(_named(part, called) for part in value)
    if isinstance(value, dict):
        return {called.get(key, key): part for key, part in value.items()}
    return value
