"""Tags of what is read (ETag, RFC 9110): a client that has it already is answered with 304 and no body.

A tag is made from what the answer is made from, so that it is known before the work: the digest of an
instance or the number of a job's last event, the address with its parameters, what the caller may see,
and the program's version.
"""

import hashlib
import json
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.dependencies.utils import get_flat_params

from service.access.caller import Asking, Caller
from service.middleware.gzips import SUFFIX
from service.problems import NotModifiedError
from service.routes.common import Parts, stored_instance
from service.store import instances, jobs
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
        tag = self.tag(*state)
        if self._known is not None and self._names(tag):
            raise NotModifiedError(f'"{tag}"')
        return {"ETag": f'"{tag}"'}

    def tag(self, *state: str | int) -> str:
        """The tag without its quotes. state: as `headers` takes it."""
        caller, url = self._caller, self._request.url
        areas = None if caller.areas is None else sorted(caller.areas)
        rights = [caller.role, areas, caller.private, caller.person]
        made_from = [versions()["lianxin"], url.path, url.query, rights, *state]
        return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:32]

    def _names(self, tag: str) -> bool:
        known = _tags(self._known)
        return f'"{tag}"' in known or f'"{tag}{SUFFIX}"' in known


def _tags(known: str | None) -> list[str]:
    return [part.strip().removeprefix("W/") for part in (known or "").split(",")]


def unless_any(request: Request, answer: Response) -> Response:
    """The answer, unless the client wants it only where there was none (``If-None-Match: *``), which the answer itself shows.

    Raises NotModifiedError.
    """
    tag = answer.headers.get("etag")
    if tag and answer.status_code == 200 and "*" in _tags(request.headers.get("if-none-match")):
        raise NotModifiedError(tag)
    return answer


async def _freshness(
    request: Request,
    caller: Asking,
    if_none_match: Annotated[
        str | None, Header(description="ETags that the client has; 304 where one still holds.")
    ] = None,
) -> Freshness:
    return Freshness(request, caller, if_none_match)


Fresh = Annotated[Freshness, Depends(_freshness)]


def has_tag(route: Any) -> bool:
    """Whether the answers of a route have one."""
    if route.name not in _HAVE_TAGS:
        fields = get_flat_params(route.dependant)
        _HAVE_TAGS[route.name] = any(field.alias == "if-none-match" for field in fields)
    return _HAVE_TAGS[route.name]


_HAVE_TAGS: dict[str, bool] = {}
"""By operation, as far as it was asked for."""


def tells(request: Request) -> bool:
    """Whether `current` knows what the answer is made from: the address names a job or an instance."""
    return not request.path_params.keys().isdisjoint(("job_id", "instance_id"))


def current(request: Request) -> tuple[Freshness, str | int]:
    """What the tag of an answer to this request is made from just now, where it `tells`; blocks on the database.

    Raises ServiceError where there is nothing of the address's name that the caller may see.
    """
    parts: Parts = request.app.state.parts
    caller: Caller = request.state.caller
    fresh = Freshness(request, caller, request.headers.get("if-none-match"))
    whole = caller.areas is None  # who sees everything needs no look at where it lies
    if "job_id" in request.path_params:
        id = request.path_params["job_id"]
        found = parts.store.first(jobs.EVENT, {"job": id}) if whole else None
        return fresh, found[0] if found else parts.jobs.seen_by(caller).status(id).event
    id = request.path_params["instance_id"]
    found = parts.store.first(instances.DIGEST, {"instance": id}) if whole else None
    return fresh, found[0] if found else stored_instance(replace(parts, caller=caller), id).digest
