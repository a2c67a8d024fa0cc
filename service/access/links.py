"""Private links: one person's way to one week without an account; and addresses of a calendar.

A link's secret stands in the fragment of ``/l#secret``, which no server logs; a browser exchanges it
for a session of that person and that week only. A calendar's secret stands in its address, since
calendar programs can do nothing else: it reads the calendar, with private cases as busy, and no more.
Only hashes are kept.
"""

import time
import uuid

from sqlalchemy import ColumnElement, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.access import secrets
from service.access.caller import Caller
from service.access.roles import AccountRole
from service.access.tables import SHA256, AccountRow
from service.store.tables import Base

LINK = "link"
CALENDAR = "calendar"
CALENDAR_SECONDS = 366 * 86_400.0


class LinkRow(Base):
    """A secret that leads to what is published for one person."""

    __tablename__ = "links"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(SHA256, unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    """link or calendar."""
    week_id: Mapped[str | None] = mapped_column(
        ForeignKey("weeks.id", ondelete="CASCADE"), index=True
    )
    """The only week that it leads to; None: all of them."""
    person: Mapped[str]
    name: Mapped[str]
    """How the session is called; of a calendar empty."""
    account_id: Mapped[str | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    """Whose calendar it is."""
    created: Mapped[float]
    ends: Mapped[float]
    revoked: Mapped[float | None]


class LinkSessionRow(Base):
    """A browser that came by a private link."""

    __tablename__ = "link_sessions"

    key: Mapped[str] = mapped_column(SHA256, primary_key=True)
    link_id: Mapped[str] = mapped_column(ForeignKey("links.id", ondelete="CASCADE"), index=True)
    created: Mapped[float]


def make(session: Session, week: str, person: str, name: str, ends: float) -> str:
    """The secret of a new private link, which is shown now and never again; an earlier one ends."""
    revoke(session, week, person)
    return _add(session, kind=LINK, week_id=week, person=person, name=name, ends=ends)


def revoke(session: Session, week: str, person: str) -> bool:
    """End somebody's private link to a week with its sessions; whether there was one."""
    done = session.execute(
        update(LinkRow)
        .where(LinkRow.kind == LINK, LinkRow.week_id == week, LinkRow.person == person, _holds())
        .values(revoked=time.time())
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def enter(session: Session, secret: str) -> tuple[str, float] | None:
    """The secret of a new session, and when it ends (seconds since 1970); None where the link is not good (any more)."""
    row = session.scalar(
        select(LinkRow).where(LinkRow.key == secrets.key(secret), LinkRow.kind == LINK, _holds())
    )
    if row is None:
        return None
    made = secrets.new()
    session.add(LinkSessionRow(key=secrets.key(made), link_id=row.id, created=time.time()))
    return made, row.ends


def find(session: Session, secret: str) -> Caller | None:
    """Who asks by a session of a private link; None where the link has ended."""
    row = session.scalar(
        select(LinkRow)
        .join(LinkSessionRow, LinkSessionRow.link_id == LinkRow.id)
        .where(LinkSessionRow.key == secrets.key(secret), _holds())
    )
    if row is None:
        return None
    return Caller(None, row.name, AccountRole.WORKER, person=row.person, week=row.week_id)


def reader(person: str) -> Caller:
    """Who reads a calendar by its address: somebody's own, and nothing private."""
    return Caller(None, "", AccountRole.WORKER, person=person)


def leave(session: Session, secret: str) -> None:
    """End one session of a link; the link stays good."""
    row = session.get(LinkSessionRow, secrets.key(secret))
    if row is not None:
        session.delete(row)


def make_calendar(session: Session, caller: Caller) -> str:
    """The secret of the address of a worker's calendar; an earlier one ends.

    Raises ValueError for who has no account that is for a person.
    """
    if caller.account is None or caller.person is None:
        raise ValueError("no account of a person")
    end_calendar(session, caller.account)
    ends = time.time() + CALENDAR_SECONDS
    return _add(session, kind=CALENDAR, person=caller.person, account_id=caller.account, ends=ends)


def end_calendar(session: Session, account: str) -> None:
    """End the address of an account's calendar."""
    session.execute(
        update(LinkRow)
        .where(LinkRow.kind == CALENDAR, LinkRow.account_id == account, _holds())
        .values(revoked=time.time())
    )


def calendar_of(session: Session, secret: str) -> str | None:
    """Id of the person whose calendar an address is of; None where it is not good (any more)."""
    return session.scalar(
        select(LinkRow.person)
        .join(AccountRow, AccountRow.id == LinkRow.account_id)
        .where(
            LinkRow.key == secrets.key(secret),
            LinkRow.kind == CALENDAR,
            _holds(),
            AccountRow.disabled.is_(None),
            AccountRow.person == LinkRow.person,
        )
    )


def _holds() -> ColumnElement[bool]:
    return (LinkRow.ends > time.time()) & LinkRow.revoked.is_(None)


def _add(session: Session, **columns: object) -> str:
    secret = secrets.new()
    row = {"week_id": None, "name": "", "account_id": None, **columns}
    session.add(
        LinkRow(
            id=uuid.uuid4().hex,
            key=secrets.key(secret),
            created=time.time(),
            revoked=None,
            **row,
        )
    )
    session.flush()
    return secret
