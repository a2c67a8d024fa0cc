"""What is accepted is done: killed services, killed workers, jobs that kill."""

import os
import signal

import pytest

from service.store import Store
from service.store.tables import ExecutorRow
from tests.service.conftest import until

ENDLESS = {"seconds": 600}


@pytest.fixture(scope="module")
def mortal(make_service, kind):
    """A service that may be killed, and whose worker soon sees what another left."""
    return make_service(kind, worker_cores=1, heartbeat_seconds=0.2)


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
    until(lambda: mortal.job(running)["attempts"] >= 2)
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
    until(lambda: mortal.job(id)["attempts"] >= 2)
    mortal.http.post(f"/jobs/{id}/stop")
    assert mortal.ended(id)["state"] == "succeeded"


def test_a_worker_that_dies_is_replaced_and_its_job_goes_on(mortal):
    id = mortal.submit("count", limits=ENDLESS)
    mortal.with_roster(id)
    store = Store(mortal.settings.database)
    with store.session() as session:
        (pid,) = [row.pid for row in session.query(ExecutorRow)]
    store.close()
    os.kill(pid, signal.SIGKILL)
    until(lambda: mortal.job(id)["attempts"] >= 2)
    mortal.http.post(f"/jobs/{id}/stop")
    assert mortal.ended(id)["state"] == "succeeded"


def test_a_job_that_kills_its_worker_is_given_up_after_three_recoveries(mortal, tmp_path):
    id = mortal.submit(f"murder {tmp_path}")
    job = mortal.ended(id)
    assert (job["state"], job["failure"]["code"]) == ("failed", "worker_gave_up")
    # The first attempt and three recoveries.
    assert len(list(tmp_path.iterdir())) == 4
    assert mortal.ended(mortal.submit("quick"))["state"] == "succeeded"
