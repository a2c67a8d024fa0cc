"""Total: a convex cost of a person's sum, over days, of a measure of their slots.

A sum goes by working days, or by the calendar days that stops touch: Friday's night shift is Friday's
work, and it touches Saturday. What touches which days is known of each option (see `edges`), so it is
a measure of its own, which slots have in some of their options.
"""

from collections.abc import Hashable, Iterator, Sequence, Sized
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered.window import WindowTable

WORK = 0
"""Measure 0: ticks of work; engines add travel to it where travel counts."""
STOPS = 1
"""Measure 1: number of stops."""


@dataclass(frozen=True)
class TotalTable:
    """All int64.

    pair_first: [slot + 1]; pair_first[s] + n is slot s with its task's option number n, which adds
    amount_row: [pair]; row of `amount_first`; pairs that add the same share one
    amount_first: [amount row + 1]; rows amount_first[r] .. amount_first[r+1] of
    amounts: [entry, 2]: measure, amount
    measures: how many measures there are
    person, any_day, base: [row]; the row's value is base plus, over its groups of working days,
        the sum of the group's measure (any_day = 0), or 1 for each group with any of it (any_day = 1)
    group_first: [row + 1], into the groups of the row
    measure: [group]; day_first: [group + 1], into `days`: [entry]
    piece_first: [row + 1]; pieces: [piece, 3]: sense, bound, points. Sense 1 costs
        points * max(0, value - bound), sense -1 costs points * max(0, bound - value)
    """

    pair_first: NDArray[np.int64]
    amount_row: NDArray[np.int64]
    amount_first: NDArray[np.int64]
    amounts: NDArray[np.int64]
    measures: int
    person: NDArray[np.int64]
    any_day: NDArray[np.int64]
    base: NDArray[np.int64]
    group_first: NDArray[np.int64]
    measure: NDArray[np.int64]
    day_first: NDArray[np.int64]
    days: NDArray[np.int64]
    piece_first: NDArray[np.int64]
    pieces: NDArray[np.int64]

    def added(self, slot: int, number: int) -> NDArray[np.int64]:
        """[entry, 2]: the measures, and how much a slot adds to each, in its task's option `number`."""
        row = self.amount_row[self.pair_first[slot] + number]
        amounts: NDArray[np.int64] = self.amounts[
            self.amount_first[row] : self.amount_first[row + 1]
        ]
        return amounts


_Days = tuple[int, ...]


@dataclass(frozen=True)
class _Row:
    person: int
    measure: int
    groups: tuple[_Days, ...]
    pieces: tuple[tuple[int, int, int], ...]
    any_day: bool
    base: int
    touching: bool


