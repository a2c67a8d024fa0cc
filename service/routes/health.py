"""Whether the service lives, and whether it can do its work."""

import json
import threading
import time

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from scheduler.checker import check
from scheduler.model import Instance, Roster, Score
from service.examples import TINY
from service.jobs.child import Child, EndedError
from service.orders import SolveOrder
from service.problems import ServiceError
from service.routes.common import Use, errors
from service.routes.rooms import Room
from service.settings import ServiceSettings
from service.store import Store, executors
from service.versions import versions
from service.wire import DeepHealth, Health

router = Room(prefix="/health", tags=["health"])

_LIMIT_SECONDS = 180.0
_STEPS = 20_000
_FRESH_SECONDS = 30.0
_TRIAL_SECONDS = 1.0


class TinySolve:
    """Solves a tiny problem in a search process, one at a time; the answer is good for a while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: tuple[float, float, Score] | None = None

    def __call__(self, settings: ServiceSettings) -> tuple[float, Score]:
        """(seconds it took, score). Raises ServiceError where it fails."""
        with self._lock:
            now = time.monotonic()
            if self._last is None or now - self._last[0] > _FRESH_SECONDS:
                score = _solve(settings)
                self._last = (now, round(time.monotonic() - now, 3), score)
            return self._last[1:]


class WriteTrial:
    """Writes a small row, at most once a second: a database that only reads is of no use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0.0

    def __call__(self, store: Store) -> None:
        """Raises ServiceError where nothing can be written."""
        with self._lock:
            if time.monotonic() < self._next:
                return
            try:
                executors.lease(store, "health", "health", _TRIAL_SECONDS)
            except SQLAlchemyError:
                raise ServiceError("unhealthy", part="database", retry_after=5) from None
            self._next = time.monotonic() + _TRIAL_SECONDS


def _solve(settings: ServiceSettings) -> Score:
    order = SolveOrder(
        seconds=1.0,
        idle_seconds=None,
        steps=_STEPS,
        seed=0,
        cores=1,
        memory_mb=settings.memory_mb,
        save_seconds=_LIMIT_SECONDS,
    )
    deadline = time.monotonic() + _LIMIT_SECONDS
    with Child(settings.search_command) as child:
        child.send(order.model_dump_json(), json.dumps(TINY), "null")
        try:
            while time.monotonic() < deadline:
                message = child.receive(1.0) or {"kind": ""}
                if message["kind"] == "result":
                    return _checked(message["body"])
                if message["kind"] in ("stopped", "problems", "failed"):
                    break
        except EndedError:
            pass
    raise ServiceError("unhealthy", part="search")


def _checked(body: str) -> Score:
    report = check(Instance.model_validate(TINY), Roster.model_validate_json(body))
    if report.score.hard or report.score.medium:
        raise ServiceError("unhealthy", part="search")
    return report.score


@router.get("", responses=errors(503))
def get_health(request: Request, parts: Use) -> Health:
    """Whether the database can be written to and a worker lives."""
    request.app.state.write_trial(parts.store)
    workers = executors.alive(parts.store, parts.settings.dead_after_seconds)
    if not workers:
        raise ServiceError("unhealthy", part="worker")
    return Health(status="ok", workers=workers, versions=versions())


@router.get("/deep", responses=errors(503))
def get_deep_health(request: Request, parts: Use) -> DeepHealth:
    """As /health, and a tiny problem was solved within the last half minute."""
    plain = get_health(request, parts)
    seconds, score = request.app.state.tiny_solve(parts.settings)
    return DeepHealth(**plain.model_dump(), seconds=seconds, score=score)
