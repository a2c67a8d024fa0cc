"""Rolling a week: its history, as it was really worked, carried into a new instance that is kept."""

import json

from fastapi import Response

from scheduler.due import expand
from scheduler.formats.json_file import dump
from scheduler.formats.parse import parse_root
from scheduler.model import InputError, Instance, WorkedWeek
from scheduler.weeks.roll import roll
from scheduler.weeks.worked import worked_roster
from service import inputs
from service.access.caller import Asking
from service.access.mask import Viewing, true_ids
from service.access.revealed import ensure_hidden
from service.examples import TINY, TINY_ROSTER, example
from service.middleware.unversioned import VERSION
from service.problems import invalid
from service.routes.common import (
    IdempotencyKey,
    Parts,
    Use,
    body,
    errors,
    info,
)
from service.routes.instances import keep
from service.routes.named import named_roster, named_week
from service.routes.rooms import Room
from service.wire import InstanceInfo, WeekIn
from service.wire.rolls import RollRequest

router = Room(tags=["operations"])


@router.post(
    "/rolls",
    status_code=201,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (
            inputs.JSON,
            RollRequest.__name__,
            example("tiny", {"instance": TINY, "roster": TINY_ROSTER}),
        )
    ),
)
def post_roll(
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
    response: Response,
) -> InstanceInfo:
    """Keep the next horizon's instance, a child of the one that was worked where that one is kept."""
    request = inputs.read(upload, RollRequest)
    week = named_roster(parts, request)
    following = None
    if request.following_id is not None or request.following is not None:
        body = request.following
        if body is not None and week.row is not None:
            true = Instance.model_validate_json(week.row.body)
            shown = view.mask(parts.guard.closed(true))
            body = shown.restored(body, parts.guard.closed_body(true, week.row.body))
        wanted = WeekIn(instance_id=request.following_id, instance=body)
        following = _following(parts, wanted)
        week = week.closed(parts.guard)
        if body is not None and week.row is not None:
            ensure_hidden(
                parts.store, caller, view.operation, week.row.id, week.instance, following
            )
    worked = None
    if request.worked is not None:
        worked = _worked(true_ids(week.instance, request.worked))
    try:
        worked_roster(week.instance, week.roster, worked)
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/worked")) from None
    try:
        rolled = roll(week.instance, week.roster, following, worked, carry=request.carry)
    except InputError as error:
        raise invalid(inputs.placed(error.problems, "/following")) from None
    inspection = _inspection(rolled)
    told = view.quoted([inspection.data], inspection.sound())
    row = keep(parts, inspection, week.row, key, caller)
    response.headers["Location"] = f"{VERSION}/instances/{row.id}"
    return info(row, told(inspection.problems))


def _following(parts: Parts, wanted: WeekIn) -> Instance:
    instance, row = named_week(parts, wanted, "/following")
    if row is None:
        return instance
    parts.guard.learn(expand(instance))
    return parts.guard.closed(instance)


def _worked(data: object) -> WorkedWeek:
    record, problems = parse_root(data, WorkedWeek, "worked")
    if record is None:
        raise invalid(inputs.placed(problems, "/worked"))
    return record


def _inspection(rolled: Instance) -> inputs.Inspection:
    return inputs.inspect_data(json.loads(dump(rolled)))
