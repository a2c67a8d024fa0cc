"""A whole horizon at once: the program at the root, then dives, until it is proven or time is up."""

import math
from dataclasses import replace

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.dive import Dive, dive
from scheduler.engines.columns.generation import FREE, ColumnGeneration, Convergence
from scheduler.engines.columns.pricing import BEST, LONG
from scheduler.engines.columns.restricted_master import MasterSolution, RosterColumn
from scheduler.engines.columns.rounding import round_shares
from scheduler.engines.columns.smoothed_dive import (
    HASTE,
    SmoothedDive,
    improve_parts,
    smoothed_dive,
)
from scheduler.engines.columns.smoothed_generation import SmoothedGeneration
from scheduler.stop import Stop

ENOUGH, FIRST_SHARE = 16, 0.25
"""Least pricing rounds for the first columns of a whole horizon, and the largest share of the time left for them."""
COARSE = 75
"""Rows of the program of a long horizon for each person from which on its prices settle too slowly: whole rosters are few."""
DIVING = 0.02
"""Gap to the bound, a share of the value, at which dives by the smoothed dual begin."""
MIDDLE = 150
"""Rows of a program from which on a first dive comes before all of the root."""
ROOT_SHARE = 0.45
"""Largest share of the time left for the root of such a program."""
LIGHT, AGAIN = 3, 5
"""Columns a row with which a dive of a large program begins, and pricing rounds after that."""
HEAVY = 10
"""Columns a row beyond which a dive of any other begins so too."""
PROOF = 128
"""Labels kept for each state when a bound is proven."""
GRAINS, LOOSE, LOOSEST = 2, 0.1, 0.03
"""Rises that a dive does not undo: grains; a share of the gap, as a share of the value; and at most."""
HASTY, CAREFUL, DIVE_SHARE, HASTE_SHARE = 0.1, 0.01, 0.85, 0.95
"""Of a dive whose end is annealed: its pace, and the most that it may rise; the largest share of the time left of
it, and of one in haste."""
COLD_ROUNDS = 60
"""Rounds of a smoothed program whose dives are annealed: long before, its bound stands still."""
ROUGH = SmoothedDive(pace=0.1, rounds=2, leap=0.01, rough=True)
PATIENCE, NOISE = 2, 0.01
"""Its dives, how many in a row may bring nothing, and the noise of all but the first."""
NEAR = Dive(pace=0.1, rounds=2, noise=0.1, rough=True)
GUIDE, UNTIL, APART = (0.3, 0.9), (0.2, 0.6), (0.0, 0.5)
"""A dive that keeps near the incumbent: least and most that it adds to the shares of the incumbent's cells, what share
of all cells is fixed so, and the share of the people whose cells are left out of that."""
SETTLED = 3
"""Pricing rounds before such a dive."""
HELD_SHARE = 0.4
"""Share of the people whose rosters every second dive holds as in the incumbent."""


def begin_whole(search: ColumnSearch) -> ColumnGeneration | None:
    """The program of all days with its first columns, rosters near its shares, and what dives make of them.

    None where `ENOUGH` pricing rounds like the second would take more than `FIRST_SHARE` of the time left, and
    where whole rosters are too coarse.
    """
    subproblem, stop = search.subproblem, search.stop
    coarse = len(subproblem.items) > COARSE * subproblem.people and subproblem.days > LONG
    if search.stopped or search.points is None or coarse:
        return None
    master = ColumnGeneration(subproblem, search.rosters, 0, subproblem.days, stop)
    if not master.large:
        return None
    master.rounds = search.rounds
    master.add_rosters(search.rosters)
    smoothed = SmoothedGeneration(master)
    smoothed.warm(rounds=1)  # takes several times as long as any other: tolls are new
    begun = stop.elapsed
    smoothed.warm(rounds=1)
    if ENOUGH * (stop.elapsed - begun) > FIRST_SHARE * stop.seconds_left:
        return None
    master.stop = _share(stop, ROOT_SHARE)
    if search.annealed:
        smoothed.warm(sharp=DIVING, rounds=COLD_ROUNDS)
        master.stop = stop
        _rough_dives(search, smoothed)
    else:
        sharp = smoothed.warm(sharp=DIVING)
        master.stop = stop
        if sharp or subproblem.days > LONG:
            round_shares(search, master, smoothed.shares())
        if sharp:
            smoothed_dive(search, smoothed, SmoothedDive())
            improve_parts(search, smoothed)
        elif subproblem.days <= LONG:  # else windows are better
            master.stop = _share(stop, HASTE_SHARE)
            smoothed_dive(search, smoothed, HASTE)
            master.stop = stop
    search.rounds = master.rounds
    return master


