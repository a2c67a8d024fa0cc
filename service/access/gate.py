"""The gate: finds who asks, then asks the table of rights, before a body is read.

`Gate` is a middleware: it finds the caller of every request. `authorize`, for every route
(`service.routes.admission`), is the one place that asks the table.
"""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import quote

import anyio
from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.access import accounts, audit, links, rules, sessions, tokens
from service.access.attempts import Attempts
from service.access.caller import LOCAL, Caller
from service.access.exposure import HEADER, may_be_open
from service.problems import ServiceError, SignInError
from service.safe_logs import where
from service.settings import LOOPBACK, ServiceSettings
from service.store import Store
from service.store.trouble import transient

log = logging.getLogger("lianxin.service")

LOOK_AGAIN_SECONDS = 8.0
"""While a stream of events lasts, it is asked again so often whether its caller may still follow it."""
SHARED_SECONDS = 2.0
"""So old may that answer be: one look-up serves all streams of one caller. With the above, ten seconds."""
_THREADS = 8
"""Callers looked up at once: apart from the threads of routes, which may all be busy."""


async def authorize(request: Request) -> None:
    """Refuse a request that the table of rights does not allow. Raises ServiceError or SignInError."""
    operation = request.scope["route"].name
    caller: Caller | None = request.state.caller
    try:
        rules.check(operation, caller, request.path_params)
    except ServiceError as error:
        if caller is not None:
            await anyio.to_thread.run_sync(_note_refusal, request, caller, operation, error.code)
        elif (trouble := request.state.trouble) is not None:
            raise ServiceError(trouble[0], **trouble[1]) from None
        elif request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            query = f"?{request.url.query}" if request.url.query else ""
            raise SignInError(quote(request.url.path + query, safe="/")) from None
        raise


def _note_refusal(request: Request, caller: Caller, operation: str, code: str) -> None:
    with request.app.state.parts.store.session() as session:
        id = str(getattr(request.state, "request_id", ""))
        week, job = audit.asked_about(request.path_params)
        audit.record(session, caller, operation, instance=week, job=job, outcome=code, request=id)


def ensure_rights(app: FastAPI) -> None:
    """Raise ValueError for routes that have no line in the table of rights."""
    names = {context.name or context.path or "" for context in iter_route_contexts(app.routes)}
    if missing := sorted(names - set(rules.RIGHTS)):
        raise ValueError(f"no line in the table of service/access/rules.py: {', '.join(missing)}")


class Gate:
    """Sets ``request.state.caller``: who asks; None where nobody has signed in.

    ``request.state.open``: whether nobody has to sign in here. ``request.state.trouble``: why it is not known who asks, as code and slots of a ServiceError; then
    only what needs no sign-in is answered.
    """

    def __init__(self, app: ASGIApp, settings: ServiceSettings, attempts: Attempts):
        self._app = app
        self._may_be_open = may_be_open(settings)
        self._limits = sessions.SessionLimits.of(settings)
        self._attempts = attempts
        self._threads = ThreadPoolExecutor(_THREADS, "gate")
        self._accounts = False
        """Whether there was an account; the last administrator's is never removed."""
        self._again = SharedLookUps()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the caller and hand the request on; say on the answer where nobody has to sign in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["caller"], state["trouble"], state["open"] = None, None, False
        try:
            state["caller"] = await self._look_up(scope)
            state["open"] = self._may_be_open and not self._accounts and _is_local(scope)
        except ServiceError as error:
            state["trouble"] = error.code, error.slots
        except Exception as error:
            log.error("it was not found who asks: %s", where(error))
            state["trouble"] = (
                ("database_away", {"retry_after": 5})
                if transient(error)
                else ("unhealthy", {"part": "database"})
            )
        answer = _Sending(send, state["caller"], lambda: self._look_again(scope))
        await self._app(scope, receive, answer.send)

    async def _look_again(self, scope: Scope) -> Caller | None:
        secret = Headers(scope=scope).get("authorization"), Headers(scope=scope).get("cookie")
        key = scope["scheme"], _is_local(scope), *secret
        return await self._again.get(key, lambda: self._look_up(scope, touch=False))

    async def _look_up(self, scope: Scope, *, touch: bool = True) -> Caller | None:
        store: Store = scope["app"].state.parts.store
        work = partial(self._caller, scope, store, touch)
        # Half of what anyio's way takes, which also waits for a thread that nobody wants any more.
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _caller(self, scope: Scope, store: Store, touch: bool) -> Caller | None:
        headers = Headers(scope=scope)
        cookie = cookie_parser(headers.get("cookie", "")).get(sessions.cookie(scope["scheme"]))
        if self._may_be_open and not self._accounts and _is_local(scope):
            self._accounts = store.first(accounts.ANY) is not None
            if not self._accounts:
                return self._whoever_is_here(store, cookie)
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            with store.reading() as session:
                caller = tokens.find(session, secret.strip(), touch=touch)
            if caller is None:
                self._attempts.wrong_token(address(scope))
            return caller
        if not cookie:
            return None
        with store.reading() as session:
            caller = sessions.find(session, cookie, self._limits, touch=touch)
            return caller or links.find(session, cookie)

    @staticmethod
    def _whoever_is_here(store: Store, cookie: str | None) -> Caller:
        """Who opened somebody's private link sees what they see, until they leave it."""
        if not cookie:
            return LOCAL
        with store.reading() as session:
            return links.find(session, cookie) or LOCAL


class SharedLookUps:
    """What was looked up less than `SHARED_SECONDS` ago, or is being looked up, by what tells callers apart."""

    def __init__(self) -> None:
        self._found: dict[Hashable, tuple[float, asyncio.Future[Caller | None]]] = {}

    async def get(
        self, key: Hashable, look_up: Callable[[], Awaitable[Caller | None]]
    ) -> Caller | None:
        """What a look-up gives, which is made where there is none that is young enough. Raises what it raises."""
        now = time.monotonic()
        if key not in self._found or self._found[key][0] <= now:
            self._found = {old: kept for old, kept in self._found.items() if kept[0] > now}
            self._found[key] = now + SHARED_SECONDS, asyncio.ensure_future(look_up())
        # Who waits may be gone before it is there; the others still want it.
        return await asyncio.shield(self._found[key][1])


class _Sending:
    """An answer on its way: says where nobody has to sign in; a stream ends where its caller's rights do."""

    def __init__(
        self, send: Send, caller: Caller | None, look_up: Callable[[], Awaitable[Caller | None]]
    ):
        self._send = send
        self._caller = caller
        self._look_up = look_up
        self._again = math.inf
        self._over = False

    async def send(self, message: Message) -> None:
        """Hand a part of the answer on."""
        if self._over:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if self._caller is LOCAL:
                headers[HEADER] = "open"
            if headers.get("content-type", "").startswith("text/event-stream"):
                self._again = time.monotonic() + LOOK_AGAIN_SECONDS
        elif time.monotonic() >= self._again:
            self._again = time.monotonic() + LOOK_AGAIN_SECONDS
            if await self._look_up() != self._caller:
                self._over = True
                message = {"type": "http.response.body", "body": b"", "more_body": False}
        await self._send(message)


def address(scope: Scope) -> str:
    """Where a request comes from; the proxies of the settings are looked through by uvicorn."""
    client = scope.get("client")
    return client[0] if client else ""


def _is_local(scope: Scope) -> bool:
    return address(scope) in LOOPBACK
