"""Weeks in the database: their revisions, each made of contents, and who may see them.

A week has no status: what was published, told or closed are facts of their own.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    delete,
    func,
    select,
    true,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from service.store import contents
from service.store.clock import db_time
from service.store.sealed import SealedJson, SealedText
from service.store.tables import Base, OfWeek


class WeekRow(Base):
    """A week that coordinators work on."""

    __tablename__ = "weeks"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The first day of its horizon, ``2026-11-23``; a second one of the same day ``2026-11-23-2``."""
    start: Mapped[str] = mapped_column(String(10), index=True)
    created: Mapped[float] = mapped_column(index=True)
    erased: Mapped[float | None]
    """Set when it was erased: only id and times are left, so that no id is used twice."""
    head: Mapped[int]
    """Number of its last revision."""
    title: Mapped[str] = mapped_column(SealedText("weeks.title"))
    secret: Mapped[str] = mapped_column(SealedText("weeks.secret"))
    """Under which its contents have their digests."""
    labels: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    owner_id: Mapped[str | None]
    owner_name: Mapped[str] = mapped_column(default="", server_default="")


class WeekAreaRow(Base):
    """An area that a week has, or had in any revision: by it is found who may see it."""

    __tablename__ = "week_areas"

    week_id: Mapped[str] = mapped_column(
        ForeignKey("weeks.id", ondelete="CASCADE"), primary_key=True
    )
    area: Mapped[str] = mapped_column(primary_key=True)


class RevisionRow(OfWeek, Base):
    """A state of a week, and the command that led there."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("week_id", "number"),)

    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    """The week's id, ``/``, and the number."""
    number: Mapped[int]
    """1, 2, 3 …"""
    created: Mapped[float]
    kind: Mapped[str] = mapped_column(String(16))
    """begin, command, undo, redo, plan, …"""
    reverses: Mapped[int | None]
    """Of an undo the revision that it took back, of a redo the undo."""
    key: Mapped[str | None] = mapped_column(String(32), unique=True)
    """What an idempotency key stands for."""
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the request, to tell a repeat from another request with the same key."""
    contents: Mapped[dict[str, Any]]
    """Digest of each part of the state, by the name of the instance's field, or ``roster``."""
    told: Mapped[dict[str, Any]] = mapped_column(SealedJson("revisions.told"))
    """changes, reason, and touched: whom and what the command was about."""


class StaleError(Exception):
    """The week has a later revision than the one that was to be followed."""


@dataclass(frozen=True)
class Made:
    """How a revision came about. told: JSON; key, fingerprint: of the request with an idempotency key."""

    kind: str
    account: str | None
    account_name: str
    told: Mapping[str, Any]
    reverses: int | None = None
    key: str | None = None
    fingerprint: str = ""


def begin(session: Session, start: date, title: str, about: Mapping[str, Any]) -> WeekRow:
    """A new week without a revision. about: owner and labels. Raises IntegrityError where two begin at once."""
    day = start.isoformat()
    taken = set(session.scalars(select(WeekRow.id).where(WeekRow.start == day)))
    number = next(n for n in range(1, len(taken) + 2) if _id(day, n) not in taken)
    week = WeekRow(
        id=_id(day, number),
        start=day,
        created=db_time(),
        head=0,
        title=title,
        secret=secrets.token_hex(32),
        **about,
    )
    session.add(week)
    session.flush()
    session.refresh(week)
    return week


def _id(day: str, number: int) -> str:
    return day if number == 1 else f"{day}-{number}"


def follow(
    session: Session,
    week: WeekRow,
    head: int,
    kept: Mapping[str, str],
    changed: Mapping[str, str],
    areas: Collection[str],
    made: Made,
) -> RevisionRow:
    """Add the revision after `head`. Raises StaleError where there is one already.

    kept: digests of the parts that are as they were; changed: bodies of the others; areas: ids of all
    areas of the week as it is now.
    """
    later = (
        update(WeekRow)
        .where(WeekRow.id == week.id, WeekRow.head == head, WeekRow.erased.is_(None))
        .values(head=head + 1)
        .returning(WeekRow.id)
    )
    if session.scalar(later) is None:
        raise StaleError(week.id)
    digests = {
        name: contents.put(session, week.id, week.secret, body) for name, body in changed.items()
    }
    row = RevisionRow(
        id=f"{week.id}/{head + 1}",
        week_id=week.id,
        number=head + 1,
        created=db_time(),
        account=made.account,
        account_name=made.account_name,
        kind=made.kind,
        reverses=made.reverses,
        key=made.key,
        fingerprint=made.fingerprint,
        contents={**kept, **digests},
        told=dict(made.told),
    )
    session.add(row)
    query = select(WeekAreaRow.area).where(WeekAreaRow.week_id == week.id)
    new = sorted(set(areas) - set(session.scalars(query)))
    session.add_all(WeekAreaRow(week_id=week.id, area=area) for area in new)
    session.flush()
    session.refresh(row)
    return row


