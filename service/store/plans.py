"""Plans in the database: a job that was asked for a week, from which revision, and what became of it.

A plan has the id of its job. How that stands is in the job's own row.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store import jobs
from service.store.clock import db_time
from service.store.sealed import SealedJson
from service.store.tables import Base, JobRow, OfWeek


class PlanRow(OfWeek, Base):
    """A search for a better roster of a week."""

    __tablename__ = "plans"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Of the job, too."""
    base: Mapped[int]
    """Number of the revision that it started from."""
    kind: Mapped[str] = mapped_column(String(16))
    """solve or replan."""
    request: Mapped[dict[str, Any]] = mapped_column(SealedJson("plans.request"))
    """title, changes, keep_by_hand, and kept: how many decisions by hand it keeps."""
    created: Mapped[float] = mapped_column(index=True)
    settled: Mapped[float | None]
    """When it was adopted or discarded."""
    adopted: Mapped[int | None]
    """Number of the revision that it became; None: it was not adopted."""


def add(session: Session, **columns: Any) -> None:
    """Keep a plan, whose job was added in the same transaction."""
    session.add(PlanRow(created=db_time(), **columns))
    session.flush()


def find(session: Session, week: str, id: str) -> PlanRow | None:
    """A plan of a week."""
    query = select(PlanRow).where(PlanRow.id == id, PlanRow.week_id == week)
    return session.scalar(query.execution_options(populate_existing=True))


def of_week(session: Session, week: str) -> Sequence[PlanRow]:
    """The plans of a week, newest first."""
    query = select(PlanRow).where(PlanRow.week_id == week)
    return session.scalars(query.order_by(PlanRow.created.desc(), PlanRow.id)).all()


def settle(session: Session, id: str, adopted: int | None) -> bool:
    """Note what became of a plan; False where that is settled already."""
    statement = (
        update(PlanRow)
        .where(PlanRow.id == id, PlanRow.settled.is_(None))
        .values(settled=db_time(), adopted=adopted)
        .returning(PlanRow.id)
    )
    return session.scalar(statement) is not None


def open_jobs(session: Session, week: str) -> list[str]:
    """Jobs of a week's plans that have not ended."""
    query = select(JobRow.id).join(PlanRow, PlanRow.id == JobRow.id)
    return list(session.scalars(query.where(PlanRow.week_id == week, JobRow.state.in_(jobs.OPEN))))


def made_of(session: Session, week: str) -> list[str]:
    """Ids of the instances that were kept for a week's plans."""
    query = select(JobRow.instance_id).join(PlanRow, PlanRow.id == JobRow.id)
    return sorted(set(session.scalars(query.where(PlanRow.week_id == week))))


def forget(session: Session, week: str) -> None:
    """Forget the plans of a week."""
    session.execute(delete(PlanRow).where(PlanRow.week_id == week))
