"""Recombining beside annealing: what days of its rosters fit together, and which days would fit better.

What is left undone in a cooling is one early draw, and a later one is dear. So routes of all rosters are noted,
and from time to time a program chooses among them, and among routes made for it.
"""

from scheduler.engines import columns
from scheduler.engines.incumbent import Incumbent
from scheduler.engines.search.search import Annealing
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import DenseRoster
from scheduler.stop import Stop

AT = 0.8, 0.55, 0.3
"""Shares of the time left when days are recombined."""
SHARE = 0.18
"""Share of the whole time for each."""
LEAST_SECONDS = 0.2
"""With less than this for it a program would hardly begin."""


class Recombining:
    """Days of one search; does nothing where routes alone do not say what a roster costs."""

    def __init__(self, lowered: Lowered, stop: Stop):
        self._due = list(AT)
        self._seconds = SHARE * (stop.seconds or 0.0)
        self._routes: columns.RouteSearch | None = None
        if self._seconds >= LEAST_SECONDS and (parts := columns.route_parts(lowered)):
            self._routes = columns.RouteSearch(lowered, parts)

    def __bool__(self) -> bool:
        """Whether days can be recombined."""
        return self._routes is not None

    def recombined(
        self, annealing: Annealing, best: Incumbent, stop: Stop, left: float
    ) -> tuple[DenseRoster, int] | None:
        """A roster of days from those so far and its points, when it is time; left: share of the time."""
        if self._routes is None or not self._due:
            return None
        self._routes.note(annealing.threads[0].present())
        if left > self._due[0]:
            return None
        self._due.pop(0)
        return self._routes.sweep(best.dense, stop.within(min(self._seconds, stop.seconds_left)))
