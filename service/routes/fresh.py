"""Tags of what is read (ETag, RFC 9110): a client that has it already is answered with 304 and no body.

A tag is made from what the answer is made from, so that it is known before the work: the digest of an
instance or the number of a job's last event, the address with its parameters, what the caller may see,
and the program's version.
"""

import hashlib
import json
from typing import Annotated, Any

from fastapi import Depends, Header, Request

from service.access.caller import Asking, Caller
from service.middleware.gzips import SUFFIX
from service.problems import NotModifiedError
from service.versions import versions

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "The client has it already: `If-None-Match` names its tag"}
}
"""Documents the answer of a route that has a tag."""


class Freshness:
    """Makes the tag of an answer to this request."""

    def __init__(self, request: Request, caller: Caller, known: str | None):
        self._request, self._caller, self._known = request, caller, known

    def headers(self, *state: str | int) -> dict[str, str]:
        """The header with the tag. state: changes whenever the answer does.

        Raises NotModifiedError where the client has it.
        """
        caller, url = self._caller, self._request.url
        areas = None if caller.areas is None else sorted(caller.areas)
        rights = [caller.role, areas, caller.private, caller.person]
        made_from = [versions()["lianxin"], url.path, url.query, rights, *state]
        tag = hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:32]
        if self._known is not None and self._names(tag):
            raise NotModifiedError(f'"{tag}"')
        return {"ETag": f'"{tag}"'}

    def _names(self, tag: str) -> bool:
        known = [part.strip().removeprefix("W/") for part in str(self._known).split(",")]
        return "*" in known or f'"{tag}"' in known or f'"{tag}{SUFFIX}"' in known


async def _freshness(
    request: Request,
    caller: Asking,
    if_none_match: Annotated[
        str | None, Header(description="ETags that the client has; 304 where one still holds.")
    ] = None,
) -> Freshness:
    return Freshness(request, caller, if_none_match)


Fresh = Annotated[Freshness, Depends(_freshness)]
