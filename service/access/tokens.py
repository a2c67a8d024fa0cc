"""Secrets for programs: sent as ``Authorization: Bearer``, for a part of what their account may."""

import time
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session

from service.access import accounts, secrets
from service.access.caller import Caller
from service.access.roles import AccountRole
from service.access.tables import AccountRow, TokenRow

DAY = 24 * 3600.0
MOST_DAYS = 366
_USED_SECONDS = 60


def add(
    session: Session,
    account: AccountRow,
    title: str,
    role: AccountRole,
    *,
    days: int,
    areas: Collection[str] | None = None,
    private: bool = False,
    id: str | None = None,
) -> tuple[TokenRow, str]:
    """A token for `days` days, and its secret, which is shown now and never again. id: None: a new one.

    role, areas and private may be wider than the account's: what counts is what both have.
    """
    secret = secrets.new(secrets.TOKEN)
    now = time.time()
    row = TokenRow(
        id=id or uuid.uuid4().hex,
        key=secrets.key(secret),
        account_id=account.id,
        title=title,
        role=role,
        areas=None if areas is None else sorted(set(areas)),
        private=private,
        created=now,
        ends=now + days * DAY,
        revoked=None,
        used=None,
    )
    session.add(row)
    session.flush()
    return row, secret


def find(session: Session, secret: str, *, touch: bool = True) -> Caller | None:
    """Who asks by a token; None where it is not known, has ended or was revoked, or its account was disabled.

    touch: it is used by this.
    """
    now = time.time()
    asked = {"secret": secrets.key(secret), "now": now}
    found = session.connection().execute(_by_key(), asked).one_or_none()
    if found is None:
        return None
    if touch and (found.used or 0) < now - _USED_SECONDS:
        session.execute(update(TokenRow).where(TokenRow.id == found.token).values(used=now))
    narrowed = accounts.narrowed(
        accounts.caller(found),
        AccountRole(found.given_role),
        found.given_areas,
        private=found.given_private,
    )
    return None if narrowed is None else replace(narrowed, token=found.token)


@cache
def _by_key() -> Select[Any]:
    # As in `sessions`: made once, and of columns.
    return (
        select(
            TokenRow.id.label("token"),
            TokenRow.used,
            TokenRow.role.label("given_role"),
            TokenRow.areas.label("given_areas"),
            TokenRow.private.label("given_private"),
            *accounts.OF_CALLER,
        )
        .join(AccountRow, AccountRow.id == TokenRow.account_id)
        .where(
            TokenRow.key == bindparam("secret"),
            TokenRow.ends > bindparam("now"),
            TokenRow.revoked.is_(None),
            AccountRow.disabled.is_(None),
        )
    )


def everyone(session: Session) -> Sequence[tuple[TokenRow, AccountRow]]:
    """All tokens with their accounts, by account, the oldest first."""
    found = session.execute(
        select(TokenRow, AccountRow)
        .join(AccountRow, AccountRow.id == TokenRow.account_id)
        .order_by(AccountRow.name, TokenRow.created)
    )
    return [(row, account) for row, account in found]


def revoke(session: Session, id: str) -> bool:
    """End a token; whether there was one that had not been revoked."""
    done = session.execute(
        update(TokenRow)
        .where(TokenRow.id == id, TokenRow.revoked.is_(None))
        .values(revoked=time.time())
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]
