"""Jobs in the database: how they are added, claimed by a worker, followed and ended.

Every write of a worker names its `runner` token, so that a worker that was taken for dead and woke
again cannot overwrite the work of its successor.
"""

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service.store import roster_people
from service.store.tables import InstanceRow, JobRow, RosterRow

OPEN = ("queued", "running")
FINAL = ("succeeded", "failed", "cancelled")


class LostError(Exception):
    """Another worker has the job now, or its record was erased."""


def add(
    session: Session,
    id: str,
    *,
    instance_id: str,
    fingerprint: str,
    request: dict[str, Any],
    start_roster: str | None,
    published: str | None = None,
    about: dict[str, Any] | None = None,
) -> JobRow:
    """Keep a new job. about: title, labels and owner. Raises IntegrityError where the id is taken."""
    row = JobRow(
        id=id,
        instance_id=instance_id,
        fingerprint=fingerprint,
        request=request,
        start_roster=start_roster,
        published=published,
        state="queued",
        created=time.time(),
        event=1,
        **(about or {}),
    )
    session.add(row)
    session.flush()
    return row


def find(session: Session, id: str) -> JobRow | None:
    """A job by its id; an erased one too."""
    return session.get(JobRow, id)


def roster(session: Session, id: str) -> RosterRow | None:
    """The best roster of a job so far."""
    return session.get(RosterRow, id)


def published(session: Session, id: str) -> str | None:
    """The published roster that a re-plan started from; None for any other job."""
    return session.scalar(select(JobRow.published).where(JobRow.id == id))


def request_stop(session: Session, id: str) -> None:
    """Ask the search to end and keep its best; a job that has not begun ends here."""
    session.execute(
        update(JobRow).where(JobRow.id == id, JobRow.state.in_(OPEN)).values(stop_requested=True)
    )
    session.execute(
        update(JobRow)
        .where(JobRow.id == id, JobRow.state == "queued")
        .values(
            state="cancelled",
            ended=time.time(),
            event=JobRow.event + 1,
            result={"ended_by": "user"},
        )
    )


def stop_requested(session: Session, id: str) -> bool:
    """Whether the job was asked to stop."""
    return bool(session.scalar(select(JobRow.stop_requested).where(JobRow.id == id)))


def claim(session: Session, id: str, runner: str) -> tuple[JobRow, str, str | None] | None:
    """Take a job: its row, its instance and the roster to start from; None if it has ended.

    A job that was being searched before starts from its best roster.
    """
    taken = session.execute(
        update(JobRow)
        .where(JobRow.id == id, JobRow.state.in_(OPEN))
        .values(
            state="running",
            runner=runner,
            attempts=JobRow.attempts + 1,
            event=JobRow.event + 1,
        )
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    row = session.get_one(JobRow, id, populate_existing=True)
    if row.started is None:
        row.started = time.time()
    body = session.scalars(select(InstanceRow.body).where(InstanceRow.id == row.instance_id)).one()
    best = session.get(RosterRow, id)
    return row, body, best.body if best else row.start_roster


def write(session: Session, id: str, runner: str, **values: Any) -> None:
    """Change a running job and count it as an event. Raises LostError where the job has another runner."""
    done = session.execute(
        update(JobRow)
        .where(JobRow.id == id, JobRow.runner == runner, JobRow.state == "running")
        .values(event=JobRow.event + 1, **values)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise LostError(id)


def save_roster(session: Session, id: str, body: str, *, final: bool) -> None:
    """Keep a roster as the best so far. Call `write` in the same transaction first."""
    session.merge(RosterRow(job_id=id, saved=time.time(), final=final, body=body))


def end(session: Session, id: str, runner: str, state: str, **values: Any) -> None:
    """End a running job. Raises LostError where the job has another runner."""
    write(session, id, runner, state=state, ended=time.time(), **values)


def give_up(session: Session, ids: Sequence[str], problem: dict[str, Any]) -> None:
    """Mark jobs that the job engine gave up as failed."""
    session.execute(
        update(JobRow)
        .where(JobRow.id.in_(ids), JobRow.state.in_(OPEN))
        .values(
            state="failed", ended=time.time(), runner=None, problem=problem, event=JobRow.event + 1
        )
    )


def open_ids(session: Session, before: float) -> list[str]:
    """Jobs that have not ended and were made before a time."""
    query = select(JobRow.id).where(JobRow.state.in_(OPEN), JobRow.created < before)
    return list(session.scalars(query))


def erase(session: Session, id: str) -> None:
    """Forget everything about a finished job but its id and times, so that no id is used twice."""
    session.execute(delete(RosterRow).where(RosterRow.job_id == id))
    roster_people.forget(session, id)
    session.execute(
        update(JobRow)
        .where(JobRow.id == id)
        .values(
            erased=time.time(),
            request={},
            start_roster=None,
            published=None,
            progress={},
            result={},
            problem=None,
            title="",
            labels={},
            event=JobRow.event + 1,
        )
    )


def ended_before(session: Session, when: float) -> list[str]:
    """Finished jobs, not yet erased, that ended before a time."""
    query = select(JobRow.id).where(
        JobRow.state.in_(FINAL), JobRow.ended < when, JobRow.erased.is_(None)
    )
    return list(session.scalars(query))
