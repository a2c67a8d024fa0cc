"""The first page, ``/``: on to today or to the week at hand, else the ways to begin one."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from service.pages.drawing import page
from service.pages.frame import WORKER, links, works
from service.pages.start import beginnings
from service.pages.weeks import today_of, week_at_hand
from service.routes.rooms import Room

router = Room(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def get_home(request: Request) -> Response:
    """Where one begins."""
    week = week_at_hand(request)
    during = week is not None and week.day == today_of(request).isoformat()
    first = ("get_today_page",) if during else ("get_board_page", "get_today_page")
    onward = links(request, WORKER if works(request.state.caller) else first, week)
    if onward:
        return RedirectResponse(onward[0].href, 303)
    return page(request, "home.html", week=week, beginnings=beginnings(request))
