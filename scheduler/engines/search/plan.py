"""When to be hot: a search's budget cut into coolings from fresh states and reheats from the best."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.search.anneal import DRAWN_FROM
from scheduler.engines.search.moves import MOVES
from scheduler.lowered import Lowered

MOLTEN, HOT, WARM, REHEAT, COLD = 1.0, 0.3, 0.055, 0.022, 0.0055
"""Temperatures as shares of the mean rise of an uphill move."""
MELT_SHARE, CHOOSING_MELT_SHARE = 0.08, 0.5
"""Share of the last cooling spent from hot to warm, and where some work stays undone: which it is, is chosen
there. Of several, the others cool evenly, since where lateness costs much good rosters part from bad ones well
above warm."""
UNDONE_HOT, UNDONE_COLD = 3.0, 0.1
"""Temperatures in medium points while what is left undone is still being chosen."""
UNDONE_SHARE = 0.5
"""Share of a cooling spent on that, where anything is left undone."""
STEPS_PER_PAIR, STEPS_PER_UNDONE = 1_400, 30_000
"""Moves that one cooling is worth, for each pair of tasks; where something stays undone, for each task: which it is
depends on luck, and several short coolings find better than a long one."""
ASSUMED_MOVES_PER_SECOND = 2_000_000
MOST_COOLINGS = 5
COOLING_SHARE = 0.85
"""Share of the budget for all coolings; the rest is for reheats, which seldom find better than a slower cooling."""
REHEATS = 2


@dataclass(frozen=True)
class Cooling:
    """From `begin` to `end` (shares of the budget) cool from `hot` to `cold` (points).

    from_best: it begins with the best state, not with the present one.
    """

    begin: float
    end: float
    hot: float
    cold: float
    from_best: bool = True

    def temperature(self, progress: float) -> float:
        """Points at some progress through the budget; geometric."""
        done = (progress - self.begin) / (self.end - self.begin)
        ratio: float = (self.cold / self.hot) ** min(max(done, 0.0), 1.0)
        return self.hot * ratio


def cooling_schedule(
    tasks: int,
    steps: int | None,
    seconds: float | None,
    rise: float,
    undone: int,
    *,
    choosing: bool,
    warm: bool,
) -> list[Cooling]:
    """Coolings, then reheats from the best of them; reheats only for a warm start.

    rise: mean rise of an uphill move, points. undone: points of one medium point where the first
    roster leaves anything undone, else 0; each cooling then first chooses what, at temperatures of
    the medium level. choosing: whether work stays undone, whatever the level of its price. One cooling's luck is
    worth more than five times the time, so small instances get several, which owe each other nothing: where much
    is late, what is only hot stays among rosters alike.
    """
    budget = steps if steps is not None else (seconds or 60.0) * ASSUMED_MOVES_PER_SECOND
    tasks = max(tasks, 1)
    worth = STEPS_PER_UNDONE * tasks if undone else STEPS_PER_PAIR * tasks**2
    coolings = 0 if warm else int(np.clip(budget / worth, 1, MOST_COOLINGS))
    cuts = np.linspace(0, COOLING_SHARE, coolings + 1).tolist() if coolings else [0.0]
    plan = []
    for number, (begin, end) in enumerate(pairwise(cuts)):
        if undone:
            middle = begin + UNDONE_SHARE * (end - begin)
            plan.append(Cooling(begin, middle, UNDONE_HOT * undone, UNDONE_COLD * undone))
            begin = middle
        if number < coolings - 1:
            plan.append(Cooling(begin, end, (HOT if undone else MOLTEN) * rise, COLD * rise))
        else:
            melt = CHOOSING_MELT_SHARE if choosing else MELT_SHARE
            middle = begin + melt * (end - begin)
            plan.append(Cooling(begin, middle, HOT * rise, WARM * rise))
            plan.append(Cooling(middle, end, WARM * rise, COLD * rise, from_best=False))
    for begin, end in pairwise(np.linspace(cuts[-1], 1, REHEATS + 1).tolist()):
        plan.append(Cooling(begin, end, REHEAT * rise, COLD * rise))
    return plan


def without(weights: NDArray[np.int64], move: str) -> NDArray[np.int64]:
    """The weights with a move's share given to the others; as they are where there is no other."""
    shares = np.diff(weights, prepend=0)
    shares[list(MOVES).index(move)] = 0
    sums: NDArray[np.int64] = np.cumsum(shares)
    return sums * DRAWN_FROM // sums[-1] if sums[-1] else weights


def move_weights(lowered: Lowered) -> NDArray[np.int64]:
    """int64 [move], rising sums up to DRAWN_FROM: only moves that the instance gives room for."""
    moves = MOVES.values()
    shares = [move.share(lowered) if move.supports(lowered) else 0.0 for move in moves]
    sums: NDArray[np.float64] = np.cumsum(shares) / np.sum(shares)
    return (sums * DRAWN_FROM).astype(np.int64)
