"""Begin a week, ``/new``: drop a workbook, follow last week, or look at the example."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.formats import workbook
from scheduler.messages import say
from scheduler.model import Instance
from scheduler.weeks.roll import roll
from service.access import rules
from service.access.caller import Asking, Caller
from service.access.scope import ensure_inside
from service.inputs import WORKBOOK
from service.pages.drawing import page
from service.pages.frame import links
from service.pages.onward import HOME
from service.pages.weeks import label, today_of, week_at_hand, week_of, week_rows
from service.private_files import private_folder
from service.problems import language
from service.routes.common import Use
from service.routes.rooms import Room
from service.store import Store
from service.weeks.example import example_week
from service.weeks.opening import begun, opened
from service.weeks.state import WeekState

router = Room(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True)
class Beginnings:
    """The ways to begin a week that a caller has. last: what the week to follow is called; "" for none."""

    may: bool
    last: str


def beginnings(request: Request) -> Beginnings:
    """How this caller may begin a week."""
    may = rules.may("get_start_page", request.state.caller)
    rows = week_rows(request)
    return Beginnings(may, label(rows[-1], language(request)) if rows else "")


@router.get("/new")
def get_start_page(request: Request) -> HTMLResponse:
    """The ways to begin a week."""
    week = week_at_hand(request)
    return page(request, "start.html", week=week, beginnings=beginnings(request))


@router.get("/w")
def get_weeks_page(request: Request) -> HTMLResponse:
    """Every week that there is, the last first."""
    rows, lang = reversed(week_rows(request)), language(request)
    return page(
        request,
        "weeks.html",
        week=week_at_hand(request),
        rows=[(row, label(row, lang)) for row in rows],
    )


@router.post("/new/example")
def post_example_week(request: Request, parts: Use, caller: Asking) -> Response:
    """Begin the example week."""
    return led_to(request, begin(parts.store, caller, example_week(today_of(request))))


@router.post("/new/following")
def post_following_week(request: Request, parts: Use, caller: Asking) -> Response:
    """Begin the week after the last one, with the same people, places and repeated work."""
    rows = week_rows(request)
    if not rows:
        return RedirectResponse("/new", 303)
    last = opened(parts.store, caller, rows[-1].id).state
    return led_to(request, begin(parts.store, caller, roll(last.instance, last.roster)))


@router.get("/new/workbook")
def get_template(
    request: Request, kind: Annotated[Literal["blank", "example"], Query()] = "blank"
) -> Response:
    """A workbook to fill in, blank or with a small week."""
    lang = language(request)
    name = f"lianxin-{kind}-{lang}.xlsx"
    with private_folder() as folder:
        path = folder / name
        workbook.write_template(path, lang, example=kind == "example")
        body = path.read_bytes()
    return workbook_answer(body, name, f"{say(f'pages.start.drop.{kind}', lang)}.xlsx")


def workbook_answer(body: bytes, name: str, shown: str = "") -> Response:
    """A workbook that the browser keeps as a file. name: ASCII; shown: its name in any letters."""
    also = f"; filename*=UTF-8''{quote(shown)}" if shown else ""
    headers = {"Content-Disposition": f'attachment; filename="{name}"{also}'}
    return Response(body, media_type=WORKBOOK, headers=headers)


def begin(store: Store, caller: Caller, instance: Instance) -> str:
    """Begin a week with an instance; its id. Raises ServiceError for what lies outside the caller's areas."""
    ensure_inside(caller, None, instance)
    return begun(store, caller, WeekState.of(instance), instance.title).week.id


def led_to(request: Request, week: str) -> Response:
    """On to the first page of a week."""
    onward = links(request, ("get_board_page", "get_today_page"), week_of(request, week))
    return RedirectResponse(onward[0].href if onward else HOME, 303)
