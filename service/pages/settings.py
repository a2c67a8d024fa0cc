"""Settings, ``/settings``: who is signed in and for what, one's own password, and the pages of what can be set."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from service.access import accounts, managing, sessions
from service.access.attempts import Attempts
from service.access.caller import Asking
from service.access.gate import address
from service.access.passwords import LEAST_LETTERS, MOST_LETTERS, PasswordLane, fault
from service.access.tables import AccountRow
from service.pages.drawing import page
from service.pages.form import FormFields
from service.pages.frame import SETTINGS, links
from service.pages.signing import stored
from service.pages.weeks import week_at_hand
from service.problems import STATUS, ServiceError
from service.routes.rooms import Room

router = Room(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/settings")
def get_settings_page(request: Request, changed: bool = False) -> HTMLResponse:
    """The account, its password, and what can be set. changed: the password was just now."""
    return _page(request, changed=changed)


def _page(
    request: Request, error: ServiceError | None = None, *, changed: bool = False
) -> HTMLResponse:
    answer = page(
        request,
        "settings.html",
        200 if error is None else STATUS.get(error.code, 422),
        week=week_at_hand(request),
        pages=links(request, SETTINGS, None),
        least=LEAST_LETTERS,
        most=MOST_LETTERS,
        code="" if error is None else error.code,
        slots={} if error is None else error.slots,
        changed=changed,
    )
    if error is not None and "retry_after" in error.slots:
        answer.headers["Retry-After"] = str(error.slots["retry_after"])
    return answer


@router.post("/settings/password")
async def post_own_password(request: Request, caller: Asking, fields: FormFields) -> Response:
    """Change one's own password, for who knows the present one. Other browsers are signed out."""
    if caller.account is None:
        raise ServiceError("not_found")
    account = caller.account
    try:
        kept = await _proven(request, account, caller.name, fields)
    except ServiceError as error:
        return _page(request, error)
    new: PasswordLane = request.app.state.passwords
    hashed = await new.hashed(fields["password"])

    def change(session: Session) -> str | None:
        row = session.get(AccountRow, account)
        # It may have been changed, or the account disabled, while the hash was computed.
        if row is None or row.disabled is not None or row.password != kept:
            return None
        managing.set_own_password(session, row, hashed)
        limits = sessions.SessionLimits.of(request.app.state.settings)
        return sessions.start(session, row.id, limits)

    secret = await stored(request, change)
    if secret is None:
        return _page(request, ServiceError("wrong_password"))
    moved = RedirectResponse("/settings?changed=true", 303)
    sessions.give_cookie(moved, request.url.scheme, secret)
    return moved


async def _proven(request: Request, account: str, name: str, fields: dict[str, str]) -> str:
    """The hash of the present password, which was given. Raises ServiceError: it is wrong, or the new one is not taken."""
    attempts: Attempts = request.app.state.attempts
    attempts.begin(name, address(request.scope))
    row = await stored(request, lambda session: session.get(AccountRow, account))
    kept = None if row is None else row.password
    passwords: PasswordLane = request.app.state.passwords
    if not await passwords.matches(fields.get("present", ""), kept) or kept is None:
        raise ServiceError("wrong_password")
    attempts.succeed(name, address(request.scope))
    password = fields.get("password", "")
    code = fault(password, accounts.spelt(name))
    if code or fields.get("again") != password:
        raise ServiceError(code or "unlike")
    return kept
