"""Connections that end: those that never send a request's head, and those that never take an answer.

The server below keeps them for ever: it only times how long a connection is idle between requests. Its
parser (llhttp, which Node.js has too) reads as many bytes as come for a head, and takes what could be read in two
ways; here both have an end.
"""

import asyncio

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.middleware.security import MOST_HEAD_BYTES
from service.settings import ServiceSettings

_MOST_HELD = 2 * MOST_HEAD_BYTES
"""Bytes of one head, or behind a body, that the parser holds; `Guard` refuses the longest of those kindly."""
_MOST_AHEAD = 100
"""Requests that a client sends on one connection before the first of them is answered."""
_VERSIONS = ("1.0", "1.1")


def connection_class(of: ServiceSettings) -> type[HttpToolsProtocol]:
    """The protocol of an installation's connections."""

    class Connection(TimedConnection):
        settings = of

    return Connection


class TimedConnection(HttpToolsProtocol):
    """A connection with limits of time and size for each request's head, and for a client that reads nothing."""

    settings: ServiceSettings
    _head: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None
    _in_head = False
    _held = 0
    """Bytes that came since a head, a part of a body or a request was whole."""
    _asked: tuple[RequestResponseCycle, ...] = ()
    """Requests that are not answered yet, in their order."""

    def connection_made(  # type: ignore[override]
        self, transport: asyncio.Transport
    ) -> None:
        """Begin, unless there are too many already."""
        super().connection_made(transport)
        if len(self.connections) > self.settings.connections:
            transport.abort()
            return
        self._time_head()

    def data_received(self, data: bytes) -> None:
        """Read on; the time limit ends with the head, and begins again with the next one."""
        self._held += len(data)
        super().data_received(data)
        if self._held > _MOST_HELD:
            self.send_400_response("The head is too long.")
        self._time_head()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._in_head = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header; what stands behind a body is none, since the request was judged without it."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer. Raises ValueError, which the parser takes for a bad request."""
        self._in_head, self._held = False, 0
        self._ensure_plain()
        if len(self._open()) == _MOST_AHEAD:
            self.transport.abort()
            raise ValueError
        super().on_headers_complete()
        if self.parser.should_upgrade():
            # The parser does not look for a body then; what comes is not to be taken for another request.
            self.cycle.keep_alive = False
        if self.parser.get_http_version() == "1.0":
            self.cycle.__class__ = _Undivided
        self._asked = (*self._open(), self.cycle)

    def _ensure_plain(self) -> None:
        version = self.parser.get_http_version()
        hosts = sum(name == b"host" for name, _ in self.headers)
        well = hosts == 1 or (hosts == 0 and version == "1.0")
        codings = [value.lower() for name, value in self.headers if name == b"transfer-encoding"]
        # What else the parser takes for chunked, a proxy before it may not.
        well = well and codings in ([], [b"chunked"])
        if not well or version not in _VERSIONS or not self.url.startswith(b"/"):
            raise ValueError

    def _open(self) -> tuple[RequestResponseCycle, ...]:
        return tuple(cycle for cycle in self._asked if not cycle.response_complete)

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        self._held = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._held = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, unless the client would take it for the answer to one before."""
        if any(cycle.response_started or not cycle.more_body for cycle in self._open()):
            self.transport.abort()
        else:
            super().send_400_response(msg)

    def _time_head(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._head = _ended(self._head)
        elif self._head is None:
            self._head = self.loop.call_later(self.settings.header_seconds, self.transport.abort)

    def on_response_complete(self) -> None:
        """Wait for the next request, a while; what the client does not take ends the connection."""
        super().on_response_complete()
        self._head = _ended(self._head)

    def timeout_keep_alive_handler(self) -> None:
        """Close it, and cut it off where the client does not take the rest of the answer."""
        super().timeout_keep_alive_handler()
        self._time_stall()

    def pause_writing(self) -> None:
        """The client takes nothing at present."""
        super().pause_writing()
        self._time_stall()

    def _time_stall(self) -> None:
        if self._stall is None:
            self._stall = self.loop.call_later(self.settings.stalled_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The client goes on."""
        super().resume_writing()
        self._stall = _ended(self._stall)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended."""
        self._head = _ended(self._head)
        self._stall = _ended(self._stall)
        super().connection_lost(exc)
        for cycle in self._open():
            # The server tells the last one alone.
            cycle.disconnected = True
            cycle.message_event.set()


class _Undivided(RequestResponseCycle):
    """An answer by HTTP/1.0, which knows no chunks: one without a length ends with the connection."""

    _without_length = False

    async def send(self, message: ASGISendEvent) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            lengths = [name for name, _ in message["headers"] if name.lower() == b"content-length"]
            if not lengths and self.scope["method"] != "HEAD":
                # The server sends no body then and says nothing of its form.
                self._without_length, self.scope["method"] = True, "HEAD"
        elif self._without_length and message["type"] == "http.response.body":
            self.transport.write(message["body"])
        await super().send(message)


def _ended(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """Stop a timer; what is there afterwards: none."""
    if timer is not None:
        timer.cancel()
    return None
