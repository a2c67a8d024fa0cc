"""Connections that end: those that never send a request's head, and those that never take an answer.

The server below keeps them for ever: it only times how long a connection is idle between requests.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from service.settings import ServiceSettings


def connection_class(of: ServiceSettings) -> type[H11Protocol]:
    """The protocol of an installation's connections."""

    class Connection(TimedConnection):
        settings = of

    return Connection


class TimedConnection(H11Protocol):
    """A connection with a time limit for each request's head, and for a client that reads nothing."""

    settings: ServiceSettings
    _head: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None

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
        super().data_received(data)
        self._time_head()

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


def _ended(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """Stop a timer; what is there afterwards: none."""
    if timer is not None:
        timer.cancel()
    return None
