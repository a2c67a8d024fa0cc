"""What every answer carries and every request is checked for, as one ASGI middleware.

Names: a page elsewhere may point its own name at this machine; only known names are answered.
Sites: a browser says where a request comes from (Sec-Fetch-Site, Origin); an unsafe method from
another site is refused. A request with neither header is no browser's.
"""

import logging
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import ServiceError, respond
from service.quiet import where

log = logging.getLogger("lianxin.service")

SAFE = ("GET", "HEAD", "OPTIONS")
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
REPORT_POLICY = (
    "sandbox allow-scripts allow-modals; default-src 'none'; style-src 'unsafe-inline';"
    " script-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'"
)
"""A self-contained page: it may run and print, but sees neither this site nor any other."""

_HEADERS = {
    "Content-Security-Policy": API_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """The outermost layer. hosts: names that a request may be for; empty: any."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]):
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that may not pass; hand on any other, and guard its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sealed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["Cache-Control"] = "no-store"
            await send(message)

        refused = self._refused(scope)
        try:
            if refused is None:
                await self._app(scope, receive, sealed)
                return
        except Exception as error:
            log.error("%s %s failed: %s", scope["method"], scope["path"], where(error))
            if started:
                # Cut the connection: the reader must not take half an answer for a whole one.
                raise ConnectionAbortedError from None
            refused = "internal"
        await respond(Request(scope), ServiceError(refused))(scope, receive, sealed)

    def _refused(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._hosts and urlsplit(f"//{host}").hostname not in self._hosts:
            return "wrong_host"
        if scope["method"] in SAFE:
            return None
        site = headers.get("sec-fetch-site")
        if site is not None:
            return None if site in ("same-origin", "none") else "cross_site"
        origin = headers.get("origin")
        return None if origin is None or urlsplit(origin).netloc == host else "cross_site"
