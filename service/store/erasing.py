"""Deleting instances with all that was made of them, and retention. Only ids and times are left."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.access.tables import InstanceAreaRow
from service.problems import ServiceError
from service.settings import ServiceSettings
from service.store import Store, imports, jobs, plans, weeks
from service.store.clock import db_time
from service.store.tables import InstanceRow, JobRow

_DAY = 86_400.0
_BATCH = 20


def erase_instance(session: Session, id: str, *, children: bool = False) -> list[str]:
    """Erase an instance with its jobs and their rosters; with `children` also all that was changed from it.

    Returns the ids of the instances. Raises ServiceError for one that is not there, has children that
    are to stay, or a job that has not ended.
    """
    line = [id, *descendants(session, id)]
    if len(line) > 1 and not children:
        raise ServiceError("has_children", id=id, count=len(line) - 1)
    of_line = JobRow.instance_id.in_(line)
    open_ = session.scalar(select(func.count()).where(of_line, JobRow.state.in_(jobs.OPEN)))
    if open_:
        raise ServiceError("jobs_not_ended", count=open_)
    for job in session.scalars(select(JobRow.id).where(of_line, JobRow.erased.is_(None))):
        jobs.erase(session, job)
    blank = {
        "erased": db_time(),
        "name": "",
        "title": "",
        "counts": {},
        "digest": "",
        "body": "null",
    }
    blank |= {"labels": {}, "owner_name": ""}
    for each in line:
        session.execute(update(InstanceRow).where(InstanceRow.id == each).values(blank))
    session.execute(delete(InstanceAreaRow).where(InstanceAreaRow.instance_id.in_(line)))
    return line


def descendants(session: Session, id: str) -> list[str]:
    """Ids of the instances that were changed from one, and of those that were changed from them."""
    found: list[str] = []
    level = [id]
    while level:
        query = select(InstanceRow.id).where(
            InstanceRow.parent_id.in_(level), InstanceRow.erased.is_(None)
        )
        level = list(session.scalars(query))
        found += level
    return found


def purge_instances(store: Store, settings: ServiceSettings) -> int:
    """Erase instances that are old enough and of which nothing is left: no later one, no job that is kept."""
    count = 0
    while True:
        with store.session() as session:
            old = _purgeable(session, settings)[:_BATCH]
            for id in old:
                erase_instance(session, id)
        count += len(old)
        if len(old) < _BATCH:
            return count


def purge_weeks(store: Store, settings: ServiceSettings) -> int:
    """Erase weeks that nobody has changed for as long as instances are kept, nor searches now. Returns how many."""
    with store.session() as session:
        old = _idle(session, settings)
        for id in old:
            erase_week(session, id)
    return len(old)


def _idle(session: Session, settings: ServiceSettings) -> list[str]:
    """Weeks that nobody has changed for as long as instances are kept, and for which no search goes on."""
    old = weeks.idle_for(session, settings.keep_instance_days * _DAY)
    return [id for id in old if not plans.open_jobs(session, id)]


def erase_week(session: Session, id: str) -> None:
    """Erase a week with its plans, their jobs and the instances that were kept for them.

    Raises ServiceError while the search for one of its plans has not ended.
    """
    open_ = plans.open_jobs(session, id)
    if open_:
        raise ServiceError("jobs_not_ended", count=len(open_))
    for instance in plans.made_of(session, id):
        erase_instance(session, instance, children=True)
    weeks.erase(session, id)


def _purgeable(
    session: Session, settings: ServiceSettings, ended: Collection[str] = ()
) -> list[str]:
    """Instances that are old enough and of which nothing is left, later ones first. ended: jobs not to count."""
    old = InstanceRow.created < db_time() - settings.keep_instance_days * _DAY
    rows = session.execute(
        select(InstanceRow.id, InstanceRow.parent_id, old)
        .where(InstanceRow.erased.is_(None))
        .order_by(InstanceRow.created.desc(), InstanceRow.id)
    ).all()
    kept = select(JobRow.id, JobRow.instance_id).where(JobRow.erased.is_(None))
    used = {instance for job, instance in session.execute(kept) if job not in ended}
    later = Counter(parent for _, parent, _ in rows)
    found: list[str] = []
    for id, parent, is_old in rows:
        if is_old and id not in used and not later[id]:
            later[parent] -= 1
            found.append(id)
    return found


@dataclass(frozen=True)
class NextPurge:
    """How much falls at the next turn: finished jobs with their rosters, instances, weeks, dropped files."""

    jobs: int
    instances: int
    weeks: int
    files: int


def next_purge(session: Session, settings: ServiceSettings) -> NextPurge:
    """What the next turn erases, if nothing is added till then."""
    ended = set(jobs.ended_before(session, settings.keep_days * _DAY))
    instances = set(_purgeable(session, settings, ended))
    idle = _idle(session, settings)
    for id in idle:
        instances.update(plans.made_of(session, id))
    made = select(JobRow.id, JobRow.instance_id).where(JobRow.erased.is_(None))
    ended |= {job for job, instance in session.execute(made) if instance in instances}
    return NextPurge(len(ended), len(instances), len(idle), imports.old(session))
