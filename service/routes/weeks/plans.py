"""Plans: a search for a better roster of a week, looked at, put beside another, adopted or discarded."""

from typing import Annotated

from fastapi import Path, Response

from scheduler.model import InputError
from service import inputs
from service.access.caller import Asking
from service.access.mask import CallerView, Viewing
from service.examples import example
from service.jobs.port import key_id
from service.middleware.unversioned import VERSION
from service.problems import ServiceError, invalid
from service.routes.common import IdempotencyKey, Parts, Use, body, errors
from service.routes.jobs import job
from service.routes.replans import comparison_out
from service.routes.rooms import Room
from service.routes.weeks.weeks import WeekId
from service.store import instances
from service.weeks import planning
from service.weeks.opening import opened
from service.weeks.plan_words import fit_out, mask_of_offer, versus
from service.weeks.planning import OpenPlan, PlanWish
from service.weeks.words import effect_out, mask_of
from service.wire import Owner, moment
from service.wire.replans import ComparisonOut
from service.wire.weeks.plans import (
    AdoptionOut,
    AdoptionRequest,
    DiscardRequest,
    PlanDetails,
    PlanList,
    PlanOut,
    PlanRequest,
)

router = Room(prefix="/weeks/{week}/plans", tags=["weeks"])

PlanId = Annotated[str, Path(max_length=32, description="Id of the plan, which is its job's.")]
OtherPlanId = Annotated[str, Path(max_length=32, description="Id of another plan of the week.")]


@router.post(
    "",
    status_code=202,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body(
        (inputs.JSON, PlanRequest.__name__, example("fast", {"limits": {"seconds": 1}}))
    ),
)
def post_plan(
    week: WeekId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
    response: Response,
) -> PlanOut:
    """Have a better roster searched for, from the week's last revision on; follow the job of the same id."""
    request = inputs.read(upload, PlanRequest)
    fingerprint = instances.digest([week, request.model_dump(mode="json")])
    id = parts.new_id() if key is None else key_id(key, caller.account)
    if key is None or parts.jobs.submitted(id, fingerprint) is None:
        mask = mask_of(view, opened(parts.store, caller, week).state)
        view.audited_guess(parts.store, mask, request.changes, week)
        wish = PlanWish(
            kind=request.kind,
            search=parts.request(request.limits, request.seed, request.cores),
            changes=mask.true_ids(request.changes),
            keep_by_hand=request.keep_by_hand,
            most_moved=request.most_moved,
            about={"title": request.title},
        )
        try:
            planning.start(
                parts.store, parts.jobs, caller, week, wish, id, fingerprint, parts.new_id
            )
        except InputError as error:
            raise invalid(error.problems) from None
    plan = planning.plan_of(parts.store, parts.jobs, caller, week, id)
    response.headers["Location"] = f"{VERSION}/weeks/{week}/plans/{id}"
    return plan_out(plan, parts)


@router.get("", responses=errors(404, 422))
def get_plans(week: WeekId, parts: Use) -> PlanList:
    """The plans of a week, newest first."""
    found = planning.plans_of(parts.store, parts.jobs, parts.caller, week)
    return PlanList(total=len(found), plans=[plan_out(plan, parts) for plan in found])


@router.get("/{plan}", responses=errors(404, 422))
def get_plan(week: WeekId, plan: PlanId, parts: Use, view: Viewing) -> PlanDetails:
    """A plan: how its search goes, and what its best roster so far makes of the week as it stands now."""
    found = planning.plan_of(parts.store, parts.jobs, parts.caller, week, plan)
    head = opened(parts.store, parts.caller, week)
    view.audited(parts.store, head.state.instance, instance=week, job=plan)
    effect = fit = None
    if found.standing == "open":
        try:
            offer = planning.offered(parts.store, parts.jobs, parts.caller, found)
        except ServiceError as error:
            if error.code not in ("not_ready", "no_roster", "job_not_found"):
                raise
        else:
            effect = effect_out(view, offer.attempt)
            fit = fit_out(
                mask_of_offer(view, offer.head.state.instance, offer.merged), offer.merged
            )
    return PlanDetails(
        **plan_out(found, parts).model_dump(), head=head.number, effect=effect, fit=fit
    )


@router.post(
    "/{plan}/adoption",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, AdoptionRequest.__name__, example("adopt", {}))),
)
def post_adoption(
    week: WeekId,
    plan: PlanId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
) -> AdoptionOut:
    """Take a plan into its week: what was commanded since it began stays, and what does not fit beside it falls out."""
    request = inputs.read(upload, AdoptionRequest)
    found = planning.plan_of(parts.store, parts.jobs, caller, week, plan)
    done, merged = planning.adopt(parts.store, parts.jobs, caller, found, request.dry_run)
    view.audited(parts.store, done.week.state.instance, instance=week, job=plan)
    mask = mask_of_offer(view, done.before.state.instance, merged)
    return AdoptionOut(
        week=week,
        revision=done.week.number,
        kept=done.week.number != done.before.number,
        effect=effect_out(view, done.attempt),
        fit=fit_out(mask, merged),
    )


@router.post(
    "/{plan}/discard",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, DiscardRequest.__name__, example("discard", {}))),
)
def post_discard(
    week: WeekId, plan: PlanId, upload: inputs.JsonUpload, parts: Use, caller: Asking
) -> PlanOut:
    """Put a plan among those that were not wanted; its search ends."""
    inputs.read(upload, DiscardRequest)
    found = planning.plan_of(parts.store, parts.jobs, caller, week, plan)
    planning.discard(parts.store, parts.jobs, found)
    return plan_out(planning.plan_of(parts.store, parts.jobs, caller, week, plan), parts)


@router.get("/{plan}/versus/{other}", responses=errors(404, 409, 422))
def get_versus(
    week: WeekId, plan: PlanId, other: OtherPlanId, parts: Use, view: Viewing
) -> ComparisonOut:
    """Two plans side by side, each as the week would be with it now."""
    first, second = (_offered(parts, view, week, id) for id in (plan, other))
    comparison, mask = versus(view, first, second)
    before = mask.other(planning.instance_of(first))
    return comparison_out(comparison, mask, mask.week, before)


def _offered(parts: Parts, view: CallerView, week: str, id: str) -> planning.OfferedPlan:
    plan = planning.plan_of(parts.store, parts.jobs, parts.caller, week, id)
    offer = planning.offered(parts.store, parts.jobs, parts.caller, plan)
    view.audited(parts.store, offer.head.state.instance, instance=week, job=id)
    return offer


def plan_out(plan: OpenPlan, parts: Parts) -> PlanOut:
    """The answer about a plan."""
    row, told = plan.row, plan.row.request
    progress = {} if plan.job is None else plan.job.progress
    return PlanOut(
        id=row.id,
        week=row.week_id,
        kind="solve" if row.kind == "solve" else "replan",
        title="" if plan.job is None else plan.job.title,
        base=row.base,
        created_at=moment(row.created),
        owner=Owner(account=row.account, name=row.account_name),
        keep_by_hand=told["keep_by_hand"],
        kept=told["kept"],
        most_moved=told["most_moved"],
        changes=[str(change.get("kind", "")) for change in told["changes"]],
        standing=plan.standing,
        settled_at=row.settled and moment(row.settled),
        adopted=row.adopted,
        job=None if plan.job is None else job(plan.job, parts),
        curve=progress.get("curve", []),
    )
