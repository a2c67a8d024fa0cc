"""Who works in which final roster, so that a person's weeks are found without reading rosters."""

from collections.abc import Iterable

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.tables import Base


class RosterPersonRow(Base):
    """A person who has work in a job's final roster."""

    __tablename__ = "roster_people"

    job_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    """The person's id in the week."""


def enter(session: Session, job: str, people: Iterable[str]) -> None:
    """Keep who works in a job's final roster."""
    forget(session, job)
    session.add_all(RosterPersonRow(job_id=job, person_id=id) for id in sorted(set(people)))


def forget(session: Session, job: str) -> None:
    """Forget who works in a job's roster."""
    session.execute(delete(RosterPersonRow).where(RosterPersonRow.job_id == job))
