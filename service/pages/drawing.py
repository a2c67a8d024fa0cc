"""Draws a page from its template, in the reader's language.

A template extends ``base.html``; in it `say(key)` is a message of the catalogues ``pages`` and
``pages.<page>``, `static(name)` the address of a file of ``static/``, `frame` what stands around the
page (`service.pages.frame`), `may(operation)` whether the reader has a right to it, `by(name)` what who did something is called.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from scheduler.caches import caches
from scheduler.drawings import FOLDER
from scheduler.messages import Lang, catalogue, say
from service.access import rules
from service.access.caller import LOCAL
from service.middleware.security import PAGE_POLICY
from service.pages.assets import address
from service.pages.frame import PageWeek, frame
from service.problems import language

_SCRIPTS = ("script",)
"""Tables of messages that the scripts of every page ask for."""


class _KeptTemplates(FileSystemBytecodeCache):
    """Compiled templates in files; without a place for another one it is compiled each time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _kept() -> _KeptTemplates | None:
    folder = caches() / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _KeptTemplates(str(folder))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader([Path(__file__).parent / "templates", FOLDER]),
        bytecode_cache=_kept(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(
    request: Request,
    template: str,
    status: int = 200,
    *,
    week: PageWeek | None = None,
    words: Iterable[str] = (),
    data: Any = None,
    **values: Any,
) -> HTMLResponse:
    """The page of a template.

    week: that the page is about. words: tables of messages below ``pages`` that the page's scripts ask
    for. data: JSON for the page's scripts. values: what the template names besides.
    """
    around = frame(request, week)
    lang = around.lang
    return _drawn(
        template,
        lang,
        status,
        frame=around,
        caller=around.caller,
        may=partial(rules.may, caller=around.caller),
        static=address,
        script_words=_words(lang, (*_SCRIPTS, *words)),
        script_data=data,
        page_name=template.removesuffix(".html"),
        **values,
    )


def by(name: str, lang: Lang) -> str:
    """What who did something is called: this machine, where nobody has to sign in."""
    return say("pages.local", lang) if name == LOCAL.name else name


def part(request: Request, template: str, **values: Any) -> HTMLResponse:
    """A piece of a page that its script puts there when it is known (static/part.js). values: as of `page`."""
    return _drawn(template, language(request), 200, **values)


def fragment(template: str, lang: Lang, **values: Any) -> str:
    """A piece that a page puts into itself as it is (`safe`), and that may be kept: nothing in it is of the request."""
    draw = _templates().get_template(template).render
    words = {
        "say": lambda key, **slots: say(f"pages.{key}", lang, **slots),
        "drawn": lambda key: say(f"drawings.{key}", lang),
        "by": lambda name: by(name, lang),
        "lang": lang,
    }
    return draw(**words, **values)


def _drawn(template: str, lang: Lang, status: int, **values: Any) -> HTMLResponse:
    return HTMLResponse(
        fragment(template, lang, **values),
        status,
        headers={
            "Content-Security-Policy": PAGE_POLICY,
            "Content-Language": lang,
            "Vary": "Accept-Language, Cookie",
        },
    )


@cache
def _words(lang: Any, tables: tuple[str, ...]) -> dict[str, str]:
    """Messages of the tables by their keys below ``pages``, as they are before slots are filled."""
    begins = tuple(f"pages.{table}." for table in tables)
    return {
        key.removeprefix("pages."): text
        for key, text in catalogue(lang).items()
        if key.startswith(begins)
    }
