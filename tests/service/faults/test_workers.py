"""Workers that are killed, frozen, restarted, with a wrong clock, or all new: no job is lost, doubled or stuck."""

import os
import signal
import time

import pytest

from tests.service.conftest import Service, until
from tests.service.faults.conftest import (
    DEAD_AFTER,
    Machines,
    below,
    searches,
    signalled,
    start_worker,
)

only_postgresql = pytest.mark.parametrize("kind", ["postgresql"], scope="module")
"""Workers over SQLite are all on one machine, and have its clock."""


def test_a_worker_frozen_past_its_deadline_and_woken_writes_nothing_more(machines):
    machines.worker()
    job = machines.counting()
    frozen = machines.holder(job)
    machines.worker()
    machines.freeze(frozen)
    until(lambda: machines.holder(job) is not frozen)
    attempts = machines.row(job).attempts
    machines.goes_on(job)
    signalled(frozen, signal.SIGCONT)
    # Awake, it sees that the job is another's, lets go of its search, and is a worker again.
    until(lambda: searches(frozen) == 0)
    until(lambda: frozen.pid in machines.known())
    assert machines.row(job).attempts == attempts
    machines.goes_on(job)
    signalled(frozen, signal.SIGKILL)
    machines.stop(job)
    machines.all_end_well([job])


def test_a_worker_that_woke_is_killed_with_new_work_in_its_hands(machines):
    frozen = machines.worker()
    first = machines.counting()
    machines.freeze(frozen)
    other = machines.worker()
    until(lambda: machines.row(first).attempts >= 2)
    signalled(frozen, signal.SIGCONT)
    second = machines.counting()
    # The woken one, unless the machine was so busy that the other was taken for dead meanwhile.
    killed = machines.holder(second)
    signalled(killed, signal.SIGKILL)
    machines.stop(first)
    until(lambda: machines.row(second).attempts >= 2)
    assert machines.holder(second) is (frozen if killed is other else other)
    machines.stop(second)
    machines.all_end_well([first, second])


def test_a_search_that_is_killed_ends_its_job_and_no_other(machines):
    worker = machines.worker()
    job = machines.counting()
    before = machines.minute(job)
    for search in below(worker.pid):
        os.kill(search, signal.SIGKILL)
    ended = machines.web.ended(job)
    assert (ended["state"], ended["failure"]["code"]) == ("failed", "search_crashed")
    # What it had found by then is kept.
    assert machines.minute(job) >= before
    machines.all_end_well([machines.web.submit("quick")])


def test_a_slow_disk_takes_no_job_from_anybody(machines):
    # Who saves a roster again and again must leave the others time to show that they live.
    for _ in range(2):
        machines.worker(commit_seconds=0.1)
    job = machines.counting()
    give_up = time.monotonic() + 2 * DEAD_AFTER
    while time.monotonic() < give_up:
        machines.goes_on(job)
    assert machines.row(job).attempts == 1
    machines.stop(job)
    machines.all_end_well([job])


@only_postgresql
def test_a_clock_five_minutes_ahead_takes_no_job_from_anybody(machines):
    right = machines.worker()
    job = machines.counting()
    machines.worker(ahead=300.0)
    others = [machines.web.submit("quick") for _ in range(3)]
    for other in others:
        assert machines.web.ended(other)["state"] == "succeeded"
    time.sleep(1.5 * DEAD_AFTER)
    assert machines.row(job).attempts == 1
    assert machines.holder(job) is right
    assert machines.web.http.get("/health").json()["workers"] == 2
    machines.stop(job)
    machines.all_end_well([job, *others])


@only_postgresql
def test_a_clock_five_minutes_ahead_loses_no_job_to_others(machines):
    ahead = machines.worker(ahead=300.0)
    job = machines.counting()
    machines.worker()
    time.sleep(1.5 * DEAD_AFTER)
    assert machines.row(job).attempts == 1
    assert machines.holder(job) is ahead
    signalled(ahead, signal.SIGKILL)
    until(lambda: machines.row(job).attempts >= 2)
    machines.stop(job)
    machines.all_end_well([job])


def test_four_restarts_in_good_order_neither_end_nor_strand_a_job(machines):
    worker = machines.worker()
    job, waiting = machines.counting(), machines.web.submit("quick")
    for attempt in range(2, 6):
        signalled(worker, signal.SIGTERM)
        assert machines.web.job(job)["state"] == "queued"
        worker = machines.worker()
        until(lambda: machines.row(job).attempts >= attempt)  # noqa: B023
        machines.goes_on(job)
    machines.stop(job)
    machines.all_end_well([job, waiting])


def test_restarts_of_the_web_process_leave_a_running_job_alone(machines):
    machines.worker()
    job = machines.counting()
    machines.web.kill(whole_group=False)
    machines.web.start()
    machines.web.process.terminate()
    machines.web.process.wait()
    machines.web.start()
    machines.goes_on(job)
    assert machines.row(job).attempts == 1
    machines.stop(job)
    machines.all_end_well([job])


def test_three_workers_that_start_on_an_empty_database_at_once_all_work(
    web, empty_database, tmp_path
):
    settings = web.settings.model_copy(update={"database_url": empty_database})
    new = Service(settings, tmp_path / "log", worker=False)
    workers = [start_worker(new) for _ in range(3)]
    new.start()
    machines = Machines(new)
    machines.workers = workers
    try:
        pids = {each.pid for each in workers}
        until(lambda: machines.known() == pids)
        jobs = [machines.counting() for _ in range(3)]
        until(lambda: {machines.holder(job).pid for job in jobs} == pids)
        machines.stop(*jobs)
        machines.all_end_well(jobs)
    finally:
        machines.close()
        new.stop()
