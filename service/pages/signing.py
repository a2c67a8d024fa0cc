"""Pages to sign in and out, and to set a password by a link."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from service.access import accounts, audit, invitations, links, sessions
from service.access.attempts import Attempts
from service.access.gate import address
from service.access.passwords import LEAST_LETTERS, MOST_LETTERS, PasswordLane, fault
from service.pages.drawing import page
from service.pages.form import FormFields
from service.pages.onward import HOME, our_path
from service.problems import STATUS, ServiceError
from service.routes.rooms import Room
from service.store import Store

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

Onward = Annotated[str, Query(alias="next", max_length=2000)]
Result = TypeVar("Result")


@router.get("/sign-in")
def get_sign_in(request: Request, onward: Onward = HOME) -> Response:
    """The form to sign in with."""
    if request.state.caller is not None:
        return RedirectResponse(our_path(onward), 303)
    return page(request, "sign_in.html", onward=our_path(onward), name="", code=None, slots={})


@router.post("/sign-in")
async def post_sign_in(request: Request, fields: FormFields) -> Response:
    """Start a session, in a cookie, for a name and its password."""
    name = accounts.spelt(fields.get("name", ""))[: accounts.MOST_LETTERS]
    target = our_path(fields.get("next", HOME))
    try:
        secret = await _signed_in(request, name, fields.get("password", ""))
    except ServiceError as error:
        answer = page(
            request,
            "sign_in.html",
            STATUS[error.code],
            onward=target,
            name=name,
            code=error.code,
            slots=error.slots,
        )
        if "retry_after" in error.slots:
            answer.headers["Retry-After"] = str(error.slots["retry_after"])
        return answer
    await run_in_threadpool(_end, request)
    moved = RedirectResponse(target, 303)
    sessions.give_cookie(moved, request.url.scheme, secret)
    return moved


async def _signed_in(request: Request, name: str, password: str) -> str:
    """The secret of a new session. Raises ServiceError: wrong, or too often."""
    attempts: Attempts = request.app.state.attempts
    attempts.begin(name, address(request.scope))
    passwords: PasswordLane = request.app.state.passwords
    account = await stored(request, lambda session: accounts.named(session, name))
    kept = None if account is None or account.disabled else account.password
    right = await passwords.matches(password, kept)

    def start(session: Session) -> str | None:
        row = accounts.named(session, name)
        # It may have been disabled, or its password changed, while the hash was computed.
        if not right or row is None or row.disabled or row.password != kept:
            audit.record(session, None, "sign_in", who=name, outcome="wrong")
            return None
        limits = sessions.SessionLimits.of(request.app.state.settings)
        audit.record(session, accounts.caller(row), "sign_in")
        return sessions.start(session, row.id, limits)

    secret = await stored(request, start)
    if secret is None:
        raise ServiceError("wrong_password")
    attempts.succeed(name, address(request.scope))
    return secret


@router.post("/sign-out")
def post_sign_out(request: Request) -> Response:
    """End the session."""
    _end(request)
    moved = RedirectResponse(HOME if request.state.open else "/sign-in", 303)
    sessions.take_cookie(moved, request.url.scheme)
    # What a phone keeps of one's own week for where there is no network goes as well.
    moved.headers["Clear-Site-Data"] = '"storage"'
    return moved


def _end(request: Request) -> None:
    """End the session that the request came with, if any."""
    secret = request.cookies.get(sessions.cookie(request.url.scheme))
    if secret:
        with _store(request).session() as session:
            sessions.end(session, secret)
            links.leave(session, secret)
            if request.state.caller is not None:
                audit.record(session, request.state.caller, "sign_out")


@router.get("/welcome")
def get_welcome(request: Request) -> HTMLResponse:
    """The form to set a password with, by a link whose secret no server sees before it is sent."""
    return _welcome(request, "")


def _welcome(
    request: Request, code: str, secret: str = "", status: int = 200, name: str = ""
) -> HTMLResponse:
    return page(
        request,
        "welcome.html",
        status,
        code=code,
        secret=secret,
        name=name,
        least=LEAST_LETTERS,
        most=MOST_LETTERS,
    )


@router.post("/welcome")
async def post_welcome(request: Request, fields: FormFields) -> Response:
    """Set the password of the account that a link was made for; the link is then spent."""
    attempts: Attempts = request.app.state.attempts
    passwords: PasswordLane = request.app.state.passwords
    secret, password = (
        fields.get("secret", "").strip().partition("~")[0],
        fields.get("password", ""),
    )
    account = await stored(request, lambda session: invitations.account_of(session, secret))
    if account is None:
        attempts.wrong_token(address(request.scope))
        return _welcome(request, "link", status=404)
    code = fault(password, account.name) or ("" if fields.get("again") == password else "unlike")
    if code:
        return _welcome(request, code, secret, 422, account.name)
    kept = await passwords.hashed(password)

    def use(session: Session) -> bool:
        row = invitations.use(session, secret, kept)
        if row is not None:
            audit.record(session, accounts.caller(row), "set_password")
        return row is not None

    if not await stored(request, use):
        return _welcome(request, "link", status=404)
    return RedirectResponse("/sign-in", 303)


def _store(request: Request) -> Store:
    store: Store = request.app.state.parts.store
    return store


async def stored(request: Request, work: Callable[[Session], Result]) -> Result:
    """What `work` gives in one transaction."""

    def done() -> Result:
        with _store(request).session() as session:
            return work(session)

    return await run_in_threadpool(done)
