"""A person's rows of Total within a window, as points of single cells or as lanes of a path."""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.total import WORK

NEVER = 1e30
"""Points of an impossible choice."""
BEHIND = 1
"""Stops that somebody may be short of their least share of the days decided so far."""
FEW = 8
"""Largest limit on groups of days that becomes a dense lane."""
LARGEST = 255
"""Largest value of a counted lane."""


@dataclass(frozen=True)
class Lane:
    """A row of Total along a path, in units of `unit`; days counted from the window's first.

    gains: day → int64 [choice, 2], what each choice of the day adds after a day off or of work
    least: least value at the end, most: largest value; clip: whether a larger value counts as `most`
    prices: float64 [most + 1], points at the end. counted: only an upper limit, no points
    """

    first: int
    last: int
    gains: dict[int, Ints]
    least: int
    most: int
    clip: bool
    counted: bool
    prices: Floats

    @cached_property
    def joined(self) -> Ints:
        """int64 [choice, 2]: `gains` of all its days."""
        return np.concatenate([self.gains[day] for day in sorted(self.gains)])

    @cached_property
    def tops(self) -> Ints:
        """int64 [day from `first` to `last`], the most that a choice of the day adds."""
        tops = np.zeros(self.last - self.first + 1, dtype=np.int64)
        days = [day for day, of_day in self.gains.items() if len(of_day)]
        tops[np.array(days, dtype=np.int64) - self.first] = _largest(
            [self.gains[day].reshape(-1) for day in days]
        )
        return tops


@dataclass
class Cells:
    """Choices of a person's days from `first` on, with their points; `off`: points of a day off.

    choices: per day int64 items; points: per day float64
    """

    first: int
    choices: list[Ints]
    points: list[Floats]
    off: Floats
    constant: float = 0.0


def read(
    subproblem: Subproblem,
    person: int,
    first: int,
    end: int,
    roster: Ints,
    *,
    open_end: bool = False,
) -> tuple[Cells, list[Lane]]:
    """A person's choices on days [first, end), the other days being as in `roster` (int64 [day]).

    Rows about other days only are left out. open_end: nothing is known of the days from `end` on; hard
    limits that reach beyond it hold in proportion, give or take one stop.
    """
    cells = Cells(first, [], [], np.zeros(end - first))
    for day in range(first, end):
        items = np.arange(subproblem.day_first[day], subproblem.day_first[day + 1])
        cost = subproblem.cost[items, person]
        able = cost < subproblem.lowered.scale.hard
        cells.choices.append(items[able])
        cells.points.append(cost[able].astype(np.float64))
    held = subproblem.held_days[person]
    cells.off[held[first:end] != NONE] = NEVER
    roster = np.where(held == NONE, roster, held)
    lanes = []
    rows = subproblem.rows_of[person]
    begin, last = subproblem.row_days[rows].T
    for row in rows[(begin < end) & (last >= first)]:
        reader = _TotalRow(subproblem, person, int(row), first, end, roster)
        if open_end:
            reader.prorate(end, cells)
        lane = reader.into(cells)
        if lane is not None:
            lanes.append(lane)
    lanes += weekend_lanes(subproblem, person, cells, end, roster, open_end=open_end)
    for day, points in enumerate(cells.points):
        stays = points < NEVER
        if stays.all():
            continue
        cells.choices[day], cells.points[day] = cells.choices[day][stays], points[stays]
        for lane in lanes:
            if day in lane.gains:
                lane.gains[day] = lane.gains[day][stays]
    return cells, lanes


