"""Rows of the relaxation about hours of the day, only those that a solution of the program breaks.

Whatever of a person's stops must lie between two moments of a day, whenever they start, has to fit there one
after the other, ways included; and of stops no two of which can follow each other there is one at most.
There are far too many such rows to write them all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.feasible_assignments import FAR
from scheduler.engines.exact.linear_program import BIG
from scheduler.engines.exact.linkage import least_path, levels
from scheduler.engines.exact.possible_starts import PossibleStarts
from scheduler.engines.exact.relaxation import Relaxation

TAKEN = 1e-3
"""Share of an assignment in a solution from which on it counts."""
BROKEN = 1e-2
"""By how much of a stop, or of a day, a row must be broken to be worth adding."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class DayHours:
    """The people's days of a relaxation, and what their stops can do one after the other."""

    def __init__(self, relaxation: Relaxation, *, turns: bool):
        """turns: also find stops that cannot follow each other."""
        self._relaxation, self._turns = relaxation, turns
        self._days = list(relaxation.days())
        self._ticks = shortest_ways(relaxation.lowered.travel.ticks)

    def add_broken(self, values: Floats) -> int:
        """Add rows that a solution breaks, float64 [column]; how many there were."""
        added = 0
        for person, day, starts in self._days:
            share = values[starts.assignment]
            worked = self._relaxation.worked[person, day]
            if (share > TAKEN).sum() > 1:
                here = _PersonDay(self._relaxation, person, day, starts, self._ticks)
                for broken in here.broken(share, values[worked], turns=self._turns):
                    entries = [*broken.entries, (worked, -broken.most)]
                    row = self._relaxation.program.row(-BIG, 0, entries)
                    if broken.to_the_end:
                        self._relaxation.hours[person, day].append(row)
                    added += 1
        return added


@dataclass(frozen=True)
class _HoursRow:
    """entries: (assignment, factor); most: of their sum on a day with work; to_the_end: whether of a longer day it would be more."""

    entries: list[tuple[int, int]]
    most: int
    to_the_end: bool = False


