"""The first page, ``/``: the week at hand, else the ways to begin one."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.pages.drawing import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def get_home(request: Request) -> HTMLResponse:
    """Where one begins."""
    return page(request, "home.html")
