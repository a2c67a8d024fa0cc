"""Re-plans: changes against a published roster, who must be told what, and two rosters side by side."""

import json
from dataclasses import replace
from typing import Any

from fastapi import Response
from sqlalchemy.orm import Session

from scheduler.due import expand
from scheduler.formats.parse import parse_changes
from scheduler.model import InputError, Instance, Pin, Problem, Roster
from scheduler.model.changes import Changes
from scheduler.report.rename import RecordT
from scheduler.weeks.compare import Comparison, compare
from scheduler.weeks.preview import Preview, preview
from scheduler.weeks.replan import ChangedWeek, apply, difference, fallen
from scheduler.weeks.replan.held import held_by_hand
from service import inputs
from service.access.caller import Asking
from service.access.guarded import IdGuard
from service.access.mask import Viewing, WeekMask, true_ids
from service.access.revealed import ensure_hidden, ensure_words_hidden
from service.access.scope import ensure_changes_inside, ensure_roster_inside, held_outside
from service.examples import CHANGES, TINY, TINY_ROSTER, example
from service.jobs.port import key_id
from service.middleware.unversioned import VERSION
from service.problems import ServiceError, invalid
from service.routes.common import (
    WAITS,
    IdempotencyKey,
    Parts,
    Use,
    body,
    ended_in_time,
    errors,
    owned,
    parent_of,
    published_week,
    stored_instance,
)
from service.routes.jobs import JobId, job
from service.routes.named import masked_rosters, named_roster
from service.routes.rooms import Room
from service.store import instances
from service.weeks.words import broken_rules, difference_out, rule_pairs
from service.wire import Both, JobOut, faults
from service.wire.replans import (
    ComparisonOut,
    ComparisonRequest,
    DifferenceOut,
    FigurePair,
    PreviewOut,
    PreviewRequest,
    ReplanRequest,
)

router = Room(tags=["replans"])
_TINY = {"instance": TINY, "roster": TINY_ROSTER}


@router.post(
    "/replans",
    status_code=202,
    responses=errors(404, 409, 413, 415, 422) | ended_in_time(JobOut),
    openapi_extra=body(
        (
            inputs.JSON,
            ReplanRequest.__name__,
            example("tiny", _TINY | {"changes": CHANGES, "limits": {"seconds": 1}}),
        )
    )
    | WAITS,
)
def post_replan(
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    key: IdempotencyKey,
    response: Response,
) -> JobOut:
    """Have a published roster changed as little as possible; follow the job at its Location.

    The changed instance is kept as a child of the one that was published.
    """
    request = inputs.read(upload, ReplanRequest)
    fingerprint = instances.digest(request.model_dump(mode="json"))
    id = parts.new_id() if key is None else key_id(key, caller.account)
    row = parts.jobs.submitted(id, fingerprint) if key is not None else None
    if row is None:
        week = named_roster(parts, request)
        instance, published, parent = week.instance, week.roster, week.row
        if week.kept is None:
            ensure_roster_inside(caller, instance, published)
        owner = owned(caller)
        applied = _applied(parts, instance, published, true_ids(instance, request.changes))
        if parent is not None:
            ensure_hidden(parts.store, caller, "post_replan", parent.id, instance, applied.instance)
        applied = _opened(parts.guard, held_outside(parts.caller, held_by_hand(applied)))
        if parent is not None:
            true = Instance.model_validate_json(parent.body)
            ensure_words_hidden(
                parts.store, caller, "post_replan", parent.id, true, applied.instance
            )
        published = applied.published

        def prepare(session: Session) -> str:
            first = parent or instances.add(
                session, parts.new_id(), instance, _json(instance), None, owner
            )
            child = applied.instance
            return instances.add(session, parts.new_id(), child, _json(child), first, owner).id

        row = parts.jobs.submit(
            id,
            fingerprint,
            prepare,
            parts.request(request.limits, request.seed, request.cores, request.priority)
            | {
                "most_moved": request.most_moved,
                "notices": [notice.model_dump() for notice in applied.notices],
                "empty": applied.empty,
            },
            # A bound counts who is moved from what was published: that search finds out what remains.
            (applied.remaining if request.most_moved is None else published).model_dump_json(
                exclude_none=True
            ),
            published.model_dump_json(exclude_none=True),
            {"title": request.title, "labels": request.labels} | owner,
        )
    response.headers["Location"] = f"{VERSION}/jobs/{row.id}"
    return job(row, parts)


def _opened(guard: IdGuard, week: ChangedWeek) -> ChangedWeek:
    """The changed week with true ids, as it is kept."""

    def opened(record: RecordT) -> RecordT:
        return guard.opened(record, week.instance)

    marks = week.instance.changed(pins=tuple(Pin(task=task, slot=at) for task, at in week.empty))
    return replace(
        week,
        empty=tuple((mark.task, mark.slot) for mark in opened(marks).pins),
        instance=opened(week.instance),
        published=opened(week.published),
        remaining=opened(week.remaining),
        notices=tuple(map(opened, week.notices)),
    )


