"""The audit, ``/settings/audit``: who read what is private, signed in, or changed accounts, and when."""

from datetime import date, datetime, timedelta
from typing import Annotated, get_args
from zoneinfo import ZoneInfo

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from scheduler.messages import has
from service.access import audit, rules
from service.access.audit import AuditKind, AuditRow
from service.pages.drawing import page
from service.pages.weeks import label, week_at_hand, week_rows
from service.problems import language
from service.routes.common import Use
from service.routes.rooms import Room
from service.wire.labels import TEXT

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

_ROWS = 50
_Day = Annotated[str, Query(max_length=10, pattern=r"^(\d{4}-\d\d-\d\d)?$")]


@router.get("/settings/audit")
def get_audit_page(
    request: Request,
    parts: Use,
    kind: Annotated[AuditKind, Query()] = "private",
    who: Annotated[str, Query(max_length=200, pattern=TEXT)] = "",
    since: _Day = "",
    until: _Day = "",
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> HTMLResponse:
    """What was read and done, the newest first, a page at a time. since, until: days, both within."""
    zone, lang = ZoneInfo(parts.settings.time_zone), language(request)
    with parts.store.session() as session:
        found = audit.rows(
            session,
            before=before,
            limit=_ROWS + 1,
            since=_begin(since, zone),
            until=_begin(until, zone, 1),
            areas=parts.areas,
            kind=kind,
            who=who.strip() or None,
        )
    asked = {"kind": kind, "who": who, "since": since, "until": until}
    return page(
        request,
        "audit.html",
        week=week_at_hand(request),
        rows=found[:_ROWS],
        kinds=get_args(AuditKind),
        asked={name: value for name, value in asked.items() if value},
        before=before,
        next=found[_ROWS - 1].id if len(found) > _ROWS else None,
        weeks={row.id: label(row, lang) for row in week_rows(request)},
        when=lambda at: f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M:%S}",
        act=_act,
    )


def _begin(day: str, zone: ZoneInfo, later: int = 0) -> float | None:
    """When a day begins, or one so many days later, in seconds since 1970; None for what is no day."""
    try:
        begun = date.fromisoformat(day) + timedelta(later)
    except (ValueError, OverflowError):
        return None
    return datetime(begun.year, begun.month, begun.day, tzinfo=zone).timestamp()


def _act(row: AuditRow) -> tuple[str, ...]:
    """Keys of the words that say what was done: of an operation what it does, and with what."""
    if has(f"pages.audit.act.{row.operation}"):
        return (f"audit.act.{row.operation}",)
    right = rules.RIGHTS.get(row.operation)
    if right is None:
        return ()
    return f"audit.does.{right.does}", f"audit.what.{right.what}"