def weekend_lanes(
    subproblem: Subproblem, person: int, cells: Cells, end: int, roster: Ints, *, open_end: bool
) -> Iterator[Lane]:
    """Lanes of the weekends of which both days are to be worked or neither, each day counting 1.

    Where one of the days only is decided, the weekend is added to the cells instead.
    """
    run, held = subproblem.lowered.run, subproblem.held_days[person]
    for row in subproblem.weekends_of(person):
        days = range(int(run.first[row]), int(run.end[row]))
        points = float(run.points[row])
        points = NEVER if points >= subproblem.lowered.scale.hard else points
        inside = [day for day in days if cells.first <= day < end and held[day] == NONE]
        if not inside or (open_end and days[-1] >= end):
            continue
        outside = int(run.past[row])
        outside += sum(int(roster[day] != NONE) for day in days if day not in inside)
        prices = [points if outside + more == 1 else 0.0 for more in range(len(inside) + 1)]
        inside = [day - cells.first for day in inside]
        if len(inside) == 1:
            cells.off[inside[0]] += prices[0]
            cells.points[inside[0]] += prices[1]
        else:
            gains = {day: np.ones((len(cells.choices[day]), 2), dtype=np.int64) for day in inside}
            yield Lane(inside[0], inside[1], gains, 0, 2, False, False, np.array(prices))


