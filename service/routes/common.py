"""What the routes share: the parts of the application, headers, documented answers."""

from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from pydantic import BaseModel

from scheduler.due import Expanded, expand
from scheduler.messages import Lang
from scheduler.model import Instance, Problem, Roster
from service import inputs
from service.access.caller import Caller
from service.access.guarded import IdGuard
from service.access.scope import ensure_whole
from service.jobs.port import Jobs, NewId
from service.problems import MEDIA_TYPE, ServiceError, invalid, language
from service.settings import ServiceSettings
from service.store import Store, areas, instances
from service.store.tables import InstanceRow, JobRow
from service.wire import InstanceInfo, Owner, ProblemDetails, SearchLimits, faults, moment
from service.wire.labels import MOST_LABELS
from service.wire.lists import LabelPatch

# Dependencies that do not block are coroutines: a plain function would take a thread's turn each time.


@dataclass(frozen=True)
class Parts:
    """What an application is made of, as it stands for a caller."""

    settings: ServiceSettings
    store: Store
    jobs: Jobs
    new_id: NewId
    caller: Caller | None = None
    """Whose request it is; None: nobody's, who sees no instance and no job."""
    bodies: list[str] = field(default_factory=list)
    """JSON of the stored instances that the request read."""
    guard: IdGuard = field(default_factory=lambda: IdGuard(None))
    """What stands for the ids that are hidden from the caller."""

    @property
    def areas(self) -> frozenset[str] | None:
        """Areas that the caller is for; None: every area."""
        return frozenset() if self.caller is None else self.caller.areas

    def request(
        self, limits: SearchLimits, seed: int, cores: int, priority: str | None = None
    ) -> dict[str, Any]:
        """What is stored of a job's request, within the installation's limits."""
        bounded = limits.model_dump()
        if bounded["seconds"] is not None:
            bounded["seconds"] = min(bounded["seconds"], self.settings.max_seconds)
        return {
            "limits": bounded,
            "seed": seed,
            "cores": min(cores, self.settings.max_cores),
            "priority": priority,
        }


async def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    caller: Caller | None = request.state.caller
    request.state.bodies = bodies = list[str]()  # for `service.problems`, which quotes none of them
    jobs = parts.jobs.seen_by(caller)
    return replace(parts, caller=caller, jobs=jobs, bodies=bodies, guard=IdGuard(caller))


async def _key(idempotency_key: Annotated[str | None, Header(max_length=255)] = None) -> str | None:
    return idempotency_key or None


async def _language(request: Request) -> Lang:
    return language(request)


Use = Annotated[Parts, Depends(_parts)]
Language = Annotated[Lang, Depends(_language)]
IdempotencyKey = Annotated[str | None, Depends(_key)]
"""The same key with the same body gives the same answer and makes nothing new."""


def stored_instance(parts: Parts, id: str, *, body: bool = False) -> InstanceRow:
    """An instance that was posted. Raises ServiceError where there is none that the caller may see."""
    with parts.store.reading() as session:
        row = instances.find(session, id, body=body)
        caller = parts.caller
        seen = caller is not None and areas.sees(session, caller.areas, id)
    if row is None or not seen:
        raise ServiceError("instance_not_found", id=id)
    if body:
        parts.bodies.append(row.body)
    return row


def owned(caller: Caller) -> dict[str, Any]:
    """What is stored of who made something."""
    return {"owner_id": caller.account, "owner_name": caller.name}


def relabelled(labels: dict[str, str], patch: LabelPatch) -> dict[str, str]:
    """Labels after a patch. Raises ServiceError where they are too many."""
    changed = labels | patch.labels
    left = {key: value for key, value in changed.items() if value is not None}
    if len(left) > MOST_LABELS:
        slots = {"most": str(MOST_LABELS)}
        raise invalid(
            [Problem(code="too_many", pointer="/labels", value=str(len(left)), slots=slots)]
        )
    return left


def ensure_own_or_whole(parts: Parts, row: InstanceRow | JobRow) -> None:
    """Refuse to change or end what is everybody's whose areas it has.

    It may be done by who made it, and by whom all of the instance lies in the areas. Raises ServiceError.
    """
    caller = parts.caller
    if caller is not None and (caller.areas is None or row.owner_id == caller.account):
        return
    id = row.id if isinstance(row, InstanceRow) else row.instance_id
    body = stored_instance(parts, id, body=True).body
    ensure_whole(caller, Instance.model_validate_json(body))


def published_week(parts: Parts, job: str) -> tuple[Expanded, Roster]:
    """The published week and roster that a re-plan changes. Raises ServiceError for a job that is no re-plan."""
    roster = Roster.model_validate_json(parts.jobs.published(job))
    id = parent_of(parts, parts.jobs.status(job).instance_id)
    parent = stored_instance(parts, id, body=True)
    return expand(Instance.model_validate_json(parent.body)), roster


def parent_of(parts: Parts, id: str) -> str:
    """Id of the instance that a child was changed from."""
    return str(stored_instance(parts, id).parent_id)


def address_of(request: Request, settings: ServiceSettings) -> str:
    """Where links begin, without a slash at the end: `public_url`, or else as the service was asked."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def info(row: InstanceRow, warnings: list[Problem] | None = None) -> InstanceInfo:
    """The answer about a stored instance."""
    return InstanceInfo(
        id=row.id,
        parent_id=row.parent_id,
        origin_id=row.origin_id,
        name=row.name,
        title=row.title,
        created_at=moment(row.created),
        digest=row.digest,
        counts=row.counts,
        labels=row.labels,
        owner=Owner(account=row.owner_id, name=row.owner_name),
        warnings=faults(warnings or []),
    )


_ERROR_DESCRIPTIONS = {
    400: "The request cannot be read",
    401: "Nobody has signed in",
    403: "The account may not do this, or the request comes from another site",
    404: "There is nothing of this name",
    405: "The method does not go with this address",
    408: "The request's body came too slowly",
    409: "The state of the job does not allow it",
    413: "The body is too large",
    415: "The body is of a kind that is not read here",
    421: "The request is for another host",
    422: "The input has faults; `problems` lists them all",
    429: "Too many requests at once; see Retry-After",
    431: "The address or the headers are too long",
    500: "The service failed",
    503: "The service cannot do its work now, or not in time",
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented errors of a route: those common to all routes, and `statuses`."""
    schema = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    return {
        status: {
            "description": _ERROR_DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in sorted({400, 401, 403, 408, 413, 421, 422, 429, 431, 500, 503, *statuses})
    }


WAITS: dict[str, Any] = {
    "parameters": [
        {
            "name": "Prefer",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "examples": ["wait=10"]},
            "description": "`wait=10`: hold the answer back for the job's end, for ten seconds at most"
            " (RFC 7240); 200 with how it ended, or 202 as ever.",
        }
    ]
}
"""OpenAPI of what `service.middleware.waits` does."""


def ended_in_time(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """Documents the answer to a request that waited for its job's end."""
    description = "The job has ended within the time that `Prefer` gave it"
    return {200: {"model": model, "description": description}}


def body(*models: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """OpenAPI for a request body that the route reads itself: (media type, schema name, examples)."""
    content: dict[str, Any] = {}
    for media_type, name, examples in models:
        if name:
            schema: dict[str, Any] = {"$ref": f"#/components/schemas/{name}"}
        elif media_type == inputs.WORKBOOK:
            schema = {"type": "string", "format": "binary"}
        else:
            schema = {"type": "object"}
        content[media_type] = {"schema": schema}
        if examples:
            content[media_type]["examples"] = examples
    return {"requestBody": {"required": True, "content": content}}
