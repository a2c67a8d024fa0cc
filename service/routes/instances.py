"""Instances: posted, read, changed into children. What is posted never changes."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from sqlalchemy.exc import IntegrityError

from scheduler.model import Instance
from service import inputs
from service.access.mask import View, Viewing
from service.access.quoted import Quoted
from service.access.scope import ensure_inside
from service.examples import PATCH, TINY, example
from service.jobs.port import key_id
from service.problems import ServiceError
from service.routes.common import IdempotencyKey, Parts, Use, body, errors, info, stored_instance
from service.store import instances
from service.store.tables import InstanceRow
from service.unversioned import VERSION
from service.wire import InstanceInfo, Lineage

router = APIRouter(prefix="/instances", tags=["instances"])

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
    parts: Parts, inspection: inputs.Inspection, parent: InstanceRow | None, key: str | None
) -> InstanceRow:
    """Store an instance; the same key with the same instance returns the one stored before."""
    instance = inspection.sound()
    ensure_inside(parts.caller, parent and parent.body, instance)
    id = parts.new_id() if key is None else key_id(key)
    try:
        with parts.store.session() as session:
            return instances.add(session, id, instance, inspection.data, parent)
    except IntegrityError:
        row = stored_instance(parts, id)
        same_parent = row.parent_id == (parent.id if parent else None)
        if row.digest != instances.digest(inspection.data) or not same_parent:
            raise ServiceError("key_reused") from None
        return row


def _created(response: Response, row: InstanceRow, inspection: inputs.Inspection) -> InstanceInfo:
    response.headers["Location"] = f"{VERSION}/instances/{row.id}"
    return info(row, Quoted(inspection.data)(inspection.problems))


@router.post(
    "",
    status_code=201,
    responses=errors(413, 415, 422),
    openapi_extra=body(_WHOLE, _WORKBOOK),
)
def post_instance(
    upload: inputs.InstanceUpload, parts: Use, key: IdempotencyKey, response: Response
) -> InstanceInfo:
    """Keep an instance (排班任务), from JSON or from a workbook."""
    inspection = inputs.inspect(upload)
    return _created(response, keep(parts, inspection, None, key), inspection)


@router.get("/{instance_id}", responses=errors(404) | _INSTANCE, response_class=Response)
def get_instance(instance_id: InstanceId, parts: Use, view: Viewing) -> Response:
    """The instance itself; what is private in it under neutral names."""
    row = stored_instance(parts, instance_id, body=True)
    body = row.body
    if not view.shows(body):
        instance = Instance.model_validate_json(body)
        view.audited(parts.store, instance, instance=row.id)
        mask = view.mask(instance)
        if mask.neutral:
            body = json.dumps(mask.bare(mask.other(instance)), ensure_ascii=False)
    return Response(body, media_type=inputs.JSON)


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
    view: Viewing,
    key: IdempotencyKey,
    response: Response,
) -> InstanceInfo:
    """Keep a changed instance, whole or as a merge patch (RFC 7396) of its parent."""
    parent = stored_instance(parts, instance_id, body=True)
    if upload.media_type == inputs.PATCH:
        inspection = inputs.inspect_change(_shown(parent, view), upload)
    else:
        inspection = inputs.inspect(upload)
    inspection = _restored(parent, view, inspection)
    return _created(response, keep(parts, inspection, parent, key), inspection)


def _shown(row: InstanceRow, view: View) -> Any:
    """JSON of a stored instance as it goes out to those who change it."""
    if view.shows(row.body):
        return json.loads(row.body)
    instance = Instance.model_validate_json(row.body)
    mask = view.mask(instance)
    return mask.bare(mask.other(instance)) if mask.neutral else json.loads(row.body)


def _restored(row: InstanceRow, view: View, inspection: inputs.Inspection) -> inputs.Inspection:
    """The changed instance with what was hidden of its parent put back."""
    if inspection.instance is None or view.shows(row.body):
        return inspection
    mask = view.mask(Instance.model_validate_json(row.body))
    if not mask.neutral:
        return inspection
    return inputs.inspect_data(mask.restored(inspection.data, row.body))


@router.get("/{instance_id}/lineage", responses=errors(404))
def get_lineage(instance_id: InstanceId, parts: Use) -> Lineage:
    """Where an instance comes from, and what was made of it."""
    row = stored_instance(parts, instance_id)
    with parts.store.session() as session:
        return Lineage(
            ancestors=[info(ancestor) for ancestor in instances.ancestors(session, row)],
            instance=info(row),
            children=[info(child) for child in instances.children(session, instance_id)],
        )
