"""The tables of a week, ``/w/{week}/people``, ``/places``, ``/work``: they edit as a spreadsheet does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.messages import LANGS, Lang
from scheduler.messages.moments import date_in_words
from scheduler.model import Instance
from service.access import rules
from service.access.mask import Viewing
from service.answers.recent import Recent
from service.pages.drawing import fragment, page
from service.pages.onward import HOME
from service.pages.weeks import week_at_hand, week_of
from service.problems import language
from service.routes.common import Use
from service.routes.rooms import Room
from service.settings import MEGABYTE
from service.weeks.opening import OpenWeek, opened
from service.weeks.searching import folded, pinyin
from service.weeks.tables.columns import PAGES, TableColumn, columns, shown, words_of_choice
from service.weeks.tables.rows import TableRow, drawn_from, table_rows
from service.weeks.tables.words import Called, replaced
from service.weeks.words import mask_of

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

MOST_ROWS = 300
"""Drawn at once; the others are found by searching, or asked for."""
_FILTERS = {
    "people": ("role", "areas"),
    "places": ("area", "kind"),
    "areas": ("kind",),
    "households": ("risk",),
    "visits": ("kind",),
    "shifts": ("kind", "place"),
    "cases": ("kind",),
    "duties": ("kind",),
}
_MOST_CHOICES = 400
"""A list that is longer is not sent: names are typed."""


@dataclass(frozen=True)
class TableView:
    """What of a table is shown: all of it is in the address."""

    table: str
    find: str = ""
    sort: str = ""
    every: bool = False
    most: int = MOST_ROWS
    filters: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(asked: Mapping[str, str], name: str) -> "TableView":
        """The view that an address asks for; what it does not know it leaves out."""
        table = asked.get("table", "")
        table = table if table in PAGES[name] else PAGES[name][0]
        filters = {one: asked[one] for one in _FILTERS[table] if asked.get(one)}
        most = asked["rows"]
        return TableView(
            table,
            asked["q"].strip(),
            asked["sort"],
            asked["columns"] == "all",
            max(MOST_ROWS, int(most)) if most.isdecimal() and len(most) < 6 else MOST_ROWS,
            filters,
        )

    def address(self, first: str, **other: Any) -> str:
        """The query of this view, but for some of it; only what differs from the usual."""
        values: dict[str, Any] = {
            "table": self.table if self.table != first else "",
            "q": self.find,
            "sort": self.sort,
            "columns": "all" if self.every else "",
            **self.filters,
            **other,
        }
        query = urlencode({key: value for key, value in values.items() if value})
        return f"?{query}" if query else "?"

    def rows(self, every: Sequence[TableRow]) -> list[TableRow]:
        """The rows that fit, in the order asked for; blank ones last."""
        fitting = [row for row in every if self._fits(row)]
        name, backwards = self.sort.removeprefix("-"), self.sort.startswith("-")
        if name:
            fitting.sort(key=lambda row: _order(row.cells.get(name, "")), reverse=backwards)
            fitting.sort(key=lambda row: not row.cells.get(name))
        return fitting

    def _fits(self, row: TableRow) -> bool:
        return all(wanted in row.cells.get(name, "") for name, wanted in self.filters.items()) and (
            not self.find or self._found(row)
        )

    def _found(self, row: TableRow) -> bool:
        asked = folded(self.find)
        words = (*map(folded, (*row.cells.values(), row.id)), *pinyin(row.cells.get("name", "")))
        return any(asked in word for word in words)


def _order(text: str) -> tuple[bool, float, str]:
    """Numbers by their size, before words; weekdays as a week has them."""
    number = text.replace(".", "", 1).isdecimal()
    return not number, float(text) if number else 0, replaced(text, _WEEKDAYS)


_WEEKDAYS = [
    (date_in_words(date(2026, 11, 23) + timedelta(day), lang, "weekday"), f"{day}")
    for lang in LANGS
    for day in range(7)
]
"""The name of a weekday, and its number from Monday on."""


_Text = Annotated[str, Query(max_length=200)]


async def _asked(
    table: _Text = "",
    q: _Text = "",
    sort: _Text = "",
    columns: _Text = "",
    rows: _Text = "",
    role: _Text = "",
    areas: _Text = "",
    area: _Text = "",
    kind: _Text = "",
    risk: _Text = "",
    place: _Text = "",
) -> Mapping[str, str]:
    """What an address says of a table; a column's field is its filter."""
    texts = {"table": table, "q": q, "sort": sort, "columns": columns, "rows": rows}
    return texts | {
        "role": role,
        "areas": areas,
        "area": area,
        "kind": kind,
        "risk": risk,
        "place": place,
    }


Asked = Annotated[Mapping[str, str], Depends(_asked)]


