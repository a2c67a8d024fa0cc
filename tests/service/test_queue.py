"""The queue on its own: who is next, who has a job, what becomes of the jobs of the dead."""

import os
import threading

import pytest
from sqlalchemy import update

from scheduler.model import Instance
from service.examples import TINY
from service.jobs.duties import OnDuty, WorkerDuty, purge
from service.settings import ServiceSettings
from service.store import Store, executors, instances, jobs, listing, queue, roster_people
from service.store.clock import db_time
from service.store.listing import Filters
from service.store.roster_people import RosterPersonRow
from service.store.tables import ExecutorRow, JobRow
from tests.service.conftest import until

HERE = executors.host()


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

    def add(id, turn="a", ago=0.0, cores=1, seconds=None, **request):
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
            session.execute(
                update(JobRow).where(JobRow.id == id).values(created=JobRow.created - ago)
            )
        return id

    return add


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


def all_taken(store):
    taken = []
    while (id := take(store, f"w/{len(taken)}")) is not None:
        taken.append(id)
    return taken


def positions(store):
    with store.session() as session:
        rows = listing.page(session, listing.jobs(Filters({})), JobRow, 100).rows
    return [row.id for row in sorted(rows, key=lambda row: row.position or 0) if row.position]


def test_the_oldest_is_next(store, add):
    for number, ago in enumerate((1, 3, 2)):
        add(f"{number}", ago=ago)
    assert positions(store) == ["1", "2", "0"]
    assert all_taken(store) == ["1", "2", "0"]
    assert positions(store) == []


def test_interactive_jobs_come_before_batch_jobs(store, add):
    add("long", ago=9, seconds=61)
    add("short", ago=8, seconds=60)
    add("said-batch", ago=7, seconds=1, priority="batch")
    add("said-interactive", ago=6, priority="interactive")
    add("without", ago=5)
    expected = ["short", "said-interactive", "long", "said-batch", "without"]
    assert positions(store) == expected
    assert all_taken(store) == expected


def test_turns_are_fair(store, add):
    for number in range(3):
        add(f"a{number}", "a", ago=9 - number)
    for number in range(2):
        add(f"b{number}", "b", ago=5 - number)
    add("c0", "c", ago=1)
    expected = ["a0", "b0", "c0", "a1", "b1", "a2"]
    assert positions(store) == expected
    assert all_taken(store) == expected


def test_who_has_jobs_running_or_was_served_last_stands_behind(store, add):
    add("a0", "a")
    assert take(store) == "a0"
    add("a1", "a", ago=9)
    add("b0", "b", ago=1)
    # One of a is running, so that b comes first.
    assert positions(store) == ["b0", "a1"]
    with store.session() as session:
        jobs.end(session, "a0", "w/1", "succeeded")
    # None is running; a was served, b never.
    assert positions(store) == ["b0", "a1"]
    assert all_taken(store) == ["b0", "a1"]


def interrupt(store, id):
    """As after an attempt that was given back: it waits, and has begun."""
    with store.session() as session:
        session.execute(update(JobRow).where(JobRow.id == id).values(started=1.0))


def test_what_was_interrupted_comes_before_what_has_not_begun(store, add):
    add("a0", "a", ago=9)
    assert take(store) == "a0"
    add("a1", "a", ago=8)
    add("a2", "a", ago=1)
    add("b0", "b", ago=5)
    interrupt(store, "a2")
    # Before older ones of its own turn, and before another's though one of a is running.
    assert positions(store) == ["a2", "b0", "a1"]


def test_turns_are_taken_within_a_priority(store, add):
    add("a-long", "a", ago=9)
    add("a-short", "a", ago=5, seconds=1)
    add("b-short", "b", ago=1, seconds=1)
    # What of a waits for longer is no interactive job, and takes no turn among them.
    assert positions(store) == ["a-short", "b-short", "a-long"]


def test_a_job_that_goes_on_keeps_when_it_began(store, add):
    add("job")
    take(store)
    with store.session() as session:
        queue.release(session, "job", "w/1")
    interrupt(store, "job")
    take(store)
    row = job(store, "job")
    assert (row.started, row.attempts, row.taken > 1.0) == (1.0, 2, True)


def test_a_job_that_has_ended_is_nobodys(store, add):
    add("job")
    take(store)
    with store.session() as session:
        jobs.end(session, "job", "w/1", "succeeded", crashes=1)
    before = job(store, "job").event
    with store.session() as session:
        queue.extend(session, ["w/1"], 60)
        queue.release(session, "job", "w/1")
        queue.forgive(session, "job")
        jobs.request_stop(session, "job")
        assert queue.held(session, ["w/1"]) == {}
    row = job(store, "job")
    assert (row.state, row.lease_until, row.crashes) == ("succeeded", None, 1)
    assert (row.stop_requested, row.event) == (False, before)
    assert recover(store, gone=["w"], lapsed=True) == []


def test_a_job_starts_from_its_best_roster_else_from_the_one_that_came_with_it(store, add):
    add("job")
    with store.session() as session:
        row = jobs.find(session, "job")
        row.start_roster = "came"
        session.flush()
        assert queue.load(session, row)[1] == "came"
        jobs.save_roster(session, "job", "best", final=False)
        session.flush()
        assert queue.load(session, row)[1] == "best"


def test_a_job_that_wants_too_many_threads_is_overtaken_for_a_while(store, add):
    add("wide", ago=queue.PATIENCE_SECONDS - 30, cores=3)
    add("narrow", ago=1, cores=2)
    add("late", cores=2)
    assert take(store, cores=1) is None
    assert take(store, cores=2) == "narrow"
    with store.session() as session:
        session.execute(
            update(JobRow).where(JobRow.id == "wide").values(created=JobRow.created - 60)
        )
    # Now it has waited long enough: no other goes before it, until three are free,
    assert take(store, cores=2) is None
    # but for what is before it in the line.
    add("urgent", cores=2, seconds=1)
    assert take(store, cores=2) == "urgent"
    assert take(store, cores=3) == "wide"
    assert take(store, cores=2) == "late"


def test_a_worker_with_nothing_to_do_takes_any_job(store, add):
    add("wide", cores=64)
    assert take(store, cores=63) is None
    assert take(store, cores=None) == "wide"


def test_workers_that_take_at_once_take_each_job_once(store, add):
    wanted = [add(f"{number}", turn=f"{number % 3}") for number in range(24)]
    taken: list[str] = []

    def work(name: int) -> None:
        while (id := take(store, f"w{name}/{len(taken)}", f"w{name}")) is not None:
            taken.append(id)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(wanted)


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
    with store.session() as session:
        assert executors.alive(session, 60) == 1
        executors.forget(session, ["w"], 60)
        assert executors.alive(session, 60) == 0
        executors.beat(session, "w", HERE, os.getpid())
        assert executors.alive(session, 60) == 1


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
    os_gone = ["gone", "unreaped"]
    with store.session() as session:
        assert sorted(executors.gone(session, HERE)) == os_gone
        assert executors.alive(session, 60) == 4
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
