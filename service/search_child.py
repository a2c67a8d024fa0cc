"""The search in a process of its own, which reads an order on standard input and answers on standard output.

Lines of JSON. In: an order (see `orders.py`), the instance, the roster to start from or null, then perhaps
``"stop"``; when the input ends, the parent is gone. Out: ``ready``, ``phase``, ``progress``, ``incumbent``, and
at the end one of ``result``, ``stopped``, ``problems``, ``failed``.
"""

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NoReturn

from scheduler.formats.limited import limit_process
from scheduler.model import InputError, Instance, Roster, StoppedError
from scheduler.solver import Progress, solve, warm_up
from scheduler.stop import Stop
from scheduler.weeks.replan import ChangedWeek
from scheduler.weeks.replan.search import search as replan_search
from service import logs
from service.children.forks import WARM, serve_forks
from service.orders import ReplanOrder, read_order
from service.roads import use_ways
from service.safe_logs import where

log = logging.getLogger("lianxin.search")

_PROGRESS_SECONDS = 0.5
_NICENESS = 10
"""Answers to people go before searches: a search beside a process that always computes gets a tenth of a core."""
_AUTOGROUP = Path("/proc/self/autogroup")
_AGAIN_SECONDS = 0.1
"""Linux has autogroups changed no more often than this, by whoever is not root."""
_TRIES = 20

Solve = Callable[..., Roster]
"""With the signature of `scheduler.solver.solve`."""


class Messenger:
    """Sends the parent messages about the search; progress at most twice a second."""

    def __init__(self, channel: IO[str]):
        self._channel = channel
        self._last_progress = float("-inf")
        self.unassigned: int | None = None

    def say(self, kind: str, **content: Any) -> None:
        """Send one message."""
        self._channel.write(json.dumps({"kind": kind, **content}) + "\n")
        self._channel.flush()

    def progress(self, progress: Progress) -> None:
        """Called by the search. Before it has a roster, only its phase is sent."""
        if progress.phase != "search":
            self.say("phase", phase=progress.phase)
            return
        self.unassigned = progress.unassigned
        now = time.monotonic()
        if now - self._last_progress >= _PROGRESS_SECONDS:
            self._last_progress = now
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
    """Read an order, search, send how it ended."""
    order = read_order(orders.readline())
    limit_process(memory_bytes=order.memory_mb << 20)
    messenger = Messenger(channel)
    try:
        instance = Instance.model_validate_json(orders.readline())
        use_ways(order.ways, instance)
        begin = orders.readline()
        messenger.say("ready")
        stop = Stop(order.seconds, order.idle_seconds, order.steps)
        threading.Thread(target=_listen, args=(orders, stop), daemon=True).start()
        start = None if begin == "null\n" else Roster.model_validate_json(begin)
        if isinstance(order, ReplanOrder):
            roster = _replan(order, messenger, instance, stop, start)
        else:
            roster = solve(
                instance,
                stop,
                seed=order.seed,
                cores=order.cores,
                start=start,
                empty=order.empty,
                on_progress=messenger.progress,
                on_roster=messenger.roster,
                roster_seconds=order.save_seconds,
            )
    except StoppedError:
        messenger.say("stopped")
    except InputError as error:
        messenger.say("problems", problems=[problem.model_dump() for problem in error.problems])
    except MemoryError:
        messenger.say("failed", code="out_of_memory", slots={"megabytes": order.memory_mb})
    except BrokenPipeError:
        # The parent is gone; `_listen` ends the process.
        return
    except Exception as error:
        log.error("search failed: %s", where(error))
        messenger.say("failed", code="search_failed", slots={"error": type(error).__name__})
    else:
        messenger.say(
            "result",
            unassigned=messenger.unassigned,
            body=roster.model_dump_json(exclude_none=True),
        )


def _replan(
    order: ReplanOrder, messenger: Messenger, instance: Instance, stop: Stop, start: Roster | None
) -> Roster:
    """start: the published roster, against which the people moved are counted."""
    if start is None:
        raise ValueError("a re-plan begins with a roster")
    return replan_search(
        replace(ChangedWeek.of(instance, start), empty=order.empty),
        stop,
        most_moved=order.most_moved,
        seed=order.seed,
        cores=order.cores,
        on_progress=messenger.progress,
    )


def _listen(orders: IO[str], stop: Stop) -> None:
    for line in orders:
        if json.loads(line) == "stop":
            stop.request()
    # The parent is gone, so that nobody reads the result.
    os._exit(0)


def main(solve: Solve = solve, load: Callable[[], object] = warm_up) -> None:
    """Entry of the child process, and of the warm one that forks it.

    solve: the function that serves a `SolveOrder`. load: what the warm process does before it forks.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logs.configure()
    _give_way()
    if WARM in sys.argv:
        serve_forks(load, lambda _: _search(solve))
    _search(solve)


def _give_way() -> None:
    """Let others go first, as a process and, where Linux weighs sessions rather than processes (sched(7)), as a session."""
    os.nice(_NICENESS)
    with suppress(OSError):
        os.setsid()
        for _ in range(_TRIES):
            try:
                _AUTOGROUP.write_text(str(_NICENESS))
            except BlockingIOError:
                time.sleep(_AGAIN_SECONDS)
            else:
                break


def _search(solve: Solve) -> NoReturn:
    # Libraries may print; only messages may reach the parent.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    orders = os.fdopen(0, encoding="utf-8", closefd=False)
    with suppress(BrokenPipeError):
        run(orders, channel, solve)
    # Threads of a stopped search must not keep the process alive.
    os._exit(0)


if __name__ == "__main__":
    main()
