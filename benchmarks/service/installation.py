"""A whole installation for a measurement: web process and workers over one database, and what they cost."""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.examples import TINY
from service.settings import ServiceSettings
from service.store import Store
from service.store.tables import JobRow

STAND_IN = (sys.executable, "-m", "benchmarks.service.stand_in")
HEADERS = {"Content-Type": "application/json"}
FINAL = ("succeeded", "failed", "cancelled")
_PATIENCE = 600.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Installation:
    """A web process without a worker, and workers that come and go."""

    def __init__(self, settings: ServiceSettings, log: Path):
        self.settings = settings
        self._log = log
        self.workers: list[subprocess.Popen[bytes]] = []
        self.web = self._run("serve", "--no-worker")
        until(lambda: self._status("/health") is not None)
        self.store = Store.of(settings)

    def _run(self, *command: str) -> "subprocess.Popen[bytes]":
        names = self.settings.model_fields_set
        chosen = {f"LIANXIN_{name.upper()}": getattr(self.settings, name) for name in names}
        variables = {
            name: json.dumps(value) if isinstance(value, tuple) else str(value)
            for name, value in chosen.items()
            if value is not None
        }
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "scheduler.cli", *command],
                env=os.environ | variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def add_workers(self, count: int) -> None:
        """Start workers, and wait until all are there."""
        self.workers += [self._run("worker") for _ in range(count)]
        until(lambda: self._workers_seen() >= len(self.workers))

    def _workers_seen(self) -> int:
        found = self.get("/health")
        return int(found.get("workers", 0))

    def kill_worker(self, number: int) -> None:
        """kill -9 of a worker; another one is started in its place."""
        self.workers[number].kill()
        self.workers[number].wait()
        self.workers[number] = self._run("worker")

    def connection(self) -> http.client.HTTPConnection:
        """A connection to the web process."""
        return http.client.HTTPConnection(self.settings.host, self.settings.port, timeout=60)

    def _status(self, path: str) -> int | None:
        try:
            connection = self.connection()
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return None

    def get(self, path: str) -> dict[str, Any]:
        """The record at an address."""
        return self._asked("GET", path)

    def post(self, path: str, body: Any) -> dict[str, Any]:
        """The answer to a body in JSON."""
        return self._asked("POST", path, json.dumps(body))

    def _asked(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        connection = self.connection()
        connection.request(method, path, body, HEADERS)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        assert isinstance(answer, dict)
        return answer

    def keep(self, instance: dict[str, Any]) -> str:
        """Post an instance; its id."""
        return str(self.post("/v1/instances", instance)["id"])

    def keep_timed(self, seconds: float) -> str:
        """Post a week that the stand-in takes so long for; its id."""
        return self.keep(TINY | {"title": f"{seconds:g}"})

    def submit(self, instance: str, **limits: float) -> str:
        """A job for an instance; its id."""
        body = {"instance_id": instance, "limits": limits or {"seconds": 3600}}
        return str(self.post("/v1/jobs", body)["id"])

    def rows(self) -> list[JobRow]:
        """Every job as the database has it."""
        with self.store.session() as session:
            return session.query(JobRow).all()

    def ended(self) -> int:
        """How many jobs have ended."""
        with self.store.session() as session:
            return session.query(JobRow).filter(JobRow.state.in_(FINAL)).count()

    def close(self) -> None:
        """End everything."""
        for process in (*self.workers, self.web):
            process.terminate()
        for process in (*self.workers, self.web):
            process.wait()
        self.store.close()


@contextmanager
def installation(
    database: str | None, workers: int, command: tuple[str, ...] | None = STAND_IN, **changes: Any
) -> Iterator[Installation]:
    """An installation that ends with the context. command: None for the real solver."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        if command is not None:
            changes["search_command"] = command
        settings = ServiceSettings(
            data_dir=Path(folder), database_url=database, port=port, **changes
        )
        made = Installation(settings, Path(folder) / "log")
        try:
            made.add_workers(workers)
            yield made
        finally:
            made.close()


@dataclass(frozen=True)
class Used:
    """What a process has used. cpu: seconds; rss, pss: MB of memory, whole and its part of what it shares."""

    name: str
    cpu: float
    rss: float
    pss: float


def used_below(pid: int) -> list[Used]:
    """A process and all below it, each as it is now."""
    found = []
    folder = Path("/proc") / str(pid)
    try:
        fields = (folder / "stat").read_text().rpartition(") ")[2].split()
        sizes = dict(
            line.split(":")[:2] for line in (folder / "smaps_rollup").read_text().splitlines()[1:]
        )
        rss, pss = (int(sizes[name].split()[0]) / 1024 for name in ("Rss", "Pss"))
        cpu = sum(map(int, fields[11:13])) / _TICKS
        found.append(Used((folder / "comm").read_text().strip(), cpu, rss, pss))
        below = [
            int(child)
            for task in (folder / "task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return found
    return [*found, *(one for child in below for one in used_below(child))]


def until(holds: Callable[[], bool], pause: float = 0.1) -> None:
    """Wait until something holds. Raises TimeoutError after ten minutes."""
    give_up = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > give_up:
            raise TimeoutError
        time.sleep(pause)


def cpu_seconds(*pids: int) -> float:
    """What processes have used so far, and those below them that live or were waited for."""
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) in pids:
            used += sum(map(int, fields[11:15])) / _TICKS
        elif int(fields[1]) in pids:
            used += cpu_seconds(int(stat.parent.name))
    return used
