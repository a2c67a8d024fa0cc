"""One attempt at one job: claim it, search in a child process, save its rosters, end it."""

import logging
import secrets
import threading
import time
from typing import Any

from scheduler.model import Roster
from service.children.warm import WarmProcess
from service.jobs.child import Child, EndedError
from service.logs import about_job
from service.orders import order_for
from service.settings import ServiceSettings
from service.store import Store, jobs, roster_people

log = logging.getLogger("lianxin.jobs")

_START_SECONDS = 120.0
"""How long a child may take to load before it has even looked at its order."""


class JobRunner:
    """Runs jobs, each in a thread of the job engine. `closing`: set when the worker must go."""

    def __init__(
        self, store: Store, settings: ServiceSettings, executor: str, closing: threading.Event
    ):
        self._store = store
        self._settings = settings
        self._executor = executor
        self._closing = closing
        self._searches = WarmProcess(settings.search_command)

    def __call__(self, job: str) -> None:
        """Search until the job has ended; may be called again for a job that was cut off."""
        with about_job(job):
            self._run(job)

    def _run(self, job: str) -> None:
        runner = f"{self._executor}/{secrets.token_hex(4)}"
        with self._store.session() as session:
            claimed = jobs.claim(session, job, runner)
        if claimed is None:
            return
        row, instance, start = claimed
        attempt = JobAttempt(self._store, self._settings, job, runner, row.progress)
        try:
            with Child(self._settings.search_command, self._searches) as child:
                attempt.run(child, row.request, instance, start, self._closing)
        except jobs.LostError:
            log.warning("job %s is no longer ours", job)
        if self._closing.is_set():
            # Returning would tell the engine that the job is done.
            threading.Event().wait()


class JobAttempt:
    """One attempt at a job: its runner token, what earlier attempts used up, its progress so far."""

    def __init__(
        self, store: Store, settings: ServiceSettings, job: str, runner: str, before: dict[str, Any]
    ):
        self._store = store
        self._settings = settings
        self._job = job
        self._runner = runner
        self._seconds: float = before.get("seconds", 0.0)
        self._steps: int = before.get("steps", 0)
        self._progress = before

    def run(
        self,
        child: Child,
        request: dict[str, Any],
        instance: str,
        start: str | None,
        closing: threading.Event,
    ) -> None:
        """Follow the child to its end. Raises LostError where the job is no longer ours."""
        order = order_for(request, self._settings, self._seconds, self._steps)
        child.send(order.model_dump_json(), instance, start or "null")
        deadline: float | None = time.monotonic() + _START_SECONDS
        ready = stop_sent = False
        while not closing.is_set():
            try:
                message = child.receive(self._settings.poll_seconds)
            except EndedError as gone:
                self._fail("search_crashed", {"exit": str(gone.code)})
                return
            if message is not None and message["kind"] == "ready":
                ready = True
                deadline = order.seconds and time.monotonic() + order.seconds
            elif message is not None and self._handle(message):
                return
            if ready and not stop_sent and self._stop_requested():
                stop_sent = True
                child.send('"stop"')
                deadline = time.monotonic()
            if deadline and time.monotonic() > deadline + self._settings.grace_seconds:
                self._fail("search_overran", {"seconds": f"{self._settings.grace_seconds:g}"})
                return

    def _stop_requested(self) -> bool:
        with self._store.session() as session:
            return jobs.stop_requested(session, self._job)

    def _handle(self, message: dict[str, Any]) -> bool:
        """Act on a message. Returns whether it was the last."""
        match message.pop("kind"):
            case "phase":
                self._save_progress(message)
                return False
            case "progress":
                message["seconds"] += self._seconds
                message["steps"] += self._steps
                self._save_progress(message)
                return False
            case "incumbent":
                self._save_roster(message["body"])
                return False
            case "result":
                self._succeed(message["body"], message["unassigned"])
            case "stopped":
                self._end("cancelled", result={"ended_by": "user"})
            case "problems":
                self._fail("instance_unsolvable", {}, message["problems"])
            case "failed":
                self._fail(message["code"], message["slots"])
        return True

    def _save_progress(self, progress: dict[str, Any]) -> None:
        self._progress = self._progress | progress
        with self._store.session() as session:
            jobs.write(session, self._job, self._runner, progress=self._progress)

    def _save_roster(self, body: str) -> None:
        with self._store.session() as session:
            jobs.write(session, self._job, self._runner)
            jobs.save_roster(session, self._job, body, final=False)

    def _succeed(self, body: str, unassigned: int | None) -> None:
        roster = Roster.model_validate_json(body)
        outcome = roster.outcome
        progress = dict(self._progress)
        unassigned = roster.figures.get("roster", {}).get("slots_unassigned", unassigned)
        result: dict[str, Any] = {"figures": _without_lists(roster.figures)}
        if roster.score is not None:
            progress["score"] = roster.score.model_dump()
        if unassigned is not None:
            progress["unassigned"] = unassigned
        if outcome is not None:
            progress |= {
                "seconds": round(self._seconds + outcome.seconds, 3),
                "steps": self._steps + outcome.steps,
                "bound": outcome.bound and outcome.bound.model_dump(),
            }
            result |= {
                "ended_by": outcome.ended_by,
                "status": outcome.status,
                "versions": outcome.versions,
                "notices": [notice.model_dump() for notice in outcome.notices],
            }
        with self._store.session() as session:
            jobs.end(
                session, self._job, self._runner, "succeeded", progress=progress, result=result
            )
            jobs.save_roster(session, self._job, body, final=True)
            roster_people.enter(session, self._job, (done.person for done in roster.assignments))

    def _fail(
        self, code: str, slots: dict[str, Any], problems: list[dict[str, Any]] | None = None
    ) -> None:
        log.error("job %s failed: %s", self._job, code)
        problem = {"code": code, "slots": slots, "problems": problems or []}
        self._end("failed", problem=problem)

    def _end(self, state: str, **values: Any) -> None:
        with self._store.session() as session:
            jobs.end(session, self._job, self._runner, state, **values)


def _without_lists(figures: dict[str, Any]) -> dict[str, Any]:
    # The job's status is kept small: lists, such as each person's load, are in the roster.
    return {
        name: _without_lists(value) if isinstance(value, dict) else value
        for name, value in figures.items()
        if not isinstance(value, list)
    }
