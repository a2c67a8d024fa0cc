"""Answers that the web process has given and gives again, as long as their tag (`service.routes.fresh`) holds.

A tag tells what an answer is made from, the caller's rights among it. So whoever has the same rights gets
the same bytes, and no process masks a week or writes a file for the second time. What tells of private
matters is never kept: each reading of it is noted.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from fastapi import Request, Response
from starlette.responses import StreamingResponse

from service.answers.recent import Recent
from service.routes import fresh
from service.settings import MEGABYTE

_MOST = 256
_MOST_BYTES = 32 * MEGABYTE
_THREADS = 8


class _KeptAnswer(NamedTuple):
    headers: list[tuple[bytes, bytes]]
    body: bytes


class KeptAnswers:
    """The answers of a web process."""

    def __init__(self) -> None:
        self._answers: Recent[_KeptAnswer] = Recent(_MOST, _MOST_BYTES, lambda kept: len(kept.body))
        self._threads = ThreadPoolExecutor(_THREADS, "kept")
        self.count = 0
        """How many were kept so far: who looked before the last of them may look again."""

    @staticmethod
    def may(request: Request) -> bool:
        """Whether the answer to a request may be kept."""
        return (
            request.method == "GET"
            and "private" not in request.query_params
            and fresh.tells(request)
            and fresh.has_tag(request.scope["route"])
        )

    async def find(self, request: Request) -> Response | None:
        """The answer, if it is there and its tag still holds. Raises NotModifiedError where the client has it.

        Raises ServiceError where there is nothing of the address's name that the caller may see.
        """
        loop = asyncio.get_running_loop()
        freshness, state = await loop.run_in_executor(self._threads, fresh.current, request)
        kept = self._answers.find(f'"{freshness.tag(state)}"')
        if kept is None:
            return None
        freshness.headers(state)
        response = Response(kept.body)
        response.raw_headers = list(kept.headers)
        return response

    def keep(self, response: Response) -> None:
        """Keep an answer to a request that `may`, if it is whole and well."""
        tag = response.headers.get("etag")
        whole = not isinstance(response, StreamingResponse)
        if tag is not None and response.status_code == 200 and whole:
            self.count += 1
            self._answers.keep(tag, _KeptAnswer(list(response.raw_headers), bytes(response.body)))
