"""Retention, ``/settings/retention``: how long what is kept, what falls next, and one person taken out by hand."""

from typing import Literal

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from service.access import managing
from service.access.caller import Asking
from service.access.forgetting import Traces, forget, traces
from service.access.invitations import HOURS
from service.pages.drawing import page
from service.pages.form import FormFields
from service.pages.weeks import week_at_hand
from service.problems import ServiceError
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.store.erasing import next_purge
from service.store.imports import KEEP_SECONDS as KEEP_FILES
from service.store.webhooks import KEEP_SECONDS as KEEP_DELIVERIES

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

_DAY = 86_400.0


@router.get("/settings/retention")
def get_retention_page(
    request: Request, parts: Use, caller: Asking, erased: Literal["yes"] | None = None
) -> HTMLResponse:
    """How long what is kept. erased: somebody was just now."""
    managing.ensure_whole(caller)
    return _drawn(request, parts, erased=erased is not None)


@router.post("/settings/retention")
def post_retention_page(
    request: Request, parts: Use, caller: Asking, fields: FormFields
) -> Response:
    """Look where somebody is told of; or, once their name was typed again, take them out everywhere."""
    managing.ensure_whole(caller)
    kind = "household" if fields.get("kind") == "household" else "person"
    if kind == "household" and not caller.private:
        raise ServiceError("not_yours_to_give")
    who = fields.get("who", "").strip()
    with parts.store.session() as session:
        where = traces(session, kind, who)
    if not where:
        return _drawn(request, parts, kind, who, fault="nobody" if who else "empty")
    if fields.get("do") != "erase":
        return _drawn(request, parts, kind, who, where)
    if fields.get("confirm", "").strip() != who:
        return _drawn(request, parts, kind, who, where, fault="unlike")
    forget(parts.store, kind, who, caller)
    return RedirectResponse("/settings/retention?erased=yes", 303)


def _drawn(
    request: Request,
    parts: Parts,
    kind: str = "person",
    who: str = "",
    where: Traces | None = None,
    fault: str = "",
    erased: bool = False,
) -> HTMLResponse:
    settings = parts.settings
    with parts.store.session() as session:
        purge = next_purge(session, settings)
    return page(
        request,
        "retention.html",
        422 if fault else 200,
        week=week_at_hand(request),
        keeps={
            "jobs": {"days": _whole(settings.keep_days)},
            "weeks": {"days": _whole(settings.keep_instance_days)},
            "files": {"days": _whole(KEEP_FILES / _DAY)},
            "deliveries": {"days": _whole(KEEP_DELIVERIES / _DAY)},
            "sessions": {
                "hours": _whole(settings.session_hours),
                "minutes": _whole(settings.session_idle_minutes),
            },
            "invitations": {"hours": HOURS},
            "audit": {},
        },
        purge=purge,
        kind=kind,
        who=who,
        where=where,
        fault=fault,
        erased=erased,
    )


def _whole(value: float) -> float:
    """A number as it is read, without a decimal where it has none."""
    return int(value) if value == int(value) else value
