"""One attempt at one job: search in a child process, save its rosters, end it or give it back."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from scheduler.model import InputError, Roster
from service.access.told import told_figures, told_problems
from service.children.warm import WarmProcess
from service.jobs.child import Child, EndedError
from service.jobs.curve import grown
from service.logs import about_job
from service.orders import order_for
from service.roads import use_road_servers, ways_of
from service.safe_logs import where
from service.settings import ServiceSettings
from service.store import Store, jobs, queue, roster_people
from service.store.tables import JobRow
from service.store.trouble import Backoff, retry, transient

log = logging.getLogger("lianxin.jobs")

_START_SECONDS = 600.0
"""How long a child may take to load before it has even looked at its order: the first one compiles the kernels,
a minute of CPU time, of which a busy machine may give it a fifth."""
_REST = 4.0
"""Rest after saving, in times of what it took: on a slow disk whoever writes without pause starves the others,
so that their heartbeats come too late."""


class JobRunner:
    """Runs jobs, each in a thread. `closing`: set when the worker must go; `ended`: called after each."""

    def __init__(
        self,
        store: Store,
        settings: ServiceSettings,
        closing: threading.Event,
        ended: Callable[[], None],
    ):
        self._store = store
        self._settings = settings
        self._closing = closing
        self._ended = ended
        use_road_servers(settings)
        self._searches = WarmProcess(settings.search_command)

    def close(self) -> None:
        """End the process that searches are forked from."""
        self._searches.close()

    def start(self, row: JobRow) -> "JobAttempt":
        """Begin an attempt at a job that was taken."""
        attempt = JobAttempt(self._store, self._settings, row, self._closing)
        attempt.thread = threading.Thread(target=self._run, args=(attempt, row.id), daemon=True)
        attempt.thread.start()
        return attempt

    def _run(self, attempt: "JobAttempt", job: str) -> None:
        with about_job(job):
            self._attempt(attempt)

    def _attempt(self, attempt: "JobAttempt") -> None:
        try:
            instance, start = attempt.load()
            with Child(self._settings.search_command, self._searches) as child:
                attempt.follow(child, instance, start)
        except Exception as error:
            attempt.failed(error)
        finally:
            self._ended()


class JobAttempt:
    """One attempt at a job: its runner token, what earlier attempts used up, its progress so far."""

    thread: threading.Thread

    def __init__(
        self, store: Store, settings: ServiceSettings, row: JobRow, closing: threading.Event
    ):
        self._store = store
        self._settings = settings
        self._row = row
        self._runner = row.runner or ""
        self._closing = closing
        self._seconds: float = row.progress.get("seconds", 0.0)
        self._steps: int = row.progress.get("steps", 0)
        self._progress = row.progress
        self._unsaved: dict[str, Any] = {}
        """Progress and body of a roster that could not be written yet; only the newest counts."""
        self._backoff = Backoff()
        self._next_save = 0.0
        self._troubled = False
        self._instance = "{}"
        self.cores = row.cores
        self.stop = threading.Event()
        """Set when the job was asked to stop."""
        self.lost = threading.Event()
        """Set when the job is no longer ours."""

    def load(self) -> tuple[str, str | None]:
        """The instance, and the roster to start from."""
        loaded: tuple[str, str | None] = self._persist(
            lambda session: queue.load(session, self._row)
        )
        return loaded

    def follow(self, child: Child, instance: str, start: str | None) -> None:
        """Follow the child to its end. Raises LostError where the job is no longer ours."""
        self._instance = instance
        try:
            ways = ways_of(instance)
        except InputError as error:
            problems = [problem.model_dump() for problem in error.problems]
            self._fail("instance_unsolvable", {}, problems)
            return
        order = order_for(self._row.request, self._settings, self._seconds, self._steps)
        order = order.model_copy(update={"ways": ways})
        child.send(order.model_dump_json(), instance, start or "null")
        deadline: float | None = time.monotonic() + _START_SECONDS
        ready = stop_sent = False
        while not self._closing.is_set():
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
            if self.lost.is_set():
                raise jobs.LostError(self._row.id)
            self._save()
            if ready and not stop_sent and self.stop.is_set():
                stop_sent = True
                child.send('"stop"')
                deadline = time.monotonic()
            if deadline and time.monotonic() > deadline + self._settings.grace_seconds:
                self._fail("search_overran", {"seconds": f"{self._settings.grace_seconds:g}"})
                return
        self._give_back()

    def failed(self, error: Exception) -> None:
        """The attempt ended by an error: end the job too, unless it is another's or can be tried again."""
        log.error("an attempt at job %s failed: %s", self._row.id, where(error))
        try:
            if isinstance(error, jobs.LostError):
                if self._troubled:
                    self._persist(lambda session: queue.forgive(session, self._row.id))
            elif self._closing.is_set() or transient(error):
                self._give_back()
            else:
                self._fail("search_failed", {"error": type(error).__name__})
        except (SQLAlchemyError, jobs.LostError) as again:
            # The lease runs out, and the job waits again.
            log.error("job %s was left: %s", self._row.id, where(again))

    def _persist(self, work: Callable[[Session], Any]) -> Any:
        """The result of `work` in a transaction, tried until the database lets it or the worker leaves."""

        def once() -> Any:
            try:
                with self._store.session() as session:
                    return work(session)
            except SQLAlchemyError:
                self._troubled = True
                raise

        return retry(once, self._closing)

    def _give_back(self) -> None:
        """Save what is unsaved and let another worker go on, now."""

        def leave(session: Session) -> None:
            self._write_unsaved(session)
            queue.release(session, self._row.id, self._runner)

        self._persist(leave)

    def _handle(self, message: dict[str, Any]) -> bool:
        """Act on a message. Returns whether it was the last."""
        match message.pop("kind"):
            case "phase":
                self._note_progress(message)
                return False
            case "progress":
                message["seconds"] += self._seconds
                message["steps"] += self._steps
                self._note_progress(message)
                return False
            case "incumbent":
                self._unsaved["body"] = message["body"]
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

    def _note_progress(self, progress: dict[str, Any]) -> None:
        self._progress = grown(self._progress | progress)
        self._unsaved["progress"] = self._progress

    def _save(self) -> None:
        """Write what is unsaved; where the database is in trouble, later: the search goes on."""
        if not self._unsaved or time.monotonic() < self._next_save:
            return
        began = time.monotonic()
        try:
            with self._store.session() as session:
                self._write_unsaved(session)
        except SQLAlchemyError as error:
            if not transient(error):
                raise
            self._troubled = True
            self._next_save = time.monotonic() + self._backoff.wait_seconds()
        else:
            ended = time.monotonic()
            self._next_save = ended + _REST * (ended - began)
            self._unsaved = {}
            self._backoff.reset()

    def _write_unsaved(self, session: Session) -> None:
        unsaved = dict(self._unsaved)
        body = unsaved.pop("body", None)
        jobs.write(session, self._row.id, self._runner, **unsaved)
        if body is not None:
            jobs.save_roster(session, self._row.id, body, final=False)

    def _succeed(self, body: str, unassigned: int | None) -> None:
        roster = Roster.model_validate_json(body)
        outcome = roster.outcome
        progress = dict(self._progress)
        unassigned = roster.figures.get("roster", {}).get("slots_unassigned", unassigned)
        figures = told_figures(self._instance, _without_lists(roster.figures))
        result: dict[str, Any] = {"figures": figures}
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
                "notices": told_problems(
                    self._instance, (notice.model_dump() for notice in outcome.notices)
                ),
            }

        def succeed(session: Session) -> None:
            id = self._row.id
            jobs.end(session, id, self._runner, "succeeded", progress=progress, result=result)
            jobs.save_roster(session, id, body, final=True)
            roster_people.enter(session, id, (done.person for done in roster.assignments))

        self._persist(succeed)

    def _fail(
        self, code: str, slots: dict[str, Any], problems: list[dict[str, Any]] | None = None
    ) -> None:
        log.error("job %s failed: %s", self._row.id, code)
        told = told_problems(self._instance, problems or [])
        problem = {"code": code, "slots": slots, "problems": told}
        self._end("failed", problem=problem)

    def _end(self, state: str, **values: Any) -> None:
        def end(session: Session) -> None:
            if self._unsaved:
                self._write_unsaved(session)
            jobs.end(session, self._row.id, self._runner, state, **values)

        self._persist(end)


def _without_lists(figures: dict[str, Any]) -> dict[str, Any]:
    # The job's status is kept small: lists, such as each person's load, are in the roster.
    return {
        name: _without_lists(value) if isinstance(value, dict) else value
        for name, value in figures.items()
        if not isinstance(value, list)
    }