class _PersonDay:
    """A person's day. Arrays are [span] of the assignments that are possible on it.

    cuts: where the spans of the next assignment begin; levels: of the ticks between two stops
    """

    def __init__(
        self,
        relaxation: Relaxation,
        person: int,
        day: int,
        starts: PossibleStarts,
        shortest: NDArray[np.int32],
    ):
        lowered = relaxation.lowered
        self._starts = starts
        self._cuts = starts.cuts
        self._columns = starts.assignment[self._cuts]
        row = person * lowered.rows + day
        table = lowered.day
        self._present = table.spans[table.span_first[row] : table.span_first[row + 1]]
        self._bound = table.outside[person, day] >= lowered.scale.hard
        ticks = shortest[lowered.travel.mode[person]]
        between = ticks[starts.place][:, starts.place].astype(np.int64)
        every = np.gcd(starts.every[:, None], starts.every[None, :])
        apart = -(-(starts.length[:, None] + between) // every) * every
        task = relaxation.task[starts.assignment]
        self._follows = (starts.first[:, None] + apart <= starts.last[None, :]) & (
            task[:, None] != task[None, :]
        )
        gap = np.where(self._follows, apart - starts.length[:, None], FAR)
        least = np.minimum.reduceat(np.minimum.reduceat(gap, self._cuts), self._cuts, axis=1)
        self._levels = levels(least)

    def broken(self, share: Floats, worked: float, *, turns: bool) -> Iterator[_HoursRow]:
        """Rows that a solution breaks.

        share: float64 [span], of their assignments; worked: share of the day
        """
        taken = share > TAKEN
        if self._bound:
            yield from self._broken_hours(taken, share[self._cuts], worked)
        if turns:
            yield from self._broken_turns(share[self._cuts], worked)

    def _broken_hours(
        self, taken: NDArray[np.bool_], share: Floats, worked: float
    ) -> Iterator[_HoursRow]:
        """The two spans of hours that are most overfull, without ways and with them."""
        starts = self._starts
        ends = starts.last + starts.length
        opens = np.unique([*starts.first[taken], self._present[0, 0]])
        closes = np.unique([*np.minimum(ends[taken], self._present[-1, 1]), self._present[-1, 1]])
        stops, whole = self._within(opens, closes)
        inside = np.einsum("c,cab->ab", share, stops)
        on_way = self._on_way(share[:, None, None] * whole, worked)
        for by_way in (False, True):
            room = self._room(opens, closes, by_way=by_way)
            over = inside + by_way * on_way - room * worked
            over[closes[None, :] <= opens[:, None]] = 0
            first, last = np.unravel_index(int(over.argmax()), over.shape)
            factors, most = stops[:, first, last], int(room[first, last])
            if by_way:
                there = whole[:, first, last]
                ways, off = least_path(self._levels, share * there, worked)
                factors, most = factors + ways * there, most + off
            if over[first, last] > BROKEN * factors.max():
                to_the_end = bool(closes[last] == self._present[-1, 1])
                yield self._row(factors, most, to_the_end=to_the_end)

    def _on_way(self, share: Floats, worked: float) -> Floats:
        """float64 [opens, closes]: ticks between stops of such shares, float64 [assignment, opens, closes]."""
        ways = np.zeros(share.shape[1:])
        for level in self._levels:
            order = np.argsort(level.cluster, kind="stable")
            cuts = np.flatnonzero(np.diff(level.cluster[order], prepend=-1))
            visited = np.maximum.reduceat(share[order], cuts).sum(axis=0)
            ways += level.ticks * np.maximum(0, visited - worked)
        return ways

    def _within(self, opens: Ints, closes: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """[assignment, opens, closes]: ticks of a stop that lie between, and whether all do, whenever it starts."""
        starts = self._starts
        length, begin, end = (
            part[:, None, None] for part in (starts.length, starts.first, starts.last)
        )
        first, last = opens[None, :, None], closes[None, None, :]
        least = np.minimum(np.minimum(last - first, length), begin + length - first)
        least = np.maximum(0, np.minimum(least, last - end))
        whole = (begin >= first) & (end + length <= last)
        return np.minimum.reduceat(least, self._cuts), np.logical_and.reduceat(whole, self._cuts)

    def _room(self, opens: Ints, closes: Ints, *, by_way: bool) -> Ints:
        """int64 [opens, closes]: ticks that stops can have between; by_way: and ways."""
        first, last = opens[:, None], closes[None, :]
        if by_way:
            begin, end = self._present[0, 0], self._present[-1, 1]
            shared = np.maximum(0, np.minimum(end, last) - np.maximum(begin, first))
            room: Ints = shared
            return room
        spans = self._present[:, :, None, None]
        shared = np.minimum(spans[:, 1], last) - np.maximum(spans[:, 0], first)
        present: Ints = np.maximum(0, shared).sum(axis=0)
        return present

    def _broken_turns(self, share: Floats, worked: float) -> Iterator[_HoursRow]:
        """For each two assignments that a solution joins though they cannot follow each other, a largest such set."""
        follows = self._follows | self._follows.T
        rows = np.logical_or.reduceat(follows, self._cuts, axis=0)
        apart = ~np.logical_or.reduceat(rows, self._cuts, axis=1)
        np.fill_diagonal(apart, False)
        used = np.flatnonzero(share > TAKEN)
        seen = np.zeros_like(apart)
        for one in used:
            for other in used[used > one]:
                over = share[one] + share[other] > worked + BROKEN
                if apart[one, other] and over and not seen[one, other]:
                    members = [one, other]
                    for further in np.argsort(-share, kind="stable"):
                        if apart[further, members].all():
                            members.append(further)
                    seen[np.ix_(members, members)] = True
                    row = np.zeros(len(share), dtype=np.int64)
                    row[members] = 1
                    yield self._row(row, 1)

    def _row(self, factors: Ints, most: int, *, to_the_end: bool = False) -> _HoursRow:
        used = np.flatnonzero(factors)
        entries = zip(self._columns[used].tolist(), factors[used].tolist(), strict=True)
        return _HoursRow(list(entries), most, to_the_end)


def shortest_ways(ticks: NDArray[np.int32]) -> NDArray[np.int32]:
    """Ways by whichever places, [mode, from, to]: two stops that cannot follow each other may with a third between (Floyd 1962)."""
    shortest = ticks.copy()
    for place in range(ticks.shape[1]):
        by = shortest[:, :, place, None] + shortest[:, None, place, :]
        np.minimum(shortest, by, out=shortest)
    return shortest
