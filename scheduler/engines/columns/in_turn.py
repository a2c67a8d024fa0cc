"""First rosters: each person in turn takes what is best beside the others."""

from contextlib import suppress

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.evaluate import evaluate
from scheduler.engines.columns.network import build_network, whole_network
from scheduler.engines.columns.pricing import BEAM, NARROW, LabelMemory, keeps, price_rosters
from scheduler.engines.columns.restricted_master import UnsolvedError
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.engines.columns.turnout import Turnout
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.stop import Stop

PARTS = (400, 28, 7)
"""Days that are decided at a time, the fewer the more sums there are to be followed side by side."""
NOISE = 0.1
"""Share of a margin that is added at random: of items that are worth the same, all would be followed."""
PASSES = 6
"""How often each person may choose again."""
WORTH_IT = 0.005
"""Least share of the points that a pass must save for another one."""
MANY = 20_000
"""Days of all people together beyond which few states are followed."""
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
    heads = Turnout(subproblem)
    heads.add(filled.reshape(-1), 1.0)
    noise = 1 + NOISE * np.random.default_rng(0).random(len(subproblem.items))
    narrow = [(1, NARROW)] if width(subproblem) == NARROW else []
    for number in range(subproblem.people):
        if stop.reason() is not None:
            break
        for begin in dict.fromkeys(max(0, first - back) for back in BACK):
            before = filled[number].copy()
            heads.add(before[begin:end], -1.0)
            prices = heads.worth() * noise
            if end - begin == subproblem.days:
                network = whole_network(subproblem, number)
            else:
                network = build_network(subproblem, number, begin, end, before, open_end=open_end)
            for keep, beam in narrow + [(keep, BEAM) for keep in keeps(end - begin)]:
                _, paths, _ = price_rosters(network, prices, keep, memory=memory, widest=beam)
                if len(paths):
                    filled[number, begin:end] = network.items[paths[0]]
                    break
            heads.add(filled[number, begin:end], 1.0)
            if len(paths):
                break
    return filled


def first_rosters(subproblem: Subproblem, stop: Stop, seed: int) -> tuple[DenseRoster, int | None]:
    """Rosters in which each person in turn takes what is best, and their points (None: not to be had).

    All choose again at once where that does not take long.
    """
    search = ColumnSearch(subproblem, None, stop, seed)
    search.offer(built(search))
    if width(subproblem) == BEAM:
        with suppress(UnsolvedError):
            choose_again(search, search.rosters, LabelMemory())
    return subproblem.to_dense(search.rosters), search.points


def built(search: ColumnSearch) -> Ints:
    """Rosters in which each person in turn takes what is best: all days at once, or part after part.

    Where few states are followed, a whole year finds too many people without a path.
    """
    for length in PARTS[width(search.subproblem) == NARROW :]:
        with suppress(UnsolvedError):
            return _from_left(search, length)
    return search.rosters


def _from_left(search: ColumnSearch, length: int) -> Ints:
    subproblem, rosters = search.subproblem, search.rosters.copy()
    for first in range(0, subproblem.days, length):
        end = min(subproblem.days, first + length)
        last = end == subproblem.days
        rosters = in_turn(subproblem, rosters, first, end, search.stop, open_end=not last)
    return rosters


def choose_again(search: ColumnSearch, rosters: Ints, memory: LabelMemory) -> None:
    """Let each person in turn take what is best on all days beside the others, while that saves points.

    rosters: int64 [person, day]; better ones are offered to the search.
    """
    subproblem = search.subproblem
    heads, rosters = Turnout(subproblem), rosters.copy()
    heads.add(rosters.reshape(-1), 1.0)
    points, widest = search.price(rosters), width(subproblem)
    for _ in range(PASSES):
        before = points
        for number in search.random.permutation(len(rosters)):
            if points is None or search.stop.reason() is not None:
                break
            heads.add(rosters[number], -1.0)
            person, worth = whole_network(subproblem, number), heads.worth()
            costs, paths, _ = price_rosters(person, worth, 1, memory=memory, widest=widest)
            if len(costs):
                own = person.items[paths[0]]
                gain = _points(search, number, rosters[number], worth)
                gain -= _points(search, number, own, worth)
                if gain > 0:
                    rosters[number] = own
                    points -= round(gain)
            heads.add(rosters[number], 1.0)
        if before is None or points is None or before - points < WORTH_IT * before:
            break
    search.offer(rosters)


def width(subproblem: Subproblem) -> int:
    """States of a day that are followed for each person: fewer of many people over a long time."""
    return BEAM if subproblem.people * subproblem.days <= MANY else NARROW


def _points(search: ColumnSearch, number: int, roster: Ints, worth: Floats) -> float:
    """Points of a person's roster less the worth of its items."""
    return evaluate(search.subproblem, number, roster) - float(worth[roster[roster >= 0]].sum())
