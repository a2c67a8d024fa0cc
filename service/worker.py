"""The worker process: takes jobs from the queue, shows that it lives, gives the jobs of the dead back.

``lianxin worker`` runs one until it is stopped. ``python -m service.worker`` reads its settings as
one line of JSON from standard input and goes on until that input ends: it does not outlive the
process that started it.
"""

import logging
import os
import secrets
import signal
import sys
import threading
import time

from sqlalchemy.exc import SQLAlchemyError

from service import logs
from service.children import nursery
from service.jobs.duties import OnDuty
from service.jobs.runner import JobAttempt, JobRunner
from service.migrate import migrate
from service.private_files import sweep
from service.safe_logs import where
from service.settings import ServiceSettings
from service.store import Store, executors, queue
from service.store.bell import WORK, Bell
from service.store.trouble import Backoff, retry

log = logging.getLogger("lianxin.worker")

_STEADY_BEATS = 3
_LEAVE_SECONDS = 5.0


class Worker:
    """One worker process."""

    def __init__(self, settings: ServiceSettings):
        self._settings = settings
        self._store = Store.of(settings)
        self._host = executors.host()
        # Host and process id for the reader, and random bytes: an id is never used twice.
        self._id = f"{self._host.split()[0]}-{os.getpid()}-{secrets.token_hex(8)}"
        self._closing = threading.Event()
        self._wake = threading.Event()
        self._attempts: dict[str, JobAttempt] = {}
        self._runner = JobRunner(self._store, settings, self._closing, self._wake.set)
        self._next_beat = 0.0
        self._steady_since = time.monotonic()

    def close(self) -> None:
        """End the worker, which gives its jobs back; `run` returns soon."""
        self._closing.set()
        self._wake.set()

    def run(self) -> None:
        """Work until `close` is called."""
        sweep()
        log.info("worker %s is ready for %d cores", self._id, self._settings.worker_cores)
        bell = Bell(self._store, WORK, lambda _: self._wake.set())
        bell.start()
        duties = OnDuty(self._store, self._settings, self._id, self._closing)
        duties.start()
        backoff = Backoff()
        while not self._closing.is_set():
            try:
                self._round()
                backoff.reset()
            except Exception as error:
                log.error("a round failed: %s", where(error))
                self._steady_since = time.monotonic()
                self._closing.wait(backoff.wait_seconds())
            else:
                self._wake.wait(max(0.0, self._next_beat - time.monotonic()))
                self._wake.clear()
        self._leave()
        duties.thread.join(_LEAVE_SECONDS)
        bell.close()
        self._runner.close()
        self._store.close()

    def _leave(self) -> None:
        give_up = time.monotonic() + _LEAVE_SECONDS
        for attempt in self._attempts.values():
            attempt.thread.join(max(0.0, give_up - time.monotonic()))
        try:
            with self._store.session() as session:
                executors.leave(session, self._id)
        except Exception as error:
            log.error("left without a word: %s", where(error))

    def _round(self) -> None:
        if time.monotonic() >= self._next_beat:
            self._beat()
        self._attempts = {
            runner: attempt
            for runner, attempt in self._attempts.items()
            if attempt.thread.is_alive()
        }
        self._obey()
        while not self._closing.is_set() and self._take():
            pass

    def _beat(self) -> None:
        """Show that this worker lives, keep its jobs, have the jobs of the dead wait again."""
        settings, now = self._settings, time.monotonic()
        if now > self._next_beat + _STEADY_BEATS * settings.heartbeat_seconds:
            # This process stood still, so that the others may have too: let them speak first.
            self._steady_since = now
        steady = now - self._steady_since >= _STEADY_BEATS * settings.heartbeat_seconds
        with self._store.session() as session:
            executors.beat(session, self._id, self._host, os.getpid())
            queue.extend(session, list(self._attempts), settings.dead_after_seconds)
            gone = executors.gone(session, self._host)
            recovered = queue.recover(session, gone, lapsed=steady)
            executors.forget(session, gone, settings.dead_after_seconds)
        if recovered:
            log.warning("%d jobs of workers that ended wait again", len(recovered))
        self._next_beat = time.monotonic() + settings.heartbeat_seconds

    def _obey(self) -> None:
        """Tell the attempts which jobs were asked to stop, and which are no longer theirs."""
        if not self._attempts:
            return
        with self._store.session() as session:
            held = queue.held(session, list(self._attempts))
        for runner, attempt in self._attempts.items():
            if runner not in held:
                attempt.lost.set()
            elif held[runner]:
                attempt.stop.set()

    def _take(self) -> bool:
        """Take a job and begin with it; whether there was one that fits."""
        running = len(self._attempts)
        free = self._settings.worker_cores - sum(one.cores for one in self._attempts.values())
        memory = self._settings.worker_memory_mb - running * self._settings.job_memory_mb
        if running and (free < 1 or memory < self._settings.job_memory_mb):
            return False
        runner = f"{self._id}/{secrets.token_hex(4)}"
        with self._store.session() as session:
            if not queue.waits(session):
                return False
            row = queue.take(
                session,
                self._id,
                runner,
                self._settings.dead_after_seconds,
                free if running else None,
            )
        if row is None:
            return False
        self._attempts[runner] = self._runner.start(row)
        return True


def main() -> None:
    """Entry of a worker process that ends with its standard input."""
    # Ctrl-C reaches the whole process group; the parent decides when the worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    run(ServiceSettings.model_validate_json(sys.stdin.readline()), with_input=True)


def _close_when(closing: threading.Event, worker: Worker) -> None:
    closing.wait()
    worker.close()


def run(settings: ServiceSettings, *, with_input: bool = False) -> None:
    """Work until SIGTERM or Ctrl-C; with_input: also until standard input ends."""
    logs.configure()
    nursery.begin()
    closing = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        closing.set()

    if with_input:
        threading.Thread(target=watch, daemon=True).start()
    for number in (signal.SIGTERM,) if with_input else (signal.SIGTERM, signal.SIGINT):
        # Not in the handler itself: it may interrupt the main thread where that holds the same lock.
        signal.signal(number, lambda *_: threading.Thread(target=closing.set, daemon=True).start())
    try:
        # The database may be away while all of an office's machines start.
        retry(lambda: migrate(settings), closing)
        worker = retry(lambda: Worker(settings), closing)
    except SQLAlchemyError:
        if not closing.is_set():
            raise
    else:
        threading.Thread(target=_close_when, args=(closing, worker), daemon=True).start()
        worker.run()
    # Attempts that hang must not keep the process alive.
    os._exit(0)


if __name__ == "__main__":
    main()