@router.get("/people")
@router.get("/places")
@router.get("/work")
@router.get("/rules")
def get_records_at_hand(request: Request, asked: Asked) -> Response:
    """On to the page of the week at hand."""
    week = week_at_hand(request)
    if week is None:
        return RedirectResponse(HOME, 303)
    query = urlencode({key: text for key, text in asked.items() if text})
    return RedirectResponse(f"/w/{week.id}{request.url.path}{f'?{query}' if query else ''}", 303)


@router.get("/w/{week}/people")
def get_people_page(
    week: str, request: Request, parts: Use, view: Viewing, asked: Asked
) -> HTMLResponse:
    """The people of a week."""
    return _drawn("people", week, request, parts, view, asked)


@router.get("/w/{week}/places")
def get_places_page(
    week: str, request: Request, parts: Use, view: Viewing, asked: Asked
) -> HTMLResponse:
    """The places of a week, its areas and households."""
    return _drawn("places", week, request, parts, view, asked)


@router.get("/w/{week}/work")
def get_work_page(
    week: str, request: Request, parts: Use, view: Viewing, asked: Asked
) -> HTMLResponse:
    """The work of a week: visits, shifts, cases and standing duties."""
    return _drawn("work", week, request, parts, view, asked)


@dataclass(frozen=True)
class _DrawnTable:
    """A table as its page shows it. data: for the page's script, but for the revision."""

    html: str
    data: dict[str, Any]


_kept: Recent[_DrawnTable] = Recent(32, 16 * MEGABYTE, lambda sheet: len(sheet.html))


def _drawn(
    name: str, id: str, request: Request, parts: Use, view: Viewing, texts: Mapping[str, str]
) -> HTMLResponse:
    lang = language(request)
    found = opened(parts.store, parts.caller, id)
    view.audited(parts.store, found.state.instance, instance=id)
    asked = TableView.of(texts, name)
    edits = rules.may("post_table", parts.caller)
    address = asked.address("", rows=asked.most)
    key = id, name, address, edits, drawn_from(found.state), view.key, lang
    sheet = _kept.get(key, lambda: _table(name, found, view, asked, lang, edits=edits))
    return page(
        request,
        "tables.html",
        week=week_of(request, id),
        words=("tables.script",),
        data={"revision": found.number, **sheet.data} if edits else None,
        name=name,
        main=sheet.html,
    )


def _table(
    name: str, found: OpenWeek, view: Viewing, asked: TableView, lang: Lang, *, edits: bool
) -> _DrawnTable:
    mask = mask_of(view, found.state)
    every = table_rows(found.state, mask, view.key, asked.table, lang)
    rows = asked.rows(every)
    filled = {one for row in every for one in row.cells}
    all_columns = columns(asked.table, lang)
    drawn = shown(all_columns, filled, every=asked.every)
    html = fragment(
        "table_sheet.html",
        lang,
        week=found.week.id,
        name=name,
        tables=PAGES[name],
        asked=asked,
        address=lambda **other: asked.address(PAGES[name][0], **other),
        columns=drawn,
        rare=len(all_columns) - len(drawn),
        rows=rows[: asked.most],
        fitting=len(rows),
        total=len(every),
        filters=[
            (column, _values(every, column.field))
            for column in all_columns
            if column.field in _FILTERS[asked.table]
        ],
        edits=edits,
        details=name if asked.table in ("people", "places") else "",
        days=days(mask.week, lang) if asked.table in ("visits", "shifts") else (),
    )
    return _DrawnTable(html, _data(asked.table, drawn, mask.week, lang))


def days(week: Instance, lang: Lang) -> list[str]:
    """The days of a week in words."""
    horizon = week.horizon
    return [date_in_words(horizon.date(day), lang, "day") for day in range(horizon.days)]


def _values(rows: Sequence[TableRow], name: str) -> list[str]:
    """What a column holds, to choose from; each part of a list by itself."""
    found: dict[str, None] = {}
    for row in rows:
        for part in row.cells.get(name, "").replace("、", ", ").split(", "):
            if part:
                found[part] = None
    return list(found)[:_MOST_CHOICES]


def _data(table: str, drawn: Sequence[TableColumn], week: Instance, lang: Lang) -> dict[str, Any]:
    called = Called(week, lang)
    sources = {column.choices for column in drawn if column.choices}
    return {
        "table": table,
        "columns": [
            {
                "field": one.field,
                "head": one.head,
                "note": one.note,
                "required": one.column.required,
                "choices": one.choices,
                "several": one.several,
            }
            for one in drawn
        ],
        "choices": {source: _choices(source, called, lang) for source in sorted(sources)},
    }


def _choices(source: str, called: Called, lang: Lang) -> list[list[str]]:
    """What a cell chooses from: words, each with what is said of it."""
    if source.startswith("choice."):
        return [[word] for word in words_of_choice(source, lang)]
    records = getattr(called.week, source)[:_MOST_CHOICES]
    return [[called.of(source)[one.id], called.about(one)] for one in records]
