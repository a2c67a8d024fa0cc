"""One person or place of a week: all that the tables say of it, hours to paint, a map to set it on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from scheduler.drawings.geometry import draw_map
from scheduler.drawings.reader import Reader
from scheduler.messages import Lang
from scheduler.messages.moments import date_in_words
from scheduler.model import Instance, Window
from service.access import rules
from service.access.mask import CallerView, Viewing, WeekMask
from service.pages.drawing import page
from service.pages.weeks import week_of
from service.problems import ServiceError, language
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.weeks.opening import OpenWeek, opened
from service.weeks.tables.columns import columns
from service.weeks.tables.rows import TableRow, table_rows
from service.weeks.tables.words import Called
from service.weeks.words import mask_of

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

HALF = 30
"""Minutes of a cell of the grid of hours."""
_DAY = 24 * 60


@dataclass(frozen=True)
class HourCell:
    """Half an hour of a day. at: minutes from the week's start; state: "", in, part; leave: away then."""

    at: int
    state: str
    leave: bool


@router.get("/w/{week}/people/{person_id:path}")
def get_person_page(
    week: str, person_id: str, request: Request, parts: Use, view: Viewing
) -> HTMLResponse:
    """A person, with the hours of a week to paint."""
    lang = language(request)
    found, mask, row = _record(parts, view, week, "people", person_id, lang)
    person = mask.week.person_by_id[person_id]
    horizon = mask.week.horizon
    spans = _minutes(mask.week, person.availability)
    leave = _minutes(mask.week, person.leave)
    return page(
        request,
        "person.html",
        week=week_of(request, week),
        words=("records.script", "records.cell", "tables.script"),
        data=_data(found, "people", row)
        | {
            "spans": spans,
            "dates": [horizon.date(day).isoformat() for day in range(horizon.days)],
        },
        row=row,
        about=Called(mask.week, lang).about(person),
        facts=_facts(row, "people", lang),
        edits=_edits(parts, row) and horizon.ticks_per_minute == 1,
        dates=[date_in_words(horizon.date(day), lang, "short_day") for day in range(horizon.days)],
        hours=[
            [_cell(day * _DAY + at, spans, leave) for day in range(horizon.days)]
            for at in range(0, _DAY, HALF)
        ],
    )


@router.get("/w/{week}/places/{place_id:path}")
def get_place_page(
    week: str, place_id: str, request: Request, parts: Use, view: Viewing
) -> HTMLResponse:
    """A place, on a map of the week's places."""
    lang = language(request)
    found, mask, row = _record(parts, view, week, "places", place_id, lang)
    place = mask.week.place_by_id[place_id]
    ground = draw_map(Reader(mask.week, view.private))
    shown = (
        None
        if ground is None
        else {
            "metres": ground.metres,
            "names": ground.names,
            "corner": asdict(ground.corner),
            "here": ground.at.get(place_id),
        }
    )
    return page(
        request,
        "place.html",
        week=week_of(request, week),
        words=("records.script", "tables.script"),
        data=_data(found, "places", row) | {"map": shown},
        row=row,
        about=Called(mask.week, lang).about(place),
        facts=_facts(row, "places", lang),
        edits=_edits(parts, row),
        map=ground,
    )


def _record(
    parts: Parts, view: CallerView, week: str, table: str, id: str, lang: Lang
) -> tuple[OpenWeek, WeekMask, TableRow]:
    """The week, its mask, and the row of a record that the reader sees. Raises ServiceError where there is none."""
    found = opened(parts.store, parts.caller, week)
    view.audited(parts.store, found.state.instance)
    mask = mask_of(view, found.state)
    rows = table_rows(found.state, mask, view.key, table, lang)
    row = next((row for row in rows if row.id == id), None)
    if row is None:
        raise ServiceError("not_found")
    return found, mask, row


def _facts(row: TableRow, table: str, lang: Any) -> list[tuple[str, str]]:
    return [
        (column.head, row.cells[column.field])
        for column in columns(table, lang)
        if column.field in row.cells and column.field != "name"
    ]


def _data(found: OpenWeek, table: str, row: TableRow) -> dict[str, Any]:
    return {"revision": found.number, "table": table, "week": found.week.id, "id": row.id}


def _edits(parts: Parts, row: TableRow) -> bool:
    return rules.may("post_table", parts.caller) and not row.locked


def _minutes(week: Instance, windows: Sequence[Window]) -> list[list[int]]:
    per_minute = week.horizon.ticks_per_minute
    return [[window.start // per_minute, window.end // per_minute] for window in windows]


def _cell(at: int, spans: Sequence[Sequence[int]], leave: Sequence[Sequence[int]]) -> HourCell:
    """A half hour: all of it within hours of work, a part, or nothing."""
    held = sum(max(0, min(end, at + HALF) - max(start, at)) for start, end in spans)
    state = "in" if held >= HALF else "part" if held else ""
    return HourCell(at, state, any(start < at + HALF and end > at for start, end in leave))
