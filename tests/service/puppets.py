"""A solver that behaves as an instance's title says: what the real one never should, or on cue.

Any other title is solved by the real solver. ``python -m tests.service.puppets`` is a search process
that asks it in the real one's place; with the argument ``quick`` every title is "quick".
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.service.stand_in import roster
from scheduler.model import (
    InputError,
    Instance,
    Outcome,
    Problem,
    Roster,
    Score,
    StoppedError,
)
from scheduler.solver import Progress
from scheduler.solver import solve as really_solve
from scheduler.stop import Stop
from service.search_child import main


def solve(instance: Instance, stop: Stop, **options: Any) -> Roster:
    act = ACTS.get(instance.title.partition(" ")[0])
    return act(instance, stop, **options) if act else really_solve(instance, stop, **options)


def quick(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Has the roster at once."""
    if not instance.visits or not instance.people:
        return Roster(instance=instance.id, horizon=instance.horizon)
    done = roster(instance, 540)
    figures = {"roster": {"visits_done": 1, "people": [{"person": instance.people[0].id}]}}
    outcome = Outcome(ended_by="nothing_to_do", versions={"lianxin": "puppet"})
    return done.model_copy(update={"figures": figures, "outcome": outcome})


def _short(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Has the roster after a moment."""
    time.sleep(0.3)
    return quick(instance, stop)


def _count_up(
    instance: Instance,
    stop: Stop,
    *,
    start: Roster | None,
    on_progress: Callable[[Progress], None],
    on_roster: Callable[[Roster], None],
    **_: Any,
) -> Roster:
    """Better by a minute each tenth of a second, from 09:00 or from where it was, until told to end."""
    minute = 540 if start is None else start.assignments[0].start
    steps = 0
    while stop.reason(steps) is None:
        time.sleep(0.1)
        minute, steps = minute + 1, steps + 1
        on_progress(Progress(steps / 10, Score(soft=1000 - minute), 0, steps, 10.0, True))
        on_roster(roster(instance, minute))
    return roster(instance, minute)


def _barren(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Never finds a roster."""
    while stop.reason() is None:
        time.sleep(0.05)
    raise StoppedError


def _deaf(
    instance: Instance, stop: Stop, *, on_roster: Callable[[Roster], None], **_: Any
) -> Roster:
    """Finds one roster and never ends."""
    on_roster(roster(instance, 540))
    while True:
        time.sleep(1)


def _crash(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Dies as a library with a fault would."""
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def _chatter(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Prints where a message to the parent might stand."""
    os.write(1, b"a library says hello\n")
    return roster(instance, 540)


def _hungry(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Wants more memory than any search may have."""
    bytearray(1 << 45)
    raise AssertionError


def _raise(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Fails with a message that quotes the instance."""
    raise RuntimeError(f"secret: {instance.people[0].name}")


def _unsolvable(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Finds out late that the travel cannot be built."""
    raise InputError([Problem(code="place_not_in_matrix", pointer="/places/1", value="building-3")])


def _worker() -> int:
    """The worker's process id: the parent, or above those that forked this one."""
    parent = os.getppid()
    while name_of(parent) in ("puppets", "nursery"):
        parent = parent_of(parent)
    return parent


def name_of(pid: int) -> str:
    """What a process calls itself: see `service.children.nursery`."""
    return Path(f"/proc/{pid}/comm").read_text().strip()


def parent_of(pid: int) -> int:
    """The process id of a process's parent."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _murder(instance: Instance, stop: Stop, **_: Any) -> Roster:
    """Kills the worker that runs it, after leaving a mark in the folder that the title names."""
    folder = Path(instance.title.partition(" ")[2])
    (folder / str(os.getpid())).touch()
    os.kill(_worker(), signal.SIGKILL)
    time.sleep(60)
    raise AssertionError


ACTS: dict[str, Callable[..., Roster]] = {
    "quick": quick,
    "short": _short,
    "count": _count_up,
    "barren": _barren,
    "deaf": _deaf,
    "crash": _crash,
    "chatter": _chatter,
    "hungry": _hungry,
    "raise": _raise,
    "unsolvable": _unsolvable,
    "murder": _murder,
}

if __name__ == "__main__":
    # Nothing is loaded before the fork: an act needs no kernels.
    main(quick if "quick" in sys.argv else solve, load=lambda: None)