def _rough_dives(search: ColumnSearch, smoothed: SmoothedGeneration) -> None:
    """Dives whose ends are annealed, until some in a row bring nothing; all but the first with noise."""
    idle, options = 0, ROUGH
    while idle < PATIENCE and not search.stopped:
        before, smoothed.master.stop = search.points, _share(search.stop, DIVE_SHARE)
        smoothed_dive(search, smoothed, options)
        idle = 0 if search.points != before else idle + 1
        options = replace(options, noise=NOISE)
    smoothed.master.stop = search.stop


def search_whole(search: ColumnSearch, master: ColumnGeneration | None = None) -> None:
    """Improve the rosters of all days together; `master`: of `begin_whole`."""
    if search.stopped:
        return
    subproblem, warm = search.subproblem, master is not None
    if master is None:
        master = ColumnGeneration(subproblem, search.rosters, 0, subproblem.days, search.stop)
    else:
        master.rounds = search.rounds
    if search.points is not None:
        master.add_rosters(search.rosters)
    begun = search.stop.elapsed
    near = search.annealed and master.large and warm
    if master.rows >= MIDDLE and not near:
        _first_dive(search, master, warm=warm)
    longest = search.stop.elapsed - begun
    root = _root(search, master, master.keeps[:1] if near else master.keeps)
    columns = master.columns()
    number = 0
    while not master.stopped() and not search.proven:
        begun = search.stop.elapsed
        # What a dive would not end in is left to annealing.
        if search.annealed and search.points is not None and search.stop.seconds_left < longest:
            search.polish(search.rosters)
            continue
        if near:
            _near_dive(search, master, columns)
        else:
            _later_dive(search, master, root.solution, number)
        number += 1
        longest = max(longest, search.stop.elapsed - begun)
    search.rounds = master.rounds


def _first_dive(search: ColumnSearch, master: ColumnGeneration, *, warm: bool) -> None:
    """A dive with one label a state: nearly as good, in a tenth of the time."""
    if master.large and not warm:
        SmoothedGeneration(master).warm()
    master.stop = _share(search.stop, ROOT_SHARE)
    master.settle(master.keeps[:1])
    master.stop = search.stop
    solution = _lightened(master)
    _dive_and_polish(search, master, solution, _options(search, solution))


def _dive_and_polish(
    search: ColumnSearch,
    master: ColumnGeneration,
    solution: MasterSolution,
    options: Dive,
    near: Ints | None = None,
) -> None:
    if search.annealed:
        master.stop = _share(search.stop, DIVE_SHARE)
    rosters = dive(master, solution, _ceiling(search), options, search.random, near)
    master.stop = search.stop
    master.fixed[:] = FREE
    if rosters is not None and (near is None or (rosters != search.rosters).any()):
        search.polish(rosters)


def _ceiling(search: ColumnSearch) -> float:
    """The value from which on a dive is given up; where its end is polished it may be dearer than the incumbent."""
    return math.inf if search.annealed else search.ceiling


