"""The checks of every request and the headers of every answer, as one ASGI middleware.

Host: against DNS rebinding, only requests for a listed host name are answered.
Origin: a browser says which site a request comes from (Sec-Fetch-Site, Origin); an unsafe method
from another site is refused. A request with neither header is not from a browser.
"""

import logging
import re
from collections.abc import Callable

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import operation
from service.problems import ServiceError, failure, respond
from service.safe_logs import where
from service.settings import LOOPBACK

log = logging.getLogger("lianxin.service")

SAFE = ("GET", "HEAD", "OPTIONS")
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
"""A page of ours: all that it loads comes from this site, or is a picture that its own script has drawn; and
nothing stands in the page itself."""
REPORT_POLICY = (
    "sandbox allow-scripts allow-modals; default-src 'none'; style-src 'unsafe-inline';"
    " script-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'"
)
"""A self-contained page: it may run and print, but sees neither this site nor any other."""

MOST_HEAD_BYTES = 32 * 1024
"""Of an address and its headers: what a process that answers for this one is told in one packet."""
_HEADERS = {
    "Content-Security-Policy": API_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """The outermost middleware. hosts: names that a request may be for; empty: any; told: makes the answer to an error."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: tuple[str, ...],
        told: Callable[[Request, ServiceError], Response] = respond,
    ):
        self._app = app
        self._told = told
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or hand it on and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                if _trusted(scope):
                    headers["Cross-Origin-Opener-Policy"] = "same-origin"
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if "immutable" not in headers.get("Cache-Control", ""):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        refused = self._refused(scope)
        try:
            if refused is None:
                await self._app(scope, receive, send_with_headers)
                return
        except Exception as error:
            log.error("%s failed: %s", operation(scope), where(error))
            if started:
                # Cut the connection, so that the client does not take half an answer for a whole one.
                raise ConnectionAbortedError from None
            answer = failure(error)
        else:
            answer = ServiceError(refused)
        await self._told(Request(scope), answer)(scope, receive, send_with_headers)

    def _refused(self, scope: Scope) -> str | None:
        if _head_bytes(scope) > MOST_HEAD_BYTES:
            return "head_too_large"
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if self._hosts and _hostname(host) not in self._hosts:
            return "wrong_host"
        if scope["method"] in SAFE:
            return None
        site = headers.get("sec-fetch-site")
        if site is not None:
            return None if site in ("same-origin", "none") else "cross_site"
        origin = headers.get("origin")
        if origin is None:
            return None
        scheme, _, sender = origin.lower().partition("://")
        return None if scheme in ("http", "https") and sender == host else "cross_site"


def _head_bytes(scope: Scope) -> int:
    headers = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    return headers + len(scope["query_string"]) + len(scope.get("raw_path") or b"")


def _trusted(scope: Scope) -> bool:
    """Whether a browser trusts where the answer comes from; elsewhere it complains of what only that may ask."""
    name = _hostname(Headers(scope=scope).get("host", "").lower())
    return scope["scheme"] == "https" or name in LOOPBACK


_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^\s:/?#@\[\]\\]+))(?::\d{1,5})?")


def _hostname(host: str) -> str | None:
    """The name in a Host header, without its port; None for what is no name."""
    found = _HOST.fullmatch(host)
    return found and (found["six"] or found["name"])
