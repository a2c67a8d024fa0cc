"""Instances: posted, read, changed into children. What is posted never changes."""

import json
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from sqlalchemy.exc import IntegrityError

from scheduler.due import expand
from scheduler.model import Instance
from service import inputs
from service.access import audit
from service.access.caller import Asking, Caller
from service.access.mask import CallerView, Viewing
from service.access.quoted import Quoted
from service.access.revealed import ensure_hidden, ensure_words_hidden
from service.access.scope import ensure_inside
from service.examples import LABELS, PATCH, TINY, example
from service.jobs.port import key_id
from service.middleware.unversioned import VERSION
from service.problems import ServiceError
from service.routes.common import (
    IdempotencyKey,
    Parts,
    Use,
    body,
    ensure_own_or_whole,
    errors,
    info,
    owned,
    relabelled,
    stored_instance,
)
from service.routes.fresh import NOT_MODIFIED, Fresh
from service.routes.parameters import Cursor, Limit, Offset, bad_cursor, filters
from service.routes.rooms import Room
from service.store import areas, instances, listing
from service.store.erasing import descendants, erase_instance
from service.store.listing import Filters
from service.store.tables import InstanceRow
from service.wire import InstanceInfo, Lineage
from service.wire.labels import TEXT
from service.wire.lists import InstanceList, LabelPatch

router = Room(prefix="/instances", tags=["instances"])

InstanceId = Annotated[str, Path(description="Id that posting the instance gave.")]
_WHOLE = (inputs.JSON, "Instance", example("tiny", TINY))
_WORKBOOK: tuple[str, str, dict[str, Any]] = (inputs.WORKBOOK, "", {})
_INSTANCE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {inputs.JSON: {"schema": {"$ref": "#/components/schemas/Instance"}}},
        "description": "The instance as it was posted",
    }
}


def keep(
    parts: Parts,
    inspection: inputs.Inspection,
    parent: InstanceRow | None,
    key: str | None,
    caller: Caller,
) -> InstanceRow:
    """Store an instance; the same key with the same instance returns the one stored before.

    What is hidden of a parent from the caller has its true ids again.
    """
    instance = inspection.sound()
    if parent is None:
        ensure_inside(parts.caller, None, instance)
    else:
        true = Instance.model_validate_json(parent.body)
        ensure_inside(parts.caller, parts.guard.closed_body(true, parent.body), instance)
        data = parts.guard.opened_data(inspection.data, instance)
        if data != inspection.data:
            inspection = inputs.inspect_data(data)
            instance = inspection.sound()
    id = parts.new_id() if key is None else key_id(key, caller.account)
    try:
        with parts.store.session() as session:
            return instances.add(session, id, instance, inspection.data, parent, owned(caller))
    except IntegrityError:
        with parts.store.session() as session:
            if instances.was_erased(session, id):
                raise ServiceError("key_spent") from None
        row = stored_instance(parts, id, body=True)
        same_parent = row.parent_id == (parent.id if parent else None)
        kept = instances.digest(json.loads(row.body))
        if kept != instances.digest(inspection.data) or not same_parent:
            raise ServiceError("key_reused") from None
        return row


def _created(
    response: Response, row: InstanceRow, inspection: inputs.Inspection, quoted: Quoted
) -> InstanceInfo:
    response.headers["Location"] = f"{VERSION}/instances/{row.id}"
    return info(row, quoted(inspection.problems))


@router.post(
    "",
    status_code=201,
    responses=errors(413, 415, 422),
    openapi_extra=body(_WHOLE, _WORKBOOK),
)
def post_instance(
    upload: inputs.InstanceUpload,
    parts: Use,
    caller: Asking,
    key: IdempotencyKey,
    response: Response,
) -> InstanceInfo:
    """Keep an instance (排班任务), from JSON or from a workbook."""
    inspection = inputs.inspect(upload)
    row = keep(parts, inspection, None, key, caller)
    return _created(response, row, inspection, Quoted(inspection.data))


