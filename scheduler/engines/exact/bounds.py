"""Bounds: what no roster can do better than, from a relaxation of the whole instance.

Rosters are either free of hard breaches or cost a hard point at least; so it is enough to bound
those that break no hard rule. The relaxation keeps who fits and is there, how much a person may do
in a day and over days, days in a row, crews being on one day and whole; it forgets order, ways
(but for the least that any way to a stop takes) and the hours of the day. It is a linear program,
and its bound is reckoned exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.feasible_assignments import placements, ways_in
from scheduler.engines.exact.linear_program import BIG, LinearProgram
from scheduler.lowered import Lowered
from scheduler.lowered.day import UNLIMITED
from scheduler.lowered.total import STOPS, WORK, TotalTable
from scheduler.stop import Stop


@dataclass(frozen=True)
class UnmetDemand:
    """Proven of every roster that breaks no hard rule.

    nobody: slots, empty at a cost, that nobody could fill even if there were no other work
    further: how many of the other slots that cost when empty stay empty as well, at least
    """

    nobody: tuple[int, ...]
    further: int

    @property
    def slots(self) -> int:
        """Empty slots, at least."""
        return len(self.nobody) + self.further


@dataclass(frozen=True)
class LowerBound:
    """points: no roster costs less, in Lowered's points. `Scale.hard` at most: a hard point."""

    points: int
    unmet: UnmetDemand


def lower_bound(lowered: Lowered, seconds: float) -> LowerBound:
    """Bounds of an instance of any size; weaker where the seconds run out, never wrong."""
    if (lowered.fit.cost < 0).any() or (lowered.total.pieces[:, 2] < 0).any():
        return LowerBound(-(2**62), UnmetDemand((), 0))
    clock = Stop()
    relaxed = _Relaxation(lowered)
    nobody = relaxed.nobody()
    empty = relaxed.least(relaxed.count, 0, seconds / 3)
    further = max(0, empty - len(nobody))
    points = relaxed.points(lambda share: (seconds - clock.elapsed) * share)
    return LowerBound(points, UnmetDemand(nobody, further))


