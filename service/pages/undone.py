"""Undone work, ``/w/{week}/undone``: the list is drawn by ``static/undone.js``, as in the board's tray."""

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from service.pages.drawing import page
from service.pages.weeks import week_of
from service.routes.common import Use
from service.routes.rooms import Room
from service.routes.weeks.asking import AskedId, SlotQuery
from service.weeks.opening import opened

router = Room(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/w/{week}/undone")
def get_undone_page(
    request: Request,
    week: AskedId,
    parts: Use,
    task: Annotated[str | None, Query(max_length=200)] = None,
    slot: SlotQuery = None,
) -> HTMLResponse:
    """Work that nobody does, with what would help. task, slot: the one that the script opens."""
    del task, slot
    return page(
        request,
        "undone.html",
        week=week_of(request, week),
        words=("undone.script", "effect"),
        planned=bool(opened(parts.store, parts.caller, week).state.roster.assignments),
    )
