"""The web process's end of the processes that answer for it: see `service.answers.answering`."""

import asyncio
import json
import logging
import os
import pickle
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import IO, Any

from anyio import CancelScope, CapacityLimiter, to_thread
from fastapi import Request, Response
from starlette.responses import StreamingResponse

from service.children.warm import WarmProcess
from service.middleware.request_limits import RETRY_SECONDS
from service.private_files import memory_file
from service.problems import ServiceError
from service.settings import ServiceSettings

log = logging.getLogger("lianxin.answers")

PACKET_BYTES = 1 << 17
"""The longest packet: a request's or an answer's headers, or the settings."""
_CHUNK = 1 << 16
_WHOLE = 1 << 18
"""An answer up to this is taken into memory, a longer one is sent from its file."""
_SCOPE = (
    "type",
    "asgi",
    "http_version",
    "method",
    "scheme",
    "path",
    "raw_path",
    "query_string",
    "root_path",
    "headers",
    "client",
    "server",
    "state",
)
"""What another process needs to know of a request."""
_SPENT = (-signal.SIGXCPU, -signal.SIGABRT)
"""How a process ends that took too much: by its limits, by a library without memory."""


class Answerer:
    """One process that answers, one request at a time."""

    def __init__(self, warm: WarmProcess, settings: ServiceSettings):
        """Start it. Blocks for a few milliseconds, or until the program is loaded."""
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = warm.spawn(theirs.fileno(), 2)
        self._channel.setblocking(False)
        with suppress(OSError):  # It has ended already, which `head` tells.
            self._channel.send(settings.model_dump_json().encode())

    def give(self, request: bytes, body: IO[bytes], answer: IO[bytes]) -> bool:
        """Hand a request over. answer: a file for the answer's body. Returns whether the process is still there."""
        try:
            socket.send_fds(self._channel, [request], [body.fileno(), answer.fileno()])
        except OSError:
            return False
        return True

    async def head(self, seconds: float) -> dict[str, Any]:
        """Status and headers, once the answer's body is written.

        Raises ServiceError where the process refuses or ends; it must be closed then.
        """
        loop = asyncio.get_running_loop()
        try:
            packet = await asyncio.wait_for(loop.sock_recv(self._channel, PACKET_BYTES), seconds)
        except TimeoutError:
            raise ServiceError("late", retry_after=RETRY_SECONDS) from None
        except OSError:
            packet = b""
        if not packet:
            code = await to_thread.run_sync(self._process.wait)
            log.error("an answer's process ended with code %d", code)
            if code == -signal.SIGKILL:  # from outside, and not for what was asked
                raise ServiceError("interrupted", retry_after=RETRY_SECONDS)
            raise ServiceError("exhausted" if code in _SPENT else "internal")
        head: dict[str, Any] = json.loads(packet)
        if "refused" in head:
            raise ServiceError(head["refused"])
        return head

    def close(self) -> None:
        """End the process."""
        self._channel.close()
        self._process.kill()
        self._process.wait()


class Answerers:
    """The processes of one lane; each is started when it is first needed and used again."""

    def __init__(self, warm: WarmProcess, settings: ServiceSettings, most: int):
        self._warm = warm
        self._settings = settings
        self._idle: list[Answerer] = []
        self._threads = CapacityLimiter(most)

    async def answer(self, request: Request, body: IO[bytes]) -> Response:
        """The answer of another process to a request. Raises ServiceError."""
        scope = pickle.dumps(
            {name: request.scope[name] for name in _SCOPE if name in request.scope}
        )
        answer = memory_file()
        answerer = await self._given(scope, body, answer)
        usable = False
        try:
            head = await answerer.head(self._settings.answer_seconds)
            usable = not head["last"]
        except BaseException:
            answer.close()
            raise
        finally:
            if usable:
                self._idle.append(answerer)
            else:
                await self._end(answerer)
        return _response(head, answer)

    async def _given(self, request: bytes, body: IO[bytes], answer: IO[bytes]) -> Answerer:
        """A process that has the request."""
        while self._idle:
            answerer = self._idle.pop()
            if answerer.give(request, body, answer):
                return answerer
            # It died while it had nothing to do.
            await self._end(answerer)
        answerer = await self._start()
        answerer.give(request, body, answer)
        return answerer

    async def _end(self, answerer: Answerer) -> None:
        with CancelScope(shield=True):
            await to_thread.run_sync(answerer.close, limiter=self._threads)

    async def _start(self) -> Answerer:
        return await to_thread.run_sync(Answerer, self._warm, self._settings, limiter=self._threads)

    def close(self) -> None:
        """End the processes that wait."""
        while self._idle:
            self._idle.pop().close()


def _response(head: dict[str, Any], answer: IO[bytes]) -> Response:
    size = answer.seek(0, os.SEEK_END)
    answer.seek(0)
    response: Response
    if size <= _WHOLE:
        with answer:
            response = Response(answer.read(), head["status"])
    else:
        response = StreamingResponse(_parts(answer), head["status"])
    response.raw_headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in head["headers"]
    ]
    return response


async def _parts(answer: IO[bytes]) -> AsyncIterator[bytes]:
    """A file's content, no more of it in memory than the connection takes."""
    with answer:
        while part := answer.read(_CHUNK):
            yield part