def find(session: Session, id: str) -> WeekRow | None:
    """A week that is not erased."""
    return session.scalar(
        select(WeekRow)
        .where(WeekRow.id == id, WeekRow.erased.is_(None))
        .execution_options(populate_existing=True)
    )


def starting(session: Session, day: str) -> Sequence[str]:
    """Ids of the weeks that begin on a day, in the order in which they were begun."""
    query = select(WeekRow.id).where(WeekRow.start == day, WeekRow.erased.is_(None))
    return session.scalars(query.order_by(WeekRow.created, WeekRow.id)).all()


def before(session: Session, areas: Collection[str] | None, day: str, most: int) -> list[str]:
    """The last weeks that begin before a day and that who is for these areas may see, earliest first.

    Of several that begin on one day the one that was begun last.
    """
    query = select(WeekRow.start, WeekRow.id).where(
        WeekRow.erased.is_(None), WeekRow.start < day, visible(areas, WeekRow.id)
    )
    rows = session.execute(query.order_by(WeekRow.start, WeekRow.created, WeekRow.id))
    last = {row.start: row.id for row in rows}
    return list(last.values())[-most:] if most > 0 else []


def revision(session: Session, week: str, number: int) -> RevisionRow | None:
    """A revision of a week by its number."""
    return session.get(RevisionRow, f"{week}/{number}")


def revisions(session: Session, week: str, after: int = 0) -> Sequence[RevisionRow]:
    """The revisions of a week after a number, oldest first."""
    query = select(RevisionRow).where(RevisionRow.week_id == week, RevisionRow.number > after)
    return session.scalars(query.order_by(RevisionRow.number)).all()


def by_key(session: Session, key: str) -> RevisionRow | None:
    """The revision that the same request made before."""
    return session.scalar(select(RevisionRow).where(RevisionRow.key == key))


def visible(areas: Collection[str] | None, week: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The condition that who is for these areas (None: every area) may see a week: it has one of them."""
    if areas is None:
        return true()
    return week.in_(select(WeekAreaRow.week_id).where(WeekAreaRow.area.in_(areas)))


def known_areas(session: Session) -> set[str]:
    """The areas of every week."""
    return set(session.scalars(select(WeekAreaRow.area).distinct()))


def sees(session: Session, areas: Collection[str] | None, id: str) -> bool:
    """As `visible`, of one week."""
    return (
        session.scalar(select(WeekRow.id).where(WeekRow.id == id, visible(areas, WeekRow.id)))
        is not None
    )


def erase(session: Session, id: str) -> None:
    """Forget a week with all that is kept of it but its id and times."""
    for table in reversed(Base.metadata.sorted_tables):
        if "week_id" in table.c:
            session.execute(delete(table).where(table.c.week_id == id))
    blank = {"erased": db_time(), "title": "", "secret": "", "labels": {}, "owner_name": ""}
    session.execute(update(WeekRow).where(WeekRow.id == id).values(blank))


def listed(
    session: Session, areas: Collection[str] | None, limit: int, after: str | None
) -> tuple[Sequence[WeekRow], int]:
    """Weeks that who is for these areas may see, the latest first, after one of an id; and how many there are."""
    query = select(WeekRow).where(WeekRow.erased.is_(None), visible(areas, WeekRow.id))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if after is not None:
        query = query.where(WeekRow.id < after)
    return session.scalars(query.order_by(WeekRow.id.desc()).limit(limit)).all(), total


def idle_for(session: Session, seconds: float) -> list[str]:
    """Weeks whose last revision is older than so many seconds."""
    last = (
        select(func.max(RevisionRow.created))
        .where(RevisionRow.week_id == WeekRow.id)
        .scalar_subquery()
    )
    query = select(WeekRow.id).where(
        WeekRow.erased.is_(None), func.coalesce(last, WeekRow.created) < db_time() - seconds
    )
    return list(session.scalars(query))
