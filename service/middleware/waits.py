"""``Prefer: wait=10`` (RFC 7240): a job that ends soon is answered with how it ended.

The waiting is done here and not in a route, so that it holds neither a thread nor a lane.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.store.jobs import FINAL

_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})\"?\s*(?:$|[,;])", re.IGNORECASE)

Follow = Callable[[str, Any], AsyncIterator[Any]]
"""How a job (by its id) stands for a caller, at once and with each change; see `Jobs.events`."""


class Waits:
    """A middleware for the addresses `paths`, which answer with 202 and a job.

    follow: gives the application's `Follow`; most_seconds: of one waiting; most_waiting: at a time, beyond
    which nobody waits. address: of a job, by its id.
    """

    def __init__(
        self,
        app: ASGIApp,
        paths: tuple[str, ...],
        address: str,
        follow: Follow,
        most_seconds: float,
        most_waiting: int,
    ):
        self._app, self._paths, self._address, self._follow = app, paths, address, follow
        self._most_seconds, self._most_waiting = most_seconds, most_waiting
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; where it makes a job and asks to wait, hold its answer back for the end."""
        seconds = self._wanted(scope)
        if seconds is None or self._waiting >= self._most_waiting:
            await self._app(scope, receive, send)
            return
        self._waiting += 1
        try:
            await self._wait(scope, receive, send, seconds)
        finally:
            self._waiting -= 1

    def _wanted(self, scope: Scope) -> float | None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in self._paths:
            return None
        found = _WAIT.search(",".join(Headers(scope=scope).getlist("prefer")))
        return None if found is None else min(float(found[1]), self._most_seconds)

    async def _wait(self, scope: Scope, receive: Receive, send: Send, seconds: float) -> None:
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        again = {**scope, "state": dict(scope.get("state", {}))}
        await self._app(scope, receive, keep)
        if messages and messages[0].get("status") == 202:
            body = b"".join(message.get("body", b"") for message in messages[1:])
            job = json.loads(body)["id"]
            if await self._ended(job, again["state"]["caller"], seconds):
                await self._answer(again, messages[0], job, seconds, send)
                return
        for message in messages:
            await send(message)

    async def _ended(self, job: str, caller: Any, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                async for row in self._follow(job, caller):
                    if row.state in FINAL:
                        return True
        except TimeoutError:
            pass
        return False

    async def _answer(
        self, scope: Scope, accepted: Message, job: str, seconds: float, send: Send
    ) -> None:
        """The answer of the job's own address, asked by the same caller, with the Location of the 202."""
        address = self._address + job
        scope = {
            **scope,
            "method": "GET",
            "path": address,
            "raw_path": address.encode(),
            "query_string": b"",
        }

        async def send_applied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Preference-Applied"] = f"wait={seconds:g}"
                headers["Location"] = MutableHeaders(scope=accepted)["location"]
            await send(message)

        async def nothing() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        await self._app(scope, nothing, send_applied)
