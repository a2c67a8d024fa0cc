"""Who works in which final roster, so that a person's weeks are found without reading rosters."""

from collections.abc import Iterable

from sqlalchemy import String, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.store.tables import Base, RosterRow


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


def rosters_without(session: Session, limit: int, after: str = "") -> list[tuple[str, str]]:
    """(job, roster) of final rosters of which nobody is kept, such as those of an older version, by id after one."""
    query = select(RosterRow.job_id, RosterRow.body).where(
        RosterRow.final,
        RosterRow.job_id > after,
        ~exists().where(RosterPersonRow.job_id == RosterRow.job_id),
    )
    ordered = query.order_by(RosterRow.job_id).limit(limit)
    return [(job, body) for job, body in session.execute(ordered)]


def forget(session: Session, job: str) -> None:
    """Forget who works in a job's roster."""
    session.execute(delete(RosterPersonRow).where(RosterPersonRow.job_id == job))