class _Relaxation:
    """Columns: [slot, person, day] placements, then whatever rows ask for."""

    def __init__(self, lowered: Lowered):
        self._low = lowered
        self._program = LinearProgram()
        self._costs: list[tuple[int, int]] = []
        self._slot, self._person, self._day = placements(lowered)
        self._ways = ways_in(lowered, self._slot, self._person, self._day)
        self._counted = self._ways if lowered.travel.counts else 0 * self._ways
        for _ in self._slot.tolist():
            self._program.column()
        self._worked: dict[tuple[int, int], int] = {}
        self._slots()
        self._crews()
        self._days()
        self._totals()
        self._runs()

    # What is asked.

    @property
    def count(self) -> tuple[int, NDArray[np.int64]]:
        """Empty slots that cost: how many there are, less the filled."""
        costly = self._low.empty.cost > 0
        columns = np.zeros(self._program.columns, dtype=np.int64)
        columns[: len(self._slot)] = -costly[self._slot].astype(np.int64)
        return int(costly.sum()), columns

    def nobody(self) -> tuple[int, ...]:
        """Slots without a placement, though empty they cost."""
        served = np.zeros(len(self._low.empty.cost), dtype=np.bool_)
        served[self._slot] = True
        return tuple(np.flatnonzero((self._low.empty.cost > 0) & ~served).tolist())

    def least(self, objective: tuple[int, NDArray[np.int64]], low: int, seconds: float) -> int:
        """A bound on an objective, not below `low`."""
        base, columns = objective
        found = self._program.least(columns, seconds)
        return low if found is None else max(low, base + found)

    def points(self, seconds) -> int:
        """Level by level: the least medium points, then the least soft points beside them."""
        scale = self._low.scale
        nobody = np.array(self.nobody(), dtype=np.int64)
        if (self._low.empty.cost[nobody] >= scale.hard).any():
            return scale.hard
        medium, soft = self._levels()
        least = self.least(medium, 0, seconds(0.5))
        base, columns = medium
        entries = [(int(one), int(columns[one])) for one in np.flatnonzero(columns)]
        if entries:
            self._program.row(-BIG, least - base, entries)
        beside = self.least(soft, 0, seconds(1.0))
        return min(scale.hard, least * scale.medium + min(beside, scale.medium))

    def _levels(self):
        """Costs as medium and soft points, each with its base: what all slots cost when empty.

        Each price is taken apart by itself, so that what is saved at one level hides no cost at another.
        """
        low = self._low
        saved = np.where(low.empty.cost < low.scale.hard, low.empty.cost, 0)
        parts = [
            (1, low.fit.cost[low.fit.row[self._slot], self._person]),
            (1, low.travel.cost[low.travel.mode[self._person]] * self._ways),
            (-1, saved[self._slot]),
        ]
        columns = np.zeros((2, self._program.columns), dtype=np.int64)
        for sign, priced in parts:
            columns[:, : len(self._slot)] += sign * np.array(np.divmod(priced, low.scale.medium))
        for column, points in self._costs:
            columns[:, column] += divmod(points, low.scale.medium)
        base = np.array(np.divmod(saved, low.scale.medium)).sum(axis=1)
        return tuple((int(base[level]), columns[level]) for level in range(2))

    # What placements must keep.

    def _by(self, *keys: NDArray[np.int64]) -> Iterator[tuple[tuple[int, ...], list[int]]]:
        """Columns of placements that agree in the keys."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for column, key in enumerate(zip(*(one.tolist() for one in keys), strict=True)):
            groups.setdefault(key, []).append(column)
        return iter(groups.items())

    def _slots(self) -> None:
        """One person a slot, and one there where an empty slot breaks a hard rule."""
        needed = self._low.empty.cost >= self._low.scale.hard
        for (slot,), own in self._by(self._slot):
            self._program.row(1 if needed[slot] else -BIG, 1, [(one, 1) for one in own])

    def _crews(self) -> None:
        """A task of several slots is on one day, and whole where a part of it breaks a hard rule."""
        low = self._low
        task_of = np.array(low.index.task_of, dtype=np.int64)
        sizes = np.bincount(task_of, minlength=len(low.index.tasks))
        hard = low.empty.partial >= low.scale.hard
        done: dict[int, list[int]] = {}
        placed: dict[tuple[int, int], list[tuple[int, list[int]]]] = {}
        for (slot, day), own in self._by(self._slot, self._day):
            placed.setdefault((int(task_of[slot]), day), []).append((slot, own))
        for (task, _), slots in placed.items():
            if sizes[task] == 1:
                continue
            column = self._program.column()
            done.setdefault(task, []).append(column)
            for slot, own in slots:
                must = bool(hard[task]) and bool(low.empty.must[slot])
                entries = [(one, 1) for one in own]
                self._program.row(0 if must else -BIG, 0, [*entries, (column, -1)])
            if hard[task]:
                every = [(one, 1) for _, own in slots for one in own]
                self._program.row(0, BIG, [*every, (column, -int(low.empty.least[task]))])
                served = {slot for slot, _ in slots}
                missing = [
                    slot
                    for slot in low.index.slots_of(task)
                    if low.empty.must[slot] and slot not in served
                ]
                if missing:
                    self._program.row(-BIG, 0, [(column, 1)])
        for columns in done.values():
            self._program.row(-BIG, 1, [(column, 1) for column in columns])

    def _days(self) -> None:
        """A day holds no more work than its presence and its limits, and none where it is free."""
        low = self._low
        limits, hard = low.day, low.scale.hard
        length = low.crew.duration[self._slot]
        for (person, day), own in self._by(self._person, self._day):
            worked = self._worked[person, day] = self._program.column()
            if limits.outside[person, day] >= hard:
                room = sum(closes - opens for opens, closes in _spans(low, person, day))
                entries = [(one, int(length[one])) for one in own]
                self._program.row(-BIG, 0, [*entries, (worked, -room)])
            work = [(one, int(length[one] + self._counted[one])) for one in own]
            longest = int(limits.longest[person, day])
            if limits.too_long[person, day] >= hard and longest < UNLIMITED:
                self._program.row(-BIG, 0, [*work, (worked, -longest)])
            ordinary, points = int(limits.ordinary[person, day]), int(limits.overtime[person, day])
            if points and ordinary < UNLIMITED:
                self._excess(work, ordinary, points)
            most = int(limits.most[person, day])
            if limits.too_many[person, day] >= hard and most < len(own):
                self._program.row(-BIG, 0, [*((one, 1) for one in own), (worked, -most)])
            elif len(own) == 1:
                self._program.row(-BIG, 0, [(own[0], 1), (worked, -1)])

    def _excess(self, entries: list[tuple[int, int]], free: int, points: int) -> None:
        """Points for each unit of a sum beyond `free`; none at all where a unit breaks a hard rule."""
        top = sum(max(0, factor) for _, factor in entries)
        if top <= free:
            return
        if points >= self._low.scale.hard:
            self._program.row(-BIG, free, entries)
            return
        over = self._program.column(max(1, top - free))
        self._costs.append((over, points))
        self._program.row(-BIG, free, [*entries, (over, -1)])

    def _totals(self) -> None:
        """Sums over days, upwards and downwards; days that count once when they are worked."""
        total = self._low.total
        placed: dict[tuple[int, int], list[int]] = dict(self._by(self._person, self._day))  # type: ignore[arg-type]
        amounts = self._amounts()
        for row, person in enumerate(total.person.tolist()):
            measure = int(total.measure[row])
            groups = _groups(total, row)
            if total.any_day[row]:
                entries = self._any(person, measure, groups)
            else:
                entries = [
                    (column, amounts(column, measure))
                    for days in groups
                    for day in days
                    for column in placed.get((person, day), ())
                ]
            if entries is None:
                continue
            base = int(total.base[row])
            for sense, limit, points in total.pieces[
                total.piece_first[row] : total.piece_first[row + 1]
            ].tolist():
                if points <= 0:
                    continue
                if sense > 0:
                    self._excess(entries, limit - base, points)
                elif not total.any_day[row] and not (measure == WORK and self._low.travel.counts):
                    self._excess([(one, -factor) for one, factor in entries], base - limit, points)

    def _amounts(self):
        """(column, measure) → what a placement adds to it, at least."""
        total = self._low.total
        first = total.amount_first.tolist()
        tables = [
            dict(total.amounts[first[slot] : first[slot + 1]].tolist())
            for slot in range(len(first) - 1)
        ]
        slot, counted = self._slot.tolist(), self._counted.tolist()

        def amount(column: int, measure: int) -> int:
            own = int(tables[slot[column]].get(measure, 0))
            return own + (counted[column] if measure == WORK else 0)

        return amount

    def _any(self, person: int, measure: int, groups: list[list[int]]):
        """Groups of days with work; None for other measures."""
        if measure not in (WORK, STOPS) or not (self._low.crew.duration > 0).all():
            return None
        entries = []
        for days in groups:
            worked = [self._worked[person, day] for day in days if (person, day) in self._worked]
            if len(worked) == 1:
                entries.append((worked[0], 1))
            elif worked:
                some = self._program.column()
                entries.append((some, 1))
                for one in worked:
                    self._program.row(-BIG, 0, [(one, 1), (some, -1)])
        return entries

    def _runs(self) -> None:
        """No more days of work in a row than a hard rule allows."""
        run, days = self._low.run, self._low.index.days
        for person in range(len(self._low.index.people)):
            most, past = int(run.most_on[person]), int(run.past_on[person])
            if run.over_on[person] < self._low.scale.hard:
                continue
            for day in range(days):
                window = range(max(0, day - most), day + 1)
                free = most - (past if day < most else 0)
                if (day >= most or past + day >= most) and free >= 0:
                    own = [(person, one) for one in window]
                    if all(one in self._worked for one in own):
                        entries = [(self._worked[one], 1) for one in own]
                        self._program.row(-BIG, len(entries) - 1, entries)


def _spans(low: Lowered, person: int, day: int) -> list[list[int]]:
    row = person * low.index.days + day
    return low.day.spans[low.day.span_first[row] : low.day.span_first[row + 1]].tolist()


def _groups(total: TotalTable, row: int) -> list[list[int]]:
    return [
        total.days[total.day_first[group] : total.day_first[group + 1]].tolist()
        for group in range(int(total.group_first[row]), int(total.group_first[row + 1]))
    ]
