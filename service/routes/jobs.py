"""Jobs: submitted, followed, stopped, erased; their rosters in every form."""

import json
import re
from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Path, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy import Select
from sqlalchemy.orm import Session

from scheduler.model import Instance, Problem, Score
from service import inputs
from service.access.caller import Asking
from service.access.mask import CallerView, true_ids
from service.access.scope import ensure_whole
from service.examples import LABELS, TINY, example
from service.jobs.port import key_id
from service.middleware.unversioned import VERSION
from service.problems import NothingNewError, both
from service.routes.common import (
    WAITS,
    IdempotencyKey,
    Parts,
    Use,
    body,
    ended_in_time,
    ensure_own_or_whole,
    errors,
    owned,
    relabelled,
)
from service.routes.named import guarded_week, named_week
from service.routes.parameters import Cursor, Limit, Offset, bad_cursor, filters
from service.routes.rooms import Room
from service.store import areas, instances, jobs, listing
from service.store.jobs import FINAL
from service.store.line import PRIORITIES
from service.store.listing import Filters
from service.store.tables import JobRow
from service.wire import Failure, JobOut, JobRequest, Owner, State, faults, moment
from service.wire.labels import TEXT
from service.wire.lists import JobList, JobPatch

router = Room(prefix="/jobs", tags=["jobs"])

_EVENT = re.compile("[0-9]{1,18}")
JobId = Annotated[str, Path(description="Id that submitting the job gave.")]


def job(row: JobRow, parts: Parts) -> JobOut:
    """The answer about a job, as the caller may read it."""
    told = _whole(row)
    said = [*told.notices, *(told.failure.problems if told.failure else ())]
    return _within(row, told, parts) if said and parts.areas is not None else told


def _within(row: JobRow, told: JobOut, parts: Parts) -> JobOut:
    """What is told of a job without the words of what lies outside the areas of the caller."""
    with parts.store.reading() as session:
        kept = instances.find(session, row.instance_id, body=True)
    if kept is None:
        failure = told.failure and told.failure.model_copy(update={"problems": []})
        return told.model_copy(update={"notices": [], "failure": failure})
    week = Instance.model_validate_json(kept.body)
    view = CallerView(parts.caller, areas=parts.areas)
    quoted = view.quoted([json.loads(kept.body)], week)

    def inside(found: list[dict[str, Any]]) -> list[Any]:
        return faults(quoted([Problem(**one) for one in found]))

    problem = row.problem or {}
    failure = told.failure and told.failure.model_copy(
        update={"problems": inside(problem["problems"])}
    )
    notices = inside(row.result.get("notices", []))
    return told.model_copy(update={"notices": notices, "failure": failure})


def _whole(row: JobRow) -> JobOut:
    progress, result, request = row.progress, row.result, row.request
    score, bound = progress.get("score"), progress.get("bound")
    return JobOut(
        id=row.id,
        instance_id=row.instance_id,
        title=row.title,
        labels=row.labels,
        owner=Owner(account=row.owner_id, name=row.owner_name),
        state=row.state,
        created_at=moment(row.created),
        started_at=row.started and moment(row.started),
        ended_at=row.ended and moment(row.ended),
        stop_requested=row.stop_requested,
        ended_by=result.get("ended_by"),
        status=result.get("status", "unknown" if score is None else _status(score)),
        phase=progress.get("phase") if row.state == "running" else None,
        score=score,
        unassigned=progress.get("unassigned"),
        seconds=progress.get("seconds", 0.0),
        steps=progress.get("steps", 0),
        moves_per_second=progress.get("moves_per_second"),
        bound=bound,
        gap=None if score is None or bound is None else _gap(score, bound),
        limits=request["limits"],
        seed=request["seed"],
        cores=request["cores"],
        attempts=row.attempts,
        versions=result.get("versions", {}),
        figures=result.get("figures", {}),
        notices=faults([Problem(**notice) for notice in result.get("notices", [])]),
        failure=_failure(row.problem),
        event=row.event,
        priority=PRIORITIES[row.priority],
        position=row.position,
    )


def _gap(score: dict[str, int], bound: dict[str, int]) -> float:
    return round(Score(**score).gap(Score(**bound)), 6)


def _status(score: dict[str, int]) -> Literal["feasible", "unknown"]:
    return "unknown" if score["hard"] else "feasible"


def _failure(problem: dict[str, Any] | None) -> Failure | None:
    if problem is None:
        return None
    return Failure(
        code=problem["code"],
        text=both(f"failure.{problem['code']}", **problem["slots"]),
        problems=faults([Problem(**fault) for fault in problem["problems"]]),
    )


