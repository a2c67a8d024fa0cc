"""HEAD at every address that takes GET: the same headers, no body."""

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _HeadersSentError(OSError):
    """Ends an answer whose headers have been sent; a stream takes it for a client that is gone."""


class Heads:
    """A middleware that answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, as GET where it is HEAD."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        sent = False

        async def send_headers(message: Message) -> None:
            nonlocal sent
            if message["type"] == "http.response.start":
                await send(message)
            elif not sent:
                sent = True
                await send({"type": "http.response.body", "body": b""})
                raise _HeadersSentError
            else:
                raise _HeadersSentError

        scope["method"] = "GET"
        try:
            await self._app(scope, receive, send_headers)
        except* (_HeadersSentError, ClientDisconnect):
            pass  # a stream ends in a group of its tasks' errors
