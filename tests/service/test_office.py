"""An office's first day, as docs/operations.md tells it: every command, every process, one PostgreSQL.

Twenty weeks are solved by the real solver while a worker is killed and PostgreSQL is restarted; a grid
worker sees her own week only, and an auditor finds who read which private case.
"""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner

from instances.generate import generate
from scheduler.cli import app
from service.configuration import read_settings
from service.store import Store
from service.store.tables import ExecutorRow, JobRow
from tests.service import canaries
from tests.service.conftest import ROOT, a_postgres, free_port, http_client, until

HOST, NAME = "127.0.0.2", "paiban.example.gov.cn"
PASSWORD = "three herons on the ice"
WEEKS = 20
LONG = 2


class FirstDay:
    """An installation by its settings in a file, its processes, and its tokens by account."""

    def __init__(self, folder: Any, database: str):
        port = free_port(HOST)
        self.config = folder / "lianxin.toml"
        self.config.write_text(f"""
            host = "{HOST}"
            port = {port}
            database_url = "{database}"
            key_file = "{folder / "lianxin.keys"}"
            public_url = "https://{NAME}"
            worker_cores = 1
            heartbeat_seconds = 0.25
            dead_after_seconds = 3.0
        """)
        self.url = f"http://{HOST}:{port}"
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.tokens: dict[str, str] = {}

    def run(self, *words: str, code: int = 0) -> str:
        """What a command prints."""
        given = [*words, "--config", str(self.config), "--lang", "en"]
        ended = CliRunner(env={"COLUMNS": "200"}).invoke(app, given)
        assert ended.exit_code == code, ended.output
        return ended.stdout + ended.stderr

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """A command that goes on."""
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "scheduler.cli", *words, "--config", str(self.config)]
            self.processes.append(
                subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
            )
        return self.processes[-1]

    def account(self, name: str, *rights: str) -> None:
        """Add an account, and a token of it with all that it may."""
        self.run("user", "add", name, *rights)
        private = ["--private"] if "--private" in rights else []
        self.tokens[name] = self.run("token", "add", name, *private).split()[-1]

    def client(self, name: str | None = None) -> httpx2.Client:
        """Who asks by the name of the office, with the token of an account."""
        headers = {"Host": NAME}
        if name is not None:
            headers["Authorization"] = f"Bearer {self.tokens[name]}"
        return http_client(self.url, headers=headers)

    def close(self) -> None:
        """Kill what still runs."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL that may be stopped."""
    yield from a_postgres()


@pytest.fixture
def day(server, tmp_path):
    """An empty database and its settings."""
    day = FirstDay(tmp_path, server.empty_database())
    yield day
    day.close()


def _opened(day: FirstDay) -> None:
    """Accounts, a password by the one-time link, the web process and two workers."""
    serve = ("serve", "--no-worker", "--allowed-host", NAME)
    day.run("migrate")
    refused = day.run(*serve, code=2)
    assert "lianxin user add NAME --role administrator" in refused
    link = re.search(rf"https://{NAME}/welcome#([\w-]+)~", day.run("user", "add", "wang", "--role", "administrator"))  # fmt: skip
    assert link
    day.start(*serve)
    day.start("worker")
    day.start("worker")
    day.account("li", "--role", "coordinator", "--private")
    day.account("chen", "--role", "coordinator", "--areas", "east")
    day.account("zhou", "--role", "worker", "--person", "other")
    day.account("he", "--role", "viewer")
    day.account("sun", "--role", "administrator")
    with day.client() as nobody:

        def ready() -> bool:
            try:
                return nobody.get("/health").json().get("workers") == 2
            except httpx2.TransportError:
                return False

        until(ready)
        assert nobody.get("/health", headers={"Host": HOST}).status_code == 421
        assert nobody.get("/v1/jobs").status_code == 401
        form = {"secret": link[1], "password": PASSWORD, "again": PASSWORD}
        assert nobody.post("/welcome", data=form).headers["location"] == "/sign-in"
        assert nobody.post("/welcome", data=form).status_code == 404
        signed = nobody.post("/sign-in", data={"name": "wang", "password": PASSWORD})
        assert (signed.status_code, signed.headers["location"]) == (303, "/")
        assert nobody.get("/v1/me").json()["role"] == "administrator"


