"""Workers of their own beside a web process without one, and what no fault may do to jobs."""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from service.store import Store
from service.store.tables import ExecutorRow, JobRow
from tests.service.conftest import Service, until
from tests.service.faults.worker import work
from tests.service.forked import ForkedProgram

DEAD_AFTER = 3.0
QUICK = {
    # As 5 stands to 60.
    "heartbeat_seconds": DEAD_AFTER / 12,
    "dead_after_seconds": DEAD_AFTER,
    "worker_cores": 1,
    "search_command": (sys.executable, "-m", "tests.service.faults.search"),
}
ENDLESS = {"seconds": 600}


class Machines:
    """A web process, and the workers that the test starts over the same database."""

    def __init__(self, web: Service):
        self.web = web
        self.store = Store.of(web.settings)
        self.workers: list[ForkedProgram] = []

    def worker(self, **odd: float) -> ForkedProgram:
        """Start a worker, odd as `start_worker` says, and wait until it is known."""
        known = self.known()
        process = start_worker(self.web, **odd)
        self.workers.append(process)
        until(lambda: bool(self.known() - known))
        return process

    def known(self) -> set[int]:
        """Process ids of the workers that showed themselves."""
        with self.store.session() as session:
            return {row.pid for row in session.query(ExecutorRow)}

    def holder(self, job: str) -> ForkedProgram:
        """The worker that has a job."""
        found: list[ForkedProgram] = []

        def has_one() -> bool:
            with self.store.session() as session:
                executor = session.get_one(JobRow, job).executor
                row = executor and session.get(ExecutorRow, executor)
                found[:] = [each for each in self.workers if row and each.pid == row.pid]
            return bool(found)

        until(has_one)
        return found[0]

    def freeze(self, worker: ForkedProgram) -> None:
        """Stop a worker where it stands, but not with SQLite's lock in its hands, which nobody can take from it."""
        os.kill(worker.pid, signal.SIGSTOP)
        while self.store.engine.dialect.name == "sqlite" and not self._can_write():
            os.kill(worker.pid, signal.SIGCONT)
            time.sleep(0.05)
            os.kill(worker.pid, signal.SIGSTOP)

    def _can_write(self) -> bool:
        path = self.store.engine.url.database or ""
        with closing(sqlite3.connect(path, timeout=0.3, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
        return True

    def row(self, job: str) -> JobRow:
        """A job's record."""
        with self.store.session() as session:
            return session.get_one(JobRow, job)

    def counting(self) -> str:
        """A job that goes on until it is stopped, and has a roster."""
        job = self.web.submit("count", limits=ENDLESS)
        self.web.with_roster(job)
        return job

    def minute(self, job: str) -> str:
        """How far such a job has counted."""
        return str(self.web.http.get(f"/jobs/{job}/roster").json()["assignments"][0]["start"])

    def goes_on(self, job: str) -> None:
        """Wait until it has counted on."""
        reached = self.minute(job)
        until(lambda: self.minute(job) > reached)

    def stop(self, *jobs: str) -> None:
        """Stop jobs."""
        for job in jobs:
            assert self.web.http.post(f"/jobs/{job}/stop").status_code == 202

    def all_end_well(self, jobs: list[str]) -> None:
        """Every job succeeds, once: nobody writes to it afterwards, and none is left in anybody's hands."""
        for job in jobs:
            ended = self.web.ended(job)
            assert ended["state"] == "succeeded", ended
            assert self.web.http.get(f"/jobs/{job}/roster").status_code == 200
        before = [self._written(job) for job in jobs]
        time.sleep(DEAD_AFTER / 2)
        assert [self._written(job) for job in jobs] == before
        with self.store.session() as session:
            assert (
                session.query(JobRow).filter(JobRow.state.in_(["queued", "running"])).count() == 0
            )

    def _written(self, job: str) -> tuple[Any, ...]:
        row = self.row(job)
        return row.state, row.event, row.ended, row.attempts

    def close(self) -> None:
        """Kill the workers that are left, the frozen too; what a failed test left is no other's."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        with suppress(SQLAlchemyError), self.store.session() as session:
            left = session.query(JobRow).filter(JobRow.state.in_(["queued", "running"]))
            left.update({"state": "failed"}, synchronize_session=False)
        self.store.close()


def start_worker(web: Service, ahead: float = 0.0, commit_seconds: float = 0.0) -> ForkedProgram:
    """A worker over a service's database, without waiting for it; its clock may be ahead, its disk slow."""
    return ForkedProgram(work, web.settings.model_dump_json(), ahead, commit_seconds, log=web.log)


def searches(worker: ForkedProgram) -> int:
    """How many searches live below a worker, beside its nursery and the warm process that forks them."""
    return len(below(worker.pid)) - 2


def below(pid: int) -> list[int]:
    """Process ids of all below a process that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            id, _, rest = stat.read_text().partition(" (")
        except OSError:
            continue  # it has just ended
        state, parent, *_ = rest.rpartition(") ")[2].split()
        if int(parent) == pid and state not in "ZX":
            found += [int(id), *below(int(id))]
    return found


def signalled(process: ForkedProgram, number: signal.Signals) -> None:
    """Send a signal; of one that ends it, wait for the end."""
    os.kill(process.pid, number)
    if number in (signal.SIGKILL, signal.SIGTERM):
        process.wait()


@pytest.fixture(scope="module")
def web(make_service: Callable[..., Service], kind: str) -> Service:
    """A web process without a worker."""
    return make_service(kind, worker=False, **QUICK)


@pytest.fixture
def machines(web: Service) -> Iterator[Machines]:
    """That web process, without any job that has not ended, and workers to come."""
    machines = Machines(web)
    yield machines
    machines.close()
