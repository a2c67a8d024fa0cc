"""Weeks: begun, listed, read, erased."""

from typing import Annotated

from fastapi import Depends, Path, Query, Response
from sqlalchemy.exc import IntegrityError

from scheduler.due import expand
from scheduler.messages import say
from scheduler.messages.names import is_elsewhere
from scheduler.model import Instance, Roster, Shift, Visit
from scheduler.model.tasks import slots, tasks
from scheduler.report.neutral import Neutral
from service import inputs
from service.access import audit
from service.access.caller import Asking
from service.access.mask import Viewing
from service.access.scope import ensure_inside, ensure_roster_inside, ensure_whole
from service.examples import TINY, example
from service.jobs.port import key_id
from service.middleware.unversioned import VERSION
from service.problems import ServiceError
from service.routes.common import IdempotencyKey, Parts, Use, body, errors
from service.routes.named import named_roster, named_week
from service.routes.parameters import Cursor, Limit
from service.routes.rooms import Room
from service.store import instances, weeks
from service.store.erasing import erase_week
from service.weeks import opening
from service.weeks.facts import WeekFacts, facts
from service.weeks.opening import OpenWeek, opened
from service.weeks.state import WeekState
from service.weeks.words import mask_of
from service.wire import Both, Owner, moment
from service.wire.weeks.weeks import (
    WeekFactsOut,
    WeekInfo,
    WeekList,
    WeekRequest,
    WeekStateOut,
    WeekSummary,
)

router = Room(prefix="/weeks", tags=["weeks"])

WeekId = Annotated[
    str, Path(max_length=32, description="The first day of the week: 2026-11-23, or 2026-11-23-2.")
]
RevisionNumber = Annotated[
    int | None, Query(ge=1, le=10**9, description="A revision; the last where it is left out.")
]
WeekUpload = Annotated[inputs.Upload, Depends(inputs.Accept(inputs.JSON, inputs.WORKBOOK))]


@router.post(
    "",
    status_code=201,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (inputs.JSON, WeekRequest.__name__, example("tiny", {"instance": TINY})),
        (inputs.WORKBOOK, "", {}),
    ),
)
def post_week(
    upload: WeekUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
    response: Response,
) -> WeekInfo:
    """Begin a week: from an instance, alone or with a roster, from a job, or from a workbook."""
    if upload.media_type == inputs.WORKBOOK:
        request, instance, roster = WeekRequest(), inputs.inspect(upload).sound(), None
        ensure_inside(caller, None, instance)
    else:
        request = inputs.read(upload, WeekRequest)
        instance, roster = _asked(parts, request)
    id = None if key is None else key_id(key, caller.account)
    print_ = instances.digest([upload.media_type, upload.body.hex()])
    week = None if id is None else _again(parts, id, print_)
    if week is None:
        first = WeekState.of(instance, roster)
        title = request.title or Neutral(expand(instance)).words(instance.title)
        week = _begun(parts, first, title, request, id, print_)
    response.headers["Location"] = f"{VERSION}/weeks/{week.week.id}"
    return info(parts, view, week)


def _asked(parts: Parts, request: WeekRequest) -> tuple[Instance, Roster | None]:
    instance: Instance
    if request.job_id is not None or request.roster is not None:
        named = named_roster(parts, request)
        instance, row, roster = named.instance, named.row, named.roster
        if named.kept is None:
            ensure_roster_inside(parts.caller, instance, named.roster)
    else:
        instance, row = named_week(parts, request)
        roster = None
    if row is None:
        ensure_inside(parts.caller, None, instance)
    return instance, roster


def _again(parts: Parts, key: str, fingerprint: str) -> OpenWeek | None:
    """The week that the same request began before."""
    with parts.store.session() as session:
        row = weeks.by_key(session, key)
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise ServiceError("key_reused")
    return opened(parts.store, parts.caller, row.week_id)


def _begun(
    parts: Parts,
    first: WeekState,
    title: str,
    request: WeekRequest,
    key: str | None,
    fingerprint: str,
) -> OpenWeek:
    assert parts.caller is not None
    for last in (False, True):
        try:
            return opening.begun(
                parts.store, parts.caller, first, title, request.labels, key, fingerprint
            )
        except IntegrityError:
            # Two weeks of the same day began at once, or two requests with this key.
            if key is not None and (week := _again(parts, key, fingerprint)) is not None:
                return week
            if last:
                raise
    raise AssertionError


