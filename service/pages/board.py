"""The board (周表) of a week: people or duties against hours; and the same as a table, for paper and without script."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse

from scheduler.drawings import drawn_words
from scheduler.drawings.kinds import kinds
from scheduler.messages import Lang
from scheduler.messages.moments import date_in_words
from scheduler.report.tables import days_of, grids, venues
from service.access.mask import CallerView, Viewing
from service.answers.recent import Recent
from service.pages.drawing import fragment, page
from service.pages.weeks import week_of
from service.problems import ServiceError, language
from service.routes.common import Use
from service.routes.rooms import Room
from service.routes.weeks.board import WeekId
from service.settings import MEGABYTE
from service.weeks.board import seen
from service.weeks.opening import horizon_of, opened
from service.weeks.state import WeekState
from service.weeks.tell_list import detail

ShortText = Annotated[str, Query(max_length=200)]
LongText = Annotated[str, Query(max_length=4000)]

router = Room(include_in_schema=False, default_response_class=HTMLResponse)


def board_view(
    rows: ShortText = "",
    day: ShortText = "",
    area: ShortText = "",
    role: ShortText = "",
    kind: ShortText = "",
    changed: ShortText = "",
    free: ShortText = "",
    sel: LongText = "",
) -> None:
    """What the page shows, as its address says: read by its script (static/board/view.js) alone."""


@router.get("/w/{week}", dependencies=[Depends(board_view)])
def get_board_page(request: Request, week: WeekId, parts: Use) -> HTMLResponse:
    """The board; its script fetches what it draws."""
    lang = language(request)
    today = datetime.now(ZoneInfo(parts.settings.time_zone)).date()
    around = week_of(request, week)
    horizon = horizon_of(parts.store, parts.caller, week)
    days = [horizon.date(number) for number in range(horizon.days)]
    return page(
        request,
        "board.html",
        week=around,
        words=("board.script",),
        days=[(date_in_words(day, lang, "short_day"), day.weekday() >= 5) for day in days],
        data={"week": week, "today": today.isoformat(), "words": {lang: drawn_words()[lang]}},
    )


@router.get("/w/{week}/table")
def get_board_table(
    request: Request, week: WeekId, parts: Use, view: Viewing, person: ShortText = ""
) -> HTMLResponse:
    """The board as a table: a row for each person, then one for each place with duties; or one person's week."""
    found = opened(parts.store, parts.caller, week)
    view.audited(parts.store, found.state.instance)
    lang = language(request)
    if person:
        called, tables = _drawn_person(found.state, view, person, lang)
    else:
        key = found.state.key, view.key, lang
        called, tables = None, _tables.get(key, lambda: _drawn(found.state, view, lang))
    around = week_of(request, week)
    return page(request, "table.html", week=around, tables=tables, person=called)


@dataclass(frozen=True)
class CalledPerson:
    """Whose table it is. detail: role and areas."""

    name: str
    detail: str


def _drawn_person(
    state: WeekState, view: CallerView, person: str, lang: Lang
) -> tuple[CalledPerson, str]:
    mask, facts, reader = seen(state, view)
    id = mask.known(person)
    record = facts.instance.person_by_id.get(id)
    if record is None or record not in facts.instance.people:
        raise ServiceError("part_not_found", id=person)
    _, kind_of = kinds(facts, reader)
    name = getattr(reader.person(id), lang)
    days = days_of(facts, reader, kind_of, id)
    html = fragment(
        "table_person.html",
        lang,
        name=name,
        days=days,
        words_of=lambda text: getattr(text, lang),
    )
    return CalledPerson(name, detail(facts.instance, record, lang)), html


_tables: Recent[str] = Recent(16, 8 * MEGABYTE, len)


def _drawn(state: WeekState, view: CallerView, lang: Lang) -> str:
    _, facts, reader = seen(state, view)
    shown, kind_of = kinds(facts, reader)
    return fragment(
        "table_grids.html",
        lang,
        grids=grids(facts, reader, kind_of),
        venues=venues(facts, reader, kind_of),
        kinds=shown,
        words_of=lambda text: getattr(text, lang),
    )
