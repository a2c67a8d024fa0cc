"""What a person's roster costs, computed directly: the same points as by labels."""

from itertools import pairwise

import numpy as np

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.day_sequence import follows
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.total import WORK


def evaluate(subproblem: Subproblem, person: int, roster: Ints) -> int:
    """Points of a person's roster, int64 [day] items or -1; broken hard rules at their price."""
    worked = np.flatnonzero(roster != NONE)
    cells = int(subproblem.cost[roster[worked], person].sum())
    return (
        cells
        + _follow(subproblem, person, roster)
        + _run(subproblem, person, roster)
        + _total(subproblem, person, roster)
    )


def _follow(subproblem: Subproblem, person: int, roster: Ints) -> int:
    points = 0
    for day in np.flatnonzero(roster != NONE):
        before, after = roster[max(0, day - 1) : day], roster[day : day + 1]
        if not day or before[0] != NONE:
            points += int(follows(subproblem, person, int(day), before, after)[0, 0])
    return points


def _run(subproblem: Subproblem, person: int, roster: Ints) -> int:
    run, points, days = subproblem.lowered.run, 0, len(roster)
    on = roster != NONE
    past = {True: int(run.past_on[person]), False: int(run.past_off[person])}
    cuts = [0, *(np.flatnonzero(on[1:] != on[:-1]) + 1).tolist(), days]
    for first, end in pairwise(cuts):
        work = bool(on[first])
        length = end - first + (past[work] if first == 0 else 0)
        if work:
            points += int(run.over_on[person]) * max(0, length - int(run.most_on[person]))
        unknown = not sum(past.values()) or (past[work] and run.past_open[person])
        if end == days or (first == 0 and unknown):
            continue
        least, under = (run.least_on, run.under_on) if work else (run.least_off, run.under_off)
        points += int(under[person]) * max(0, int(least[person]) - length)
    return points


def _total(subproblem: Subproblem, person: int, roster: Ints) -> int:
    total, points = subproblem.lowered.total, 0
    amounts = np.zeros((len(roster), total.measures), dtype=np.int64)
    worked = roster != NONE
    amounts[worked] = subproblem.amounts[roster[worked]]
    amounts[worked, WORK] = subproblem.work[roster[worked], person]
    for row in subproblem.rows_of[person]:
        value = int(total.base[row])
        for group in range(total.group_first[row], total.group_first[row + 1]):
            days = total.days[total.day_first[group] : total.day_first[group + 1]]
            amount = int(amounts[days, total.measure[group]].sum())
            value += (amount > 0) if total.any_day[row] else amount
        for sense, bound, worth in total.pieces[
            total.piece_first[row] : total.piece_first[row + 1]
        ]:
            points += int(worth) * max(0, int(sense) * (value - int(bound)))
    return points