def _options(search: ColumnSearch, solution: MasterSolution) -> Dive:
    """A dive; where all points are multiples of a grain, it lets the value rise by grains, or by a share.

    The share is a part of the gap between the incumbent and the program's value: the worse the one, the
    less care it takes to beat it.
    """
    grain, options = search.subproblem.grain, Dive()
    if search.annealed:
        options = replace(options, pace=HASTY, rough=True)
    if grain == 1:
        return options
    gap = 1.0
    if search.points is not None and not search.broken:
        gap = 1 - (search.subproblem.program_base + solution.value) / max(1, search.points)
    loosest = CAREFUL if search.annealed else LOOSEST
    leap = max(options.leap, min(loosest, LOOSE * gap))
    return replace(options, jump=GRAINS * grain, leap=leap)


def _root(search: ColumnSearch, master: ColumnGeneration, labels: tuple[int, ...]) -> Convergence:
    """The program at the root and its bound; a program that is not small gets a share of the time left.

    labels: see `ColumnGeneration.settle`.
    """
    if master.rows >= MIDDLE:
        master.stop = _share(search.stop, ROOT_SHARE)
    master.most = BEST
    root = master.settle(labels)
    _judge(search, master, root)
    master.stop = search.stop
    return root


def _share(stop: Stop, share: float) -> Stop:
    """A stop for a share of the time left."""
    return stop if stop.seconds is None else stop.within(share * stop.seconds_left)


def _lightened(master: ColumnGeneration) -> MasterSolution:
    """The program with its most promising columns; every pricing adds one column from now on."""
    master.most = 1
    solution = master.settle(master.keeps[:1], 0).solution
    master.forget(solution.prices, LIGHT * master.rows, solution.shares)
    return master.settle(master.keeps[:1], AGAIN).solution


def _judge(search: ColumnSearch, master: ColumnGeneration, root: Convergence) -> None:
    """Set the search's estimate and bound from the root."""
    if not root.converged:
        return
    base, value = search.subproblem.program_base, root.solution.value
    search.estimate = math.ceil(base + value - 1e-4)
    if search.subproblem.complete and search.subproblem.days <= LONG:
        least = value if root.exact else master.proven(root.solution.prices, PROOF)
        if math.isfinite(least):
            search.bound = math.ceil(base + least - 1e-4)


def _near_dive(search: ColumnSearch, master: ColumnGeneration, columns: list[RosterColumn]) -> None:
    """A dive from the root's columns that fixes first what its program and the incumbent agree upon.

    What both agree upon costs little; the rest is decided anew. How long it is guided, how firmly and by whose
    rosters is drawn. After Danna, Rothberg & Le Pape 2005 (10.1007/s10107-004-0518-7), who solve what is left as
    an integer program.
    """
    random = search.random
    master.take_back(columns)
    master.add_rosters(search.rosters)
    solution = master.settle(master.keeps[:1], SETTLED).solution
    options = replace(
        NEAR,
        jump=GRAINS * search.subproblem.grain,
        guide=random.uniform(*GUIDE),
        until=random.uniform(*UNTIL),
    )
    near = search.rosters.copy()
    near[random.random(len(near)) < random.uniform(*APART)] = FREE
    _dive_and_polish(search, master, solution, options, near)


def _later_dive(
    search: ColumnSearch, master: ColumnGeneration, root: MasterSolution, number: int
) -> None:
    """A dive from the root, with more noise than the first; in every second some people are held."""
    ceiling, options = _ceiling(search), _options(search, root)
    if number:
        options = replace(options, noise=0.15 * (1 + number % 3), pace=0.06)
    if master.large:
        options = replace(options, labels=master.keeps[-2])
    if master.large or len(master.program.columns) > HEAVY * master.rows:
        _lightened(master)
    if number % 2 and search.points is not None:
        held = search.random.random(search.subproblem.people) < HELD_SHARE
        master.fixed[held] = search.rosters[held]
    solution = master.settle((options.labels,), 3, ceiling).solution
    _dive_and_polish(search, master, solution, options)