def _json(instance: Instance) -> dict[str, Any]:
    return instance.model_dump(mode="json", exclude_none=True)


def _applied(
    parts: Parts, instance: Instance, published: Roster, data: dict[str, Any]
) -> ChangedWeek:
    changes = _changes(parts, instance, data)
    try:
        return apply(instance, published, changes)
    except InputError as error:
        raise _invalid_changes(error.problems) from None


def _changes(parts: Parts, instance: Instance, data: dict[str, Any]) -> Changes:
    changes, problems = parse_changes(data, instance.horizon)
    if changes is None or problems:
        raise _invalid_changes(problems)
    ensure_changes_inside(parts.caller, instance, changes)
    return changes


def _invalid_changes(problems: list[Problem]) -> ServiceError:
    return invalid(inputs.placed(problems, "/changes"))


@router.post(
    "/previews",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (
            inputs.JSON,
            PreviewRequest.__name__,
            example("tiny", _TINY | {"changes": CHANGES}),
        )
    ),
)
def post_preview(upload: inputs.JsonUpload, parts: Use, view: Viewing) -> PreviewOut:
    """What changes would do, without a search: points by rule, broken rules, who must be told, week and roster.

    Nothing is kept. What no change names stays as it is; `/replans` searches for what is best besides.
    """
    request = inputs.read(upload, PreviewRequest)
    (week,) = masked_rosters(parts, view, (request, ""))
    data = week.mask.true_ids(request.changes)
    changes = week.mask.read(_changes(parts, week.mask.true, data))
    try:
        answer = preview(week.instance, week.roster, changes)
    except InputError as error:
        raise _invalid_changes(error.problems) from None
    return _preview(answer, week.mask, week.instance)


def _preview(answer: Preview, mask: WeekMask, before: Instance) -> PreviewOut:
    instance = answer.instance
    return PreviewOut(
        before=answer.scores[0],
        after=answer.scores[1],
        rules=rule_pairs(answer.rules),
        broken=broken_rules(answer.broken, mask, instance),
        refused=faults(inputs.placed(list(answer.refused), "/changes")),
        difference=difference_out(
            answer.difference,
            mask,
            instance,
            before,
            inputs.placed(list(answer.notices), "/changes"),
        ),
        instance=None if answer.refused else mask.bare(instance),
        roster=None
        if answer.refused
        else mask.outgoing(answer.roster).model_dump(mode="json", exclude_none=True),
    )


@router.get("/jobs/{job_id}/difference", responses=errors(404, 409))
def get_difference(job_id: JobId, parts: Use, view: Viewing) -> DifferenceOut:
    """Who must be told what, if a re-plan's best roster so far takes the published one's place."""
    row = parts.jobs.status(job_id)
    old, before = published_week(parts, job_id)
    after = Roster.model_validate_json(parts.jobs.roster(job_id).body)
    body = stored_instance(parts, row.instance_id, body=True).body
    true = expand(Instance.model_validate_json(body))
    view.audited(parts.store, true, instance=row.instance_id, job=job_id)
    view.audited(parts.store, old, instance=parent_of(parts, row.instance_id), job=job_id)
    mask = view.mask(true, old, roster=after)
    week, before = mask.week, mask.read(before)
    change = difference(week, before, mask.read(after), fallen(week, before))
    notices = [Problem.model_validate(notice) for notice in row.request.get("notices", [])]
    if not view.private or view.areas is not None:
        notices = view.quoted(list(map(json.loads, parts.bodies)), true, old)(notices)
    notices = inputs.placed(notices, "/changes")
    return difference_out(change, mask, week, mask.other(old), notices)


@router.post(
    "/comparisons",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (
            inputs.JSON,
            ComparisonRequest.__name__,
            example("tiny", {"first": _TINY, "second": _TINY}),
        )
    ),
)
def post_comparison(upload: inputs.JsonUpload, parts: Use, view: Viewing) -> ComparisonOut:
    """Two rosters side by side: of one instance, or of it and a changed copy (what-if)."""
    request = inputs.read(upload, ComparisonRequest)
    first, second = masked_rosters(
        parts, view, (request.first, "/first"), (request.second, "/second")
    )
    comparison = compare(first.instance, first.roster, second.instance, second.roster)
    return comparison_out(comparison, second.mask, second.instance, first.instance)


def comparison_out(
    comparison: Comparison, mask: WeekMask, instance: Instance, before: Instance
) -> ComparisonOut:
    """Two rosters side by side, in words. instance, before: neutral weeks of the second and the first."""
    return ComparisonOut(
        first=comparison.scores[0],
        second=comparison.scores[1],
        rules=rule_pairs(comparison.rules),
        figures=[
            FigurePair(
                key=figure.key,
                name=Both.of(figure.name),
                share=figure.share,
                first=figure.first,
                second=figure.second,
            )
            for figure in comparison.figures
        ],
        difference=difference_out(comparison.difference, mask, instance, before),
    )
