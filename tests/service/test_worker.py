"""A worker in this process over a real database: woken, frozen, leaving, and while the database is in trouble."""

import random
import sqlite3
import sys
import threading

import pytest
from sqlalchemy import exc, update

from scheduler.model import Instance
from service.examples import TINY
from service.settings import ServiceSettings
from service.store import Store, database, instances, jobs, queue
from service.store.bell import JOBS, WORK, Bell, ring
from service.store.clock import db_time
from service.store.tables import JobRow
from service.store.trouble import Backoff, retry, transient
from service.worker import Worker
from tests.service.conftest import until
from tests.service.queued import add_job

STUB = """
import sys, json, time
if len(sys.argv) > 1:
    sys.exit("this one has no warm process")
order = sys.stdin.readline(); sys.stdin.readline(); begin = sys.stdin.readline()
def say(**message):
    print(json.dumps(message), flush=True)
say(kind="ready")
import threading
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
step = 0 if begin.strip() == "null" else json.loads(begin)["step"]
while not stop.wait(0.05):
    step += 1
    say(kind="progress", seconds=0.05, steps=1)
    say(kind="incumbent", body=json.dumps({"step": step}))
say(kind="stopped")
"""
"""A search that counts on from the roster that it is given, and is cancelled by a stop."""


@pytest.fixture
def settings(make_database, kind, tmp_path):
    return ServiceSettings(
        database_url=make_database(kind),
        data_dir=tmp_path,
        search_command=(sys.executable, "-S", "-c", STUB),
        heartbeat_seconds=0.1,
        poll_seconds=0.05,
        worker_cores=1,
    )


@pytest.fixture
def store(settings):
    store = Store.of(settings)
    with store.session() as session:
        instances.add(session, "week", Instance.model_validate(TINY), TINY, None)
    yield store
    store.close()


@pytest.fixture
def begin(settings, store):
    """Starts workers; each is asked to leave at the end, and must."""
    begun = []

    def begin(**changes):
        worker = Worker(settings.model_copy(update=changes))
        thread = threading.Thread(target=worker.run)
        thread.start()
        begun.append((worker, thread))

        def leave():
            worker.close()
            thread.join(120)
            assert not thread.is_alive()

        return leave

    yield begin
    for worker, thread in begun:
        worker.close()
        thread.join(120)


def job(store, id="job"):
    with store.session() as session:
        return jobs.find(session, id)


def saved(store, id="job"):
    with store.session() as session:
        row = jobs.roster(session, id)
    return 0 if row is None else row.saved


def stop(store, id="job"):
    with store.session() as session:
        jobs.request_stop(session, id)
    until(lambda: job(store, id).state in jobs.FINAL)


def test_a_worker_is_woken_by_a_job_and_by_a_stop(store, begin):
    begin(heartbeat_seconds=3600.0)
    add_job(store)
    until(lambda: saved(store))
    stop(store)
    assert (job(store).state, job(store).attempts) == ("cancelled", 1)


def test_restarts_end_no_job_and_are_no_crashes(store, begin):
    add_job(store)
    add_job(store, "later")
    for attempt in range(1, 5):
        leave = begin()
        until(lambda attempt=attempt: job(store).attempts == attempt and job(store).progress)
        leave()
        row = job(store)
        assert (row.state, row.position, row.crashes, row.runner) == ("queued", 1, 0, None)
    assert job(store, "later").attempts == 0


def test_a_worker_takes_what_its_cores_and_its_memory_hold_and_alone_any_job(store, begin):
    add_job(store, cores=3)
    begin(worker_cores=2, worker_memory_mb=1000, job_memory_mb=400)
    until(lambda: saved(store))
    add_job(store, "later")
    before = saved(store)
    until(lambda: saved(store) > before)
    # There is memory for two, and no core.
    assert job(store, "later").state == "queued"
    stop(store)
    until(lambda: saved(store, "later"))
    add_job(store, "third")
    until(lambda: saved(store, "third"))
    add_job(store, "fourth")
    before = saved(store, "third")
    until(lambda: saved(store, "third") > before)
    assert job(store, "fourth").state == "queued"


def test_a_worker_takes_no_job_that_its_memory_does_not_hold(store, begin):
    add_job(store)
    begin(worker_cores=9, worker_memory_mb=700, job_memory_mb=400)
    until(lambda: saved(store))
    add_job(store, "later")
    before = saved(store)
    until(lambda: saved(store) > before)
    assert job(store, "later").state == "queued"


def test_a_job_that_another_has_taken_is_left_to_it(store, begin):
    add_job(store)
    begin()
    until(lambda: saved(store))
    with store.session() as session:
        session.execute(update(JobRow).values(executor="other", runner="other/1"))
    before = saved(store)
    add_job(store, "next")
    # The worker gives up its search, and so has a core for the next.
    until(lambda: saved(store, "next"))
    row = job(store)
    assert (row.state, row.runner, row.crashes) == ("running", "other/1", 0)
    assert saved(store) == before


