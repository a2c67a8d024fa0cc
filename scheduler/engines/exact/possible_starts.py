"""Possible starts: where and when assignments can begin, by windows and presence alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.feasible_assignments import FAR, Columns, presence
from scheduler.lowered import Lowered


@dataclass(frozen=True)
class PossibleStarts:
    """All int64 [span]; spans of one assignment are neighbours, in the order of assignments.

    assignment: whose; place: where; first, last: its first and last start there; every: starts are
    multiples of it; length: how long the stop lasts
    """

    assignment: NDArray[np.int64]
    place: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    every: NDArray[np.int64]
    length: NDArray[np.int64]

    def of(self, spans: slice | NDArray[np.int64]) -> "PossibleStarts":
        """Some of the spans."""
        return PossibleStarts(
            self.assignment[spans],
            self.place[spans],
            self.first[spans],
            self.last[spans],
            self.every[spans],
            self.length[spans],
        )

    @cached_property
    def cuts(self) -> NDArray[np.int64]:
        """int64 [assignment]: where its spans begin."""
        return np.concatenate([[0], np.flatnonzero(np.diff(self.assignment)) + 1])


def possible_starts(
    lowered: Lowered, slot: Columns, person: Columns, day: Columns
) -> PossibleStarts:
    """Of feasible assignments, each of which has one span at least."""
    spans, window = presence(lowered), lowered.window
    late = window.late_hard < lowered.scale.hard
    options: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}
    columns = window.task, window.day, window.node, window.earliest, window.latest, window.every
    for task, date, node, first, last, every in zip(*(c.tolist() for c in columns), strict=True):
        options.setdefault((task, date), []).append((node, first, FAR if late else last, every))

    def rows() -> Iterator[tuple[int, int, int, int, int, int]]:
        assignments = zip(slot.tolist(), person.tolist(), day.tolist(), strict=True)
        for number, (filled, who, date) in enumerate(assignments):
            least, length = int(lowered.crew.least[filled]), int(lowered.crew.duration[filled])
            found = set()
            for node, first, last, every in options[lowered.index.task_of[filled], date]:
                for opens, closes in spans[who][date]:
                    begin = -(-max(opens, first + least) // every) * every
                    end = min(closes - length, last + least)
                    if begin <= end:
                        found.add((number, node, begin, end, every, length))
            yield from sorted(found)

    table = np.array(list(rows()), dtype=np.int64).reshape(-1, 6)
    return PossibleStarts(*(column.copy() for column in table.T))
