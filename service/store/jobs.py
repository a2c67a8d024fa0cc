"""Jobs in the database: how they are added, changed, ended and erased. Who has one is said by `queue`.

Every write of a worker names its `runner` token, so that a worker that was taken for dead and woke
again cannot overwrite the work of its successor.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from service.store import roster_people
from service.store.bell import JOBS, WORK, ring
from service.store.clock import db_time
from service.store.line import priority, with_position
from service.store.tables import InstanceRow, JobRow, RosterRow

JOB_SCHEMA = "jobs-1"
"""Changes when workers of the old version cannot run new jobs, or the other way round."""
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
    turn: str | None = None,
    about: dict[str, Any] | None = None,
) -> JobRow:
    """Keep a new job, which waits then. Raises IntegrityError where the id is taken.

    turn: with whose jobs it takes turns; None: with those of its line of instances. about: title,
    labels and owner.
    """
    row = JobRow(
        id=id,
        instance_id=instance_id,
        fingerprint=fingerprint,
        request=request,
        start_roster=start_roster,
        published=published,
        state="queued",
        created=db_time(),
        event=1,
        priority=priority(request),
        turn=turn or session.get_one(InstanceRow, instance_id).origin_id,
        cores=request["cores"],
        **({"title": "", "result": {}} | (about or {})),
    )
    session.add(row)
    session.flush()
    ring(session, WORK)
    session.expire(row)
    found = find(session, id)
    assert found is not None
    return found


def find(session: Session, id: str) -> JobRow | None:
    """A job by its id; an erased one too."""
    return session.scalar(_by_id(), {"job": id})


@cache
def _by_id() -> Select[JobRow]:
    # Made once: making it takes longer than asking the database.
    return select(JobRow).where(JobRow.id == bindparam("job")).options(with_position())


EVENT = select(JobRow.event).where(JobRow.id == bindparam("job"), JobRow.erased.is_(None))
"""Asks for the number of a job's last event."""


def roster(session: Session, id: str) -> RosterRow | None:
    """The best roster of a job so far."""
    return session.get(RosterRow, id)


def published(session: Session, id: str) -> str | None:
    """The published roster that a re-plan started from; None for any other job."""
    return session.scalar(select(JobRow.published).where(JobRow.id == id))


def change(session: Session, *which: ColumnElement[bool], **values: Any) -> list[str]:
    """Change jobs, and let their followers and the workers know. Returns the ids of those that were changed.

    Every change that somebody should see is made here.
    """
    statement = update(JobRow).where(*which).values(event=JobRow.event + 1, **values)
    ids = list(
        session.scalars(
            statement.returning(JobRow.id), execution_options={"synchronize_session": False}
        )
    )
    for id in ids:
        ring(session, JOBS, id)
    if ids and (values.get("state") == "queued" or values.get("stop_requested")):
        ring(session, WORK)
    return ids


def request_stop(session: Session, id: str) -> None:
    """Ask the search to end and keep its best; a job that has not begun ends here."""
    ended = change(
        session,
        JobRow.id == id,
        JobRow.state == "queued",
        # One that was interrupted is ended by a worker, with the best that it had.
        JobRow.started.is_(None),
        state="cancelled",
        stop_requested=True,
        ended=db_time(),
        result={"ended_by": "user"},
    )
    if not ended:
        change(session, JobRow.id == id, JobRow.state.in_(OPEN), stop_requested=True)


def write(session: Session, id: str, runner: str, **values: Any) -> None:
    """Change a running job. Raises LostError where the job has another runner."""
    if not change(
        session, JobRow.id == id, JobRow.runner == runner, JobRow.state == "running", **values
    ):
        raise LostError(id)


def save_roster(session: Session, id: str, body: str, *, final: bool) -> None:
    """Keep a roster as the best so far. Call `write` in the same transaction first."""
    session.merge(RosterRow(job_id=id, saved=db_time(), final=final, body=body))


def end(session: Session, id: str, runner: str, state: str, **values: Any) -> None:
    """End a running job. Raises LostError where the job has another runner."""
    write(session, id, runner, state=state, ended=db_time(), lease_until=None, **values)


def count_open(session: Session, *which: ColumnElement[bool]) -> int:
    """How many jobs wait or run."""
    query = select(func.count()).select_from(JobRow).where(JobRow.state.in_(OPEN), *which)
    return session.scalar(query) or 0


def count_open_of(session: Session, account: str | None) -> int:
    """How many of an account's jobs wait or run; None: of those that nobody had to sign in for."""
    return count_open(session, JobRow.owner_id.is_not_distinct_from(account))


def erase(session: Session, id: str) -> None:
    """Forget everything about a finished job but its id and times, so that no id is used twice."""
    session.execute(delete(RosterRow).where(RosterRow.job_id == id))
    roster_people.forget(session, id)
    change(
        session,
        JobRow.id == id,
        erased=db_time(),
        request={},
        start_roster=None,
        published=None,
        progress={},
        result={},
        problem=None,
        title="",
        labels={},
    )


def ended_before(session: Session, seconds: float) -> list[str]:
    """Finished jobs, not yet erased, that ended more than so many seconds ago."""
    query = select(JobRow.id).where(
        JobRow.state.in_(FINAL), JobRow.ended < db_time() - seconds, JobRow.erased.is_(None)
    )
    return list(session.scalars(query))
