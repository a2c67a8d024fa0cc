"""Jobs that wait, in a store of either kind: for tests of who takes them, and of how long they have them."""

import pytest
from sqlalchemy import update

from scheduler.model import Instance
from service.examples import TINY
from service.settings import ServiceSettings
from service.store import Store, instances, jobs, queue
from service.store.tables import JobRow


@pytest.fixture
def store(make_database, kind, tmp_path):
    store = Store.of(ServiceSettings(database_url=make_database(kind), data_dir=tmp_path))
    yield store
    store.close()


@pytest.fixture
def add(store):
    """Adds a job that waits, made so many seconds ago."""
    with store.session() as session:
        instances.add(session, "week", Instance.model_validate(TINY), TINY, None)

    def add(id, turn="a", ago=0.0, **request):
        add_job(store, id, turn, **request)
        with store.session() as session:
            session.execute(
                update(JobRow).where(JobRow.id == id).values(created=JobRow.created - ago)
            )
        return id

    return add


def add_job(store, id="job", turn=None, cores=1, seconds=None, **request):
    """A job of the instance "week", which waits."""
    limits = {"seconds": seconds, "idle_seconds": None, "steps": 1}
    with store.session() as session:
        jobs.add(
            session,
            id,
            instance_id="week",
            fingerprint="",
            request={"limits": limits, "seed": 0, "cores": cores} | request,
            start_roster=None,
            turn=turn,
        )


def take(store, runner="w/1", executor="w", seconds=60.0, cores=None):
    with store.session() as session:
        row = queue.take(session, executor, runner, seconds, cores)
    return row and row.id


def recover(store, gone=(), lapsed=False):
    with store.session() as session:
        return queue.recover(session, gone, lapsed=lapsed)


def job(store, id):
    with store.session() as session:
        return jobs.find(session, id)
