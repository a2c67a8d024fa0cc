"""PartRoutes: all routes through some stops of a person, followed from stop to stop while they may collect more.

Labels of a set of tasks, a place and the first moment at which a route may be there, after Desrochers, Desrosiers & Solomon 1992
(10.1287/opre.40.2.342).
"""

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.possible_starts import PossibleStarts

MOST_TASKS, MOST_LABELS = 62, 20_000
Ints = NDArray[np.int64]


class PartRoutes:
    """Routes of one person through stops, each task once. Nodes are places and times at which a task can begin.

    tasks: int64, sorted, of which task each number is
    """

    def __init__(self, starts: PossibleStarts, task: Ints, ticks: NDArray[np.int32], most: int):
        """task: [span]; ticks: [from, to], not longer than by another place; most: stops of a route."""
        number = np.unique(task, return_inverse=True)[1]
        spans = (number, starts.place, starts.first, starts.last, starts.every, starts.length)
        nodes = np.unique(np.stack(spans, axis=1), axis=0)
        self._task, self._place, self._first, self._last, self._every, self._length = nodes.T
        self._way = ticks[self._place][:, self._place].astype(np.int64)
        self._most = most

    def best(self, weight: Ints, beyond: int) -> tuple[int, list[int]] | None:
        """The most that a route collects, and its tasks; `beyond` and none where no route collects more.

        weight: int64 [task], of the numbers of tasks in order; None where there are too many routes to follow
        """
        nodes = np.flatnonzero(weight[self._task] > 0)
        task, place, length = self._task[nodes], self._place[nodes], self._length[nodes]
        first, last, every = self._first[nodes], self._last[nodes], self._every[nodes]
        gain, way = weight[task], self._way[np.ix_(nodes, nodes)]
        numbers, short = np.unique(task, return_inverse=True)
        if not len(numbers):
            return beyond, []
        if len(numbers) > MOST_TASKS:
            return None
        bit = np.int64(1) << short.astype(np.int64)
        closes = int((last + length).max())
        rest = _rest(short, gain, length + _least_way(way, short), closes - int(first.min()))
        best, route = beyond, np.int64(0)
        taken, at, end, got = bit, np.arange(len(nodes)), first + length, gain
        for _ in range(self._most):
            if not len(at):
                break
            top = int(got.argmax())
            if got[top] > best:
                best, route = int(got[top]), taken[top]
            begin = np.maximum(first, -(-(end[:, None] + way[at]) // every) * every)
            total = got[:, None] + gain
            possible = (begin <= last) & (taken[:, None] & bit == 0)
            left = np.clip(closes - begin - length, 0, len(rest) - 1)
            before, at = np.nonzero(possible & (total + rest[left] > best))
            if len(at) > MOST_LABELS:
                return None
            taken, end, got = (
                taken[before] | bit[at],
                (begin + length)[before, at],
                total[before, at],
            )
            order = np.lexsort((end, place[at], taken))
            new = np.diff(taken[order], prepend=-1) != 0
            new |= np.diff(place[at][order], prepend=-1) != 0
            keep = order[new]
            taken, at, end, got = taken[keep], at[keep], end[keep], got[keep]
        return best, numbers[(route >> np.arange(len(numbers))) & 1 == 1].tolist()


def _least_way(way: Ints, task: Ints) -> Ints:
    """int64 [node]: ticks from the nearest node of another task; 0 where there is none."""
    others = task[:, None] != task[None, :]
    far = way.max() + 1
    least = np.where(others, way, far).min(axis=0)
    return np.where(least < far, least, 0)


def _rest(task: Ints, gain: Ints, ticks: Ints, most: int) -> Ints:
    """int64 [ticks left]: what tasks can add in so many ticks at most, windows left out (knapsack)."""
    rest = np.zeros(most + 1, dtype=np.int64)
    for number in range(int(task.max()) + 1):
        need = int(ticks[task == number].min())
        if need <= most:
            rest[need:] = np.maximum(
                rest[need:], rest[: most + 1 - need] + gain[task == number].max()
            )
    return rest
