"""What of a week was published when, and who was told of it, in the database."""

import hashlib
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.clock import db_time
from service.store.tables import Base, OfWeek

Step = Literal["copied", "told", "received"]
"""How far telling somebody has come."""
STEPS: tuple[Step, ...] = ("copied", "told", "received")


class PublicationRow(OfWeek, Base):
    """A publication of a week or of some of its areas: what holds since for everybody."""

    __tablename__ = "publications"

    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    """The week's id, ``/``, and the number."""
    number: Mapped[int]
    """1, 2, 3 …"""
    revision: Mapped[int]
    """Number of the revision that was published."""
    areas: Mapped[dict[str, Any]]
    """ids: list of areas; null: the whole week."""
    contents: Mapped[dict[str, Any]]
    """Digests of all that is published then, as a revision has them: other areas as they were before."""
    created: Mapped[float]


class TellingRow(OfWeek, Base):
    """How far one person was told of a publication, and who noted it last. Times are seconds since 1970; None: not yet."""

    __tablename__ = "tellings"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    publication: Mapped[int]
    """Number of the publication that the text was about."""
    person: Mapped[str]
    """The person's id in the week."""
    copied: Mapped[float | None]
    told: Mapped[float | None]
    received: Mapped[float | None]


def publish(session: Session, week: str, **columns: Any) -> PublicationRow:
    """Keep a publication. Raises IntegrityError where two are made at once."""
    number = len(published(session, week)) + 1
    row = PublicationRow(
        id=f"{week}/{number}", week_id=week, number=number, created=db_time(), **columns
    )
    session.add(row)
    session.flush()
    session.refresh(row)
    return row


def published(session: Session, week: str) -> Sequence[PublicationRow]:
    """The publications of a week, oldest first."""
    query = select(PublicationRow).where(PublicationRow.week_id == week)
    return session.scalars(query.order_by(PublicationRow.number)).all()


def tell(
    session: Session,
    week: str,
    publication: int,
    person: str,
    step: Step | None,
    *,
    account: str | None,
    account_name: str,
) -> None:
    """Note how far a person was told of a publication; None: not at all, as was noted by mistake.

    A step has those before it, and none of those after it: received is told.
    """
    name = f"{week}/{publication}/{person}".encode()
    row = TellingRow(
        id=hashlib.sha256(name).hexdigest()[:32],
        week_id=week,
        publication=publication,
        person=person,
        account=account,
        account_name=account_name,
    )
    known = session.get(TellingRow, row.id)
    reached = STEPS.index(step) if step else -1
    for number, each in enumerate(STEPS):
        before = getattr(known, each, None)
        setattr(row, each, None if number > reached else before or db_time())
    session.merge(row)
    session.flush()


def tellings(session: Session, week: str) -> Sequence[TellingRow]:
    """Who was told of what, the latest publication last."""
    query = select(TellingRow).where(TellingRow.week_id == week)
    return session.scalars(query.order_by(TellingRow.publication, TellingRow.person)).all()
