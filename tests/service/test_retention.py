"""What is told to fall at the next turn is what falls."""

import time

import pytest

from scheduler.model import Instance
from service.access.caller import LOCAL
from service.examples import TINY
from service.jobs.duties import purge
from service.migrate import migrate
from service.settings import ServiceSettings
from service.store import Store, imports, instances, jobs
from service.store.erasing import NextPurge, next_purge, purge_instances, purge_weeks
from service.store.tables import InstanceRow
from tests.service.test_webhooks import REQUEST

DAY = 86_400.0


@pytest.fixture
def store(tmp_path):
    settings = ServiceSettings(data_dir=tmp_path, keep_days=10, keep_instance_days=20)
    migrate(settings)
    store = Store.of(settings)
    yield store, settings
    store.close()


def keep(session, id, days, parent=None, job_days=None):
    """An instance that is so many days old, and perhaps a job of it that ended so many days ago."""
    before = None if parent is None else session.get_one(InstanceRow, parent)
    instances.add(session, id, Instance.model_validate(TINY), TINY, before)
    session.flush()
    session.get_one(InstanceRow, id).created = time.time() - days * DAY
    if job_days is not None:
        more = {"request": REQUEST, "fingerprint": "", "start_roster": None}
        row = jobs.add(session, f"job-{id}", instance_id=id, **more)
        row.state, row.ended = "succeeded", time.time() - job_days * DAY


def test_the_next_turn_is_counted_without_being_taken(store):
    store, settings = store
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
        session.flush()
        session.get_one(imports.ImportRow, "file").created = time.time() - 8 * DAY
    with store.session() as session:
        told = next_purge(session, settings)
    # old, parent, child, with-old-job.
    assert told == NextPurge(jobs=1, instances=4, weeks=0, files=1)
    assert purge(store, settings) == told.jobs
    assert purge_instances(store, settings) == told.instances
    assert purge_weeks(store, settings) == told.weeks
    imports.purge_imports(store, settings)
    with store.session() as session:
        assert next_purge(session, settings) == NextPurge(0, 0, 0, 0)
        left = {
            row.id for row in session.query(InstanceRow).filter(InstanceRow.erased.is_(None)).all()
        }
    assert left == {"new", "kept-parent", "kept-child", "with-new-job"}
