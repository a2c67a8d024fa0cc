"""The search, in a process of its own: orders come by standard input, messages go by standard output.

Lines of JSON. In: an order (see `orders.py`), the instance, the roster to start from or null, then perhaps
``"stop"``; the end of the input means that the parent is gone. Out: ``ready``, ``phase``, ``progress``, ``incumbent``, and
at the end one of ``result``, ``stopped``, ``problems``, ``failed``.
"""

import json
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from scheduler.model import InputError, Instance, Roster, StoppedError
from scheduler.solver import Progress, solve
from scheduler.stop import Stop
from scheduler.weeks.replan import ChangedWeek
from scheduler.weeks.replan.search import search as replan_search
from service.orders import ReplanOrder, read_order
from service.quiet import where

log = logging.getLogger("lianxin.search")

_TELL_SECONDS = 0.5

Solve = Callable[..., Roster]
"""With the signature of `scheduler.solver.solve`."""


class Teller:
    """Tells the parent how the search stands, twice a second at most."""

    def __init__(self, channel: IO[str]):
        self._channel = channel
        self._told = float("-inf")
        self.unassigned: int | None = None

    def say(self, kind: str, **content: Any) -> None:
        """Send one message."""
        self._channel.write(json.dumps({"kind": kind, **content}) + "\n")
        self._channel.flush()

    def progress(self, progress: Progress) -> None:
        """Called by the search. Before it has a roster there is a phase to tell, but no score."""
        if progress.phase != "search":
            self.say("phase", phase=progress.phase)
            return
        self.unassigned = progress.unassigned
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self.say(
                "progress",
                phase=progress.phase,
                score=progress.score.model_dump(),
                unassigned=progress.unassigned,
                seconds=round(progress.seconds, 3),
                steps=progress.steps,
                moves_per_second=round(progress.moves_per_second, 1),
                bound=progress.bound and progress.bound.model_dump(),
            )

    def roster(self, roster: Roster) -> None:
        """Called by the search with a better roster."""
        self.say("incumbent", body=roster.model_dump_json(exclude_none=True))


def run(orders: IO[str], channel: IO[str], solve: Solve = solve) -> None:
    """Read an order, search, tell how it ended."""
    order = read_order(orders.readline())
    limit_memory(order.memory_mb)
    teller = Teller(channel)
    try:
        instance = Instance.model_validate_json(orders.readline())
        begin = orders.readline()
        teller.say("ready")
        stop = Stop(order.seconds, order.idle_seconds, order.steps)
        threading.Thread(target=_obey, args=(orders, stop), daemon=True).start()
        start = None if begin == "null\n" else Roster.model_validate_json(begin)
        if isinstance(order, ReplanOrder):
            roster = _replan(order, teller, instance, stop, start)
        else:
            roster = solve(
                instance,
                stop,
                seed=order.seed,
                cores=order.cores,
                start=start,
                on_progress=teller.progress,
                on_roster=teller.roster,
                roster_seconds=order.save_seconds,
            )
    except StoppedError:
        teller.say("stopped")
    except InputError as error:
        teller.say("problems", problems=[problem.model_dump() for problem in error.problems])
    except MemoryError:
        teller.say("failed", code="out_of_memory", slots={"megabytes": order.memory_mb})
    except BrokenPipeError:
        # The parent is gone; `_obey` ends the process.
        return
    except Exception as error:
        log.error("search failed: %s", where(error))
        teller.say("failed", code="search_failed", slots={"error": type(error).__name__})
    else:
        teller.say(
            "result", unassigned=teller.unassigned, body=roster.model_dump_json(exclude_none=True)
        )


def _replan(
    order: ReplanOrder, teller: Teller, instance: Instance, stop: Stop, start: Roster | None
) -> Roster:
    if start is None:
        raise ValueError("a re-plan begins with a roster")
    return replan_search(
        ChangedWeek(instance, start, ()),
        start,
        stop,
        most_moved=order.most_moved,
        seed=order.seed,
        cores=order.cores,
        on_progress=teller.progress,
    )


def _obey(orders: IO[str], stop: Stop) -> None:
    for line in orders:
        if json.loads(line) == "stop":
            stop.request()
    # Nobody is left to hear the result.
    os._exit(0)


def limit_memory(megabytes: int) -> None:
    """Bound this process's address space, where the system can."""
    try:
        import resource
    except ImportError:
        return
    if megabytes:
        size = megabytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main(solve: Solve = solve) -> None:
    """Entry of the child process. solve: what serves a `SolveOrder`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")
    # Libraries may print; only messages may reach the parent.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    orders = os.fdopen(0, encoding="utf-8", closefd=False)
    with suppress(BrokenPipeError):
        run(orders, channel, solve)
    # Threads of a search that was given up must not hold the process.
    os._exit(0)


if __name__ == "__main__":
    main()