class TotalBuilder:
    """Collects measures and the rows that price them.

    durations, least: [slot], ticks: of the slot, and from its task's start to its own at least;
    task_of: [slot]
    """

    WORK = WORK
    STOPS = STOPS

    def __init__(
        self,
        durations: list[int],
        least: list[int],
        task_of: Sequence[int],
        day_ticks: int,
        eve: int | None = None,
    ):
        self._durations, self._least, self._task_of = durations, least, task_of
        self._day_ticks = day_ticks
        self._eve = eve
        self._measures: list[dict[int, int]] = [
            dict(enumerate(durations)),
            dict.fromkeys(range(len(durations)), 1),
        ]
        self._names: dict[Hashable, int] = {}
        self._rows: list[_Row] = []

    def measure(self, name: Hashable, amounts: dict[int, int]) -> int:
        """The measure of this name, made the first time. `amounts`: what each slot adds, by slot.

        Raises ValueError where the name already stands for other amounts.
        """
        if name not in self._names:
            self._names[name] = len(self._measures)
            self._measures.append(amounts.copy())
        measure = self._names[name]
        if self._measures[measure] != amounts:
            raise ValueError(f"the measure {name!r} has other amounts already")
        return measure

    def add(
        self,
        person: int,
        measure: int,
        groups: list[list[int]],
        pieces: list[tuple[int, int, int]],
        *,
        any_day: bool = False,
        base: int = 0,
        touching: bool = False,
    ) -> None:
        """Price a person's sum. `groups`: lists of days; `pieces`: (sense, bound, points).

        touching: the groups are of calendar days; a stop counts once in each group that has a day
            on which it is under way. Else of working days, of which each stop has one.
        """
        days = tuple(tuple(map(self._row, group)) for group in groups)
        self._rows.append(_Row(person, measure, days, tuple(pieces), any_day, base, touching))

    def _row(self, day: int) -> int:
        """The row of a working day; where nobody has an eve, work on it is work of day 0."""
        return day if day >= 0 else self._eve or 0

    def edges(self, spans: list[tuple[int, int]]) -> list[set[int]]:
        """[task], ticks: from these starts on, a task may touch other days that somebody asks for.

        Options have to be cut there before `build`. spans: [task], ticks: only edges beyond the first
        and up to the last are of interest.
        """
        found: list[set[int]] = [set() for _ in spans]
        asked: dict[int, set[int]] = {}
        for row in self._touching():
            asked.setdefault(row.measure, set()).update(*row.groups)
        ticks, known = self._day_ticks, set()
        for measure, days in asked.items():
            for slot, amount in self._measures[measure].items():
                task, least, length = self._task_of[slot], self._least[slot], self._durations[slot]
                key = measure, task, least, length
                if not amount or key in known:
                    continue
                known.add(key)
                first, last = spans[task]
                for day in range(
                    (first + least) // ticks - 1, (last + least + length) // ticks + 1
                ):
                    if day in days:
                        begin = day * ticks - least
                        found[task] |= {begin - length + 1, begin + ticks}
        return found

    def _touching(self) -> Iterator[_Row]:
        return (row for row in self._rows if row.touching)

    def build(self, window: WindowTable, *, at_midnight: bool) -> TotalTable:
        """Freeze. at_midnight: each stop's working day is its option's day."""
        options = np.diff(window.first)[np.array(self._task_of, dtype=np.int64)]
        pair_first = _starts([range(count) for count in options.tolist()])
        touched = self._touched(window)
        amounts: list[dict[int, int]] = [{} for _ in range(int(pair_first[-1]))]
        measures = list(self._measures)
        for measure, by_slot in enumerate(measures):
            for slot, amount in by_slot.items():
                for pair in range(int(pair_first[slot]), int(pair_first[slot + 1])):
                    if amount or measure <= STOPS:
                        amounts[pair][measure] = amount
        crosses = [
            not at_midnight
            or any(self._crosses(slot, touched) for slot in by_slot if by_slot[slot])
            for by_slot in measures
        ]
        made: dict[tuple[int, _Days], tuple[int, _Days]] = {}
        count = len(measures)
        for row in self._touching():
            for group in row.groups if crosses[row.measure] else ():
                if (row.measure, group) in made:
                    continue
                own: set[int] = set()
                for slot, amount in measures[row.measure].items():
                    for number, days in enumerate(touched[slot] if amount else ()):
                        if not set(group).isdisjoint(days):
                            amounts[int(pair_first[slot]) + number][count] = amount
                            own |= {days[0]} if at_midnight else {self._row(days[0] - 1), days[0]}
                made[row.measure, group] = count, tuple(sorted(own))
                count += 1
        rows = [
            [
                made.get((row.measure, group), (row.measure, group))
                if row.touching
                else (row.measure, group)
                for group in row.groups
            ]
            for row in self._rows
        ]
        groups = [group for of_row in rows for group in of_row]
        pieces = [piece for row in self._rows for piece in row.pieces]
        numbers: dict[tuple[tuple[int, int], ...], int] = {}
        amount_row = [
            numbers.setdefault(tuple(sorted(added.items())), len(numbers)) for added in amounts
        ]
        entries = [entry for added in numbers for entry in added]
        return TotalTable(
            pair_first=pair_first,
            amount_row=np.array(amount_row, dtype=np.int64),
            amount_first=_starts(list(numbers)),
            amounts=np.array(entries, dtype=np.int64).reshape(len(entries), 2),
            measures=count,
            person=np.array([row.person for row in self._rows], dtype=np.int64),
            any_day=np.array([row.any_day for row in self._rows], dtype=np.int64),
            base=np.array([row.base for row in self._rows], dtype=np.int64),
            group_first=_starts(rows),
            measure=np.array([measure for measure, _ in groups], dtype=np.int64),
            day_first=_starts([days for _, days in groups]),
            days=np.array([day for _, days in groups for day in days], dtype=np.int64),
            piece_first=_starts([row.pieces for row in self._rows]),
            pieces=np.array(pieces, dtype=np.int64).reshape(len(pieces), 3),
        )

    def _touched(self, window: WindowTable) -> list[list[range]]:
        """[slot][number of the option]: the calendar days on which the stop is under way."""
        found = []
        for slot, task in enumerate(self._task_of):
            options = slice(int(window.first[task]), int(window.first[task + 1]))
            starts = (window.earliest[options] + self._least[slot]).tolist()
            found.append(
                [
                    range(
                        start // self._day_ticks,
                        (start + self._durations[slot] - 1) // self._day_ticks + 1,
                    )
                    for start in starts
                ]
            )
        return found

    @staticmethod
    def _crosses(slot: int, touched: list[list[range]]) -> bool:
        return any(len(days) > 1 for days in touched[slot])


def _starts(lists: Sequence[Sized]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum([len(entries) for entries in lists])]).astype(np.int64)
