"""Rosters from shares: each person in turn takes what is best beside what the others are expected to do."""

import numpy as np

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.generation import ColumnGeneration
from scheduler.engines.columns.in_turn import choose_again
from scheduler.engines.columns.pricing import LabelMemory, price_rosters
from scheduler.engines.columns.restricted_master import MasterSolution
from scheduler.engines.columns.turnout import Turnout

LEAST = 1e-6
"""Shares below this are none."""


def round_shares(search: ColumnSearch, master: ColumnGeneration, solution: MasterSolution) -> None:
    """Offer rosters near shares of the columns of some days, or all, to the search.

    First those choose whose shares are nearest to a whole roster; then all choose again, on all days, where these
    are decided.
    """
    shares = np.clip(solution.shares, 0.0, None)
    heads, largest = Turnout(search.subproblem), np.zeros(len(master.people))
    taken: list[list[tuple[Ints, float]]] = [[] for _ in master.people]
    for number in np.flatnonzero(shares > LEAST):
        person, roster = master.owner[number], master.table[number]
        taken[person].append((roster, float(shares[number])))
        largest[person] = max(largest[person], shares[number])
        heads.add(roster, float(shares[number]))
    rosters, memory = search.rosters.copy(), LabelMemory()
    window = slice(master.first, master.end)
    for number in np.argsort(-largest, kind="stable"):
        if search.stop.reason() is not None:
            return
        for roster, share in taken[number]:
            heads.add(roster, -share)
        costs, paths, _ = price_rosters(master.people[number], heads.worth(), 1, memory=memory)
        if len(costs):
            rosters[number, window] = master.people[number].items[paths[0]]
        heads.add(rosters[number, window], 1.0)
    search.polish(rosters)
    if master.end - master.first == search.subproblem.days:
        choose_again(search, rosters, memory)