@router.get("", responses=errors(422))
def get_weeks(parts: Use, cursor: Cursor = None, limit: Limit = 50) -> WeekList:
    """Weeks, the latest first."""
    with parts.store.session() as session:
        rows, total = weeks.listed(session, parts.areas, limit + 1, cursor)
    return WeekList(
        total=total,
        next=rows[limit - 1].id if len(rows) > limit else None,
        weeks=[
            WeekSummary(
                id=row.id,
                title=row.title,
                start=row.start,
                revision=row.head,
                created_at=moment(row.created),
                labels=row.labels,
                owner=Owner(account=row.owner_id, name=row.owner_name),
            )
            for row in rows[:limit]
        ],
    )


@router.get("/{week}", responses=errors(404, 422))
def get_week(week: WeekId, parts: Use, view: Viewing) -> WeekInfo:
    """A week as it stands."""
    return info(parts, view, opened(parts.store, parts.caller, week))


@router.get("/{week}/facts", responses=errors(404, 422))
def get_facts(week: WeekId, parts: Use, caller: Asking) -> WeekFactsOut:
    """How a week stands: what is not published, who was not told."""
    found = opened(parts.store, caller, week)
    with parts.store.session() as session:
        stands = facts(session, found, parts.settings.small_change_minutes, caller.areas)
    return _facts(stands)


@router.get("/{week}/state", responses=errors(404, 422))
def get_week_state(
    week: WeekId, parts: Use, view: Viewing, revision: RevisionNumber = None
) -> WeekStateOut:
    """A week's instance, with all that falls due, and its roster, at any revision; what is private is hidden."""
    found = opened(parts.store, parts.caller, week, revision)
    now = found.state
    view.audited(parts.store, now.instance, instance=week)
    mask = mask_of(view, now)
    return WeekStateOut(
        id=week,
        revision=found.number,
        instance=mask.bare(mask.week),
        roster=mask.roster(now.roster).model_dump(mode="json", exclude_none=True),
    )


@router.delete("/{week}", status_code=204, responses=errors(404, 409))
def delete_week(week: WeekId, parts: Use, caller: Asking) -> None:
    """Erase a week with its history. Its id is not used again."""
    ensure_whole(caller, opened(parts.store, caller, week).state.instance)
    with parts.store.session() as session:
        erase_week(session, week)
        audit.record(session, caller, "delete_week", instance=week)


def info(parts: Parts, view: Viewing, found: OpenWeek) -> WeekInfo:
    """A week as it stands, for who asks."""
    week, row, now = found.week, found.revision, found.state
    with parts.store.session() as session:
        stands = facts(session, found, parts.settings.small_change_minutes, view.areas)
    mask = mask_of(view, now)
    work = [task for task in tasks(mask.week) if not is_elsewhere(task.id)]
    mine = {task.id for task in work}
    parts_of_mine = [one for one in mask.read(now.roster).assignments if one.task in mine]
    return WeekInfo(
        id=week.id,
        title=week.title,
        start=now.instance.horizon.start,
        days=now.instance.horizon.days,
        revision=found.number,
        created_at=moment(week.created),
        changed_at=moment(row.created),
        changed_by=row.account_name,
        labels=week.labels,
        owner=Owner(account=week.owner_id, name=week.owner_name),
        counts={
            "people": sum(not is_elsewhere(one.id) for one in mask.week.people),
            "places": sum(not is_elsewhere(one.id) for one in mask.week.places),
            "visits": sum(isinstance(task, Visit) for task in work),
            "shifts": sum(isinstance(task, Shift) for task in work),
            "slots": sum(len(slots(task)) for task in work),
            "assigned": len(parts_of_mine),
        },
        areas=[area.id for area in mask.week.areas],
        facts=_facts(stands),
    )


def _facts(stands: WeekFacts) -> WeekFactsOut:
    last = stands.last
    return WeekFactsOut(
        words=[Both.of(say, f"service.fact.{key}") for key in stands.words],
        keys=stands.words,
        unpublished=len(stands.ahead.tasks),
        untold=stands.untold,
        asked=stands.asked,
        ordered=stands.ordered,
        publication=stands.published.number,
        published_at=None if last is None else moment(last.created),
        published_by=None if last is None else last.account_name,
        areas=stands.ahead.covered,
        closed=stands.closed,
        reopened=stands.reopened,
        next=stands.next,
        previous=stands.previous,
    )
