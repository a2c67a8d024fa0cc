"""Tokens, ``/settings/tokens``: secrets for other programs; made, shown once, revoked."""

import time
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.messages.problems import explain
from scheduler.model import InputError
from service.access import accounts, managing, tokens
from service.access.caller import Asking
from service.access.managing import TokenWish
from service.access.roles import AccountRole
from service.pages.accounts import shown_once
from service.pages.drawing import page
from service.pages.form import FormFields
from service.pages.weeks import week_at_hand
from service.problems import ServiceError, language
from service.routes.accounts import token_state
from service.routes.common import Parts, Use
from service.routes.rooms import Room

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

_ID_LETTERS = 32


@router.get("/settings/tokens")
def get_tokens_page(request: Request, parts: Use, caller: Asking) -> HTMLResponse:
    """Tokens of other programs, and the form of a new one."""
    return _drawn(request, parts, caller.account or "", TokenWish(role=AccountRole.VIEWER))


@router.post("/settings/tokens")
def post_tokens_page(request: Request, parts: Use, caller: Asking, fields: FormFields) -> Response:
    """Make a token and show it once, or revoke one, as the button says."""
    if "revoke" in fields:
        with parts.store.session() as session:
            managing.revoke_token(session, caller, fields["revoke"])
        return RedirectResponse("/settings/tokens", 303)
    known = {role.value: role for role in AccountRole}
    days = fields.get("days", "")
    wish = TokenWish(
        title=fields.get("title", ""),
        role=known.get(fields.get("role", "")),
        private="private" in fields,
        days=int(days) if days.isdecimal() and len(days) < _ID_LETTERS else 0,
    )
    try:
        with parts.store.session() as session:
            account = managing.account_of(session, caller, fields.get("account", ""))
            row, secret = managing.add_token(session, caller, account, wish, _id(fields))
    except InputError as error:
        return _drawn(request, parts, fields.get("account", ""), wish, error)
    until = _date(parts, row.ends)
    return shown_once(request, "token", secret, "/settings/tokens", name=account.name, until=until)


def _id(fields: dict[str, str]) -> str:
    """The id that the form brought, so that it makes one token however often it is sent."""
    id = fields.get("id", "")
    if len(id) != _ID_LETTERS or not set(id) <= set("0123456789abcdef"):
        raise ServiceError("bad_request")
    return id


def _drawn(
    request: Request, parts: Parts, account: str, wish: TokenWish, error: InputError | None = None
) -> HTMLResponse:
    managing.ensure_whole(parts.caller)
    lang = language(request)
    with parts.store.session() as session:
        rows = tokens.everyone(session)
        known = [row for row in accounts.everyone(session) if row.disabled is None]
    now = time.time()
    return page(
        request,
        "tokens.html",
        422 if error else 200,
        week=week_at_hand(request),
        rows=[(row, of, token_state(row, of, now)) for row, of in rows],
        accounts=known,
        account=account,
        wish=wish,
        roles=list(AccountRole),
        id=uuid.uuid4().hex,
        date=lambda at: _date(parts, at),
        most=tokens.MOST_DAYS,
        faults={
            problem.pointer.removeprefix("/"): " ".join(explain(problem, lang))
            for problem in (error.problems if error else ())
        },
    )


def _date(parts: Parts, at: float) -> str:
    zone = ZoneInfo(parts.settings.time_zone)
    return datetime.fromtimestamp(at, zone).date().isoformat()
