"""Draws a page from its template, in the reader's language.

A template extends ``base.html``; in it `say(key)` is a message of the catalogue ``pages``, `lang` the
language, `caller` who is signed in (None: nobody), `is_open` whether nobody has to.
"""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scheduler.messages import say
from service.access.caller import LOCAL, Caller
from service.middleware.security import PAGE_POLICY
from service.problems import language
from service.settings import LOOPBACK

STATIC = Path(__file__).parent / "static"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of a template. values: what the template names besides."""
    lang = language(request)
    caller: Caller | None = request.state.caller
    client = request.client
    text = _templates().get_template(template)
    html = text.render(
        say=lambda key, **slots: say(f"pages.{key}", lang, **slots),
        lang=lang,
        caller=caller,
        is_open=caller == LOCAL,
        is_plain=request.url.scheme != "https" and not (client and client.host in LOOPBACK),
        **values,
    )
    return HTMLResponse(
        html,
        status,
        headers={
            "Content-Security-Policy": PAGE_POLICY,
            "Content-Language": lang,
            "Vary": "Accept-Language, Cookie",
        },
    )
