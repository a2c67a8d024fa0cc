"""First rosters: each person in turn takes what is best beside the others."""

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.margins import Margins
from scheduler.engines.columns.network import build_network
from scheduler.engines.columns.pricing import LabelMemory, price_rosters
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.stop import Stop

BACK = (0, 28, 56, 84, 400)
"""Days before a window that somebody may take up again who finds no path in it."""


def in_turn(
    subproblem: Subproblem,
    rosters: NDArray[np.int64],
    first: int,
    end: int,
    stop: Stop,
    *,
    open_end: bool = False,
) -> NDArray[np.int64]:
    """Rosters in which each person in turn takes what is best beside the others on days [first, end).

    rosters: int64 [person, day]; the other days stay, but for somebody who finds no path beside them:
    then days before `first` are taken up again, as many as it needs. Without any path they stay off.
    """
    filled, memory = rosters.copy(), LabelMemory()
    filled[:, first:end] = NONE
    margins = Margins(subproblem, filled)
    for number in range(subproblem.people):
        if stop.reason() is not None:
            break
        for begin in dict.fromkeys(max(0, first - back) for back in BACK):
            before = filled[number].copy()
            margins.leave(before[begin:end])
            network = build_network(subproblem, number, begin, end, before, open_end=open_end)
            for keep in (1, 8):
                _, paths, _ = price_rosters(network, margins.now, keep, memory=memory)
                if len(paths):
                    filled[number, begin:end] = network.items[paths[0]]
                    break
            margins.enter(filled[number, begin:end])
            if len(paths):
                break
    return filled
