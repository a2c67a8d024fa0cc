"""Deciding a roster's shifts between two slices of annealing: once, late in a search, by columns, with all else held."""

from scheduler.engines import columns
from scheduler.engines.incumbent import Incumbent, verified
from scheduler.engines.search.plan import COOLING_SHARE
from scheduler.lowered import Lowered
from scheduler.stop import Stop

LEFT = 1 - COOLING_SHARE + 0.005
"""Share of the time left when shifts are decided: as reheats begin, which go on from the best in any case."""
SHARE, MOST_SECONDS = 0.08, 30.0
LEAST_SECONDS = 0.1
"""With less than this for them, columns would hardly begin, and loading them takes longer."""
PERSON_SECONDS = 0.006
"""What their networks take before they begin, by measurement: so much for each person."""


class DecidingShifts:
    """The shifts of one search, decided where there is time for it."""

    def __init__(self, lowered: Lowered, seconds: float, seed: int):
        """seconds: of the whole search."""
        self._lowered, self._seed = lowered, seed
        self._seconds = min(MOST_SECONDS, SHARE * seconds)
        building = PERSON_SECONDS * len(lowered.index.instance.people)
        self._due = SHARE * seconds >= max(LEAST_SECONDS, building)

    def better(self, best: Incumbent, stop: Stop, left: float) -> Incumbent | None:
        """The incumbent with its shifts decided, when it is time and that changes its points; left: share of the time."""
        if not self._due or left > LEFT:
            return None
        self._due = False
        held = verified(self._lowered, best).incumbent
        shifts = columns.partial_subproblem(self._lowered, held.dense, held.points)
        if shifts is None:
            return None
        limit = stop.within(self._seconds)
        result = columns.solve_columns(
            self._lowered, held.dense, limit, self._seed, subproblem=shifts
        )
        if result is None or result.dense is None or result.points == held.points:
            return None
        return verified(self._lowered, Incumbent(result.dense, 0, "columns")).incumbent
