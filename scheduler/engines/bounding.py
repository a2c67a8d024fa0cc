"""Bounding beside a search: a thread proves how good a roster can be, in a small share of the time.

Its share is of processor time, and grows while the search finds nothing better, and after a minute. What it proves is fetched
by the search's own thread; so is what it raises.
"""

import threading
import time
from collections.abc import Callable

from scheduler.engines import exact
from scheduler.lowered import Lowered
from scheduler.stop import Stop

SHARE, IDLE_SHARE, MINUTE = 0.04, 0.2, 60.0
"""Share of the time, and of the time in which nothing better was found, for proving. After the first minute, when a search
gains little, all of it counts as such."""
LOOK_SECONDS = 0.05
LOADING_SECONDS, CHOICES_PER_SECOND = 0.4, 50_000
"""Loading OR-Tools takes so long, and the relaxation takes up so many choices (option and person of every
slot) in a second, by measurement."""
STEP_SECONDS, ENDING_SECONDS = 60.0, 0.5
"""A step of the bound takes no longer, and a search waits no longer for the end of the thread."""


class Bounding:
    """Bounds of an instance, as high as its share of the time allows.

    choices: options and people of all slots; stop: of the search; incumbent: points of its best roster
    """

    def __init__(self, lowered: Lowered, choices: int, stop: Stop, incumbent: Callable[[], int]):
        self._lowered, self._stop, self._incumbent = lowered, stop, incumbent
        self._needed = LOADING_SECONDS + choices / CHOICES_PER_SECOND
        self._rising: exact.RisingBound | None = None
        self._over = threading.Event()
        self._error: Exception | None = None
        self._found: int | None = None
        self._began, self._idle_since, self._best = time.monotonic(), time.monotonic(), incumbent()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def worth(self) -> "exact.RisingBound | None":
        """The bound with its multipliers, once there is one."""
        return self._rising

    def fetch(self) -> int | None:
        """A bound that was not fetched yet. Raises what the thread raised."""
        error, self._error = self._error, None
        if error is not None:
            raise error
        found, self._found = self._found, None
        return found

    def end(self) -> int | None:
        """End the thread; a bound that was not fetched yet. Raises what the thread raised.

        A thread that is writing rows is not waited for: it ends when they are written.
        """
        self._over.set()
        if self._rising is not None:
            self._rising.interrupt()
        self._thread.join(ENDING_SECONDS)
        return self.fetch()

    def _run(self) -> None:
        try:
            if not self._wait(self._needed) or not exact.is_bounded(self._lowered):
                return
            self._rising = rising = exact.RisingBound(self._lowered)
            more = True
            while more and self._wait(0.0, rising):
                seconds = min(STEP_SECONDS, self._stop.seconds_left)
                more = rising.advance(seconds, self._incumbent())
                self._found = rising.points
        except Exception as error:
            self._error = error

    def _wait(self, ahead: float, rising: "exact.RisingBound | None" = None) -> bool:
        """Wait until there is time for so many seconds more; False where the search ends before."""
        while not self._over.is_set():
            now = time.monotonic()
            if self._incumbent() < self._best:
                self._best, self._idle_since = self._incumbent(), now
            searched = self._stop.seconds or now - self._began
            idle = now - min(self._idle_since, self._began + MINUTE)
            allowed = SHARE * searched + IDLE_SHARE * idle
            wanted = rising is None or rising.matters(self._best)
            if wanted and time.thread_time() + ahead <= allowed:
                return True
            self._over.wait(LOOK_SECONDS)
        return False
