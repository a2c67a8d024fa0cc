"""What has to be done now and then by one worker at a time, whichever it is."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.safe_logs import where
from service.settings import ServiceSettings
from service.store import Store, executors, jobs
from service.store.erasing import purge_instances, purge_weeks
from service.store.imports import purge_imports
from service.webhooks import deliver

log = logging.getLogger("lianxin.worker")

_DAY = 86_400.0


@dataclass(frozen=True)
class WorkerDuty:
    """Something to do every `seconds`. `work` must return within half the settings' `dead_after_seconds`."""

    name: str
    seconds: float
    work: Callable[[Store, ServiceSettings], object]


def purge(store: Store, settings: ServiceSettings) -> int:
    """Erase jobs that ended long ago. Returns how many."""
    with store.session() as session:
        old = jobs.ended_before(session, settings.keep_days * _DAY)
        for job in old:
            jobs.erase(session, job)
    return len(old)


DUTIES: tuple[WorkerDuty, ...] = (
    WorkerDuty("purge", 3600.0, purge),
    WorkerDuty("purge_instances", 3600.0, purge_instances),
    WorkerDuty("purge_imports", 3600.0, purge_imports),
    WorkerDuty("purge_weeks", 3600.0, purge_weeks),
    WorkerDuty("webhooks", 5.0, deliver),
)


class OnDuty:
    """Does the duties in a thread, as long as this worker has their leases."""

    def __init__(
        self,
        store: Store,
        settings: ServiceSettings,
        executor: str,
        closing: threading.Event,
        duties: Sequence[WorkerDuty] = DUTIES,
    ):
        self._store = store
        self._settings = settings
        self._executor = executor
        self._closing = closing
        self._due = dict.fromkeys(duties, 0.0)
        self._leased = dict.fromkeys(duties, 0.0)
        self.thread = threading.Thread(target=self._run, name="duties", daemon=True)

    def start(self) -> None:
        """Begin; it ends when the worker does."""
        self.thread.start()

    def _run(self) -> None:
        while not self._closing.is_set():
            for duty, due in self._due.items():
                if time.monotonic() >= due:
                    self._due[duty] = time.monotonic() + duty.seconds
                    self._do(duty)
            self._closing.wait(max(0.0, min(self._due.values()) - time.monotonic()))

    def _do(self, duty: WorkerDuty) -> None:
        try:
            if self._has(duty):
                duty.work(self._store, self._settings)
        except Exception as error:
            log.error("duty %s failed: %s", duty.name, where(error))

    def _has(self, duty: WorkerDuty) -> bool:
        # A lease is asked for again once half of it is over: the rest is for the work.
        half = self._settings.dead_after_seconds / 2
        begun = time.monotonic()
        if begun > self._leased[duty] and executors.lease(
            self._store, duty.name, self._executor, 2 * half
        ):
            self._leased[duty] = begun + half
        return begun <= self._leased[duty]
