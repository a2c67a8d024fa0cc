"""The front door: `solve` takes an instance and gives a checked roster."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.model import Instance, Roster, Score
from scheduler.stop import Stop


@dataclass(frozen=True)
class Progress:
    """How a search stands. `moves_per_second` counts moves tried over the whole search."""

    seconds: float
    score: Score
    unassigned: int
    steps: int
    moves_per_second: float
    improved: bool
    bound: int | None = None
    phase: str = "search"
    """"compile", "construct" or "search"."""


def solve(
    instance: Instance,
    stop: Stop,
    *,
    seed: int = 0,
    cores: int = 1,
    start: Roster | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Roster:
    """The best roster found until `stop` says so, verified by the checker.

    seed: same seed and step limit, same roster. cores: threads. start: a roster to improve.
    on_progress: called about ten times a second, and at every improvement that is reported, from
    the calling thread. Raises InputError for an instance whose travel cannot be built.
    """
    raise RuntimeError("the search is being built")
