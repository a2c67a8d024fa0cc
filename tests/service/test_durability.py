"""What is accepted is done: killed services, killed workers, jobs that kill, workers that wake."""

import os
import signal
import socket
import threading
import time

import pytest

from scheduler.model import Instance
from service.examples import TINY
from service.jobs.engine import Client
from service.jobs.runner import JobRunner
from service.settings import ServiceSettings
from service.store import Store, executors, instances, jobs
from service.store.tables import ExecutorRow, JobRow
from service.worker import purge
from tests.service.conftest import PUPPETS, until

ENDLESS = {"seconds": 600}


@pytest.fixture(scope="module")
def mortal(make_service, kind):
    """A service that may be killed."""
    return make_service(kind, parallel_jobs=1)


def begun(service, id):
    return service.http.get(f"/jobs/{id}/roster").json()["assignments"][0]["start"]


@pytest.mark.parametrize("whole_group", [False, True])
def test_after_kill_9_and_a_restart_a_job_goes_on_from_its_best(mortal, whole_group):
    running = mortal.submit("count", limits=ENDLESS)
    mortal.with_roster(running)
    waiting = mortal.submit("quick")
    mortal.kill(whole_group)
    mortal.start()
    best = begun(mortal, running)
    until(lambda: mortal.job(running)["attempts"] == 2)
    until(lambda: begun(mortal, running) > best)
    mortal.http.post(f"/jobs/{running}/stop")
    assert mortal.ended(running)["state"] == "succeeded"
    # The puppet counts up a minute at a time: had it begun anew, it would be behind.
    assert begun(mortal, running) > best
    assert mortal.ended(waiting)["state"] == "succeeded"


def test_a_finished_job_outlives_kill_9(mortal):
    id = mortal.submit("quick")
    before = mortal.ended(id)
    mortal.kill(whole_group=True)
    mortal.start()
    assert mortal.job(id) == before
    assert mortal.http.get(f"/jobs/{id}/roster").status_code == 200


def test_a_stop_that_came_before_the_kill_is_obeyed_after_it(mortal):
    id = mortal.submit("deaf", limits=ENDLESS)
    mortal.with_roster(id)
    mortal.http.post(f"/jobs/{id}/stop")
    mortal.kill(whole_group=True)
    mortal.start()
    assert mortal.ended(id)["failure"]["code"] == "search_overran"


def test_a_service_that_leaves_in_order_lets_its_followers_go(mortal):
    id = mortal.submit("count", limits=ENDLESS)
    mortal.with_roster(id)
    with mortal.http.stream("GET", f"/jobs/{id}/events") as follower:
        lines = follower.iter_lines()
        next(lines)
        mortal.process.terminate()
        # The stream ends whole: a cut connection would raise.
        assert list(lines)[-1] == ""
    mortal.process.wait()
    assert "Traceback" not in mortal.log.read_text()
    mortal.start()
    until(lambda: mortal.job(id)["attempts"] == 2)
    mortal.http.post(f"/jobs/{id}/stop")
    assert mortal.ended(id)["state"] == "succeeded"


def test_a_worker_that_dies_is_replaced_and_its_job_goes_on(mortal):
    id = mortal.submit("count", limits=ENDLESS)
    mortal.with_roster(id)
    store = Store(mortal.settings.database)
    with store.session() as session:
        (pid,) = [row.pid for row in session.query(ExecutorRow) if row.ended is None]
    store.close()
    os.kill(pid, signal.SIGKILL)
    until(lambda: mortal.job(id)["attempts"] == 2)
    mortal.http.post(f"/jobs/{id}/stop")
    assert mortal.ended(id)["state"] == "succeeded"


def test_a_job_that_kills_its_worker_is_given_up_after_three_recoveries(mortal, tmp_path):
    id = mortal.submit(f"murder {tmp_path}")
    job = mortal.ended(id)
    assert (job["state"], job["failure"]["code"]) == ("failed", "worker_gave_up")
    # The first attempt and three recoveries.
    assert len(list(tmp_path.iterdir())) == 4
    assert mortal.ended(mortal.submit("quick"))["state"] == "succeeded"


