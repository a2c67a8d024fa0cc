"""The language of the pages: kept in a cookie of this browser."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.messages import LANGS
from service.pages.form import FormFields
from service.pages.onward import HOME, our_path
from service.problems import LANGUAGE_COOKIE
from service.routes.rooms import Room

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

_YEAR = 365 * 86_400


@router.post("/language")
async def post_language(request: Request, fields: FormFields) -> Response:
    """Take a language, and go back to where it was chosen."""
    moved = RedirectResponse(our_path(fields.get("next", HOME)), 303)
    wanted = fields.get("lang")
    if wanted in LANGS:
        moved.set_cookie(
            LANGUAGE_COOKIE,
            wanted,
            max_age=_YEAR,
            path="/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
    return moved
