"""Annealing on cells: when to be hot, and what is handed to the search by columns."""

import numpy as np

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.cells import layout as at
from scheduler.engines.columns.cells.moves import anneal
from scheduler.engines.columns.cells.pack import CellArena, pack_cells
from scheduler.engines.columns.cells.price import load
from scheduler.engines.columns.column_search import ColumnSearch

FIRST_STEPS = 20_000
SLICE_SECONDS = 0.05
HOT, LUKEWARM, COLD = 0.07, 0.015, 0.006
"""Temperatures as shares of the mean rise of an uphill move."""
FREEZING = 0.2
"""Coldest, in grains: the least by which costs differ."""
HARD_RISES = 3.0
"""Mean rises that a hard point is worth while annealing."""
STEPS_PER_CELL, POLISH_PER_CELL = 10_000, 10_000
"""Moves of a cooling, and of one after a dive, for each person-day, where there is time for them."""
SHARE, POLISH_SHARE = 0.3, 0.4
"""Largest share of the time left for each."""
FAR = 3
"""Times the best that rosters may cost which are cooled from low temperature."""
OFFER_SECONDS = 1.0
"""Between two rosters that are handed out on the way."""
UNTIMED = 200
"""Moves for each person-day where no time is set."""


class CellAnnealing:
    """One state over a packed subproblem. Same seed and steps: same rosters."""

    def __init__(self, arena: CellArena, rosters: Ints, seed: int):
        """rosters: int64 [person, day], where it begins."""
        self.arena = arena
        self.state, self._W = arena.state(), arena.scratch(seed)
        self._shape = rosters.shape
        self._best = np.zeros(2 + rosters.size, dtype=np.int64)
        self._best[2:] = rosters.reshape(-1)
        self.tried = 0
        self.load(rosters)
        self._best[0] = self.cost

    def load(self, rosters: Ints) -> None:
        """Go on from these rosters."""
        load(self.arena.P, self.state, self._W, rosters.reshape(-1).astype(np.int64))

    @property
    def cost(self) -> int:
        """Points of the present rosters."""
        return int(self.state[at.COST])

    @property
    def least(self) -> int:
        """Points of the best rosters."""
        return int(self._best[0])

    @property
    def best(self) -> Ints:
        """The best rosters, int64 [person, day]."""
        return self._best[2:].reshape(self._shape).copy()

    @property
    def rosters(self) -> Ints:
        """The present rosters, int64 [person, day]."""
        begin = int(self.arena.P[at.ROSTER_CELLS])
        rosters: Ints = self.state[begin : begin + len(self._best) - 2].reshape(self._shape).copy()
        return rosters

    def rise(self, steps: int) -> float:
        """Mean rise of a move uphill, after steps that only go downhill."""
        self.anneal(steps, 0.0, 0.0)
        self._W[[at.UPHILL, at.RISE]] = 0
        self.anneal(steps, 0.0, 0.0)
        return float(self._W[at.RISE]) / max(1, int(self._W[at.UPHILL]))

    def anneal(self, steps: int, hot: float, cold: float) -> None:
        """Try so many moves at falling temperature; hot 0: downhill only."""
        anneal(self.arena.P, self.state, self._W, self._best, steps, hot, cold)
        self.tried += steps


class CellSearch:
    """Annealing on cells for a search by columns: once from its rosters, and after its dives."""

    def __init__(self, search: ColumnSearch, arena: CellArena):
        self._search, self._arena = search, arena
        subproblem = search.subproblem
        self._grain = subproblem.grain
        self._cells = subproblem.people * subproblem.days
        annealing = self._annealing(search.rosters)
        self._rise = max(
            float(self._grain), annealing.rise(min(FIRST_STEPS, UNTIMED * self._cells))
        )
        arena.worth(round(HARD_RISES * self._rise))
        self._begun = annealing.best

    def cool(self) -> None:
        """Cool down once, from the search's rosters; larger instances get more of the time left."""
        self._search.offer(self._begun)
        self._anneal(self._begun, HOT, SHARE, STEPS_PER_CELL)

    def polish(self, rosters: Ints) -> None:
        """Offer these rosters, and what becomes of them while they cool from low temperature, unless they are far dearer."""
        search = self._search
        search.offer(rosters)
        points = search.price(rosters)
        if points is None or search.points is None or points > FAR * search.points:
            return
        self._anneal(rosters, LUKEWARM, POLISH_SHARE, POLISH_PER_CELL)

    def _annealing(self, rosters: Ints) -> CellAnnealing:
        return CellAnnealing(self._arena, rosters, int(self._search.random.integers(1 << 30)))

    def _anneal(self, rosters: Ints, hot: float, share: float, per_cell: int) -> None:
        """Without a limit of time it depends on nothing but the seed."""
        search, annealing = self._search, self._annealing(rosters)
        timed = search.stop.seconds is not None
        seconds = share * search.stop.seconds_left if timed else None
        limit = search.stop.within(seconds, self._cells * (per_cell if timed else UNTIMED))
        hot *= self._rise
        cold = min(hot, max(COLD * self._rise, FREEZING * self._grain))
        steps, due = min(FIRST_STEPS, UNTIMED * self._cells), OFFER_SECONDS
        while limit.reason(annealing.tried) is None:
            before = limit.elapsed
            temperature = hot * (cold / hot) ** (1 - limit.left(annealing.tried))
            annealing.anneal(steps, temperature, temperature)
            if timed:
                spent = limit.elapsed - before
                steps = int(steps * np.clip(SLICE_SECONDS / (spent + 1e-4), 0.5, 2))
                if limit.elapsed >= due:
                    search.offer(annealing.best)
                    due = limit.elapsed + OFFER_SECONDS
        search.offer(annealing.best)


def search_cells(search: ColumnSearch) -> None:
    """Anneal from the rosters so far, and let the search polish what its dives find."""
    if search.stopped:
        return
    arena = pack_cells(search.subproblem)
    if arena is not None:
        cells = CellSearch(search, arena)
        search.polish = cells.polish
        cells.cool()
