"""A process that answers requests for the web process, one after the other, within limits.

Standard input is a packet socket. Its first packet is the settings. Each further one is a request (its
ASGI scope, pickled), with two descriptors: of a file with its body and of a file for the answer's. When
the answer is whole, a packet tells its status and headers. When the socket ends, the process ends.
"""

import asyncio
import json
import logging
import os
import pickle
import resource
import signal
import socket
import sys
import threading
from importlib import import_module
from typing import IO, Any

import anyio.to_thread
from fastapi import FastAPI
from starlette.types import Message

from scheduler.exports import FORMATS
from scheduler.formats.limited import limit_process, taken_bytes
from scheduler.messages import LANGS
from scheduler.messages.moments import load_words
from scheduler.rules import rules
from service import logs
from service.answers.answerers import PACKET_BYTES
from service.app import create_app, open_parts
from service.children.forks import WARM, serve_forks
from service.logs import operation
from service.safe_logs import where
from service.settings import MEGABYTE, ServiceSettings

log = logging.getLogger("lianxin.answers")

EXHAUSTED = "exhausted"
FAILED = "internal"
_CHUNK = 1 << 18
_PAGE = os.sysconf("SC_PAGE_SIZE")
_NICENESS = 2
"""Light answers, which the web process gives itself, go first."""


_LATE = (
    "anyio._backends._asyncio",
    "pypinyin",
    "scheduler.engines.exact.clash",
    "scheduler.engines.exact.fillable",
    "scheduler.formats.workbook.mark",
    "scheduler.formats.workbook.read",
    "scheduler.formats.workbook.template",
    "scheduler.frames.weekly",
    *(f"scheduler.exports.{form.module}" for form in FORMATS.values()),
)
"""What an answer may need that the application, and so the web process, does not load by itself."""


def load() -> None:
    """Load all that an answer may need, so that a forked process answers at once."""
    for name in _LATE:
        import_module(name)
    rules()
    for lang in LANGS:
        load_words(lang)


def _memory() -> int:
    """Bytes of memory that this process has."""
    with open("/proc/self/statm", encoding="ascii") as figures:  # noqa: PTH123
        return int(figures.read().split()[1]) * _PAGE


def _serve(app: FastAPI) -> None:
    channel = socket.socket(fileno=os.dup(0))
    settings = ServiceSettings.model_validate_json(channel.recv(PACKET_BYTES))
    os.nice(_NICENESS)
    if settings.answer_memory_mb and sys.platform == "linux":
        # Beyond what the program has by itself.
        limit_process(memory_bytes=taken_bytes() + settings.answer_memory_mb * MEGABYTE)
    asyncio.run(_Answering(app, settings, channel).run())  # noqa: TID251 - of the program itself


class _Answering:
    def __init__(self, app: FastAPI, settings: ServiceSettings, channel: socket.socket):
        app.state.settings = settings
        self._app = app
        self._settings = settings
        self._channel = channel
        self._begun_with = _memory()
        self._requests: asyncio.Queue[tuple[bytes, list[int]]] = asyncio.Queue()

    async def run(self) -> None:
        # A request is answered by one thread.
        anyio.to_thread.current_default_thread_limiter().total_tokens = 2
        self._app.state.parts = open_parts(self._settings)
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(loop,), daemon=True).start()
        while True:
            packet, (body, answer) = await self._requests.get()
            limit_seconds(self._settings.answer_seconds)
            with os.fdopen(body, "rb") as received, os.fdopen(answer, "wb") as written:
                head = await _answered(self._app, pickle.loads(packet), received, written)
            # A process that grew is not used again.
            head["last"] = "refused" in head or self._grown()
            self._channel.send(json.dumps(head).encode())

    def _grown(self) -> bool:
        grown = _memory() - self._begun_with
        return grown > self._settings.answer_memory_mb * MEGABYTE // 2 > 0

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            packet, descriptors, _, _ = socket.recv_fds(self._channel, PACKET_BYTES, 2)
            if not packet:
                os._exit(0)
            loop.call_soon_threadsafe(self._requests.put_nowait, (packet, descriptors))


def limit_seconds(seconds: float) -> None:
    """Have this process killed when it has computed for so many more seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(
        resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


async def _answered(
    app: FastAPI, scope: dict[str, Any], body: IO[bytes], answer: IO[bytes]
) -> dict[str, Any]:
    """Status and headers of the answer, or why it is refused."""
    head: dict[str, Any] = {}

    async def receive() -> Message:
        part = body.read(_CHUNK)
        more = len(part) == _CHUNK
        return {"type": "http.request", "body": part, "more_body": more}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            head["status"] = message["status"]
            head["headers"] = [
                [name.decode("latin-1"), value.decode("latin-1")]
                for name, value in message["headers"]
            ]
        else:
            answer.write(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except MemoryError:
        return {"refused": EXHAUSTED}
    except Exception as error:
        log.error("%s failed: %s", operation(scope), where(error))
        return {"refused": FAILED}
    return head


def main() -> None:
    """Entry of the process, and of the warm one that forks it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logs.configure()
    # The same for every installation: of its settings, routes are told by the first packet.
    app = create_app(ServiceSettings.model_construct(), answering=True)
    if WARM in sys.argv:
        serve_forks(load, lambda _: _serve(app))
    _serve(app)


if __name__ == "__main__":
    main()
