"""The addresses of 0.2, which had no version, go on working: ``/jobs`` is ``/v1/jobs``."""

from collections.abc import Iterable

from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

VERSION = "/v1"


class Unversioned:
    """A middleware that adds the version to addresses which begin as one of its paths does.

    paths: of all routes. A page's own address stays as it is: ``/people``, not ``/people/7/rosters``.
    """

    def __init__(self, app: ASGIApp, paths: Iterable[str]):
        self._app = app
        parts = [path.split("/") for path in paths]
        self._names = {part[2] for part in parts if part[:2] == VERSION.split("/")}
        pages = {"/".join(part) for part in parts if len(part) > 1 and part[1] in self._names}
        self._pages = [compile_path(path)[0] for path in pages]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, at its address of this version."""
        first = scope["path"].removeprefix("/").split("/")[0] if scope["type"] == "http" else ""
        if first in self._names and not any(page.match(scope["path"]) for page in self._pages):
            raw = scope.get("raw_path") or scope["path"].encode()
            # In place: what lies outside sees which route was found.
            scope["path"] = VERSION + scope["path"]
            scope["raw_path"] = VERSION.encode() + raw
        await self._app(scope, receive, send)
