"""Plans (方案) of a week: started, followed, put side by side, adopted or discarded."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from service.access.caller import Asking, Caller
from service.access.mask import CallerView, Viewing
from service.pages.drawing import page, part
from service.pages.form import FormFields
from service.pages.plan_news import plan_news, publish_news, publishes
from service.pages.plan_view import PlanView, plan_view
from service.pages.weeks import week_of
from service.problems import ServiceError, language
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.routes.weeks.plans import OtherPlanId, PlanId
from service.routes.weeks.weeks import WeekId
from service.weeks import planning
from service.weeks.by_hand import decided
from service.weeks.commands import Commanded
from service.weeks.opening import opened
from service.weeks.plan_words import fit_out, mask_of_offer, versus
from service.weeks.planning import OpenPlan, PlanWish
from service.weeks.plans import PlanKind
from service.weeks.words import effect_out, rule_pairs
from service.wire import Both, SearchLimits

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

SECONDS = {"fast": 20, "thorough": 300}
"""How long a search may take, by the button that starts it."""
MOST_MOVED = (1, 3, 5)
"""Choices of how few people a re-plan may move."""
_Picked = Annotated[list[str], Query(default_factory=list, max_length=20)]


@router.get("/w/{week}/plans")
def get_plans_page(request: Request, week: WeekId, parts: Use) -> HTMLResponse:
    """The plans of a week, and the beginning of another."""
    lang, zone = language(request), parts.settings.time_zone
    now = opened(parts.store, parts.caller, week)
    found = planning.plans_of(parts.store, parts.jobs, parts.caller, week)
    with parts.store.session() as session:
        kept = len(decided(session, week, now.number))
    return page(
        request,
        "plans.html",
        week=week_of(request, week),
        plans=[plan_view(plan, lang, zone) for plan in found],
        kept=kept,
        begun=bool(now.state.roster.assignments),
        most_moved=MOST_MOVED,
    )


@router.post("/w/{week}/plans")
def post_plans_page(week: WeekId, parts: Use, caller: Asking, fields: FormFields) -> Response:
    """Start a search, and go to its plan."""
    seconds = SECONDS.get(fields.get("do", ""), SECONDS["fast"])
    kind: PlanKind = "replan" if fields.get("kind") == "replan" else "solve"
    moved = fields.get("most_moved", "")
    begun = begin(
        parts,
        caller,
        week,
        PlanWish(
            kind=kind,
            search=parts.request(SearchLimits(seconds=seconds), 0, parts.settings.max_cores),
            keep_by_hand="keep" in fields,
            most_moved=int(moved) if kind == "replan" and moved in map(str, MOST_MOVED) else None,
            about={"title": fields.get("title", "")[:100]},
        ),
    )
    return RedirectResponse(begun, 303)


def begin(parts: Parts, caller: Asking, week: str, wish: PlanWish) -> str:
    """Start a search; the address of its plan. Raises ServiceError."""
    id = parts.new_id()
    planning.start(parts.store, parts.jobs, caller, week, wish, id, id, parts.new_id)
    return f"/w/{week}/plans/{id}"


@router.get("/w/{week}/plans/vs")
def get_versus_choice(week: WeekId, plan: _Picked) -> Response:
    """To the comparison of the first two plans that were picked; to the list where they are not two."""
    picked = list(dict.fromkeys(plan))
    onward = f"/{picked[0]}/vs/{picked[1]}" if len(picked) > 1 else "?pick=two"
    return RedirectResponse(f"/w/{week}/plans{onward}", 303)


@router.get("/w/{week}/plans/{plan}")
def get_plan_page(
    request: Request, week: WeekId, plan: PlanId, parts: Use, view: Viewing, caller: Asking
) -> HTMLResponse:
    """One plan: how its search goes; what it would change is asked for by its script."""
    lang, zone = language(request), parts.settings.time_zone
    every = planning.plans_of(parts.store, parts.jobs, parts.caller, week)
    views = [plan_view(one, lang, zone) for one in every]
    shown = next((one for one in views if one.id == plan), None)
    if shown is None:
        raise ServiceError("plan_not_found", week=week, id=plan)
    return page(
        request,
        "plan.html",
        week=week_of(request, week),
        words=("plan.script",),
        data={
            "week": week,
            "plan": plan,
            "state": shown.state,
            "searches": shown.searches,
            "adopted": shown.plan.row.adopted,
        },
        plan=shown,
        others=[one for one in views if one.id != plan and one.offers],
        differs=len(shown.plan.row.request["changes"]),
        publishes=publishes(parts, view, caller, opened(parts.store, caller, week)),
    )


@router.get("/w/{week}/plans/{plan}/progress")
def get_plan_progress(request: Request, week: WeekId, plan: PlanId, parts: Use) -> HTMLResponse:
    """How a search goes, to be put into the page of its plan."""
    found = planning.plan_of(parts.store, parts.jobs, parts.caller, week, plan)
    view = plan_view(found, language(request), parts.settings.time_zone)
    return part(request, "plan_progress.html", plan=view)


@router.get("/w/{week}/plans/{plan}/difference")
def get_plan_difference(
    request: Request, week: WeekId, plan: PlanId, parts: Use, view: Viewing, caller: Asking
) -> HTMLResponse:
    """What a plan would change of the week as it stands, to be put into its page."""
    found = planning.plan_of(parts.store, parts.jobs, parts.caller, week, plan)
    offer = planning.offered(parts.store, parts.jobs, parts.caller, found)
    view.audited(parts.store, offer.head.state.instance, instance=week, job=plan)
    return part(
        request,
        "plan_difference.html",
        work=offer.work,
        effect=effect_out(view, offer.attempt),
        fit=fit_out(mask_of_offer(view, offer.head.state.instance, offer.merged), offer.merged),
        news=plan_news(parts, view, caller, offer, language(request)),
        said=_said(request),
        levels=("hard", "medium", "soft"),
    )


@router.post("/w/{week}/plans/{plan}")
def post_plan_page(
    week: WeekId, plan: PlanId, parts: Use, caller: Asking, view: Viewing, fields: FormFields
) -> Response:
    """Stop, adopt or discard a plan, as the button says.

    work: of the plan whose texts were copied; where its search has found another one since, it ends, and
    nothing is adopted. news: the revision for which the texts were copied for everybody whom the plan concerns: they are
    noted as copied, and the plan is published
    """
    found = planning.plan_of(parts.store, parts.jobs, caller, week, plan)
    here = f"/w/{week}/plans/{plan}"
    match fields.get("do"):
        case "adopt":
            here += f"#{_adopted(parts, view, caller, found, fields)}"
        case "discard":
            planning.discard(parts.store, parts.jobs, found)
            here = f"/w/{week}/plans"
        case _:
            parts.jobs.stop(plan)
    return RedirectResponse(here, 303)


def _adopted(
    parts: Parts, view: CallerView, caller: Caller, plan: OpenPlan, fields: Mapping[str, str]
) -> str:
    """Adopt a plan, unless it is another than the one whose texts were copied; what became of it."""
    try:
        done, _ = planning.adopt(
            parts.store, parts.jobs, caller, plan, work=fields.get("work") or None
        )
    except ServiceError as error:
        if error.code != "plan_improved":
            raise
        parts.jobs.stop(plan.row.id)
        return "improved"
    return _told_of(parts, view, caller, done, fields.get("news", ""))


def _told_of(parts: Parts, view: CallerView, caller: Asking, done: Commanded, news: str) -> str:
    """What became of an adoption's news: none was copied, it was published with it, or it is stale by now."""
    if not news.isdecimal():
        return "adopted"
    return "published" if publish_news(parts, view, caller, done, int(news)) else "stale"


@router.get("/w/{week}/plans/{plan}/vs/{other}")
def get_versus_page(
    request: Request, week: WeekId, plan: PlanId, other: OtherPlanId, parts: Use, view: Viewing
) -> HTMLResponse:
    """Two plans side by side."""
    lang, zone = language(request), parts.settings.time_zone
    plans = [
        planning.plan_of(parts.store, parts.jobs, parts.caller, week, id) for id in (plan, other)
    ]
    first, second = (planning.offered(parts.store, parts.jobs, parts.caller, one) for one in plans)
    view.audited(parts.store, first.head.state.instance, instance=week, job=plan)
    comparison, _ = versus(view, first, second)
    views: list[PlanView] = [plan_view(one, lang, zone) for one in plans]
    sides = [effect_out(view, one.attempt).difference for one in (first, second)]
    return page(
        request,
        "versus.html",
        week=week_of(request, week),
        plans=views,
        sides=sides,
        scores=comparison.scores,
        figures=[(figure.name(lang), figure) for figure in comparison.figures],
        rules=rule_pairs(comparison.rules),
        said=_said(request),
    )


def _said(request: Request) -> object:
    lang = language(request)

    def said(text: Both) -> str:
        return text.zh if lang == "zh" else text.en

    return said