class _TotalRow:
    def __init__(
        self,
        subproblem: Subproblem,
        person: int,
        row: int,
        first: int,
        end: int,
        roster: Ints,
    ):
        total = subproblem.lowered.total
        self._hard = subproblem.lowered.scale.hard
        self._person, self._subproblem = person, subproblem
        # The groups of a row have one measure (see `reaches_far`).
        self._measure = int(total.measure[total.group_first[row]])
        self._any = bool(total.any_day[row])
        self._pieces = total.pieces[total.piece_first[row] : total.piece_first[row + 1]].tolist()
        self._row_days, group = subproblem.days_of(row)
        inside = (first <= self._row_days) & (self._row_days < end)
        inside &= subproblem.held_days[person, self._row_days] == NONE
        outside = np.zeros(int(group[-1]) + 1 if len(group) else 1, dtype=np.int64)
        np.add.at(outside, group[~inside], self._amounts(roster[self._row_days[~inside]]))
        if self._any:
            inside &= outside[group] == 0
        days, times = np.unique(self._row_days[inside] - first, return_counts=True)
        self._days: dict[int, int] = dict(zip(days.tolist(), times.tolist(), strict=True))
        self._pair: set[int] = set()
        if self._any and len(outside) > 1:
            group_of = dict(zip(self._row_days.tolist(), group.tolist(), strict=True))
            self._pair = {
                day for day in self._days if group_of[day + first] == group_of.get(day + first - 1)
            }
        self._once = self._any and len(outside) == 1
        self._groups = len(np.unique(group[inside]))
        self._past = int(total.base[row])
        self._base = int(self._past + ((outside > 0) if self._any else outside).sum())

    def prorate(self, end: int, cells: Cells) -> None:
        """Hold upper limits and hard lower limits in proportion to the days before `end`; drop the rest.

        Only days on which the person may work count; what a row holds before them is in no proportion.
        """
        workable = self._row_days[self._subproblem.open_days[self._person, self._row_days]]
        days_before = int((workable < end).sum())
        if days_before == len(workable) or not days_before:
            return
        room = 0 if self._any else max(self._gains(cells)[1].values(), default=0)
        pieces = []
        for sense, bound, worth in self._pieces:
            share = self._past + (bound - self._past) * days_before / len(workable)
            if sense > 0:
                pieces.append((sense, min(bound, math.ceil(share) + room), worth))
            elif worth >= self._hard:
                pieces.append((sense, math.floor(share) - BEHIND * room, worth))
        self._pieces = pieces

    def _amounts(self, items: Ints) -> Ints:
        if self._measure == WORK:
            amounts = self._subproblem.work[items, self._person]
        else:
            amounts = self._subproblem.amounts[items, self._measure]
        return np.where(items == NONE, 0, amounts)

    def _gains(self, cells: Cells) -> tuple[dict[int, Ints], dict[int, int]]:
        """What choices add, by day, and the most of each day."""
        days = sorted(self._days)
        choices = [cells.choices[day] for day in days]
        ends = np.cumsum([0, *map(len, choices)]).tolist()
        items = np.concatenate([*choices, np.zeros(0, dtype=np.int64)])
        if self._measure == WORK:
            joined = self._subproblem.work[items, self._person]
        else:
            joined = self._subproblem.amounts[items, self._measure]
        if self._any:
            joined = (joined > 0).astype(np.int64)
        else:
            joined = joined * np.repeat([self._days[day] for day in days], np.diff(ends))
        of_day = [joined[begin:end] for begin, end in itertools.pairwise(ends)]
        return dict(zip(days, of_day, strict=True)), dict(
            zip(days, _largest(of_day).tolist(), strict=True)
        )

    def _price(self, value: int) -> float:
        points = 0
        for sense, bound, worth in self._pieces:
            over = sense * (value - bound)
            if over > 0:
                if worth >= self._hard:
                    return NEVER
                points += over * worth
        return float(points)

    def _prices(self, values: Iterable[int]) -> Floats:
        return np.array([self._price(int(value)) for value in values])

    def into(self, cells: Cells) -> Lane | None:
        """Add the row to the cells, or return its lane."""
        gains, most = self._gains(cells)
        days = [day for day in gains if most[day] > 0]
        reach = self._groups if self._any else sum(most.values())
        linear = all(sense > 0 and bound <= self._base for sense, bound, _ in self._pieces)
        if not days or self._still(reach):
            cells.constant += self._price(self._base)
        elif len(days) == 1:
            (day,) = days
            cells.off[day] += self._price(self._base)
            cells.points[day] += self._prices(self._base + gains[day])
        elif linear and not self._any:
            before = self._price(self._base)
            cells.constant += before
            for day in days:
                cells.points[day] += self._prices(self._base + gains[day]) - before
        else:
            return self._lane({day: gains[day] for day in days}, reach)
        return None

    def _still(self, reach: int) -> bool:
        return all(
            self._base + reach <= bound if sense > 0 else self._base >= bound
            for sense, bound, _ in self._pieces
        )

    def _lane(self, gains: dict[int, Ints], reach: int) -> Lane:
        joined = np.concatenate(list(gains.values()))
        unit = int(np.gcd.reduce(joined)) or 1
        reach //= unit
        hard = [
            (sense, bound - self._base)
            for sense, bound, worth in self._pieces
            if worth >= self._hard
        ]
        upper = min([bound // unit for sense, bound in hard if sense > 0], default=reach)
        lower = max([-(-bound // unit) for sense, bound in hard if sense < 0], default=0)
        counted = len(hard) == len(self._pieces) and all(sense > 0 for sense, _ in hard)
        counted = counted and 0 <= upper <= LARGEST and not (self._any and upper <= FEW)
        clip = all(sense < 0 for sense, _, _ in self._pieces) or self._once
        if self._once:
            upper = 1
        elif clip:
            top = max(-(-(bound - self._base) // unit) for _, bound, _ in self._pieces)
            upper = min(upper, top)
        upper = max(0, min(upper, reach))
        pairs = np.repeat(joined // unit, 2).reshape(-1, 2)
        ends = np.cumsum([len(of_day) for of_day in gains.values()]).tolist()
        both = {
            day: pairs[end - len(of_day) : end]
            for (day, of_day), end in zip(gains.items(), ends, strict=True)
        }
        for day in self._pair & set(both):
            both[day][:, 1] = 0
        prices = self._prices(self._base + unit * np.arange(upper + 1))
        return Lane(min(gains), max(gains), both, max(0, lower), upper, clip, counted, prices)


def _largest(parts: list[Ints]) -> Ints:
    """The largest number of each part, no less than 0."""
    largest, ends = np.zeros(len(parts), dtype=np.int64), np.cumsum([0, *map(len, parts)])
    some = np.diff(ends) > 0
    if some.any():
        largest[some] = np.maximum.reduceat(np.concatenate(parts), ends[:-1][some])
    return np.maximum(0, largest)


def shared(rows: list[Lane]) -> list[list[Lane]]:
    """Rows in groups; the rows of a group do not overlap in days, so that they can share a lane."""
    groups: list[list[Lane]] = []
    for row in sorted(rows, key=lambda row: (row.first, row.last)):
        for group in groups:
            if group[-1].last < row.first:
                group.append(row)
                break
        else:
            groups.append([row])
    return groups
