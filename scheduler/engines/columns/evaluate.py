"""What a person's roster costs, computed directly: the same points as by labels."""

import numpy as np

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.day_sequence import follows, follows_each
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.total import STOPS, WORK


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
    both = (roster[:-1] != NONE) & (roster[1:] != NONE)
    before, after = roster[:-1][both], roster[1:][both]
    points = int(follows_each(subproblem, person, before, after).sum())
    if roster[0] != NONE:
        points += int(follows(subproblem, person, 0, roster[:0], roster[:1])[0, 0])
    return points


def _run(subproblem: Subproblem, person: int, roster: Ints) -> int:
    run, points = subproblem.lowered.run, 0
    worked = roster != NONE
    for row in np.flatnonzero(run.person == person):
        has = worked.copy()
        if run.measure[row] > STOPS:
            has[worked] = subproblem.amounts[roster[worked], run.measure[row]] > 0
        days = (has == bool(run.on[row]))[run.first[row] : run.end[row]]
        line = np.concatenate([np.ones(run.past[row], dtype=np.bool_), days]).astype(np.int64)
        edges = np.flatnonzero(np.diff(line, prepend=0, append=0)).tolist()
        for first, end in zip(edges[::2], edges[1::2], strict=True):
            if run.sense[row] > 0:
                free = max(int(run.bound[row]), 0 if first else int(run.past[row]))
                points += int(run.points[row]) * max(0, end - first - free)
            elif not run.told[row] and first == 0 and end == run.past[row]:
                continue
            elif (first or run.begins[row]) and (end < len(line) or run.ends[row]):
                points += int(run.points[row]) * max(0, int(run.bound[row]) - (end - first))
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
