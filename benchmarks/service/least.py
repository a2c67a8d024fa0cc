"""The least CPU of light requests, asked of the application itself: no network, no other process, so hardly any noise."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvloop
from fastapi import FastAPI

from scheduler.model import Instance
from service.app import create_app
from service.examples import TINY, TINY_ROSTER
from service.settings import ServiceSettings
from service.store import Store, executors, instances, jobs
from service.store.tables import JobRow

_ASKED = {
    "job": "/v1/jobs/running",
    "list": "/v1/jobs",
    "instance": "/v1/instances/week",
    "health": "/health",
}
_BATCH = 25


def least(batches: int) -> Iterator[str]:
    """CPU of the cheapest of so many batches of 25 requests, over SQLite, where nobody has to sign in."""
    with (
        tempfile.TemporaryDirectory() as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        # The worker of the one row never beats again.
        settings = ServiceSettings(data_dir=Path(folder), dead_after_seconds=3600)
        for name, seconds in runner.run(_measured(settings, batches)).items():
            yield f"{name:12} {1000 * seconds:6.2f} ms of CPU"


async def _measured(settings: ServiceSettings, batches: int) -> dict[str, float]:
    app = create_app(settings, worker=False)
    async with app.router.lifespan_context(app):
        _fill(app.state.parts.store)
        return {name: await _least(app, path, batches) for name, path in _ASKED.items()}


def _fill(store: Store) -> None:
    """A week, a job that runs, one that has ended, and a worker."""
    limits = {"seconds": 1.0, "idle_seconds": None, "steps": None}
    request = {"limits": limits, "seed": 0, "cores": 1, "priority": None}
    score = {"hard": 0, "medium": 0, "soft": 5}
    with store.session() as session:
        instances.add(session, "week", Instance.model_validate(TINY), TINY, None)
        for id, state in (("running", "running"), ("ended", "succeeded")):
            jobs.add(
                session, id, instance_id="week", fingerprint="", request=request, start_roster=None
            )
            told = {"score": score, "phase": "search"}
            jobs.change(session, JobRow.id == id, state=state, started=1.0, progress=told)
        jobs.save_roster(session, "ended", json.dumps(TINY_ROSTER), final=True)
        executors.beat(session, "worker", executors.host(), 1)


async def _least(app: FastAPI, path: str, batches: int) -> float:
    used = sys.float_info.max
    for number in range(batches + 1):
        begun = time.process_time()
        for _ in range(_BATCH):
            await _ask(app, path)
        if number:  # the first loads and keeps what the others use
            used = min(used, (time.process_time() - begun) / _BATCH)
    return used


async def _ask(app: FastAPI, path: str) -> None:
    statuses: list[int] = []
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "app": app,
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope, receive, send)
    assert statuses == [200], (path, statuses)