def _posted(day: FirstDay, li: httpx2.Client) -> list[str]:
    """The first weeks take their seconds, all others end at once."""
    long = generate("shizishan/community", 1).model_dump(mode="json", exclude_unset=True)
    ids = []
    for number in range(WEEKS):
        week = (long if number < LONG else canaries.WEEK) | {"id": f"week-{number}"}
        body = {"instance": week, "limits": {"seconds": 3}, "title": f"W{number}"}
        answer = li.post("/v1/jobs", json=body, headers={"Idempotency-Key": f"week-{number}"})
        assert answer.status_code == 202, answer.text
        ids.append(answer.json()["id"])
    return ids


def _worker_of(store: Store, job: str) -> int:
    """The process of the worker that takes a job up."""
    found: list[int] = []

    def running() -> bool:
        with store.session() as session:
            row = session.get_one(JobRow, job)
            worker = row.executor and session.get(ExecutorRow, row.executor)
            found.extend([worker.pid] if worker and row.state == "running" else [])
        return bool(found)

    until(running)
    return found[0]


def _all_end(li: httpx2.Client, ids: list[str]) -> None:
    """Every week succeeds once; nobody is told of an error but that the database is away for now."""
    # One after another, so that a slow machine has its time for each.
    for number in range(1, WEEKS + 1):
        _so_many_end(li, number)
    jobs = li.get("/v1/jobs", params={"limit": 100}).json()
    assert jobs["total"] == WEEKS
    assert {job["id"] for job in jobs["jobs"]} == set(ids)
    assert Counter(job["state"] for job in jobs["jobs"]) == {"succeeded": WEEKS}


def _so_many_end(li: httpx2.Client, number: int) -> None:
    def ended() -> bool:
        answer = li.get("/v1/jobs", params={"limit": WEEKS, "state": "succeeded"})
        assert answer.status_code in (200, 503), answer.text
        return answer.status_code == 200 and answer.json()["total"] >= number

    until(ended)


def test_twenty_weeks_of_an_office(day, server):
    _opened(day)
    store = Store.of(read_settings(day.config))
    with day.client("li") as li:
        ids = _posted(day, li)
        os.kill(_worker_of(store, ids[0]), signal.SIGKILL)
        until(lambda: li.get(f"/v1/jobs/{ids[0]}").json()["attempts"] >= 2)
        server.stop(signal.SIGINT)
        server.start()
        _all_end(li, ids)
    store.close()
    _sees_her_own_week_only(day, ids[-1])
    _is_found_by_the_auditor(day, ids[-1])


def _sees_her_own_week_only(day: FirstDay, job: str) -> None:
    with day.client("zhou") as zhou:
        for path in (
            "/v1/jobs",
            f"/v1/jobs/{job}",
            f"/v1/jobs/{job}/roster",
            f"/v1/jobs/{job}/people/cleared/roster",
            "/v1/people/cleared/rosters",
            "/v1/audit",
        ):
            assert zhou.get(path).status_code == 403, path
        own = zhou.get(f"/v1/jobs/{job}/people/other/roster")
        assert own.status_code == 200
        assert own.json()["person"] == "other"
        assert canaries.CANARY not in own.text


def _is_found_by_the_auditor(day: FirstDay, job: str) -> None:
    with day.client("li") as li:
        instance = li.get(f"/v1/jobs/{job}").json()["instance_id"]
        path = f"/v1/instances/{instance}"
        assert canaries.CANARY not in li.get(path).text
        shown = li.get(path, params={"private": "true"}, headers={"X-Request-ID": "li-reads"})
        assert "canary-visit" in shown.text
    for name in ("chen", "he", "sun"):
        with day.client(name) as other:
            assert canaries.CANARY not in other.get(path).text
            assert other.get(path, params={"private": "true"}).status_code == 403
    with day.client("sun") as sun:
        entries = sun.get("/v1/audit", params={"instance": instance}).json()["entries"]
        assert {entry["operation"] for entry in entries} == {"get_instance"}
        read = [entry for entry in entries if entry["outcome"] == "ok"]
        assert [(entry["who"], entry["request"]) for entry in read] == [("li", "li-reads")]
        refused = {entry["who"] for entry in entries if entry not in read}
        assert refused == {"chen", "he", "sun"}
        assert f"{read[0]['token']}  li" in re.sub(" +", "  ", day.run("token", "list"))
