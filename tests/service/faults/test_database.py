"""A database that goes away, is locked or full, and comes back: no job is lost, doubled or stuck."""

import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from service.examples import TINY
from tests.service.conftest import a_postgres, until
from tests.service.faults.conftest import DEAD_AFTER, QUICK, Machines, signalled


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL that may be stopped."""
    yield from a_postgres()


@pytest.fixture
def over_postgres(make_service, server):
    """A web process and workers over that PostgreSQL."""
    machines = Machines(make_service(worker=False, database_url=server.database(), **QUICK))
    yield machines
    machines.close()


@pytest.fixture
def over_sqlite(make_service):
    """A web process and workers over SQLite."""
    machines = Machines(make_service(worker=False, **QUICK))
    yield machines
    machines.close()


@pytest.mark.parametrize(
    ("how", "seconds"),
    [(signal.SIGINT, 0.6), (signal.SIGQUIT, 0.0), (signal.SIGINT, 2 * DEAD_AFTER)],
)
def test_a_restart_of_postgresql_in_mid_solve(over_postgres, server, how, seconds):
    machines = over_postgres
    machines.worker()
    job = machines.counting()
    waiting = machines.web.submit("quick")
    server.stop(how)
    refused = machines.web.http.get(f"/jobs/{job}")
    assert (refused.status_code, refused.headers["retry-after"].isdecimal()) == (503, True)
    time.sleep(seconds)
    server.start()
    until(lambda: machines.web.http.get("/health").status_code == 200)
    machines.goes_on(job)
    machines.stop(job)
    machines.all_end_well([job, waiting])


READ_ONLY = "ALTER DATABASE {name} SET default_transaction_read_only = {value}"
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"


@contextmanager
def read_only(server, name):
    """While this lasts, every transaction of a database is read-only."""
    server.execute(READ_ONLY.format(name=name, value="on"))
    server.execute(CUT.format(name=name))
    yield
    server.execute(READ_ONLY.format(name=name, value="off"))
    server.execute(CUT.format(name=name))


def test_postgresql_that_takes_no_writes_for_a_while(over_postgres, server):
    machines = over_postgres
    worker = machines.worker()
    job = machines.counting()
    waiting = machines.web.submit("quick")
    name = machines.store.engine.url.database
    with read_only(server, name):
        until(lambda: machines.web.http.get("/health").status_code == 503)
        refused = machines.web.http.post("/instances", json=TINY)
        assert (refused.status_code, refused.headers["retry-after"].isdecimal()) == (503, True)
        # Who only reads is answered.
        assert machines.web.http.get(f"/jobs/{job}").status_code == 200
        time.sleep(2 * DEAD_AFTER)
    until(lambda: machines.web.http.get("/health").status_code == 200)
    machines.goes_on(job)
    assert worker.poll() is None
    machines.stop(job)
    machines.all_end_well([job, waiting])


def test_twenty_weeks_while_a_worker_is_killed_and_postgresql_is_restarted(over_postgres, server):
    machines = over_postgres
    machines.worker()
    machines.worker()
    weeks = [machines.web.submit("short") for _ in range(20)]

    def done():
        return sum(machines.web.job(week)["state"] == "succeeded" for week in weeks)

    until(lambda: done() >= 3)
    signalled(machines.workers[0], signal.SIGKILL)
    machines.worker()
    until(lambda: done() >= 8)
    server.stop()
    server.start()
    until(lambda: machines.web.http.get("/health").status_code == 200)
    machines.all_end_well(weeks)


def test_a_sqlite_file_that_is_locked_for_longer_than_anybody_waits(over_sqlite):
    machines = over_sqlite
    worker = machines.worker()
    job = machines.counting()
    waiting = machines.web.submit("quick")
    path = machines.web.settings.data_dir / "lianxin.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        # Who only reads does not wait for who writes.
        assert machines.web.http.get(f"/jobs/{job}").status_code == 200
        refused = machines.web.http.post(f"/jobs/{job}/stop")
        assert (refused.status_code, refused.headers["retry-after"].isdecimal()) == (503, True)
        time.sleep(max(0.0, 2.5 * DEAD_AFTER - (time.monotonic() - started)))
        other.execute("ROLLBACK")
    until(lambda: machines.web.http.get("/health").status_code == 200)
    machines.goes_on(job)
    assert worker.poll() is None
    machines.stop(job)
    machines.all_end_well([job, waiting])


@pytest.fixture
def disk():
    """A small disk of its own, where PostgreSQL's user gets too."""
    folder = Path(tempfile.mkdtemp(prefix="lianxin-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m,mode=755", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("needs to mount a small disk, which is for root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def fill(folder):
    """Leave no room on a disk; the file to remove."""
    path = folder / "filling"
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    assert shutil.disk_usage(folder).free == 0
    return path


def bears_a_full_disk(machines, folder):
    worker = machines.worker()
    job = machines.counting()
    waiting = machines.web.submit("quick")
    filling = fill(folder)

    def refused():
        return machines.web.http.post("/instances", json=TINY).status_code == 503

    until(refused)
    if machines.store.engine.dialect.name == "sqlite":
        # PostgreSQL finds room for a small row within its pages.
        until(lambda: machines.web.http.get("/health").status_code == 503)
    # Who only reads is answered.
    assert machines.web.http.get(f"/jobs/{job}").status_code == 200
    time.sleep(2 * DEAD_AFTER)
    filling.unlink()
    until(lambda: machines.web.http.get("/health").status_code == 200)
    machines.goes_on(job)
    assert worker.poll() is None
    machines.stop(job)
    machines.all_end_well([job, waiting])


def test_a_full_disk_under_sqlite_that_is_freed(make_service, disk):
    machines = Machines(make_service(worker=False, data_dir=disk / "data", **QUICK))
    try:
        bears_a_full_disk(machines, disk)
    finally:
        machines.close()
        machines.web.stop()


def test_a_full_disk_under_postgresql_that_is_freed(make_service, server, disk):
    space = disk / "space"
    space.mkdir()
    shutil.chown(space, server.user)
    server.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
    url = server.empty_database("small")
    machines = Machines(make_service(worker=False, database_url=url, **QUICK))
    try:
        bears_a_full_disk(machines, disk)
    finally:
        machines.close()
        machines.web.stop()
