"""Leases: how long a worker has a job, and what becomes of the jobs of the dead, the late and the leaving."""

import os
import threading

import pytest
from sqlalchemy import update

from service.jobs.duties import OnDuty, WorkerDuty, purge
from service.settings import ServiceSettings
from service.store import Store, executors, jobs, queue, roster_people
from service.store.clock import db_time
from service.store.roster_people import RosterPersonRow
from service.store.tables import ExecutorRow, JobRow
from tests.service.conftest import until
from tests.service.queued import add, job, recover, store, take

__all__ = ["add", "store"]

HERE = executors.host()


def test_a_lease_that_is_extended_lasts(store, add):
    add("job")
    take(store, seconds=-1)
    with store.session() as session:
        queue.extend(session, ["w/1"], 60)
    assert recover(store, lapsed=True) == []
    assert job(store, "job").state == "running"


def test_a_job_whose_lease_ran_out_waits_again_at_its_place(store, add):
    add("first", ago=2)
    add("second", ago=1, turn="b")
    take(store, seconds=-1)
    assert job(store, "first").position is None
    # While the worker that looks is not sure of itself it takes nothing from others.
    assert recover(store, lapsed=False) == []
    assert recover(store, lapsed=True) == ["first"]
    row = job(store, "first")
    assert (row.state, row.position, row.attempts, row.crashes) == ("queued", 1, 1, 1)
    assert (row.executor, row.runner, row.lease_until) == (None, None, None)
    assert take(store, "v/1", "v") == "first"


def test_the_jobs_of_a_worker_that_is_gone_wait_at_once(store, add):
    add("its")
    add("others")
    take(store, "w/1", "w")
    take(store, "v/1", "v")
    assert recover(store, gone=["w"]) == ["its"]
    assert job(store, "others").state == "running"


def test_a_job_is_given_up_with_its_fourth_dead_worker(store, add):
    add("job")
    for attempt in range(1, 4):
        take(store)
        recover(store, gone=["w"])
        row = job(store, "job")
        assert (row.state, row.crashes, row.attempts) == ("queued", attempt, attempt)
    take(store)
    assert recover(store, gone=["w"]) == ["job"]
    row = job(store, "job")
    assert (row.state, row.problem["code"], row.crashes) == ("failed", "worker_gave_up", 4)
    assert (row.runner, row.lease_until) == (None, None)
    assert row.ended is not None


def test_leaving_in_good_order_is_no_crash(store, add):
    add("job")
    for attempt in range(1, 6):
        take(store)
        with store.session() as session:
            queue.release(session, "job", "w/1")
        row = job(store, "job")
        assert (row.state, row.crashes, row.attempts) == ("queued", 0, attempt)


def test_only_who_has_a_job_gives_it_back(store, add):
    add("job")
    take(store)
    before = job(store, "job").event
    with store.session() as session:
        queue.release(session, "job", "other")
    assert (job(store, "job").state, job(store, "job").event) == ("running", before)


def test_a_worker_that_wakes_after_it_was_taken_for_dead_writes_nothing(store, add):
    add("job")
    take(store, "sleeper", seconds=-1)
    recover(store, lapsed=True)
    take(store, "successor", "v")

    def save(runner: str) -> None:
        with store.session() as session:
            jobs.save_roster(session, "job", "{}", final=False)
            jobs.write(session, "job", runner, progress={"steps": 1})

    with pytest.raises(jobs.LostError):
        save("sleeper")
    with store.session() as session:
        queue.extend(session, ["sleeper"], 60)
        assert queue.held(session, ["sleeper", "successor"]) == {"successor": False}
        assert jobs.roster(session, "job") is None
    save("successor")
    with store.session() as session:
        assert jobs.roster(session, "job") is not None


def test_a_stop_reaches_who_has_the_job(store, add):
    add("job")
    take(store)
    with store.session() as session:
        jobs.request_stop(session, "job")
        assert queue.held(session, ["w/1"]) == {"w/1": True}
    assert job(store, "job").state == "running"


def test_a_job_that_was_interrupted_is_not_cancelled_by_a_stop(store, add):
    add("job")
    take(store)
    with store.session() as session:
        queue.release(session, "job", "w/1")
        jobs.request_stop(session, "job")
    row = job(store, "job")
    # A worker takes it up, and ends it with the best that it had.
    assert (row.state, row.stop_requested) == ("queued", True)


