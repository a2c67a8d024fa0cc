"""Browsers that are signed in: rows on the server, a random cookie in the browser."""

import time
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import Response
from sqlalchemy import Select, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from service.access import accounts, secrets
from service.access.caller import Caller
from service.access.tables import AccountRow, SessionRow
from service.settings import ServiceSettings

PLAIN = "lianxin"
SECURE = "__Host-lianxin"
"""Names of the cookie over http, which is for this machine only, and over https."""
_SEEN_SECONDS = 60


@dataclass(frozen=True)
class SessionLimits:
    """How long a session lasts, in seconds: without a request, and at most."""

    idle: float
    whole: float

    @classmethod
    def of(cls, settings: ServiceSettings) -> "SessionLimits":
        """The limits of an installation."""
        return cls(settings.session_idle_minutes * 60, settings.session_hours * 3600)


def start(session: Session, account: str, limits: SessionLimits) -> str:
    """Sign an account in; the secret for the cookie. Sessions that are over are forgotten."""
    now = time.time()
    over = or_(SessionRow.seen < now - limits.idle, SessionRow.created < now - limits.whole)
    session.execute(delete(SessionRow).where(over))
    secret = secrets.new()
    session.add(SessionRow(key=secrets.key(secret), account_id=account, created=now, seen=now))
    return secret


def find(
    session: Session, secret: str, limits: SessionLimits, *, touch: bool = True
) -> Caller | None:
    """Who asks by a session; None where it is not known, is over, or its account was disabled.

    touch: it is used by this, and goes on for longer.
    """
    now = time.time()
    times = {"seen": now - limits.idle, "created": now - limits.whole}
    key = secrets.key(secret)
    found = session.connection().execute(_by_key(), {"secret": key, **times}).one_or_none()
    if found is None:
        return None
    if touch and found.seen < now - min(_SEEN_SECONDS, limits.idle / 2):
        session.execute(update(SessionRow).where(SessionRow.key == key).values(seen=now))
    return accounts.caller(found)


@cache
def _by_key() -> Select[Any]:
    # Made once, since making it takes longer than asking the database; and of columns, since objects take thrice as long.
    return (
        select(SessionRow.seen, *accounts.OF_CALLER)
        .join(AccountRow, AccountRow.id == SessionRow.account_id)
        .where(
            SessionRow.key == bindparam("secret"),
            SessionRow.seen >= bindparam("seen"),
            SessionRow.created >= bindparam("created"),
            AccountRow.disabled.is_(None),
        )
    )


def end(session: Session, secret: str) -> None:
    """Sign a browser out."""
    session.execute(delete(SessionRow).where(SessionRow.key == secrets.key(secret)))


def cookie(scheme: str) -> str:
    """The cookie's name, by the scheme of the request."""
    return SECURE if scheme == "https" else PLAIN


def give_cookie(response: Response, scheme: str, secret: str, ends: float | None = None) -> None:
    """Give the browser its session, until it is closed. ends: seconds since 1970; it outlives the browser."""
    lasts = None if ends is None else max(1, round(ends - time.time()))
    response.set_cookie(
        cookie(scheme),
        secret,
        max_age=lasts,
        path="/",
        secure=scheme == "https",
        httponly=True,
        samesite="lax",
    )


def take_cookie(response: Response, scheme: str) -> None:
    """Have the browser forget its session."""
    response.delete_cookie(
        cookie(scheme), path="/", secure=scheme == "https", httponly=True, samesite="lax"
    )
