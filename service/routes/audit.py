"""Who read which private case, and who signed in: the audit, for administrators."""

from typing import Annotated

from fastapi import Query

from service.access import audit
from service.access.audit import AuditKind
from service.routes.common import Use, errors
from service.routes.parameters import Limit, Moment
from service.routes.rooms import Room
from service.wire import moment
from service.wire.audit import AuditEntry, AuditList
from service.wire.labels import TEXT

router = Room(tags=["access"])
_Id = Annotated[str | None, Query(max_length=64, pattern=TEXT)]


@router.get("/audit", responses=errors(422))
def get_audit(
    parts: Use,
    account: _Id = None,
    who: Annotated[
        str | None, Query(max_length=200, pattern=TEXT, description="Name of the account.")
    ] = None,
    operation: Annotated[str | None, Query(max_length=64, pattern=TEXT)] = None,
    instance: _Id = None,
    job: _Id = None,
    kind: Annotated[
        AuditKind,
        Query(description="private: readings of what is private, and what was made public."),
    ] = "all",
    since: Annotated[Moment | None, Query(description="At this moment or later.")] = None,
    until: Annotated[Moment | None, Query(description="Before this moment.")] = None,
    before: Annotated[
        int | None, Query(ge=1, le=2**62, description="`next` of the page before.")
    ] = None,
    limit: Limit = 100,
) -> AuditList:
    """What was read and done, the newest first; for an account with areas, with their instances."""
    with parts.store.session() as session:
        found = audit.rows(
            session,
            before=before,
            limit=limit + 1,
            since=None if since is None else since.timestamp(),
            until=None if until is None else until.timestamp(),
            areas=parts.areas,
            kind=kind,
            account=account,
            who=who,
            operation=operation,
            instance=instance,
            job=job,
        )
    return AuditList(
        entries=[
            AuditEntry(
                at=moment(row.at),
                **{name: getattr(row, name) for name in AuditEntry.model_fields if name != "at"},
            )
            for row in found[:limit]
        ],
        next=found[limit - 1].id if len(found) > limit else None,
    )
