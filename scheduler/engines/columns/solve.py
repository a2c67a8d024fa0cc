"""Solving by columns: by annealing on cells, window by window, then the horizon as a whole."""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from scheduler.engines.columns.cells.search import search_cells
from scheduler.engines.columns.column_search import ColumnSearch, OnRoster
from scheduler.engines.columns.restricted_master import UnsolvedError
from scheduler.engines.columns.rolling_windows import search_windows
from scheduler.engines.columns.subproblem import Subproblem, full_subproblem
from scheduler.engines.columns.whole_horizon import begin_whole, search_whole
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import DenseRoster
from scheduler.stop import Stop


@dataclass(frozen=True)
class ColumnResult:
    """The best roster of a search by columns; None where it has none, as for the points.

    points, bound, estimate: in Lowered's points; None: unknown. bound: proven, no roster of the
    subproblem costs less. estimate: the linear program's value, also where labels were cut. rounds:
    pricing rounds done.
    """

    dense: DenseRoster | None
    points: int | None
    bound: int | None
    estimate: int | None
    rounds: int


def solve_columns(
    lowered: Lowered,
    incumbent: DenseRoster | None,
    stop: Stop,
    seed: int = 0,
    on_roster: OnRoster | None = None,
    subproblem: Subproblem | None = None,
) -> ColumnResult | None:
    """The best roster until `stop` says so (its steps are pricing rounds).

    incumbent: a roster to begin from and to beat. subproblem: what to decide; None: everything, where
    `full_subproblem` allows it, else the result is None. A linear program that cannot be solved ends
    the search with its best roster so far.
    """
    subproblem = full_subproblem(lowered) if subproblem is None else subproblem
    if subproblem is None:
        return None
    search = ColumnSearch(subproblem, incumbent, stop, seed, on_roster)
    if not _rigid(subproblem):
        with suppress(UnsolvedError):
            search_cells(search)
    master = None
    with suppress(UnsolvedError):
        master = begin_whole(search)
    with suppress(UnsolvedError):
        if master is None or not search.annealed:  # else dives near the incumbent bring more
            search_windows(search)
        search_whole(search, master)
    best = None if search.points is None else subproblem.to_dense(search.rosters)
    return ColumnResult(best, search.points, search.bound, search.estimate, search.rounds)


def _rigid(subproblem: Subproblem) -> bool:
    """Whether all sums and runs of several days are hard limits: then few changes of single days keep them all."""
    run, total = subproblem.lowered.run, subproblem.lowered.total
    several = np.diff(total.day_first[total.group_first]) > 1
    sums = np.repeat(several, np.diff(total.piece_first))
    points = np.concatenate([run.points, total.pieces[sums, 2]])
    return len(points) > 0 and bool((points >= subproblem.lowered.scale.hard).all())