def test_a_crash_is_forgiven_once(store, add):
    add("job")
    take(store)
    recover(store, gone=["w"])
    for _ in range(2):
        with store.session() as session:
            queue.forgive(session, "job")
        assert job(store, "job").crashes == 0


def test_a_beat_that_finds_no_row_enters_the_worker_again(store):
    for _ in range(2):
        with store.session() as session:
            executors.beat(session, "w", HERE, os.getpid())
    assert executors.alive(store, 60) == 1
    with store.session() as session:
        executors.forget(session, ["w"], 60)
    assert executors.alive(store, 60) == 0
    with store.session() as session:
        executors.beat(session, "w", HERE, os.getpid())
    assert executors.alive(store, 60) == 1


def test_the_gone_are_those_of_this_host_without_a_process(store):
    ended, unreaped = (os.spawnlp(os.P_NOWAIT, "true", "true") for _ in range(2))
    os.waitpid(ended, 0)
    os.waitid(os.P_PID, unreaped, os.WEXITED | os.WNOWAIT)
    with store.session() as session:
        executors.beat(session, "alive", HERE, os.getpid())
        executors.beat(session, "left", HERE, os.getpid())
        executors.beat(session, "silent", "elsewhere", 1)
        executors.beat(session, "far", "elsewhere", ended)
        executors.beat(session, "gone", HERE, ended)
        executors.beat(session, "unreaped", HERE, unreaped)
        executors.leave(session, "left")
        session.execute(
            update(ExecutorRow).where(ExecutorRow.id == "silent").values(beat=db_time() - 61)
        )
    assert executors.alive(store, 60) == 4
    os_gone = ["gone", "unreaped"]
    with store.session() as session:
        assert sorted(executors.gone(session, HERE)) == os_gone
        executors.forget(session, os_gone, 60)
        left = {row.id for row in session.query(ExecutorRow)}
    os.waitpid(unreaped, 0)
    assert left == {"alive", "far"}


def test_only_one_worker_holds_a_lease(store):
    assert executors.lease(store, "purge", "one", 60)
    assert not executors.lease(store, "purge", "other", 60)
    assert executors.lease(store, "purge", "one", -1)
    assert executors.lease(store, "purge", "other", 60)
    assert not executors.lease(store, "purge", "one", 60)


def test_a_duty_is_done_by_one_worker_again_and_again_though_it_fails(store, tmp_path):
    done: list[str] = []
    closing = threading.Event()

    def duty(name: str) -> WorkerDuty:
        def work(_store: Store, _settings: ServiceSettings) -> None:
            done.append(name)
            raise RuntimeError

        return WorkerDuty("sweep", 0.01, work)

    settings = ServiceSettings(data_dir=tmp_path)
    one, two = (OnDuty(store, settings, name, closing, [duty(name)]) for name in ("one", "two"))
    one.start()
    until(lambda: len(done) > 1)
    two.start()
    until(lambda: len(done) > 10)
    closing.set()
    for each in (one, two):
        each.thread.join()
    assert set(done) == {"one"}


def test_what_ended_long_ago_is_erased(store, add, tmp_path):
    settings = ServiceSettings(data_dir=tmp_path, keep_days=1)
    add("job")
    take(store)
    with store.session() as session:
        jobs.end(session, "job", "w/1", "succeeded", result={"a": 1}, problem={"a": 1})
        jobs.save_roster(session, "job", "{}", final=True)
        roster_people.enter(session, "job", ["li"])
        row = session.get_one(JobRow, "job", populate_existing=True)
        row.title, row.labels, row.progress = "t", {"a": "b"}, {"steps": 1}
        row.start_roster = row.published = "{}"
    assert purge(store, settings) == 0
    with store.session() as session:
        session.execute(update(JobRow).values(ended=db_time() - 86_401))
    assert purge(store, settings) == 1
    with store.session() as session:
        row = session.get_one(JobRow, "job")
        assert row.erased is not None
        # Nothing but its id and times is left.
        left = (row.request, row.progress, row.result, row.labels, row.title)
        assert left == ({}, {}, {}, {}, "")
        assert (row.problem, row.start_roster, row.published) == (None, None, None)
        assert jobs.roster(session, "job") is None
        assert session.query(RosterPersonRow).count() == 0
    assert purge(store, settings) == 0
