"""Window: where and when a task may start; what lateness, the worst lateness and a moved time cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEVER = 2**31
"""A due moment that nobody misses."""


@dataclass(frozen=True)
class WindowTable:
    """Options: the ways of placing a task; exactly one is chosen for a task with a filled slot.

    first: int64 [task + 1], options of task t are first[t]..first[t+1]
    task, day, place: int64 [option]
    earliest, latest: int64 [option], ticks; slot starts of the first slot never lie before
        `earliest` (structural); each tick of a slot's start beyond `latest` + its least `after`
        costs `late_hard` points
    due: int64 [option]; each tick of a filled slot's start (end if `at_end`) beyond it costs `late` points
    worst: points for each tick of the largest lateness over all filled slots
    told: int64 [task]; points for each filled slot whose start, less its least `after`, lies before
        `told_first` or after `told_last` of the option
    told_first, told_last: int64 [option], ticks; 0 and -1 where no start is as told
    """

    first: NDArray[np.int64]
    task: NDArray[np.int64]
    day: NDArray[np.int64]
    place: NDArray[np.int64]
    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]
    due: NDArray[np.int64]
    late: NDArray[np.int64]
    told_first: NDArray[np.int64]
    told_last: NDArray[np.int64]
    told: NDArray[np.int64]
    late_hard: int
    worst: int
    at_end: bool


class WindowBuilder:
    """Collects options, then what lateness costs."""

    NEVER = NEVER

    def __init__(self, tasks: int):
        self._options: list[list[list[int]]] = [[] for _ in range(tasks)]
        self._told = [0] * tasks
        self.late_hard = 0
        self.worst = 0
        self.at_end = False

    def option(
        self, task: int, day: int, place: int, earliest: int, latest: int, due: int = NEVER
    ) -> None:
        """The task may start on `day` at `place` from `earliest` to `latest`, both included."""
        self._options[task].append([day, place, earliest, latest, due, 0, 0, -1])

    def keep(self, task: int, day: int | None, place: int | None, start: int | None) -> None:
        """Drop the task's options on other days or places; a given start leaves just that moment."""
        kept = []
        for one in self._options[task]:
            if day not in (None, one[0]) or place not in (None, one[1]):
                continue
            if start is not None:
                if not one[2] <= start <= one[3]:
                    continue
                one[2] = one[3] = start
            kept.append(one)
        self._options[task] = kept

    def confine(self, task: int, place: int | None, spans: list[tuple[int, int]]) -> None:
        """Leave of the task's options (at one place, or all) the parts inside spans (first, last start)."""
        self._options[task] = [
            part
            for one in self._options[task]
            for part in ([one] if place not in (None, one[1]) else _parts(one, spans))
        ]

    def late(self, task: int, points: int) -> None:
        """Each tick beyond due costs the task's filled slots `points` each."""
        for one in self._options[task]:
            one[5] += points

    def tell(self, task: int, place: int, first: int, last: int, points: int) -> None:
        """The task was told to start at a place from `first` to `last`, both included; else `points`.

        Engines start as early as an option lets them: one more option each begins at `first`.
        """
        self._told[task] = points
        for one in list(self._options[task]):
            if one[1] == place and one[2] <= last and first <= one[3]:
                one[6:] = first, last
                if one[2] < first:
                    self._options[task].append([*one[:2], first, *one[3:]])

    def build(self) -> WindowTable:
        """Options in order of task; equal ones once."""
        for number, own in enumerate(self._options):
            self._options[number] = [list(one) for one in dict.fromkeys(map(tuple, own))]
        counts = [len(own) for own in self._options]
        flat = [one for own in self._options for one in own]
        table = np.array(flat, dtype=np.int64).reshape(len(flat), 8)
        return WindowTable(
            first=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
            task=np.repeat(np.arange(len(counts)), counts).astype(np.int64),
            day=table[:, 0].copy(),
            place=table[:, 1].copy(),
            earliest=table[:, 2].copy(),
            latest=table[:, 3].copy(),
            due=table[:, 4].copy(),
            late=table[:, 5].copy(),
            told_first=table[:, 6].copy(),
            told_last=table[:, 7].copy(),
            told=np.array(self._told, dtype=np.int64),
            late_hard=self.late_hard,
            worst=self.worst,
            at_end=self.at_end,
        )


def _parts(option: list[int], spans: list[tuple[int, int]]) -> list[list[int]]:
    day, place, earliest, latest, *rest = option
    cut = [(max(earliest, first), min(latest, last)) for first, last in spans]
    return [[day, place, first, last, *rest] for first, last in cut if first <= last]
