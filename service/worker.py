"""The worker process: runs jobs, shows that it lives, recovers the jobs of workers that died.

``lianxin worker`` runs one until it is stopped. ``python -m service.worker`` reads its settings as
one line of JSON from standard input and goes on until that input ends: it does not outlive the
process that started it.
"""

import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time

from service import logs
from service.jobs import engine
from service.jobs.runner import JobRunner
from service.migrate import migrate
from service.safe_logs import where
from service.settings import ServiceSettings
from service.store import Store, executors, jobs

log = logging.getLogger("lianxin.worker")

_SETTLE_SECONDS = 10.0
_PURGE_SECONDS = 3600.0
_DAY = 86_400.0


class Worker:
    """One worker process."""

    def __init__(self, settings: ServiceSettings):
        self._settings = settings
        self._host = socket.gethostname()
        # Host and process id for the reader, and random bytes: an id is never used twice.
        self._id = f"{self._host}-{os.getpid()}-{secrets.token_hex(8)}"
        self._closing = threading.Event()
        self._next_purge = 0.0
        self._store = Store.of(settings)
        with self._store.session() as session:
            executors.join(session, self._id, self._host, os.getpid())
        search = JobRunner(self._store, settings, self._id, self._closing)
        engine.launch(settings.engine, self._id, settings.parallel_jobs, search)
        self._client = engine.Client(settings.engine)

    def close(self) -> None:
        """End the worker; the next worker takes up its unfinished jobs."""
        self._closing.set()

    def run(self) -> None:
        """Work until `close` is called."""
        while True:
            try:
                self._round()
            except Exception as error:
                log.error("a round failed: %s", where(error))
            if self._closing.wait(self._settings.heartbeat_seconds):
                break
        with self._store.session() as session:
            executors.leave(session, id=self._id)

    def _round(self) -> None:
        settings = self._settings
        with self._store.session() as session:
            executors.beat(session, self._id)
            dead = executors.dead(session, self._host, settings.dead_after_seconds)
        dead = [id for id in dead if id != self._id]
        if executors.lease(self._store, "recovery", self._id, 3 * settings.heartbeat_seconds, dead):
            self._recover(dead)
            self._reconcile()
            if time.monotonic() >= self._next_purge:
                self._next_purge = time.monotonic() + _PURGE_SECONDS
                purge(self._store, self._client, settings)

    def _recover(self, dead: list[str]) -> None:
        if dead:
            count = engine.recover(dead)
            log.warning("recovered %d jobs of %d workers that ended", count, len(dead))
            with self._store.session() as session:
                executors.forget(session, dead)

    def _reconcile(self) -> None:
        # Our row and the engine's are in two databases; a crash may fall between the two writes.
        with self._store.session() as session:
            waiting = jobs.open_ids(session, time.time() - _SETTLE_SECONDS)
        done, unknown = self._client.finished(waiting)
        for job in unknown:
            self._client.enqueue(job)
        if done:
            with self._store.session() as session:
                problem = {"code": "worker_gave_up", "slots": {}, "problems": []}
                jobs.give_up(session, list(done), problem)


def purge(store: Store, client: engine.Client, settings: ServiceSettings) -> int:
    """Erase jobs that ended long ago, here and in the engine. Returns how many."""
    with store.session() as session:
        old = jobs.ended_before(session, time.time() - settings.keep_days * _DAY)
        for job in old:
            jobs.erase(session, job)
    client.forget(settings.keep_engine_days * _DAY)
    return len(old)


def main() -> None:
    """Entry of a worker process that ends with its standard input."""
    # Ctrl-C reaches the whole process group; the parent decides when the worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    run(ServiceSettings.model_validate_json(sys.stdin.readline()), with_input=True)


def run(settings: ServiceSettings, *, with_input: bool = False) -> None:
    """Work until SIGTERM or Ctrl-C; with_input: also until standard input ends."""
    logs.configure()
    migrate(settings)
    worker = Worker(settings)
    signal.signal(signal.SIGTERM, lambda *_: worker.close())

    def watch() -> None:
        sys.stdin.read()
        worker.close()

    if with_input:
        threading.Thread(target=watch, daemon=True).start()
    else:
        signal.signal(signal.SIGINT, lambda *_: worker.close())
    worker.run()
    # Threads of the engine wait on jobs that the next worker will take up.
    os._exit(0)


if __name__ == "__main__":
    main()
