"""The micro-list (微清单) of a week: what residents order, taken down at the telephone, up to how they rate it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import Names, is_neutral
from scheduler.model import InputError
from service.access.caller import Asking
from service.access.mask import CallerView, Viewing
from service.pages.change_forms import FormChoice, order_of
from service.pages.changes import days_of
from service.pages.drawing import page
from service.pages.form import FormFields
from service.pages.weeks import week_of
from service.problems import ServiceError, language
from service.routes.common import Parts, Use
from service.routes.weeks.weeks import WeekId
from service.weeks.opening import OpenWeek, opened
from service.weeks.order_clock import OrderClock
from service.weeks.order_words import micro_list
from service.weeks.ordering import take_order
from service.weeks.words import mask_of
from service.wire import faults
from service.wire.weeks.orders import OrderIn, OrderOut, OrderPart, OrderStage

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True)
class OrderGroup:
    """Orders that wait for the same: a part of the page. key: of its words; folded: nothing is to be done there."""

    key: str
    stages: tuple[OrderStage, ...]
    orders: list[OrderOut]
    folded: bool


_GROUPS: dict[str, tuple[OrderStage, ...]] = {
    "ordered": ("ordered",),
    "accepted": ("accepted", "missed", "dropped"),
    "planned": ("planned",),
    "done": ("done",),
    "rated": ("rated",),
    "otherwise": ("carried", "refused", "handled"),
}
"""Parts of the page in their order; the last is no step of an order."""
_FOLDED = ("rated", "otherwise")
_FILLED = {"from": "09:00", "to": "17:00", "duration": "30", "priority": "3"}


@router.get("/w/{week}/orders")
def get_orders_page(
    request: Request,
    week: WeekId,
    parts: Use,
    view: Viewing,
    taken: Annotated[str, Query(max_length=32, description="The order that was taken down.")] = "",
) -> HTMLResponse:
    """The orders by what they wait for, and the form for the next one."""
    now = opened(parts.store, parts.caller, week)
    return _drawn(request, parts, view, now, {}, taken=taken)


@router.post("/w/{week}/orders")
def post_orders_page(
    request: Request,
    week: WeekId,
    parts: Use,
    view: Viewing,
    caller: Asking,
    fields: FormFields,
) -> Response:
    """Take down what a resident needs."""
    now = opened(parts.store, caller, week)
    mask = mask_of(view, now.state)
    try:
        typed = order_of(mask.week, fields)
        view.audited_guess(parts.store, mask, typed, week)
        wanted = OrderIn.model_validate(mask.true_ids(typed))
        row = take_order(parts.store, caller, week, wanted)
    except InputError as error:
        return _drawn(request, parts, view, now, fields, faults(error.problems))
    except ServiceError as error:
        if not error.problems:
            raise
        instance = now.state.instance
        shown = view.quoted([json.loads(instance.model_dump_json(exclude_none=True))], instance)
        return _drawn(request, parts, view, now, fields, faults(shown(list(error.problems))))
    return RedirectResponse(f"/w/{week}/orders?taken={row.id}", 303)


def _drawn(
    request: Request,
    parts: Parts,
    view: CallerView,
    now: OpenWeek,
    fields: dict[str, str],
    wrong: list[Any] | None = None,
    taken: str = "",
) -> HTMLResponse:
    lang, week = language(request), now.week.id
    clock = OrderClock.of(parts.settings)
    found = micro_list(parts.store, view, week, clock)
    mask = mask_of(view, now.state)
    names, around = mask.names(lang), week_of(request, week)
    days = days_of(names)
    first = {"day": around.day, "until": days[-1].value, **_FILLED}
    waiting = [one.id for one in found.orders if one.stage == "ordered"]
    return page(
        request,
        "orders.html",
        status=422 if wrong else 200,
        week=around,
        words=("orders.script",),
        data={"week": week, "taken": taken if taken in waiting else ""},
        groups=[
            OrderGroup(key, stages, of, key in _FOLDED)
            for key, stages in _GROUPS.items()
            if (of := [one for one in found.orders if one.stage in stages])
        ],
        steps={
            key: sum(found.counts.get(stage, 0) for stage in stages)
            for key, stages in _GROUPS.items()
            if key != "otherwise"
        },
        may_reveal=view.cleared and any(one.private for one in found.orders),
        revealed=view.private,
        fields={**first, **fields},
        wrong=wrong or [],
        days=days,
        kinds=_kinds(names),
        said=lambda text: getattr(text, lang),
        start=lambda part: _start(part, lang),
        waited=lambda one: (clock.now - one.since).days,
        wall=lambda at: _wall(at, parts.settings.time_zone, lang),
    )


def _kinds(names: Names) -> list[FormChoice]:
    """Kinds of visits that the week has, those with most visits first."""
    count: dict[str, int] = {}
    for one in names.instance.visits:
        if one.duty is None and not is_neutral(one.kind):
            count[one.kind] = count.get(one.kind, 0) + 1
    kinds = sorted(count, key=lambda kind: (-count[kind], kind))
    found = [FormChoice(kind, names.kind(kind)) for kind in kinds]
    return found or [FormChoice("order", say("pages.orders.any_kind", names.lang))]


def _start(part: OrderPart, lang: Lang) -> str:
    start = datetime.fromisoformat(part.start)
    return f"{date_in_words(start.date(), lang, 'short_day')} {start:%H:%M}"


def _wall(at: datetime, time_zone: str, lang: Lang) -> str:
    shown = at.astimezone(ZoneInfo(time_zone))
    return f"{date_in_words(shown.date(), lang, 'date')} {shown:%H:%M}"
