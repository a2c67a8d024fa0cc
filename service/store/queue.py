"""The queue: who has which job, and until when. It is the `jobs` table, read in the order of `line`.

A worker has a job by a lease that it extends while it lives. A job whose lease ran out, or whose
worker is known to be gone, waits again at the place that it had. All times are the database's.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import false, func, or_, select, update
from sqlalchemy.orm import Session

from service.store import jobs
from service.store.clock import db_time
from service.store.line import line
from service.store.tables import InstanceRow, JobRow, RosterRow

MOST_RECOVERIES = 3
PATIENCE_SECONDS = 60.0
"""How long jobs that want fewer threads may overtake one that wants more than are free."""


def waits(session: Session) -> bool:
    """Whether any job waits. Cheap, and locks nothing."""
    return session.scalar(select(JobRow.id).where(JobRow.state == "queued").limit(1)) is not None


def take(
    session: Session, executor: str, runner: str, lease_seconds: float, cores: int | None
) -> JobRow | None:
    """Take the next job that fits, in one statement; None where there is none.

    cores: threads that are free; None: the worker has nothing else to do, so that any job fits.
    """
    waiting = line()
    query = (
        select(JobRow.id)
        .join(waiting, waiting.c.id == JobRow.id)
        .where(JobRow.state == "queued")
        .order_by(waiting.c.place)
        .limit(1)
        .correlate(None)
        .with_for_update(skip_locked=True, of=JobRow)
    )
    if cores is not None:
        others = line()
        patient = others.c.created < db_time() - PATIENCE_SECONDS
        wide = select(func.min(others.c.place)).where(others.c.cores > cores, patient)
        first = wide.scalar_subquery()
        query = query.where(waiting.c.cores <= cores, or_(first.is_(None), waiting.c.place < first))
    taken = jobs.change(
        session,
        JobRow.id == query.scalar_subquery(),
        JobRow.state == "queued",
        state="running",
        executor=executor,
        runner=runner,
        lease_until=db_time() + lease_seconds,
        taken=db_time(),
        started=func.coalesce(JobRow.started, db_time()),
        attempts=JobRow.attempts + 1,
    )
    return session.get_one(JobRow, taken[0], populate_existing=True) if taken else None


def load(session: Session, job: JobRow) -> tuple[str, str | None]:
    """The instance of a job, and the roster to start from: its best, if it was searched before.

    A search with a bound on people moved always starts from what there was, from which it counts them.
    """
    body = session.scalars(select(InstanceRow.body).where(InstanceRow.id == job.instance_id)).one()
    best = None if job.request.get("most_moved") is not None else session.get(RosterRow, job.id)
    start = select(JobRow.start_roster).where(JobRow.id == job.id)
    return body, best.body if best else session.scalar(start)


def extend(session: Session, runners: Sequence[str], lease_seconds: float) -> None:
    """Keep the jobs of these runners for so long from now."""
    session.execute(
        update(JobRow)
        .where(JobRow.runner.in_(runners), JobRow.state == "running")
        .values(lease_until=db_time() + lease_seconds)
    )


def held(session: Session, runners: Sequence[str]) -> dict[str, bool]:
    """Which of these runners still have their job, and whether that was asked to stop."""
    query = select(JobRow.runner, JobRow.stop_requested).where(
        JobRow.runner.in_(runners), JobRow.state == "running"
    )
    return {runner: stop for runner, stop in session.execute(query) if runner is not None}


_WAITS: dict[str, Any] = {"state": "queued", "executor": None, "runner": None, "lease_until": None}


def release(session: Session, id: str, runner: str) -> None:
    """Give back a job that its worker leaves in good order."""
    jobs.change(
        session,
        JobRow.id == id,
        JobRow.runner == runner,
        JobRow.state == "running",
        **_WAITS,
    )


def recover(session: Session, gone: Sequence[str], *, lapsed: bool) -> list[str]:
    """Have the jobs of dead workers wait again; one that had too many dies with them. The ids of both.

    gone: workers that are known to have ended. lapsed: also jobs whose lease ran out.
    """
    late = JobRow.lease_until < db_time() if lapsed else false()
    which = (JobRow.state == "running", or_(JobRow.executor.in_(gone), late))
    if session.scalar(select(JobRow.id).where(*which).limit(1)) is None:
        return []
    given_up: list[str] = []
    spent = select(JobRow.id).where(*which, JobRow.crashes >= MOST_RECOVERIES)
    for id in session.scalars(spent).all():
        given_up += jobs.change(
            session,
            JobRow.id == id,
            *which,
            state="failed",
            ended=db_time(),
            runner=None,
            lease_until=None,
            crashes=JobRow.crashes + 1,
            problem={"code": "worker_gave_up", "slots": {}, "problems": []},
        )
    return given_up + jobs.change(session, *which, crashes=JobRow.crashes + 1, **_WAITS)


def forgive(session: Session, id: str) -> None:
    """A job that a worker lost because it could not reach the database had no crash."""
    session.execute(
        update(JobRow)
        .where(JobRow.id == id, JobRow.state.in_(jobs.OPEN), JobRow.crashes > 0)
        .values(crashes=JobRow.crashes - 1)
    )
