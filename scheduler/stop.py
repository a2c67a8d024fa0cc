"""When a search ends: after seconds, seconds without improvement or steps, or on request.

The only clock of the library. Without any limit a search runs until it is asked to stop.
"""

import threading
import time
from collections.abc import Callable
from typing import Literal

Reason = Literal["time", "no_improvement", "steps", "user"]


class Stop:
    """Three limits and a flag that any thread may set.

    seconds: wall-clock seconds from the start; idle_seconds: seconds since the last
    improvement; steps: moves tried. None: no such limit.
    """

    def __init__(
        self,
        seconds: float | None = None,
        idle_seconds: float | None = None,
        steps: int | None = None,
    ):
        self.seconds = seconds
        self.idle_seconds = idle_seconds
        self.steps = steps
        self._begin = time.monotonic()
        self._improved = self._begin
        self._requested = threading.Event()
        self._parent: Stop | None = None
        self._look: Callable[[], None] | None = None
        self._watcher = 0

    def watch(self, look: Callable[[], None]) -> None:
        """Call `look` from now on whenever this thread asks whether to stop, as every engine often does."""
        self._look, self._watcher = look, threading.get_ident()

    def within(self, seconds: float | None = None, steps: int | None = None) -> "Stop":
        """A stop for a part of the search: some seconds or steps from now, or as soon as this stop ends."""
        part = Stop(seconds=seconds, steps=steps)
        part._parent = self
        return part

    def share(self, share: float, steps: int = 0) -> "Stop":
        """A stop for a share of what is left after so many steps, or as soon as this stop ends."""
        seconds = None if self.seconds is None else share * self.seconds_left
        part = Stop(seconds=seconds)
        if self.steps is not None:
            part.steps = steps + max(1, int(share * (self.steps - steps)))
        part._parent = self
        return part

    def start(self) -> None:
        """Count seconds from now."""
        self._begin = self._improved = time.monotonic()

    def request(self) -> None:
        """Ask the search to end and keep its best; safe from any thread or signal handler."""
        self._requested.set()

    def improved(self) -> None:
        """Note that a better roster was found: idle seconds count from now."""
        self._improved = time.monotonic()
        if self._parent is not None:
            self._parent.improved()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._begin

    def reason(self, steps: int = 0) -> Reason | None:
        """Why to stop now, or None to go on. `steps`: moves tried so far."""
        if self._look is not None and threading.get_ident() == self._watcher:
            self._look()
        if self._requested.is_set():
            return "user"
        if self._parent is not None and (reason := self._parent.reason()) is not None:
            return reason
        if self.steps is not None and steps >= self.steps:
            return "steps"
        now = time.monotonic()
        if self.seconds is not None and now - self._begin >= self.seconds:
            return "time"
        if self.idle_seconds is not None and now - self._improved >= self.idle_seconds:
            return "no_improvement"
        return None

    @property
    def seconds_left(self) -> float:
        """Seconds until the time is up; infinite without a limit of time."""
        return float("inf") if self.seconds is None else max(0.0, self.seconds - self.elapsed)

    def left(self, steps: int = 0) -> float:
        """Share of the budget still unused, 1 to 0, by whichever limit is nearer; 1 without limits."""
        shares = [1.0]
        if self.seconds:
            shares.append(1 - self.elapsed / self.seconds)
        if self.steps:
            shares.append(1 - steps / self.steps)
        return max(0.0, min(shares))
