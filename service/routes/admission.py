"""What each request goes through before its route, as one dependency: FastAPI takes its time for each that it is given."""

from collections.abc import AsyncIterator

from fastapi import Request

from service.access.gate import authorize
from service.answers.lanes import Lanes
from service.routes.parameters import ensure_known


async def judged(request: Request) -> None:
    """Refuse what the table of rights does not allow, and what the route does not know. Raises ServiceError or SignInError."""
    await authorize(request)
    ensure_known(request)


async def admitted(request: Request) -> AsyncIterator[None]:
    """The same, and hold a place in the route's lane. Raises AnsweredError once another process has answered it."""
    await judged(request)
    lanes: Lanes = request.app.state.lanes
    async with lanes.turn(request):
        yield
