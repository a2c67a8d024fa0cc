"""Links by which the password of an account is set: random, for a day, good once."""

import time
from urllib.parse import quote

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.access import accounts, secrets
from service.access.tables import AccountRow, InvitationRow

HOURS = 24


def add(session: Session, account: AccountRow) -> str:
    """The secret of a new link; earlier ones of the account are void."""
    secret = secrets.new()
    now = time.time()
    void(session, account)
    session.add(
        InvitationRow(
            key=secrets.key(secret), account_id=account.id, created=now, ends=now + HOURS * 3600
        )
    )
    return secret


def link(address: str, secret: str, name: str) -> str:
    """Where the password of an account is set: secret and name stand after #, which no browser sends."""
    return f"{address}/welcome#{secret}~{quote(name, safe='')}"


def void(session: Session, account: AccountRow) -> None:
    """Let no link of an account be good any more."""
    session.execute(delete(InvitationRow).where(InvitationRow.account_id == account.id))


def account_of(session: Session, secret: str) -> AccountRow | None:
    """Whose password a link sets; None where it is not known, was used or has ended."""
    return session.scalar(
        select(AccountRow)
        .join(InvitationRow, InvitationRow.account_id == AccountRow.id)
        .where(
            InvitationRow.key == secrets.key(secret),
            InvitationRow.ends > time.time(),
            AccountRow.disabled.is_(None),
        )
    )


def use(session: Session, secret: str, password: str) -> AccountRow | None:
    """Set the password of a link's account, whose sessions end; None where the link is not good (any more).

    password: its hash.
    """
    account = account_of(session, secret)
    used = session.execute(delete(InvitationRow).where(InvitationRow.key == secrets.key(secret)))
    if account is None or not used.rowcount:  # type: ignore[attr-defined]
        return None
    account.password = password
    accounts.end_sessions(session, account.id)
    return account
