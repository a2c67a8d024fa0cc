"""What people ask of their coordinator about a week, in the database: sick, swap, decline, a duty, hours."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, String, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.clock import db_time
from service.store.sealed import SealedJson
from service.store.tables import Base, OfWeek

HOURS = "hours"
"""The kind that is about the week after the one that it was asked in."""


class RequestRow(OfWeek, Base):
    """Something that somebody asked for. It changes nothing before a coordinator accepts it."""

    __tablename__ = "requests"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str]
    """The person's id in the week."""
    kind: Mapped[str] = mapped_column(String(16))
    """sick, swap, decline, duty or hours."""
    start: Mapped[str | None] = mapped_column(String(10), index=True)
    """Of hours: the first day of the week that they are about."""
    said: Mapped[dict[str, Any]] = mapped_column(SealedJson("requests.said"))
    """task and slot, from and to, windows and wishes, words; once settled the answer."""
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
    """A request that is about a week, which begins on `start`."""
    return session.scalar(_about(week, start).where(RequestRow.id == id))


def by_key(session: Session, key: str) -> RequestRow | None:
    """The request that was made with this key."""
    return session.scalar(select(RequestRow).where(RequestRow.key == key))


def of_week(session: Session, week: str, start: str) -> Sequence[RequestRow]:
    """What is asked about a week, the oldest first: in it, and for it in the week before."""
    query = _about(week, start).order_by(RequestRow.created, RequestRow.id)
    return session.scalars(query).all()


def of_person(session: Session, week: str, person: str) -> Sequence[RequestRow]:
    """What somebody asked in a week, the oldest first."""
    query = select(RequestRow).where(RequestRow.week_id == week, RequestRow.person == person)
    return session.scalars(query.order_by(RequestRow.created, RequestRow.id)).all()


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
