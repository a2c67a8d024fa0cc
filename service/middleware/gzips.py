"""Answers compressed for a client that asks for it.

Compression lets an onlooker guess a secret that stands in one body with text of the attacker's choice
(BREACH, 2013). So only answers to GET are compressed, which hold nothing of their request; no error,
which quotes it; nothing that sets a cookie or was asked for from another site.
"""

import zlib

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TYPES = (
    "application/json",
    "text/csv",
    "text/calendar",
    "text/html",
    "text/plain",
    "text/css",
    "text/javascript",
)
LEAST_BYTES = 1000
_LEVEL = 5
_GZIP = 31
"""zlib's number for the format of gzip."""
SUFFIX = "-gzip"
"""A compressed body is another one, so it has a tag of its own."""


class Gzips:
    """A middleware that compresses answers below some addresses."""

    def __init__(self, app: ASGIApp, prefixes: tuple[str, ...]):
        self._app = app
        self._prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, with a sender that compresses where it may."""
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not scope["path"].startswith(self._prefixes)
            or not _may(Headers(scope=scope))
        ):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Compressing(send))


def _may(headers: Headers) -> bool:
    accepted = [part.split(";") for part in headers.get("accept-encoding", "").lower().split(",")]
    asked = any(
        coding.strip() == "gzip" and "".join(rest).replace(" ", "") not in _NEVER
        for coding, *rest in accepted
    )
    return asked and headers.get("sec-fetch-site", "none") in ("none", "same-origin")


_NEVER = ("q=0", "q=0.0", "q=0.00", "q=0.000")


class _Compressing:
    """Sends the messages of one answer, compressed where it is worth it."""

    def __init__(self, send: Send):
        self._send = send
        self._start: Message | None = None
        self._deflate: zlib._Compress | None = None

    async def __call__(self, message: Message) -> None:
        """Send a message; the start waits for the first part of the body, which tells how long it is."""
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            if self._start is not None:
                start, self._start = self._start, None
                await self._begin(start, message)
            await self._body(message)
        else:
            await self._send(message)

    async def _begin(self, start: Message, first: Message) -> None:
        headers = MutableHeaders(scope=start)
        kind = headers.get("content-type", "").partition(";")[0]
        if start["status"] == 200 and kind in TYPES and "set-cookie" not in headers:
            headers.add_vary_header("Accept-Encoding")
            whole = not first.get("more_body", False)
            if "content-encoding" not in headers and not (
                whole and len(first.get("body", b"")) < LEAST_BYTES
            ):
                self._deflate = zlib.compressobj(_LEVEL, wbits=_GZIP)
                headers["Content-Encoding"] = "gzip"
                del headers["Content-Length"]
                if "etag" in headers:
                    headers["ETag"] = f'{headers["etag"][:-1]}{SUFFIX}"'
        await self._send(start)

    async def _body(self, message: Message) -> None:
        if self._deflate is not None:
            more = message.get("more_body", False)
            body = await run_in_threadpool(
                _compressed, self._deflate, message.get("body", b""), not more
            )
            message = {**message, "body": body}
        await self._send(message)


def _compressed(deflate: "zlib._Compress", body: bytes, last: bool) -> bytes:
    return deflate.compress(body) + deflate.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
