"""Rooms of routes: a router that is looked into where one of its addresses fits, and one turn of threads for a request.

FastAPI tries each route of each router in turn, twice for the one that fits, which takes longer than most answers; and it takes
a turn of threads of its own to check what a plain function returns.
"""

import re
from collections.abc import Callable
from functools import cached_property, wraps
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match
from starlette.types import Scope

from service.middleware.unversioned import VERSION

_NAME = re.compile(r"\?P<\w+>")


class Room(APIRouter):
    """A router whose plain functions go to a thread by themselves; what they return is checked where requests are read."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Take up a route."""
        super().add_api_route(path, _turned(endpoint), **options)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for a route of this room."""
        if self._addresses.match(scope["path"]) is None:
            return Match.NONE, {}
        return super().matches(scope)

    @cached_property
    def _addresses(self) -> re.Pattern[str]:
        """Fits every address of the room, with the interface's version and without it."""
        each = (
            _NAME.sub("", route.path_regex.pattern).removeprefix("^")
            for route in self.routes
            if isinstance(route, APIRoute)
        )
        return re.compile(f"(?:{re.escape(VERSION)})?(?:{'|'.join(each)})")


def _turned(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    if iscoroutinefunction(endpoint) or isasyncgenfunction(endpoint):
        return endpoint

    @wraps(endpoint)
    async def turned(**values: Any) -> Any:
        return await run_in_threadpool(endpoint, **values)

    return turned
