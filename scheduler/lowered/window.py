"""Window: where and when a task may start; what lateness, the worst lateness and a moved time cost."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = 2**40
"""A due moment that nobody misses."""


@dataclass(frozen=True)
class WindowTable:
    """Options: the days, places and times of a task; exactly one is chosen where a slot is filled.

    first: int64 [task + 1], options of task t are first[t]..first[t+1]
    task, day, place: int64 [option]
    node: int64 [option], the place in the tables of ways (see spells.py); the place itself where nobody
        goes home within a day
    earliest, latest: int64 [option], ticks; slot starts of the first slot never lie before
        `earliest` (structural); each tick of a slot's start beyond `latest` + its least `after`
        costs `late_hard` points, and none begins at `until` + its least `after` or later (structural)
    until: int64 [option], ticks; from then on a start would lie on another day, of the calendar or
        of somebody's work, or touch other days that a total asks for
    due: int64 [option]; each tick of a filled slot's start (end if `at_end`) beyond it costs `late` points
    worst: points for each tick of the largest lateness over all filled slots
    published: int64 [slot]; points of a filled slot whose start, less `published_after`, lies
        before `published_first` or after `published_last` of the option
    published_after: int64 [slot], ticks from the task's published start to the slot's
    published_first, published_last: int64 [option], ticks; 0 and -1 at another place
    every: int64 [option], ticks; slots start at multiples of it (structural)
    """

    first: NDArray[np.int64]
    task: NDArray[np.int64]
    day: NDArray[np.int64]
    place: NDArray[np.int64]
    node: NDArray[np.int64]
    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]
    until: NDArray[np.int64]
    due: NDArray[np.int64]
    late: NDArray[np.int64]
    published_first: NDArray[np.int64]
    published_last: NDArray[np.int64]
    published: NDArray[np.int64]
    published_after: NDArray[np.int64]
    every: NDArray[np.int64]
    late_hard: int
    worst: int
    at_end: bool


class _OptionRow(NamedTuple):
    """A row of the table; its fields have the names of the table's columns."""

    day: int
    place: int
    earliest: int
    latest: int
    due: int
    late: int = 0
    published_first: int = 0
    published_last: int = -1
    every: int = 1
    until: int = NEVER

    def starting_every(self, ticks: int, published: tuple[int, ...]) -> "_OptionRow":
        """The option with starts at multiples of `ticks`, where it holds one and the published starts are some."""
        is_published = self.earliest == self.published_first <= self.published_last
        if is_published and any(start % ticks for start in published):
            return self
        first = -(-self.earliest // ticks) * ticks
        return self if first > self.latest else self._replace(every=ticks)

    def inside(self, spans: list[tuple[int, int]]) -> list["_OptionRow"]:
        """The parts of the option inside spans (first, last start)."""
        bounds = [(max(self.earliest, first), min(self.latest, last)) for first, last in spans]
        return [
            self._replace(earliest=first, latest=last) for first, last in bounds if first <= last
        ]

    def cut(self, edges: list[int], midnight: int) -> list["_OptionRow"]:
        """The parts of the option between edges, each with the moment that ends it; midnight does at last."""
        begin, end = bisect_right(edges, self.earliest), bisect_right(edges, self.latest)
        inside, after = edges[begin:end], min([midnight, *edges[end : end + 1]])
        firsts, lasts = [self.earliest, *inside], [*(edge - 1 for edge in inside), self.latest]
        parts = zip(firsts, lasts, [*inside, max(after, self.latest + 1)], strict=True)
        return [
            self._replace(earliest=first, latest=last, until=until) for first, last, until in parts
        ]


class WindowBuilder:
    """Collects options, then what lateness costs."""

    NEVER = NEVER

    def __init__(self, tasks: int, slots: int):
        self._options: list[list[_OptionRow]] = [[] for _ in range(tasks)]
        self._published = [0] * slots
        self._published_after = [0] * slots
        self._every = [1] * tasks
        self._published_starts: list[tuple[int, ...]] = [()] * tasks
        self.late_hard = 0
        self.worst = 0
        self.at_end = False

    def option(
        self, task: int, day: int, place: int, earliest: int, latest: int, due: int = NEVER
    ) -> None:
        """The task may start on `day` at `place` from `earliest` to `latest`, both included."""
        self._options[task].append(_OptionRow(day, place, earliest, latest, due))

    def keep(self, task: int, day: int | None, place: int | None, start: int | None) -> None:
        """Drop the task's options on other days or places; a given start leaves just that moment."""
        options = [
            option
            for option in self._options[task]
            if day in (None, option.day) and place in (None, option.place)
        ]
        if start is not None:
            options = [
                option._replace(earliest=start, latest=start)
                for option in options
                if option.earliest <= start <= option.latest
            ]
        self._options[task] = options

    def confine(self, task: int, place: int | None, spans: list[tuple[int, int]]) -> None:
        """Cut the task's options, at a place or (None) everywhere, to spans (first, last start)."""
        self._options[task] = [
            part
            for option in self._options[task]
            for part in (option.inside(spans) if place in (None, option.place) else [option])
        ]

    def late(self, task: int, points: int) -> None:
        """Each tick beyond due costs the task's filled slots `points` each."""
        self._options[task] = [
            option._replace(late=option.late + points) for option in self._options[task]
        ]

    def publish(
        self, task: int, place: int, first: int, last: int, slots: dict[int, tuple[int, int]]
    ) -> None:
        """The task was published at a place from `first` to `last`, both included.

        slots: slot → (ticks from then to the slot's own published start, points of another time).
        Engines start as early as an option allows, so each option gets a copy that begins at `first`; in it
        each slot waits for its own published start (see crew.py).
        """
        self._published_starts[task] = tuple(first + after for after, _ in slots.values())
        for slot, (after, points) in slots.items():
            self._published_after[slot], self._published[slot] = after, points
        options, later = [], []
        for option in self._options[task]:
            if option.place == place:
                option = option._replace(published_first=first, published_last=last)
                if option.earliest < first <= option.latest:
                    later.append(option._replace(earliest=first))
            options.append(option)
        self._options[task] = options + later

    def start_every(self, task: int, ticks: int) -> None:
        """The task's slots start at multiples of `ticks`, except in options that hold none or were published otherwise."""
        self._every[task] = ticks

    def spans(self, day_ticks: int) -> list[tuple[int, int]]:
        """[task], ticks: the first start of its options, and where the last of them must have begun."""
        return [
            (
                min((option.earliest for option in of_task), default=0),
                max(
                    (max(option.latest + 1, (option.day + 1) * day_ticks) for option in of_task),
                    default=0,
                ),
            )
            for of_task in self._options
        ]

    def build(self, edges: list[list[int]], day_ticks: int) -> WindowTable:
        """Options in order of task, without duplicates.

        edges: [task], ticks in order; options are cut so that none begins before one and ends after
        it or on it. Midnights need not be among them.
        """
        options = [
            list(
                dict.fromkeys(
                    part.starting_every(every, published)
                    for option in of_task
                    for part in option.cut(at, (option.day + 1) * day_ticks)
                )
            )
            for of_task, at, every, published in zip(
                self._options, edges, self._every, self._published_starts, strict=True
            )
        ]
        counts = [len(of_task) for of_task in options]
        rows = [option for of_task in options for option in of_task]
        table = np.array(rows, dtype=np.int64).reshape(len(rows), len(_OptionRow._fields))
        columns = {name: table[:, n].copy() for n, name in enumerate(_OptionRow._fields)}
        return WindowTable(
            first=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
            task=np.repeat(np.arange(len(counts)), counts).astype(np.int64),
            published=np.array(self._published, dtype=np.int64),
            published_after=np.array(self._published_after, dtype=np.int64),
            late_hard=self.late_hard,
            worst=self.worst,
            at_end=self.at_end,
            node=columns["place"],
            **columns,
        )
