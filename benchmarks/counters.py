"""What becomes of the moves that the search draws: each kind's draws by how they end, as counts.

Counts of one seed and so many moves are the same on every machine, however busy it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.families import FAMILIES
from scheduler.due import expand
from scheduler.engines.search import layout as at
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.search import Annealing
from scheduler.model import Instance, Score
from scheduler.rules.lower import lower
from scheduler.solver import warm_up
from scheduler.stop import Stop


@dataclass(frozen=True)
class MoveCounts:
    """How the moves of an annealing ended.

    ends: int64 [kind in MOVES, OUTCOME_...]. seconds: of the processor, construction apart.
    """

    ends: NDArray[np.int64]
    seconds: float
    score: Score

    @property
    def real(self) -> int:
        """Moves that were a decision: there was something that could change."""
        return int(self.ends.sum() - self.ends[:, at.OUTCOME_NOTHING].sum())


def run(
    family: str, data: Path, only: str, steps: int, seed: int
) -> Iterator[tuple[str, MoveCounts]]:
    """Each instance's name and counts. Raises FileNotFoundError where the family's data is missing."""
    for case in FAMILIES[family](data, only):
        yield case.name, measure(case.load(), Stop(steps=steps), seed)


def measure(instance: Instance, stop: Stop, seed: int) -> MoveCounts:
    """Anneal alone, on one core, until `stop` says so."""
    warm_up()
    lowered = lower(expand(instance))
    search = Annealing(lowered, seed, cores=1)
    search.construct(None)
    stop.start()
    begin = process_time()
    search.run(stop, lambda _: None)
    seconds = process_time() - begin
    return MoveCounts(
        search.threads[0].outcomes.copy(), seconds, lowered.scale.score(search.best.cost)
    )


HEADER = (
    f"{'move':14} {'drawn %':>8} {'real %':>8} {'reached %':>10} {'settled %':>10} "
    f"{'finished %':>11} {'same cost %':>12}"
)
"""drawn: of all draws; real: of the draws; reached (the settling of times), settled, finished (taken):
of the real ones; same cost: of those taken."""


def table(counts: MoveCounts) -> Iterator[str]:
    """A line for each kind that was drawn, and one for all."""
    drawn = counts.ends.sum()
    for name, ends in zip(MOVES, counts.ends, strict=True):
        if ends.any():
            yield _line(name, ends, drawn)
    yield _line("all", counts.ends.sum(axis=0), drawn)
    yield (
        f"{drawn / 1e6:.2f} M moves in {counts.seconds:.1f} s of the processor, "
        f"{counts.real / max(counts.seconds, 1e-3):,.0f} real ones a second; {counts.score}"
    )


def _line(name: str, ends: NDArray[np.int64], drawn: int) -> str:
    mine = ends.sum()
    real = mine - ends[at.OUTCOME_NOTHING]
    reached = real - ends[at.OUTCOME_HOPELESS] - ends[at.OUTCOME_FAILED] - ends[at.OUTCOME_WEIGHED]
    settled = reached - ends[at.OUTCOME_UNSETTLED]
    taken = settled - ends[at.OUTCOME_UNFINISHED]
    shares = (
        _share(mine, drawn),
        _share(real, mine),
        _share(reached, real),
        _share(settled, real),
        _share(taken, real),
        _share(ends[at.OUTCOME_SAME], taken),
    )
    return f"{name:14} " + " ".join(
        f"{share:>{width}}" for share, width in zip(shares, (8, 8, 10, 10, 11, 12), strict=True)
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""
