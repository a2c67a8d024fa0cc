"""How many requests of a kind run at once: asked in one place before a body is read.

What is light runs in the web process. Reading what was sent, heavy answers and exports run in
processes of their own (`service.answers.answerers`), so that no light request ever waits for them.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO, NamedTuple

from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from scheduler.model import Problem
from service.answers.answerers import Answerers
from service.answers.kept import KeptAnswers
from service.answers.lane_table import LANES, LaneName
from service.children.warm import WarmProcess
from service.inputs import WORKBOOK, media_type, most_bytes
from service.middleware.request_limits import Allowance, too_large
from service.middleware.security import SAFE
from service.private_files import memory_file
from service.problems import AnsweredError, ServiceError, invalid
from service.routes.fresh import unless_any
from service.settings import ServiceSettings


class LaneFigures(NamedTuple):
    """Requests of a lane: running and waiting now, and refused since the process began."""

    running: int
    waiting: int
    refused: int


class RequestLane:
    """Lets so many requests run at once and some more wait; the next is told to come again."""

    def __init__(self, at_once: int, waiting: int, seconds: float):
        """seconds: the longest wait."""
        self._places = asyncio.Semaphore(at_once)
        self._most_waiting = waiting
        self._waiting = 0
        self._seconds = seconds
        self._running = 0
        self._refused = 0

    @property
    def figures(self) -> "LaneFigures":
        """How many requests it has and had just now."""
        return LaneFigures(self._running, self._waiting, self._refused)

    def ensure_open(self) -> None:
        """Raise ServiceError where a request would be one too many."""
        if self._places.locked() and self._waiting >= self._most_waiting:
            raise self._busy()

    def _busy(self) -> ServiceError:
        self._refused += 1
        return ServiceError("busy", retry_after=_RETRY_SECONDS)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place, once there is one. Raises ServiceError where there is none in time."""
        self.ensure_open()
        if self._places.locked() or self._waiting > 0:
            await self._wait()
        else:
            await self._places.acquire()  # at once
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._places.release()

    async def _wait(self) -> None:
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), self._seconds)
        except TimeoutError:
            raise self._busy() from None
        finally:
            self._waiting -= 1


_RETRY_SECONDS = 2
_DIGITS = 20


class _Elsewhere(NamedTuple):
    """A lane whose requests are answered by other processes."""

    lane: RequestLane
    answerers: Answerers


class Lanes:
    """All lanes of a web process."""

    def __init__(self, settings: ServiceSettings, command: tuple[str, ...]):
        """command: of the program that answers."""
        self._settings = settings
        self._warm = WarmProcess(command)
        few, some = settings.waiting_requests, settings.waiting_seconds
        self._here: dict[LaneName, RequestLane] = {
            "health": RequestLane(4, 4 * few, some),
            "searching": RequestLane(1, few, some),
            "light": RequestLane(settings.light_requests, 4 * few, some),
            "events": RequestLane(settings.event_streams, 0, some),
        }
        processes: dict[LaneName, int] = {
            "reading": settings.reading_processes,
            "heavy": settings.heavy_processes,
            "exports": settings.export_processes,
        }
        self._elsewhere: dict[LaneName, _Elsewhere] = {
            name: _Elsewhere(RequestLane(most, few, some), Answerers(self._warm, settings, most))
            for name, most in processes.items()
        }
        self._bodies = RequestLane(settings.uploads, 0, some)
        self._kept = KeptAnswers()

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """Hold a place for a request. Raises AnsweredError once another process has answered it."""
        name = LANES.get(request.scope["route"].name, "light")
        if name in self._here:
            if request.method not in SAFE:
                # A body that comes slowly keeps no place from those that only ask.
                async with self._bodies.place():
                    await _kept(request)
            async with self._here[name].place():
                yield
            return
        may_be_kept, looked = self._kept.may(request), self._kept.count
        if may_be_kept:
            await self._if_kept(request)
        answering = self._elsewhere[name]
        answering.lane.ensure_open()
        Allowance.of(request).unhurried()
        with memory_file() as body:
            async with self._bodies.place():
                await _receive(request, self._settings, body)
            async with answering.lane.place():
                if may_be_kept and self._kept.count != looked:
                    # Many ask for the same at once: one of them may have it by now.
                    await self._if_kept(request)
                response = await self._answer(answering.answerers, request, body)
                if may_be_kept:
                    self._kept.keep(response)
        raise AnsweredError(unless_any(request, response))

    async def _if_kept(self, request: Request) -> None:
        """Raise AnsweredError with an answer that is kept, if there is one."""
        async with self._here["light"].place():
            kept = await self._kept.find(request)
        if kept is not None:
            raise AnsweredError(unless_any(request, kept))

    async def _answer(self, answerers: Answerers, request: Request, body: IO[bytes]) -> Response:
        try:
            return await answerers.answer(request, body)
        except ServiceError as error:
            if (
                error.code in ("exhausted", "interrupted", "internal")
                and media_type(request) == WORKBOOK
            ):
                problem = Problem(code="workbook_reader_failed", pointer="")
                raise invalid([problem]) from None
            raise

    def figures(self) -> dict[str, LaneFigures]:
        """By lane, also of bodies on their way, what it has to do."""
        lanes: dict[str, RequestLane] = dict(self._here.items())
        lanes |= {"bodies": self._bodies}
        lanes |= {name: answering.lane for name, answering in self._elsewhere.items()}
        return {name: lane.figures for name, lane in lanes.items()}

    def close(self) -> None:
        """End the processes."""
        for answering in self._elsewhere.values():
            answering.answerers.close()
        self._warm.close()


async def _kept(request: Request) -> None:
    """Read the small body of a request; whoever asks for it afterwards has it."""
    try:
        await request.body()
    except ClientDisconnect:
        raise ServiceError("bad_request") from None


async def _receive(request: Request, settings: ServiceSettings, body: IO[bytes]) -> None:
    """Write the body of a request into a file."""
    most = most_bytes(request, settings)
    Allowance.of(request).most_bytes = most
    length = request.headers.get("content-length", "")
    if length.isdecimal() and (len(length) > _DIGITS or int(length) > most):
        raise too_large(most)
    try:
        async for part in request.stream():
            body.write(part)
    except ClientDisconnect:
        raise ServiceError("bad_request") from None
    body.seek(0)
