"""One turn of threads for a request: where its route works. FastAPI takes another to check what the route returns."""

from collections.abc import Callable
from functools import wraps
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

_DONE = "__in_a_turn__"


def in_one_turn(router: APIRouter) -> APIRouter:
    """The router, whose plain functions go to a thread by themselves; what they return is checked where requests are read."""
    for route in router.routes:
        if isinstance(route, APIRoute) and not hasattr(route.endpoint, _DONE):
            route.endpoint = _turned(route.endpoint)
    return router


def _turned(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    if iscoroutinefunction(endpoint) or isasyncgenfunction(endpoint):
        return endpoint

    @wraps(endpoint)
    async def turned(**values: Any) -> Any:
        return await run_in_threadpool(endpoint, **values)

    setattr(turned, _DONE, True)
    return turned