def test_a_frozen_worker_that_wakes_goes_on_with_what_nobody_took(store, begin):
    add_job(store)
    begin()
    until(lambda: saved(store))
    with store.session() as session:
        # As after a sleep: nobody extended the lease, and nobody looked.
        session.execute(update(JobRow).values(lease_until=db_time() - 100))
    until(lambda: job(store).lease_until > job(store).taken)
    assert (job(store).state, job(store).attempts) == ("running", 1)


def test_a_worker_that_lives_takes_up_the_job_of_one_whose_lease_ran_out(store, begin):
    add_job(store)
    with store.session() as session:
        queue.take(session, "dead", "dead/1", -1, None)
    begin()
    until(lambda: saved(store))
    row = job(store)
    assert (row.attempts, row.crashes) == (2, 1)


def test_a_search_goes_on_while_the_database_is_away(store, begin, settings, monkeypatch):
    if not settings.database.startswith("sqlite"):
        pytest.skip("a lock on the whole database is SQLite's")
    monkeypatch.setattr(database, "_WAIT_SECONDS", 0)
    add_job(store)
    begin()
    until(lambda: saved(store))
    lock = sqlite3.connect(settings.database.removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    before = saved(store)
    threading.Event().wait(1.5)
    assert saved(store) == before
    lock.execute("ROLLBACK")
    lock.close()
    until(lambda: saved(store) > before)
    stop(store)
    assert (job(store).attempts, job(store).crashes) == (1, 0)


def test_an_attempt_that_fails_by_a_fault_of_ours_is_a_failed_job(store, begin):
    add_job(store)
    with store.session() as session:
        session.execute(update(JobRow).values(progress={"seconds": "many"}))
    begin()
    until(lambda: job(store).state == "failed")
    assert job(store).problem["code"] == "search_failed"


def test_the_bell_tells_which_job_changed_or_that_something_did(store):
    heard = []
    bell = Bell(store, JOBS, heard.append)
    bell.start()
    until(lambda: heard == [""])
    add_job(store)
    with store.session() as session:
        ring(session, WORK, "not for this one")
        jobs.request_stop(session, "job")
    until(lambda: len(heard) > 1)
    bell.close()
    assert set(heard[1:]) == ({"job"} if store.engine.dialect.name == "postgresql" else {""})


def test_a_bell_rings_on_after_what_it_calls_has_failed(store):
    heard = []

    def fail(word):
        heard.append(word)
        if len(heard) < 3:
            raise RuntimeError

    bell = Bell(store, JOBS, fail)
    bell.start()
    until(lambda: len(heard) >= 3)
    bell.close()


def test_passing_trouble_is_tried_again_and_a_fault_is_not():
    away = exc.OperationalError("select", {}, Exception("gone"))
    tries = []

    def work():
        tries.append(1)
        if len(tries) < 3:
            raise away
        return "done"

    closing = threading.Event()
    assert retry(work, closing) == "done"
    assert len(tries) == 3
    closing.set()
    tries.clear()
    with pytest.raises(exc.OperationalError):
        retry(work, closing)
    assert len(tries) == 1
    fault = exc.IntegrityError("insert", {}, Exception("twice"))
    assert transient(away)
    assert transient(exc.TimeoutError())
    assert transient(exc.InterfaceError("SELECT 1", {}, Exception("connection already closed")))
    assert not transient(fault)
    assert not transient(ValueError())
    cut = exc.DBAPIError("select", {}, Exception("cut"), connection_invalidated=True)
    assert transient(cut)


def test_waits_double_up_to_a_bound_and_are_short_again_once_it_worked(monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda low, high: (low + high) / 2)
    backoff = Backoff()
    waits = [backoff.wait_seconds() for _ in range(8)]
    assert waits == pytest.approx([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5])
    backoff.reset()
    assert backoff.wait_seconds() == pytest.approx(0.1)


def test_a_statement_that_is_wrong_is_no_passing_trouble(store):
    with pytest.raises(exc.DBAPIError) as caught, store.engine.connect() as connection:
        connection.exec_driver_sql("select nothing from nowhere")
    assert not transient(caught.value)


@pytest.mark.parametrize(
    ("refuses", "code"),
    [("SET TRANSACTION READ ONLY", "25006"), ("SET LOCAL ROLE no_right_to_write", "42501")],
)
def test_a_write_that_postgresql_refuses_just_now_is_waited_for(store, refuses, code):
    if store.engine.dialect.name != "postgresql":
        pytest.skip("roles and transactions that only read are PostgreSQL's")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS no_right_to_write")
        connection.exec_driver_sql("CREATE ROLE no_right_to_write")
        connection.commit()
        connection.exec_driver_sql(refuses)
        with pytest.raises(exc.DBAPIError) as caught:
            connection.execute(update(JobRow).values(state="queued"))
        connection.rollback()
        connection.exec_driver_sql("DROP ROLE no_right_to_write")
        connection.commit()
    assert caught.value.orig.sqlstate == code
    assert transient(caught.value)
