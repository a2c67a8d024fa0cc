"""Recombining days between two slices of annealing: which days of its rosters fit together, and which would fit better.

What is left undone in a cooling is one early draw, and a later one is dear. So routes of all rosters are noted,
and once, when the search is nearly cold, a program chooses among them, and among routes made for it.
"""

from collections.abc import Callable

from scheduler.engines import columns
from scheduler.engines.incumbent import Incumbent
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import DenseRoster
from scheduler.stop import Stop

LEFT = 0.3
"""Share of the time left when days are recombined: annealing is nearly cold then, and may polish what comes of it."""
SHARE = 0.15
"""Share of the whole time for it."""
LEAST_SECONDS = 0.2
"""With less than this for it a program would hardly begin."""


class Recombining:
    """Days of one search; does nothing where routes alone do not say what a roster costs."""

    def __init__(self, lowered: Lowered, seconds: float, present: Callable[[], DenseRoster]):
        """seconds: of the whole search. present: the roster where annealing stands."""
        self._present = present
        self._seconds = SHARE * seconds
        self._routes: columns.RouteSearch | None = None
        if self._seconds >= LEAST_SECONDS and (parts := columns.route_parts(lowered)):
            self._routes = columns.RouteSearch(lowered, parts)

    def __bool__(self) -> bool:
        """Whether days can be recombined."""
        return self._routes is not None

    def better(self, best: Incumbent, stop: Stop, left: float) -> Incumbent | None:
        """A roster of days from those so far, when it is time; left: share of the time."""
        if self._routes is None:
            return None
        self._routes.note(self._present())
        if left > LEFT:
            return None
        routes, self._routes = self._routes, None
        dense, points = routes.sweep(best.dense, stop.within(self._seconds))
        return Incumbent(dense, points, "columns")
