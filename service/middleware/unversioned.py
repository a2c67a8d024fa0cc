"""The addresses of 0.2, which had no version, go on working: ``/jobs`` is ``/v1/jobs``."""

from starlette.types import ASGIApp, Receive, Scope, Send

VERSION = "/v1"


class Unversioned:
    """A middleware that adds the version to addresses whose first part is one of `names`."""

    def __init__(self, app: ASGIApp, names: frozenset[str]):
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, at its address of this version."""
        first = scope["path"].removeprefix("/").split("/")[0] if scope["type"] == "http" else ""
        if first in self._names:
            raw = scope.get("raw_path") or scope["path"].encode()
            # In place: what lies outside sees which route was found.
            scope["path"] = VERSION + scope["path"]
            scope["raw_path"] = VERSION.encode() + raw
        await self._app(scope, receive, send)
