"""What people ask of their coordinator about a week, and private links to one person's week."""

from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response

from service import inputs
from service.access import audit, links
from service.access.caller import Asking
from service.access.mask import Viewing
from service.examples import example
from service.jobs.port import key_id
from service.routes.common import IdempotencyKey, Use, address_of, body, errors
from service.routes.parts import PersonId
from service.routes.rooms import Room
from service.routes.weeks.commands import quoting_nothing
from service.routes.weeks.weeks import WeekId
from service.weeks import accepting, own_week, request_words, requests
from service.weeks.opening import opened
from service.weeks.words import effect_out, mask_of
from service.wire import moment
from service.wire.weeks.requests import (
    AcceptanceOut,
    AcceptanceRequest,
    AnswerRequest,
    LinkOut,
    OwnRequestIn,
    RequestList,
    RequestOut,
)

router = Room(prefix="/weeks/{week}", tags=["weeks"])
RequestId = Annotated[str, Path(alias="request", max_length=32, description="Id of the request.")]
_SICK = {
    "kind": "sick",
    "span": {"start": "2026-11-25T00:00", "end": "2026-11-26T00:00"},
    "words": "发烧",
}


@router.post(
    "/people/{person}/requests",
    status_code=201,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, OwnRequestIn.__name__, example("sick", _SICK))),
)
def post_own_request(
    week: WeekId,
    person: PersonId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
) -> RequestOut:
    """Ask something of the coordinator: sick, swap, decline, a duty, hours. It changes nothing by itself."""
    wanted = inputs.read(upload, OwnRequestIn)
    found = opened(parts.store, caller, week)
    own_week.ensure_seen(view, found, person)
    mask = mask_of(view, found.state)
    wanted = OwnRequestIn.model_validate(mask.true_ids(wanted.model_dump(mode="json")))
    id = None if key is None else key_id(key, f"{caller.account}/{caller.person}")
    with quoting_nothing(parts, view, week):
        row = requests.ask(parts.store, caller, week, person, wanted, id)
    return request_words.request_out(view, opened(parts.store, caller, week), row)


@router.get("/people/{person}/requests", responses=errors(404, 422))
def get_own_requests(week: WeekId, person: PersonId, parts: Use, view: Viewing) -> RequestList:
    """What somebody asked in a week, and what was answered."""
    own_week.ensure_seen(view, opened(parts.store, parts.caller, week), person)
    found = request_words.own_requests(parts.store, view, week, person)
    return RequestList(week=week, requests=found)


@router.delete(
    "/people/{person}/requests/{request}", status_code=204, responses=errors(404, 409, 422)
)
def delete_own_request(
    week: WeekId, person: PersonId, id: RequestId, parts: Use, caller: Asking, view: Viewing
) -> None:
    """Take back what one asked, while it is not answered."""
    own_week.ensure_seen(view, opened(parts.store, caller, week), person)
    requests.withdraw(parts.store, caller, week, person, id)


@router.get("/requests", responses=errors(404, 422))
def get_requests(
    week: WeekId,
    parts: Use,
    view: Viewing,
    state: Annotated[
        Literal["open", "all"], Query(description="all: with those that were answered.")
    ] = "open",
) -> RequestList:
    """What people ask about a week: in it, and in the week before of the hours that they give for it."""
    asked = request_words.open_requests if state == "open" else request_words.all_requests
    return RequestList(week=week, requests=asked(parts.store, view, week))


@router.post(
    "/requests/{request}/acceptance",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AcceptanceRequest.__name__, example("plain", {}))),
)
def post_acceptance(
    week: WeekId,
    id: RequestId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
) -> AcceptanceOut:
    """Do what somebody asked, as a command of one's own, which undo takes back."""
    wanted = inputs.read(upload, AcceptanceRequest)
    mask = mask_of(view, opened(parts.store, caller, week).state)
    with quoting_nothing(parts, view, week):
        done = accepting.accept(
            parts.store,
            caller,
            view,
            week,
            id,
            instead=mask.true_ids(
                wanted.model_dump(include={"person", "start", "place"}, exclude_none=True)
            ),
            reason=wanted.reason,
            dry_run=wanted.dry_run,
        )
    view.audited(parts.store, done.week.state.instance, instance=done.week.week.id)
    return AcceptanceOut(
        request=id,
        week=done.week.week.id,
        revision=done.week.number,
        kept=done.week.number != done.before.number,
        effect=effect_out(view, done.attempt),
    )


@router.post(
    "/requests/{request}/refusal",
    status_code=204,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AnswerRequest.__name__, example("plain", {}))),
)
def post_refusal(
    week: WeekId,
    id: RequestId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
) -> None:
    """Refuse what somebody asked, with words for them."""
    wanted = inputs.read(upload, AnswerRequest)
    accepting.answer(parts.store, caller, view, week, id, "refused", wanted.words)


@router.post(
    "/requests/{request}/handling",
    status_code=204,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AnswerRequest.__name__, example("plain", {}))),
)
def post_handling(
    week: WeekId,
    id: RequestId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
) -> None:
    """Say that what somebody asked is handled otherwise, with words for them: it waits no longer."""
    wanted = inputs.read(upload, AnswerRequest)
    accepting.answer(parts.store, caller, view, week, id, "handled", wanted.words)


@router.delete("/requests/{request}/answer", status_code=204, responses=errors(404, 409, 422))
def delete_answer(week: WeekId, id: RequestId, parts: Use, caller: Asking, view: Viewing) -> None:
    """Take back a refusal, or that it is handled otherwise: it waits again. An acceptance is taken back by undo."""
    accepting.take_back_answer(parts.store, caller, view, week, id)


@router.post("/people/{person}/link", status_code=201, responses=errors(404, 409, 422))
def post_link(
    week: WeekId,
    person: PersonId,
    parts: Use,
    caller: Asking,
    view: Viewing,
    request: Request,
) -> LinkOut:
    """A private link to one person's week, shown this once; an earlier one of theirs ends."""
    found = opened(parts.store, caller, week)
    own_week.ensure_seen(view, found, person)
    name = found.state.instance.person_by_id[person].name
    ends = own_week.link_ends(found.state.instance, parts.settings.time_zone)
    with parts.store.session() as session:
        secret = links.make(session, week, person, name, ends)
        audit.record(session, caller, "post_link")
    return LinkOut(url=f"{address_of(request, parts.settings)}/l#{secret}", ends=moment(ends))


@router.delete("/people/{person}/link", status_code=204, responses=errors(404, 422))
def delete_link(
    week: WeekId, person: PersonId, parts: Use, caller: Asking, view: Viewing
) -> Response:
    """End somebody's private link, with everything that came in by it."""
    own_week.ensure_seen(view, opened(parts.store, caller, week), person)
    with parts.store.session() as session:
        links.revoke(session, week, person)
        audit.record(session, caller, "delete_link")
    return Response(status_code=204)
