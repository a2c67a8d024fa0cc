"""What became of a week's work, closing the week, opening it again."""

from typing import Annotated

from fastapi import Query

from scheduler.messages.names import is_elsewhere
from scheduler.model import InputError, Problem
from scheduler.model.pointer import pointer
from service import inputs
from service.access.caller import Asking, Caller
from service.access.mask import CallerView, Viewing
from service.access.roles import AccountRole
from service.access.scope import refuse_outside
from service.access.within import Within
from service.examples import example
from service.problems import ServiceError, invalid
from service.routes.common import Language, Parts, Use, body, errors
from service.routes.parts import PersonId
from service.routes.rooms import Room
from service.routes.weeks.asking import AnswerLimit
from service.routes.weeks.commands import quoting_nothing
from service.routes.weeks.weeks import WeekId
from service.weeks import closing, outcomes
from service.weeks.closing import UnreckonedError
from service.weeks.opening import OpenWeek, opened
from service.weeks.outcomes import Inside, outside_places
from service.weeks.own_week import ensure_seen
from service.weeks.reckoning import Shown, reconciliation
from service.weeks.today import clock as wall_clock
from service.weeks.words import mask_of
from service.wire.weeks.closing import (
    CloseOut,
    OutcomesOut,
    OutcomesRequest,
    OwnOutcomesRequest,
    PartOut,
    Reconciliation,
)

router = Room(prefix="/weeks/{week}", tags=["weeks"])
_REST = {"rest": "done"}
_OWN = {"outcomes": [{"task": "visit-1", "result": "done"}]}
MOST_NAMED = 5


@router.get("/reconciliation", responses=errors(404, 422))
def get_reconciliation(
    week: WeekId,
    parts: Use,
    view: Viewing,
    show: Annotated[Shown, Query(description="Of which nothing is said, or all.")] = "all",
    limit: AnswerLimit = 100,
    offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Reconciliation:
    """What became of the work, as far as it is said, and of what it is not."""
    found = opened(parts.store, parts.caller, week)
    view.audited(parts.store, found.state.instance, instance=week)
    with parts.store.session() as session:
        return reconciliation(session, view, found, show, limit, offset)


@router.post(
    "/outcomes",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, OutcomesRequest.__name__, example("rest", _REST))),
)
def post_outcomes(
    week: WeekId, upload: inputs.JsonUpload, parts: Use, caller: Asking, view: Viewing
) -> OutcomesOut:
    """Say what became of work; what was said of it before gives way."""
    request = inputs.read(upload, OutcomesRequest)
    found = opened(parts.store, caller, week)
    mask = mask_of(view, found.state)
    wanted = OutcomesRequest.model_validate(mask.true_ids(request.model_dump()))
    inside = _ensure_inside(parts, caller, found, wanted)
    return _noted(parts, caller, view, found, wanted, inside if wanted.rest else None, None)


@router.post(
    "/people/{person}/outcomes",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, OwnOutcomesRequest.__name__, example("own", _OWN))),
)
def post_own_outcomes(
    week: WeekId,
    person: PersonId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
) -> OutcomesOut:
    """Say what became of work that is one's own: a worker from its day on, others for them at any time."""
    request = inputs.read(upload, OwnOutcomesRequest)
    found = opened(parts.store, caller, week)
    ensure_seen(view, found, person)
    mask = mask_of(view, found.state)
    own = OwnOutcomesRequest.model_validate(mask.true_ids(request.model_dump()))
    mine = {
        (part.task, part.slot): part
        for part in found.state.roster.assignments
        if part.person == person
    }
    horizon, today = found.state.instance.horizon, wall_clock(parts.settings.time_zone).date()
    early = []
    for number, one in enumerate(own.outcomes):
        part = mine.get((one.task, one.slot))
        if part is None:
            raise ServiceError("part_not_found", id=request.outcomes[number].task)
        day = horizon.date(horizon.day_of(part.start))
        if caller.role is AccountRole.WORKER and one.result is not None and day > today:
            at = pointer("outcomes", number, "result")
            slots = {"day": f"{day}"}
            early.append(
                Problem(code="outcome_too_early", pointer=at, value=one.result, slots=slots)
            )
    if early:
        raise invalid(early)
    wanted = OutcomesRequest(outcomes=own.outcomes)
    _ensure_inside(parts, caller, found, wanted)
    return _noted(parts, caller, view, found, wanted, None, person)


def _ensure_inside(
    parts: Parts, caller: Caller, found: OpenWeek, wanted: OutcomesRequest
) -> Inside:
    """Refuse to say what became of work outside the areas of the caller; what lies inside them. Raises ServiceError."""
    instance = found.state.instance
    if caller.areas is None:
        return lambda _task: True
    within = Within(instance, caller.areas)
    with parts.store.session() as session:
        noted = outside_places(session, found.week.id)
    places = [noted[one.task] for one in wanted.outcomes if one.task in noted]
    places += [one.place for one in wanted.outside]
    outside = [one.task for one in wanted.outcomes if not within.changes("tasks", one.task)]
    outside += [place for place in places if not within.changes("places", place)]
    refuse_outside(outside, instance, caller)
    return lambda task: within.changes("tasks", task)


def _noted(
    parts: Parts,
    caller: Caller,
    view: CallerView,
    found: OpenWeek,
    wanted: OutcomesRequest,
    rest: Inside | None,
    person: str | None,
) -> OutcomesOut:
    """person: whose work that lacks it is counted; None: of all whose work the caller sees."""
    by = {"account": caller.account, "account_name": caller.name}
    with quoting_nothing(parts, view, found.week.id), parts.store.session() as session:
        closing.ensure_open(session, found.week.id)
        fresh, left = outcomes.note(
            session,
            found.week.id,
            found.state,
            [one.model_dump() for one in wanted.outcomes],
            [one.model_dump() for one in wanted.outside],
            rest,
            by,
        )
    ids = mask_of(view, found.state).neutral.ids.get("task", {})
    lacking = [
        one
        for one in left
        if not is_elsewhere(ids.get(one.task, "")) and person in (None, one.person)
    ]
    return OutcomesOut(
        noted=[PartOut(task=ids.get(task, task), slot=slot) for task, slot in fresh],
        lacking=len(lacking),
    )


@router.post("/close", responses=errors(404, 409, 422))
def post_close(week: WeekId, parts: Use, caller: Asking, view: Viewing, lang: Language) -> CloseOut:
    """Close a week of whose work everything is said, and begin the week that follows.

    Closed again after it was opened, the week that was begun takes over what is otherwise now, except
    where it was changed there since.
    """
    try:
        following = closing.close(parts.store, caller, week)
    except UnreckonedError as error:
        names = mask_of(view, opened(parts.store, caller, week).state)
        ids = list(dict.fromkeys(names.id(part.task) for part in error.parts))
        shown = [names.names(lang).task(id) for id in ids[:MOST_NAMED]]
        more = ["…"] if len(ids) > MOST_NAMED else []
        raise ServiceError(
            "week_unreckoned", count=len(error.parts), found="、".join([*shown, *more])
        ) from None
    except InputError as error:
        raise invalid(error.problems) from None
    return CloseOut(week=week, closed=True, next=following)


@router.post("/reopening", responses=errors(404, 409, 422))
def post_reopening(week: WeekId, parts: Use, caller: Asking) -> CloseOut:
    """Open a week again that was closed; the week that was begun after it stays as it is."""
    closing.reopen(parts.store, caller, week)
    with parts.store.session() as session:
        row = closing.next_week(session, week)
    return CloseOut(week=week, closed=False, next=None if row is None else row.next_id)
