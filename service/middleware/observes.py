"""One line of log and one count for each request. Neither holds a body, a name or a parameter."""

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import operation
from service.metrics import RequestMetrics

log = logging.getLogger("lianxin.requests")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ID = re.compile(r"[0-9a-f]{32}")
_GONE = 499
"""The client went before there was an answer."""


class Observes:
    """The middleware around all others."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics):
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on under an id, which the answer tells, and write down how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # The server looks at its own again while it sends: `Heads` may not have changed the method there.
        scope = dict(scope)
        given = Headers(scope=scope).get("x-request-id", "")
        request = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request
        status, stream, begin, method = _GONE, False, time.perf_counter(), scope["method"]

        async def send_id(message: Message) -> None:
            nonlocal status, stream
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                stream = headers.get("content-type", "").startswith("text/event-stream")
                headers["X-Request-ID"] = request
            await send(message)

        try:
            await self._app(scope, receive, send_id)
        finally:
            seconds = time.perf_counter() - begin
            self._metrics.count(operation(scope), status, None if stream else seconds)
            caller = scope["state"].get("caller")
            job = scope.get("path_params", {}).get("job_id", "")
            fields = {
                "request": request,
                "method": method,
                "operation": operation(scope),
                "status": status,
                "ms": round(1000 * seconds, 1),
                "caller": getattr(caller, "account", None),
                "job": job if _ID.fullmatch(job) else None,
            }
            log.info("request", extra={"fields": fields})