@router.get("", responses=errors(422))
def get_instances(
    parts: Use,
    filters: Annotated[Filters, Depends(filters)],
    search: Annotated[
        str | None, Query(max_length=200, pattern=TEXT, description="A part of its name or title.")
    ] = None,
    heads: Annotated[
        bool, Query(description="Only those of which nothing was made yet: the end of each line.")
    ] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> InstanceList:
    """Instances, newest first."""
    try:
        with parts.store.reading() as session:
            query = listing.instances(session, filters, search, heads, parts.areas)
            page = listing.page(session, query, InstanceRow, limit, cursor, offset)
    except listing.CursorError:
        raise bad_cursor(cursor) from None
    return InstanceList(
        instances=[info(row) for row in page.rows], total=page.total, next=page.next
    )


@router.patch(
    "/{instance_id}",
    responses=errors(404, 413, 415, 422),
    openapi_extra=body((inputs.JSON, LabelPatch.__name__, example("labels", LABELS))),
)
def patch_instance(instance_id: InstanceId, upload: inputs.JsonUpload, parts: Use) -> InstanceInfo:
    """Change the labels of an instance; the instance itself never changes."""
    patch = inputs.read(upload, LabelPatch)
    ensure_own_or_whole(parts, stored_instance(parts, instance_id))
    with parts.store.session() as session:
        row = session.get_one(InstanceRow, instance_id, with_for_update=True)
        row.labels = relabelled(row.labels, patch)
    return info(row)


@router.get(
    "/{instance_id}", responses=errors(404) | NOT_MODIFIED | _INSTANCE, response_class=Response
)
def get_instance(instance_id: InstanceId, parts: Use, view: Viewing, fresh: Fresh) -> Response:
    """The instance itself; what is private in it under neutral names."""
    tag = fresh.headers(stored_instance(parts, instance_id).digest)
    row = stored_instance(parts, instance_id, body=True)
    body = row.body
    if not view.shows(body):
        instance = Instance.model_validate_json(body)
        view.audited(parts.store, instance, instance=row.id)
        mask = view.mask(instance)
        shown = mask.other(instance)
        if mask.neutral or shown is not instance:
            body = json.dumps(mask.bare(shown), ensure_ascii=False)
    return Response(body, media_type=inputs.JSON, headers=tag)


@router.post(
    "/{instance_id}/children",
    status_code=201,
    responses=errors(404, 413, 415, 422),
    openapi_extra=body(_WHOLE, (inputs.PATCH, "", example("title", PATCH)), _WORKBOOK),
)
def post_child(
    instance_id: InstanceId,
    upload: inputs.ChangeUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
    response: Response,
) -> InstanceInfo:
    """Keep a changed instance, whole or as a merge patch (RFC 7396) of its parent."""
    parent = stored_instance(parts, instance_id, body=True)
    before = Instance.model_validate_json(parent.body)
    parts.guard.learn(expand(before))
    closed = parts.guard.closed(before)
    if upload.media_type == inputs.PATCH:
        inspection = inputs.inspect_change(_shown(closed, parent.body, view), upload)
    else:
        inspection = inputs.inspect(upload)
    inspection = _restored(closed, parts.guard.closed_body(before, parent.body), view, inspection)
    if inspection.instance is not None and '"private":' in parent.body:
        after = inspection.sound()
        view.audited_guess(parts.store, view.mask(before), inspection.data, parent.id)
        ensure_hidden(parts.store, caller, view.operation, parent.id, closed, after)
        ensure_words_hidden(
            parts.store,
            caller,
            view.operation,
            parent.id,
            before,
            parts.guard.opened(after, after),
        )
    quoted = view.quoted([inspection.data], inspection.sound())
    row = keep(parts, inspection, parent, key, caller)
    return _created(response, row, inspection, quoted)


def _shown(instance: Instance, body: str, view: CallerView) -> Any:
    """JSON of a stored instance as it goes out to those who change it. body: its JSON."""
    if view.shows(body):
        return json.loads(body)
    mask = view.mask(instance)
    return mask.bare(mask.other(instance)) if mask.neutral else json.loads(body)


def _restored(
    instance: Instance, body: str, view: CallerView, inspection: inputs.Inspection
) -> inputs.Inspection:
    """The changed instance with what was hidden of its parent put back. body: the parent's JSON."""
    if inspection.instance is None or view.shows(body):
        return inspection
    mask = view.mask(instance)
    if not mask.neutral:
        return inspection
    return inputs.inspect_data(mask.restored(inspection.data, body))


@router.delete("/{instance_id}", status_code=204, responses=errors(404, 409))
def delete_instance(
    instance_id: InstanceId,
    parts: Use,
    view: Viewing,
    children: Annotated[
        bool, Query(description="Also all instances that were changed from it.")
    ] = False,
) -> None:
    """Erase an instance with its jobs and their rosters. All its jobs must have ended."""
    row = stored_instance(parts, instance_id)
    if parts.areas is not None:
        _ensure_line_whole(parts, row)
    with parts.store.session() as session:
        for id in erase_instance(session, instance_id, children=children):
            audit.record(session, view.caller, view.operation, instance=id, request=view.request)


def _ensure_line_whole(parts: Parts, row: InstanceRow) -> None:
    """Refuse to erase an instance where it, or what was changed from it, is not the account's alone. Raises ServiceError."""
    with parts.store.reading() as session:
        line = descendants(session, row.id)
        seen = all(areas.sees(session, parts.areas, id) for id in line)
    if not seen:
        raise ServiceError("outside_areas", found="…")
    for one in (row, *(stored_instance(parts, id) for id in line)):
        ensure_own_or_whole(parts, one)


@router.get("/{instance_id}/lineage", responses=errors(404))
def get_lineage(instance_id: InstanceId, parts: Use) -> Lineage:
    """Where an instance comes from, and what was made of it."""
    row = stored_instance(parts, instance_id)
    with parts.store.reading() as session:

        def seen(rows: list[InstanceRow]) -> list[InstanceInfo]:
            return [info(row) for row in rows if areas.sees(session, parts.areas, row.id)]

        return Lineage(
            ancestors=seen(instances.ancestors(session, row)),
            instance=info(row),
            children=seen(instances.children(session, instance_id)),
        )