@pytest.fixture
def store(make_database, kind):
    store = Store(make_database(kind))
    yield store
    store.close()


@pytest.fixture
def job(store):
    """A job that waits."""
    with store.session() as session:
        instance = Instance.model_validate(TINY)
        instances.add(session, "week", instance, TINY | {"title": "quick"}, None)
        limits = {"seconds": None, "idle_seconds": None, "steps": 1}
        jobs.add(
            session,
            "job",
            instance_id="week",
            fingerprint="",
            request={"limits": limits, "seed": 0, "cores": 1},
            start_roster=None,
        )
    return "job"


def test_a_worker_that_wakes_after_it_was_taken_for_dead_writes_nothing(store, job):
    with store.session() as session:
        jobs.claim(session, job, "sleeper")
    with store.session() as session:
        jobs.claim(session, job, "successor")
        assert session.get_one(JobRow, job).attempts == 2

    def save(runner: str) -> None:
        with store.session() as session:
            jobs.save_roster(session, job, "{}", final=False)
            jobs.write(session, job, runner, progress={"steps": 1})

    with pytest.raises(jobs.LostError):
        save("sleeper")
    with store.session() as session:
        assert jobs.roster(session, job) is None
    save("successor")
    with store.session() as session:
        assert jobs.roster(session, job) is not None


def test_running_a_job_again_that_has_ended_changes_nothing(store, job, tmp_path):
    settings = ServiceSettings(data_dir=tmp_path, search_command=PUPPETS)
    search = JobRunner(store, settings, "worker", threading.Event())
    search(job)
    with store.session() as session:
        first = session.get_one(JobRow, job)
    assert first.state == "succeeded"
    search(job)
    with store.session() as session:
        again = session.get_one(JobRow, job)
        assert (again.attempts, again.event, again.ended) == (1, first.event, first.ended)


def test_only_one_worker_holds_a_lease(store):
    assert executors.lease(store, "recovery", "one", 60)
    assert not executors.lease(store, "recovery", "other", 60)
    assert executors.lease(store, "recovery", "one", -1)
    assert executors.lease(store, "recovery", "other", 60)
    assert executors.lease(store, "recovery", "third", 60, dead=["other"])


def test_the_dead_are_those_that_left_fell_silent_or_are_gone(store):
    here = socket.gethostname()
    ended, unreaped = (os.spawnlp(os.P_NOWAIT, "true", "true") for _ in range(2))
    os.waitpid(ended, 0)
    os.waitid(os.P_PID, unreaped, os.WEXITED | os.WNOWAIT)
    with store.session() as session:
        executors.join(session, "alive", here, os.getpid())
        executors.join(session, "left", here, os.getpid())
        executors.join(session, "silent", "elsewhere", 1)
        executors.join(session, "far", "elsewhere", ended)
        executors.join(session, "gone", here, ended)
        executors.join(session, "unreaped", here, unreaped)
    with store.session() as session:
        executors.leave(session, id="left")
        session.get_one(ExecutorRow, "silent").beat -= 61
    with store.session() as session:
        assert sorted(executors.dead(session, here, 60)) == ["gone", "left", "silent", "unreaped"]
    os.waitpid(unreaped, 0)


def test_what_ended_long_ago_is_erased(store, job, tmp_path):
    class Engine(Client):
        def __init__(self) -> None:
            pass

        def forget(self, older_than: float) -> int:
            return 0

    settings = ServiceSettings(data_dir=tmp_path, keep_days=1)
    with store.session() as session:
        jobs.claim(session, job, "worker")
        jobs.end(session, job, "worker", "succeeded")
        jobs.save_roster(session, job, "{}", final=True)
    assert purge(store, Engine(), settings) == 0
    with store.session() as session:
        session.get_one(JobRow, job).ended = time.time() - 86_401
    assert purge(store, Engine(), settings) == 1
    with store.session() as session:
        assert session.get_one(JobRow, job).erased is not None
        assert jobs.roster(session, job) is None
    assert purge(store, Engine(), settings) == 0
