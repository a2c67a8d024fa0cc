"""What people ask of their coordinator about a week, in the database: workers for themselves, residents by orders."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, String, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.clock import db_time
from service.store.sealed import SealedJson
from service.store.tables import Base, OfWeek

HOURS = "hours"
"""The kind that is about the week after the one that it was asked in."""
ORDER = "order"
"""The kind that a resident asked for: an order of the micro-list, of no person of the week."""


class RequestRow(OfWeek, Base):
    """Something that somebody asked for. It changes nothing before a coordinator accepts it."""

    __tablename__ = "requests"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str]
    """The person's id in the week; empty of an order."""
    kind: Mapped[str] = mapped_column(String(16))
    """sick, swap, decline, duty, hours or order."""
    start: Mapped[str | None] = mapped_column(String(10), index=True)
    """Of hours: the first day of the week that they are about."""
    said: Mapped[dict[str, Any]] = mapped_column(SealedJson("requests.said"))
    """task and slot, from and to, windows and wishes, what is ordered, words; once settled the answer."""
    state: Mapped[str] = mapped_column(String(16))
    """open, accepted, refused, handled otherwise or withdrawn."""
    created: Mapped[float] = mapped_column(index=True)
    key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the request that made it: the same again makes no other."""
    settled: Mapped[float | None]
    settled_name: Mapped[str] = mapped_column(default="", server_default="")


def add(session: Session, row: RequestRow) -> None:
    """Keep a request. Raises IntegrityError where there is one of its key."""
    row.created = db_time()
    session.add(row)
    session.flush()
    session.refresh(row)


def find(session: Session, week: str, start: str, id: str) -> RequestRow | None:
    """A request or an order that is about a week, which begins on `start`."""
    return session.scalar(_about(week, start).where(RequestRow.id == id))


def by_key(session: Session, key: str) -> RequestRow | None:
    """The request that was made with this key."""
    return session.scalar(select(RequestRow).where(RequestRow.key == key))


def of_week(session: Session, week: str, start: str) -> Sequence[RequestRow]:
    """What people ask about a week, the oldest first: in it, and for it in the week before. No orders."""
    asked = _about(week, start).where(RequestRow.kind != ORDER)
    query = asked.order_by(RequestRow.created, RequestRow.id)
    return session.scalars(query).all()


def of_person(session: Session, week: str, person: str) -> Sequence[RequestRow]:
    """What somebody asked in a week, the oldest first."""
    query = select(RequestRow).where(RequestRow.week_id == week, RequestRow.person == person)
    return session.scalars(query.order_by(RequestRow.created, RequestRow.id)).all()


def orders(session: Session, week: str) -> Sequence[RequestRow]:
    """The micro-list of a week, the oldest order first, without what was withdrawn."""
    query = select(RequestRow).where(
        RequestRow.week_id == week, RequestRow.kind == ORDER, RequestRow.state != "withdrawn"
    )
    query = query.order_by(RequestRow.created, RequestRow.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def carry(session: Session, week: str, following: str, tasks: Collection[str]) -> None:
    """Bring the micro-list of the week that follows up to date: what waits, and what was accepted and is still to do.

    An order that is carried stays on its own week's list, too. One that was answered there stays as it was
    answered. tasks: what the week that follows has to do
    """
    for row in orders(session, week):
        key = hashlib.sha256(f"{following}/{row.id}".encode()).hexdigest()
        goes_on = row.state == "open" or (row.state == "accepted" and row.said["task"] in tasks)
        copy = by_key(session, key)
        if copy is not None and copy.state == "open":
            session.delete(copy)
            session.flush()
            copy = None
        if goes_on and copy is None:
            _carry(session, row, following, key)
        elif not goes_on and copy is not None and copy.said["task"] not in tasks:
            session.delete(copy)
    session.flush()


def _carry(session: Session, row: RequestRow, following: str, key: str) -> None:
    kept = ("person", "kind", "state", "account", "account_name", "settled", "settled_name")
    copy = RequestRow(
        id=key[:32],
        week_id=following,
        key=key,
        said={"since": row.created, **row.said},
        **{name: getattr(row, name) for name in kept},
    )
    add(session, copy)


def settle(session: Session, row: RequestRow, state: str, who: str, words: str = "") -> bool:
    """Note what became of a request; False where that is settled already."""
    said = {**row.said, **({"answer": words} if words else {})}
    statement = (
        update(RequestRow)
        .where(RequestRow.id == row.id, RequestRow.state == "open")
        .values(state=state, settled=db_time(), settled_name=who, said=said)
        .returning(RequestRow.id)
    )
    return session.scalar(statement) is not None


def by_id(session: Session, id: str) -> RequestRow | None:
    """A request, whatever it is about."""
    return session.get(RequestRow, id, populate_existing=True)


def reopen(session: Session, row: RequestRow, states: Collection[str]) -> bool:
    """Have a request wait again, where what became of it is one of these states; False where it is not."""
    said = {name: value for name, value in row.said.items() if name != "answer"}
    statement = (
        update(RequestRow)
        .where(RequestRow.id == row.id, RequestRow.state.in_(states))
        .values(state="open", settled=None, settled_name="", said=said)
        .returning(RequestRow.id)
    )
    return session.scalar(statement) is not None


def _about(week: str, start: str) -> Select[RequestRow]:
    for_it = (RequestRow.kind == HOURS) & (RequestRow.start == start)
    query = select(RequestRow).where(or_(RequestRow.week_id == week, for_it))
    return query.execution_options(populate_existing=True)
