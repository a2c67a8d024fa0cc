"""What became of a week's work, and when the week was closed, in the database."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.clock import db_time
from service.store.sealed import SealedJson
from service.store.tables import Base, OfWeek

_AT_ONCE = 500


class OutcomeRow(OfWeek, Base):
    """What became of one part of a roster, or a work that nobody had planned."""

    __tablename__ = "outcomes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    task: Mapped[str]
    slot: Mapped[int]
    person: Mapped[str | None]
    """Who had it by the roster; None: nobody."""
    said: Mapped[dict[str, Any]] = mapped_column(SealedJson("outcomes.said"))
    """result and what it departs in; of what was not planned the visit."""
    created: Mapped[float]


class ClosingRow(OfWeek, Base):
    """A week was closed, and perhaps opened again."""

    __tablename__ = "closings"

    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    """The week's id, ``/``, and 1, 2, 3 …"""
    number: Mapped[int]
    revision: Mapped[int]
    """The week's last revision then."""
    next_id: Mapped[str | None] = mapped_column(String(32), index=True)
    """The week that it was rolled into."""
    next_revision: Mapped[int | None]
    """The revision that the roll gave it."""
    created: Mapped[float]
    reopened: Mapped[float | None]
    reopened_name: Mapped[str] = mapped_column(default="", server_default="")


def note(session: Session, week: str, said: Iterable[Mapping[str, Any]]) -> None:
    """Keep what became of parts, of which nothing is kept. said: the other columns of each."""
    now = db_time()
    session.add_all(
        OutcomeRow(id=_id(week, one["task"], one["slot"]), week_id=week, created=now, **one)
        for one in said
    )
    session.flush()


def forget(session: Session, week: str, parts: Iterable[tuple[str, int]]) -> None:
    """Forget what was noted of parts: tasks and slots."""
    ids = [_id(week, *part) for part in parts]
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        session.execute(delete(OutcomeRow).where(OutcomeRow.id.in_(some)))


def outcomes(session: Session, week: str) -> Sequence[OutcomeRow]:
    """What was noted, oldest first."""
    query = select(OutcomeRow).where(OutcomeRow.week_id == week)
    return session.scalars(query.order_by(OutcomeRow.created, OutcomeRow.task)).all()


def closings(session: Session, week: str) -> Sequence[ClosingRow]:
    """The closings of a week, oldest first."""
    query = select(ClosingRow).where(ClosingRow.week_id == week)
    query = query.order_by(ClosingRow.number).execution_options(populate_existing=True)
    return session.scalars(query).all()


def before(session: Session, week: str) -> str | None:
    """The week from which this one was rolled."""
    query = select(ClosingRow.week_id).where(ClosingRow.next_id == week)
    return session.scalar(query.limit(1))


def close(session: Session, week: str, **columns: Any) -> None:
    """Keep that a week is closed. Raises IntegrityError where two close it at once."""
    number = len(closings(session, week)) + 1
    session.add(
        ClosingRow(id=f"{week}/{number}", week_id=week, number=number, created=db_time(), **columns)
    )
    session.flush()


def reopen(session: Session, week: str, who: str) -> bool:
    """Open a week again; False where it is not closed."""
    statement = (
        update(ClosingRow)
        .where(ClosingRow.week_id == week, ClosingRow.reopened.is_(None))
        .values(reopened=db_time(), reopened_name=who)
        .returning(ClosingRow.id)
    )
    return session.scalar(statement) is not None


def _id(week: str, task: str, slot: int) -> str:
    return hashlib.sha256(f"{week}/{slot}/{task}".encode()).hexdigest()[:32]
