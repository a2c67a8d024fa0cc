"""Accounts in the database: added, found, changed, disabled. What may be done with them: `managing`."""

import time
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from service.access.caller import Caller
from service.access.roles import AccountRole
from service.access.tables import AccountRow, InvitationRow, SessionRow

MOST_LETTERS = 80
"""Longest name of an account."""


def spelt(name: str) -> str:
    """A name as it is kept: without spaces around it, in small letters."""
    return name.strip().casefold()


ANY = select(AccountRow.id).limit(1)
"""Asks for the id of some account."""


def exist(session: Session) -> bool:
    """Whether there is any account; then everybody has to sign in."""
    return session.scalar(ANY) is not None


def add(
    session: Session,
    name: str,
    role: AccountRole,
    *,
    areas: Collection[str] | None = None,
    private: bool = False,
    person: str | None = None,
) -> AccountRow:
    """An account without a password. Raises IntegrityError where the name is taken.

    areas: of a coordinator or a viewer; None: every area. person: of a worker, and then needed.
    """
    row = AccountRow(
        id=uuid.uuid4().hex,
        name=spelt(name),
        role=role,
        areas=None if areas is None else sorted(set(areas)),
        private=private,
        person=person,
        password=None,
        created=time.time(),
        disabled=None,
    )
    session.add(row)
    session.flush()
    return row


def named(session: Session, name: str) -> AccountRow | None:
    """An account by its name, a disabled one too."""
    return session.scalar(select(AccountRow).where(AccountRow.name == spelt(name)))


def everyone(session: Session) -> Sequence[AccountRow]:
    """All accounts by name."""
    return session.scalars(select(AccountRow).order_by(AccountRow.name)).all()


OF_CALLER = (
    AccountRow.id,
    AccountRow.name,
    AccountRow.role,
    AccountRow.areas,
    AccountRow.private,
    AccountRow.person,
)
"""What `caller` is made from."""


def caller(row: AccountRow | Row[Any]) -> Caller:
    """Who asks, where an account has signed in. row: it, or `OF_CALLER` of it."""
    return Caller(
        account=row.id,
        name=row.name,
        role=AccountRole(row.role),
        areas=None if row.areas is None else frozenset(row.areas),
        private=row.private,
        person=row.person,
    )


def narrowed(
    whole: Caller, role: AccountRole, areas: Collection[str] | None, *, private: bool
) -> Caller | None:
    """Who asks by a token: never more than its account may now, nor more than the token was given.

    None where the two have nothing in common, since the account has become a worker's.
    """
    if role not in part_of(whole.role):
        if whole.role not in part_of(role):
            return None
        role = whole.role
    within = whole.areas if areas is None else frozenset(areas)
    if whole.areas is not None and within is not None:
        within &= whole.areas
    return replace(whole, role=role, areas=within, private=whole.private and private)


def part_of(role: AccountRole) -> tuple[AccountRole, ...]:
    """The roles whose rights are among those of a role, itself first."""
    ladder = (AccountRole.ADMINISTRATOR, AccountRole.COORDINATOR, AccountRole.VIEWER)
    if role not in ladder:
        return (role,)
    watching = (AccountRole.MONITOR,) if role is AccountRole.ADMINISTRATOR else ()
    return *ladder[ladder.index(role) :], *watching


def end_sessions(session: Session, account: str) -> None:
    """Sign an account out everywhere: its rights, its password or itself are no longer what they were."""
    session.execute(delete(SessionRow).where(SessionRow.account_id == account))


def disable(session: Session, row: AccountRow) -> None:
    """Let an account do nothing from now on: its sessions end, its links are void, its tokens do not count."""
    row.disabled = time.time()
    end_sessions(session, row.id)
    session.execute(delete(InvitationRow).where(InvitationRow.account_id == row.id))


def change(
    session: Session,
    row: AccountRow,
    role: AccountRole,
    *,
    areas: Collection[str] | None,
    private: bool,
    person: str | None,
) -> None:
    """Give an account other rights; its sessions end. Its tokens give the part that is left."""
    row.role, row.private, row.person = role, private, person
    row.areas = None if areas is None else sorted(set(areas))
    end_sessions(session, row.id)
