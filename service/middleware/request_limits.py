"""What one request may take: bytes and time of its body, and time until its answer begins.

`RequestLimits` is a middleware. A route's lane may change what a request is allowed (`Allowance`).
"""

import asyncio
import time

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import ServiceError, respond
from service.settings import MEGABYTE, ServiceSettings

SMALL_BYTES = MEGABYTE
"""Largest body that the web process takes into its memory."""
RETRY_SECONDS = 5
"""When to ask again where an answer came too late."""
_LEAST_RATE = 1024
"""Bytes a second that must arrive within `upload_idle_seconds`: fewer is a connection that only waits."""
_KEY = "lianxin.allowance"


class Allowance:
    """What one request may take, and what it has taken.

    most_bytes: of its body. Its time runs out after `light_seconds`, unless it is `unhurried`.
    """

    def __init__(self, settings: ServiceSettings, receive: Receive):
        self.most_bytes = SMALL_BYTES
        self._settings = settings
        self._receive = receive
        self._received = 0
        self._ended = False
        self._begun = self._window = 0.0
        self._in_window = 0
        loop = asyncio.get_running_loop()
        self.over: asyncio.Future[None] = loop.create_future()
        """Done once the answer is there, or its time has run out."""
        self._timer = loop.call_later(settings.light_seconds, self.end)

    @staticmethod
    def of(request: Request) -> "Allowance":
        """The allowance of a request."""
        allowance: Allowance = request.scope[_KEY]
        return allowance

    def end(self, _work: object = None) -> None:
        """Wait no longer for the answer."""
        if not self.over.done():
            self.over.set_result(None)

    def unhurried(self) -> None:
        """Take the time limit away: whoever answers has one of its own."""
        self._timer.cancel()

    async def receive(self) -> Message:
        """The next part of the body. Raises ServiceError where it is too much or too slow."""
        if self._ended:
            return await self._receive()
        if not self._begun:
            self._begun = self._window = time.monotonic()
        settings = self._settings
        left = min(
            self._begun + settings.upload_seconds, self._window + settings.upload_idle_seconds
        )
        try:
            message = await asyncio.wait_for(self._receive(), max(0.001, left - time.monotonic()))
        except TimeoutError:
            if not self._moves():
                raise ServiceError("upload_slow") from None
            return await self.receive()
        if message["type"] == "http.request":
            size = len(message.get("body", b""))
            self._received += size
            self._in_window += size
            self._ended = not message.get("more_body", False)
            if self._received > self.most_bytes:
                raise too_large(self.most_bytes)
            if not self._ended and time.monotonic() >= left and not self._moves():
                raise ServiceError("upload_slow")
        return message

    def _moves(self) -> bool:
        """Whether the body still has time, and came on well enough; begins to count anew."""
        now, settings = time.monotonic(), self._settings
        if now >= self._begun + settings.upload_seconds:
            return False
        enough = self._in_window >= _LEAST_RATE * settings.upload_idle_seconds
        self._window, self._in_window = now, 0
        return enough


def too_large(most_bytes: int) -> ServiceError:
    """A body that is larger than it may be."""
    return ServiceError("too_large", most=f"{most_bytes / MEGABYTE:g}")


class RequestLimits:
    """Gives each request its allowance, and answers in the place of one that is late.

    The work of a late request goes on until it ends by itself, and keeps its place in its lane.
    """

    def __init__(self, app: ASGIApp, settings: ServiceSettings):
        self._app = app
        self._settings = settings
        self._left_behind: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, within its limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        allowance = Allowance(self._settings, receive)
        begun = over = False

        async def send_in_time(message: Message) -> None:
            nonlocal begun
            if not over:
                begun = True
                await send(message)

        scope[_KEY] = allowance
        work = asyncio.create_task(self._work(scope, allowance, send_in_time))
        work.add_done_callback(allowance.end)
        try:
            await allowance.over
            if work.done() or begun:
                await work
                return
            over = True
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            allowance.unhurried()
        self._left_behind.add(work)
        work.add_done_callback(self._end)
        await respond(Request(scope), ServiceError("late", retry_after=RETRY_SECONDS))(
            scope, receive, send
        )

    async def _work(self, scope: Scope, allowance: Allowance, send: Send) -> None:
        await self._app(scope, allowance.receive, send)

    def _end(self, work: asyncio.Task[None]) -> None:
        self._left_behind.discard(work)
        if not work.cancelled():
            # Nobody waits for it any more; an exception that is never looked at would be printed.
            work.exception()
