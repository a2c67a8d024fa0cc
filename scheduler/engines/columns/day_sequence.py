"""What may come from day to day: points between the items of two days, equal items together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.subproblem import Subproblem
from scheduler.engines.columns.total_rows import NEVER, Cells
from scheduler.lowered.dense_roster import NONE

Distinct = dict[tuple[tuple[int, ...], bytes], tuple[Ints, Ints]]
"""What `distinct_rows` has told so far."""


@dataclass(frozen=True)
class DaySequence:
    """Choices of each day in groups of equal points.

    entries: per day int64 [choice]; choices of one entry cost the same after any item
    classes: per day int64 [choice]; after choices of one class any item costs the same
    between: per day float64 [class before, entry], points
    after: float64 [class, 1 or 0], points of the next day's item, where it is known
    """

    entries: list[Ints]
    classes: list[Ints]
    between: list[Floats]
    after: Floats

    @property
    def width(self) -> int:
        """Classes of the day with most of them."""
        return int(max((of_day.max(initial=0) for of_day in self.classes), default=0)) + 1

    def joined(self) -> tuple[Ints, Floats]:
        """`between` in one array, `width` rows for each day, after int64 [day + 1]: where days begin."""
        width = self.width
        starts = np.cumsum([0, *(width * table.shape[1] for table in self.between)])
        flat = np.zeros(starts[-1])
        for at, table in zip(starts, self.between, strict=False):
            flat[at : at + table.size] = table.reshape(-1)
        return starts.astype(np.int64), flat

    def bridge(self) -> Floats:
        """float64 [class]: points of `after`; 0 where the next day's item is not known."""
        points = np.zeros(self.width)
        if self.after.shape[1]:
            points[: len(self.after)] = self.after[:, 0]
        return points


def day_sequence(
    subproblem: Subproblem, person: int, cells: Cells, roster: Ints, *, open_end: bool
) -> DaySequence:
    """A person's choices day by day, the other days being as in `roster` (int64 [day], -1 off).

    open_end: nothing is known of the days after the cells.
    """
    entries, classes, tables = [], [], []
    known: Distinct = {}
    first, end = cells.first, cells.first + len(cells.choices)
    before_first = roster[max(0, first - 1) : first]
    if first and before_first[0] == NONE:
        between = np.zeros((1, len(cells.choices[0])))
    else:
        between = _points(subproblem, person, first, before_first, cells.choices[0])
    for day, items in enumerate(cells.choices):
        table, entry = _distinct(between, 1, known)
        tables.append(table)
        entries.append(entry)
        later = np.array([], dtype=np.int64)
        if day + 1 < len(cells.choices):
            later = cells.choices[day + 1]
        elif end < subproblem.days and not open_end and roster[end] != NONE:
            later = roster[end : end + 1]
        points = _points(subproblem, person, first + day + 1, items, later)
        between, of_class = _distinct(points, 0, known)
        classes.append(of_class)
    return DaySequence(entries, classes, tables, between)


def follows(subproblem: Subproblem, person: int, day: int, before: Ints, after: Ints) -> Ints:
    """int64 [before, after]: points of items of a day after items of the day before; day 0: after the past."""
    if day:
        return follows_each(subproblem, person, before[:, None], after[None, :])
    follow, bans = subproblem.lowered.follow, subproblem.bans
    past = [kind for kind in range(60) if follow.past_kinds[person] >> kind & 1]
    points = bans[past].sum(axis=0, keepdims=True)[:, subproblem.kinds[after]]
    if follow.past_place[person] >= 0:
        way = _ways(subproblem, person, follow.past_place[[person]][:, None], after[None, :])
    else:
        way = np.zeros((1, len(after)), dtype=np.int64)
    free = subproblem.starts[after][None, :] - follow.past_end[person]
    return _lacking(subproblem, person, points, free, way)


def follows_each(subproblem: Subproblem, person: int, before: Ints, after: Ints) -> Ints:
    """int64: points of items after items of the day before, of shapes that numpy can broadcast."""
    points = subproblem.bans[subproblem.kinds[before], subproblem.kinds[after]]
    free = subproblem.starts[after] - subproblem.ends[before]
    way = _ways(subproblem, person, subproblem.places[before, 1], after)
    return _lacking(subproblem, person, points, free, way)


def _lacking(subproblem: Subproblem, person: int, points: Ints, free: Ints, way: Ints) -> Ints:
    """`points`, and those of too short a rest and of too little time for the way."""
    follow = subproblem.lowered.follow
    rests = points + np.maximum(0, follow.rest[person] - free) * follow.rest_short[person]
    lacking = np.where(free < 0, np.maximum(way, -free), np.maximum(0, way - free))
    between: Ints = rests + lacking * follow.way_short[person]
    return between


def _ways(subproblem: Subproblem, person: int, last: Ints, after: Ints) -> Ints:
    """int64: ticks from last places to items, by the end place and the start place."""
    travel = subproblem.lowered.travel
    ticks = travel.ticks[travel.mode[person]].astype(np.int64)
    first = subproblem.places[after, 0]
    stations = [place for place in (travel.end[person], travel.start[person]) if place >= 0]
    ways: Ints
    if not stations:
        ways = ticks[last, first]
    else:
        out, back = ticks[last, stations[0]], ticks[stations[-1], first]
        ways = out + back + ticks[stations[0], stations[-1]]
    return ways


def _points(subproblem: Subproblem, person: int, day: int, before: Ints, after: Ints) -> Floats:
    """As `follows`, but NEVER for what breaks a hard rule."""
    points = follows(subproblem, person, day, before, after)
    return np.where(points >= subproblem.lowered.scale.hard, NEVER, points.astype(np.float64))


def _distinct(table: Floats, axis: int, known: Distinct) -> tuple[Floats, Ints]:
    """Distinct rows (axis 0) or columns (axis 1), and which of them each row or column equals."""
    if not table.size:
        first = table[:1] if axis == 0 else table[:, :1]
        return first, np.zeros(table.shape[axis], dtype=np.int64)
    first_of, which = distinct_rows(table if axis == 0 else table.T, known)
    return table.take(first_of, axis=axis), which


def distinct_rows(table: NDArray[Any], known: Distinct) -> tuple[Ints, Ints]:
    """int64 [distinct], a row of each kind; int64 [row], which of them each row equals.

    Many times quicker for some rows than numpy's `unique`. known: of the tables so far, since days are much alike.
    """
    key = table.shape, table.tobytes()
    if key not in known:
        numbers: dict[bytes, int] = {}
        which = [numbers.setdefault(row.tobytes(), len(numbers)) for row in table]
        first = np.full(len(numbers), len(which), dtype=np.int64)
        np.minimum.at(first, which, np.arange(len(which)))
        known[key] = first, np.array(which, dtype=np.int64)
    return known[key]