@router.post(
    "",
    status_code=202,
    responses=errors(404, 409, 413, 415, 422) | ended_in_time(JobOut),
    openapi_extra=body(
        (
            inputs.JSON,
            JobRequest.__name__,
            example("tiny", {"instance": TINY, "limits": {"seconds": 5}, "seed": 1}),
        )
    )
    | WAITS,
)
def post_job(
    upload: inputs.JsonUpload, parts: Use, caller: Asking, key: IdempotencyKey, response: Response
) -> JobOut:
    """Have an instance solved; follow the job at its Location."""
    request = inputs.read(upload, JobRequest)
    fingerprint = instances.digest(request.model_dump(mode="json"))
    id = parts.new_id() if key is None else key_id(key, caller.account)
    row = parts.jobs.submitted(id, fingerprint) if key is not None else None
    if row is None:
        instance, stored = named_week(parts, request)
        ensure_whole(parts.caller, instance)
        start = None
        if request.start_roster is not None:
            week, _ = guarded_week(parts, request)
            posted = true_ids(week, request.start_roster)
            begin = inputs.roster(posted, week, "/start_roster")
            start = parts.guard.opened(begin, week).model_dump_json(exclude_none=True)

        def prepare(session: Session) -> str:
            if stored is not None:
                return stored.id
            return instances.add(
                session, parts.new_id(), instance, request.instance, None, owned(caller)
            ).id

        about = {"title": request.title, "labels": request.labels} | owned(caller)
        search = parts.request(request.limits, request.seed, request.cores, request.priority)
        row = parts.jobs.submit(id, fingerprint, prepare, search, start, about=about)
    response.headers["Location"] = f"{VERSION}/jobs/{row.id}"
    return job(row, parts)


@router.get("", responses=errors(422))
def get_jobs(
    parts: Use,
    filters: Annotated[Filters, Depends(filters)],
    state: State | None = None,
    instance: Annotated[
        str | None,
        Query(max_length=64, pattern=TEXT, description="Id of the instance that it is of."),
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> JobList:
    """Jobs, newest first."""
    return job_list(parts, listing.jobs(filters, state, instance), limit, cursor, offset)


def job_list(
    parts: Parts, query: Select[JobRow], limit: int, cursor: str | None, offset: int = 0
) -> JobList:
    """A page of those that the caller may see. Raises ServiceError for a text that is no cursor."""
    query = query.where(areas.visible(parts.areas, JobRow.instance_id))
    try:
        with parts.store.reading() as session:
            page = listing.page(session, query, JobRow, limit, cursor, offset)
    except listing.CursorError:
        raise bad_cursor(cursor) from None
    return JobList(jobs=[job(row, parts) for row in page.rows], total=page.total, next=page.next)


@router.patch(
    "/{job_id}",
    responses=errors(404, 413, 415, 422),
    openapi_extra=body((inputs.JSON, JobPatch.__name__, example("labels", LABELS))),
)
def patch_job(job_id: JobId, upload: inputs.JsonUpload, parts: Use) -> JobOut:
    """Change the title and the labels of a job."""
    patch = inputs.read(upload, JobPatch)
    ensure_own_or_whole(parts, parts.jobs.status(job_id))
    with parts.store.session() as session:
        row = session.get_one(JobRow, job_id, with_for_update=True)
        title = row.title if patch.title is None else patch.title
        labels = relabelled(row.labels, patch)
        jobs.change(session, JobRow.id == job_id, title=title, labels=labels)
    return job(parts.jobs.status(job_id), parts)


@router.get("/{job_id}", responses=errors(404))
def get_job(job_id: JobId, parts: Use) -> JobOut:
    """How a job stands."""
    return job(parts.jobs.status(job_id), parts)


def _seen(
    job_id: JobId, parts: Use, last_event_id: Annotated[str | None, Header()] = None
) -> int | None:
    row = parts.jobs.status(job_id)
    seen = int(last_event_id) if last_event_id and _EVENT.fullmatch(last_event_id) else None
    if row.state in FINAL and row.event == seen:
        raise NothingNewError
    return seen


@router.get(
    "/{job_id}/events",
    response_class=EventSourceResponse,
    responses=errors(404) | {204: {"description": "The last event was seen; do not ask again"}},
)
async def get_events(
    job_id: JobId, parts: Use, seen: Annotated[int | None, Depends(_seen)]
) -> AsyncIterator[ServerSentEvent]:
    """How a job stands, at once and with each change: events `status`, at last one `end`."""
    async for row in parts.jobs.events(job_id, seen):
        if parts.areas is None:
            yield _event(row)
        else:
            yield _event_of(row, await run_in_threadpool(job, row, parts))


@lru_cache(maxsize=256)
def _event(row: JobRow) -> ServerSentEvent:
    """The event of a row, made once for all who follow the job and see everything: they are told by the same row."""
    return _event_of(row, _whole(row))


def _event_of(row: JobRow, told: JobOut) -> ServerSentEvent:
    event = "end" if row.state in FINAL else "status"
    return ServerSentEvent(event=event, id=str(row.event), raw_data=told.model_dump_json())


@router.post("/{job_id}/stop", status_code=202, responses=errors(404))
def post_stop(job_id: JobId, parts: Use) -> JobOut:
    """Have a job end and keep its best roster. One that has ended stays as it is."""
    ensure_own_or_whole(parts, parts.jobs.status(job_id))
    return job(parts.jobs.stop(job_id), parts)


@router.delete("/{job_id}", status_code=204, responses=errors(404, 409))
def delete_job(job_id: JobId, parts: Use) -> None:
    """Erase the record and the roster of a job that has ended."""
    ensure_own_or_whole(parts, parts.jobs.status(job_id))
    parts.jobs.erase(job_id)
