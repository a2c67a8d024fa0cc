"""First rosters: each person in turn takes what is best beside the others."""

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.margins import Margins
from scheduler.engines.columns.network import build_network
from scheduler.engines.columns.pricing import LabelMemory, price_rosters
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.stop import Stop

KEEP = (1, 8, 64)
"""Labels for each state, in turn: with few, somebody whose limits leave little room may have no path."""
BACK = (0, 28, 56, 84, 400)
"""Days before a window that are decided again for somebody without a path in it, in turn."""


def in_turn(
    subproblem: Subproblem,
    rosters: Ints,
    first: int,
    end: int,
    stop: Stop,
    *,
    open_end: bool = False,
) -> Ints:
    """Rosters in which each person in turn takes what is best beside the others on days [first, end).

    rosters: int64 [person, day]; the other days stay, except that for somebody without a path days
    before `first` are decided again, as many as needed. Without any path these days stay off.
    open_end: nothing is known of the days from `end` on.
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
            for keep in KEEP:
                _, paths, _ = price_rosters(network, margins.now, keep, memory=memory)
                if len(paths):
                    filled[number, begin:end] = network.items[paths[0]]
                    break
            margins.enter(filled[number, begin:end])
            if len(paths):
                break
    return filled
