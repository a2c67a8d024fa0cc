"""What is told to fall at the next turn is what falls."""

import time

import pytest
from sqlalchemy import update

from scheduler.model import Instance, Roster
from service.access.caller import LOCAL
from service.examples import TINY
from service.jobs.duties import purge
from service.problems import ServiceError
from service.settings import ServiceSettings
from service.store import Store, imports, instances, jobs, plans, weeks
from service.store.erasing import (
    NextPurge,
    erase_instance,
    next_purge,
    purge_instances,
    purge_weeks,
)
from service.store.tables import InstanceRow, JobRow
from service.store.weeks import RevisionRow, WeekRow
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.service.test_webhooks import REQUEST

DAY = 86_400.0
NONE = NextPurge(0, 0, 0, 0)


@pytest.fixture
def settings(tmp_path):
    return ServiceSettings(data_dir=tmp_path, keep_days=10, keep_instance_days=20)


def keep(session, id, days, parent=None, job_days=None):
    """An instance that is so many days old, and perhaps a job of it that ended so many days ago."""
    before = None if parent is None else session.get_one(InstanceRow, parent)
    instances.add(session, id, Instance.model_validate(TINY), TINY, before)
    session.flush()
    session.get_one(InstanceRow, id).created = time.time() - days * DAY
    if job_days is not None:
        row = open_job(session, id)
        row.state, row.ended = "succeeded", time.time() - job_days * DAY


def open_job(session, instance):
    """A job of an instance."""
    more = {"request": REQUEST, "fingerprint": "", "start_roster": None}
    return jobs.add(session, f"job-{instance}", instance_id=instance, **more)


def left(store: Store, table=InstanceRow) -> set[str]:
    """Ids of the instances, weeks or jobs that are not erased."""
    with store.session() as session:
        return {row.id for row in session.query(table).filter(table.erased.is_(None)).all()}


def test_one_of_whom_another_was_made_or_a_job_has_not_ended_is_not_erased(store):
    with store.session() as session:
        keep(session, "first", 1)
        keep(session, "second", 1, parent="first")
        open_job(session, "second")
    for children, code in ((False, "has_children"), (True, "jobs_not_ended")):
        with pytest.raises(ServiceError) as error, store.session() as session:
            erase_instance(session, "first", children=children)
        assert error.value.code == code
    assert left(store) == {"first", "second"}
    with store.session() as session:
        ended = update(JobRow).where(JobRow.id == "job-second")
        session.execute(ended.values(state="succeeded", ended=time.time()))
    with store.session() as session:
        assert erase_instance(session, "first", children=True) == ["first", "second"]
    assert left(store) == left(store, JobRow) == set()


def told(store, settings) -> NextPurge:
    """What falls next; then it does."""
    with store.session() as session:
        found = next_purge(session, settings)
    before, jobs_before = len(left(store)), len(left(store, JobRow))
    purge(store, settings)
    assert purge_weeks(store, settings) == found.weeks
    purge_instances(store, settings)
    imports.purge_imports(store, settings)
    assert before - len(left(store)) == found.instances
    assert jobs_before - len(left(store, JobRow)) == found.jobs
    with store.session() as session:
        assert next_purge(session, settings) == NONE
    return found


def test_the_next_turn_is_counted_without_being_taken(store, settings):
    with store.session() as session:
        keep(session, "old", 30)
        keep(session, "new", 19)
        keep(session, "parent", 40)
        keep(session, "child", 30, parent="parent")
        keep(session, "kept-parent", 40)
        keep(session, "kept-child", 5, parent="kept-parent")
        keep(session, "with-old-job", 30, job_days=11)
        keep(session, "with-new-job", 30, job_days=9)
        imports.add(session, "file", LOCAL, "周.json", "e30=", {})
        imports.add(session, "new-file", LOCAL, "周.json", "e30=", {})
        session.flush()
        session.get_one(imports.ImportRow, "file").created = time.time() - 8 * DAY
    # old, parent, child, with-old-job.
    assert told(store, settings) == NextPurge(jobs=1, instances=4, weeks=0, files=1)
    assert left(store) == {"new", "kept-parent", "kept-child", "with-new-job"}
    with store.session() as session:
        assert imports.find(session, "new-file", LOCAL) is not None


def test_an_instance_of_a_job_that_has_not_ended_stays_however_old(store, settings):
    with store.session() as session:
        keep(session, "used", 99)
        open_job(session, "used")
    assert told(store, settings) == NONE
    assert left(store) == {"used"}


def aged(store, week, days, of_revision=None):
    """Make a week so many days old, and its revision."""
    with store.session() as session:
        for table, column, age in (
            (WeekRow, WeekRow.id, days),
            (RevisionRow, RevisionRow.week_id, days if of_revision is None else of_revision),
        ):
            then = time.time() - age * DAY
            session.execute(update(table).where(column == week).values(created=then))


def planned(session, week, instance):
    """A plan of a week with a job for an instance of its own."""
    keep(session, instance, 0)
    row = open_job(session, instance)
    told = {"base": 1, "kind": "solve", "request": {}, "account": None, "account_name": ""}
    plans.add(session, id=row.id, week_id=week, settled=None, adopted=None, **told)


def test_a_week_that_nobody_changes_falls_with_its_plans_and_one_that_is_searched_stays(
    store, settings
):
    week = Instance.model_validate(TINY)
    state = WeekState.of(week, Roster(horizon=week.horizon, instance=week.id))
    old, changed, searched, gone = (begun(store, LOCAL, state).week.id for _ in range(4))
    aged(store, old, 30)
    aged(store, changed, 30, of_revision=5)
    aged(store, searched, 30)
    with store.session() as session:
        weeks.erase(session, gone)
        planned(session, old, "of-old")
        planned(session, searched, "of-searched")
        ended = update(JobRow).where(JobRow.id == "job-of-old")
        session.execute(ended.values(state="succeeded", ended=time.time()))
    aged(store, gone, 30)
    assert told(store, settings) == NextPurge(jobs=1, instances=1, weeks=1, files=0)
    assert left(store, WeekRow) == {changed, searched}
    assert left(store) == {"of-searched"}
