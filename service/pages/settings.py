"""Settings, ``/settings``: who is signed in and for what, and the pages of what an installation has to set."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.pages.drawing import page
from service.pages.frame import SETTINGS, links

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/settings")
def get_settings_page(request: Request) -> HTMLResponse:
    """The account, and what can be set."""
    return page(request, "settings.html", pages=links(request, SETTINGS, None))
