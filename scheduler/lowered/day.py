"""Day: a person's working day. Presence, the rest owed, most work, overtime, waiting, coming home late, idle time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered.window import WindowTable

UNLIMITED = 2**40


@dataclass(frozen=True)
class DayTable:
    """All int64, [person, row], unless said. A row without spans is closed: engines place nothing in it.

    There is a row for each working day, and where anybody has an eve (see model/workdays.py) one more,
    the last, for it.

    begins: [person, day], when the person's working days begin; day 0 holds as well what starts before
        it where it begins at 0, else that is of the eve; the last day holds what starts after it
    span_first: [person * rows + 1]; spans of (p, r) are rows span_first[p*rows+r] .. +1 of
    spans: [span, 2]: start and end tick of presence, in order, apart.
        A stop is pushed to the first span that holds it whole (structural where one does);
        `outside` points for each tick of a stop outside every span, and for each tick by which
        the way from the start place begins before the day's first span
    home_by: tick at which the end place should be reached; the end of the last span at most
    home: points for each tick by which it is reached later
    rest_from, rest_to, rest_length: a rest of that many ticks within [from, to], free of stops and
        travel; length 0 = none owed. It may lie before the way from the start place, after the
        last stop, or between two stops: right after the earlier or right before the later one.
        The way home need not wait for it.
    on_duty: bool, for all: the rest before the first stop lies right before it, after a way that
        begins no earlier than the first span; and a rest after the last stop, when no other is
        had, delays the way home
    rest_missed: points when a day with work has no such rest, though it lasts longer than `rest_beyond`
        ticks from first start to last end, and no stop of `rest_within` ticks or more shares
        `rest_length` ticks with [from, to]
    ordinary, overtime: work up to `ordinary` ticks is free, beyond it each tick costs `overtime` points
    longest, too_long: each tick of work beyond `longest` costs `too_long` points
    most, too_many: each stop beyond `most` costs `too_many` points
    roomy, crowded: of the stops beyond `roomy` the first costs `crowded` points, and each of the
        others that much more than the one before it
    wait: points for each tick between arrival and start, not before the day's first stop, less the
        rest where it fits between two stops; and between the last stop and a rest on duty after it
    present: ticks of the spans up to `home_by`, and to the end of the day; 0 on the eve
    worst_idle: one number, points for each tick of the largest idle time over all people. A person's
        is the sum over days of max(0, present + ticks home after `home_by` - ticks of stops and
        travel - the rest if there is one); without an end place people are home after the last stop.
        A day without stops is idle for all of `present`
    """

    begins: NDArray[np.int64]
    span_first: NDArray[np.int64]
    spans: NDArray[np.int64]
    outside: NDArray[np.int64]
    home: NDArray[np.int64]
    rest_from: NDArray[np.int64]
    rest_to: NDArray[np.int64]
    rest_length: NDArray[np.int64]
    rest_missed: NDArray[np.int64]
    rest_beyond: NDArray[np.int64]
    rest_within: NDArray[np.int64]
    ordinary: NDArray[np.int64]
    overtime: NDArray[np.int64]
    longest: NDArray[np.int64]
    too_long: NDArray[np.int64]
    most: NDArray[np.int64]
    too_many: NDArray[np.int64]
    roomy: NDArray[np.int64]
    crowded: NDArray[np.int64]
    wait: NDArray[np.int64]
    home_by: NDArray[np.int64]
    present: NDArray[np.int64]
    on_duty: bool
    worst_idle: int

    def tables(self) -> dict[str, NDArray[np.int64]]:
        """The arrays [person, day] by name."""
        return {name: getattr(self, name) for name in (*_CAPS, *_POINTS, *_REST, "present")}


def starts_by_the_calendar(
    window: WindowTable,
    begins: NDArray[np.int64],
    task_of: Sequence[int],
    least: NDArray[np.int64],
    day_ticks: int,
) -> bool:
    """Whether each slot starts on the calendar day of its option, and so does everybody's working day.

    begins: as in `DayTable`; task_of, least: [slot], least ticks after the task's start
    """
    if has_eve(begins):
        return False
    latest = begins.max(axis=0, initial=0)
    for task, spacing in {(task, int(after)) for task, after in zip(task_of, least, strict=True)}:
        options = slice(int(window.first[task]), int(window.first[task + 1]))
        days, starts = window.day[options], window.earliest[options] + spacing
        if (starts // day_ticks != days).any() or (starts < latest[days]).any():
            return False
    return True


def rows_of_days(
    begins: NDArray[np.int64], end: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """[person, row]: when the working days begin and end, the eve's last; of who has none it is empty.

    begins: as in `DayTable`; end: of the horizon
    """
    ends = np.concatenate([begins[:, 1:], np.full((len(begins), 1), end)], axis=1)
    if not has_eve(begins):
        return begins, ends
    eve = begins[:, :1]
    day_ticks = end // begins.shape[1]
    opens = np.concatenate([begins, np.where(eve > 0, -day_ticks, 0)], axis=1)
    return opens, np.concatenate([ends, eve], axis=1)


def has_eve(begins: NDArray[np.int64]) -> bool:
    """Whether anybody has an eve; begins: as in `DayTable`."""
    return bool((begins[:, :1] > 0).any())


class DayBuilder:
    """Collects limits, person by person and day by day (-1: the eve). Without spans, everybody is there all day."""

    def __init__(self, begins: NDArray[np.int64], end: int):
        """begins: [person, day], ticks; end: the horizon's end."""
        self._begins = begins
        self._opens, self._ends = rows_of_days(begins, end)
        self._shape = self._opens.shape
        self.on_duty = False
        self.worst_idle = 0
        self._tables = {
            name: np.full(self._shape, UNLIMITED if name in _CAPS else 0, dtype=np.int64)
            for name in (*_CAPS, *_POINTS, *_REST)
        }

    @cached_property
    def _spans(self) -> list[list[tuple[int, int]]]:
        """By row; whole days until a rule says otherwise."""
        both = zip(self._opens.ravel().tolist(), self._ends.ravel().tolist(), strict=True)
        return [[(begin, end)] if begin < end else [] for begin, end in both]

    def spans(self, person: int, day: int, spans: list[tuple[int, int]]) -> None:
        """Set the presence on a day, in place of an earlier one."""
        self._spans[self._row(person, day)] = sorted(spans)

    def _row(self, person: int, day: int) -> int:
        """The eve's row is the last."""
        rows: int = self._shape[1]
        return person * rows + day % rows

    def leave_by(self, person: int, day: int, moment: int) -> None:
        """Cut presence off at a moment."""
        row = self._row(person, day)
        self._spans[row] = [
            (start, min(end, moment)) for start, end in self._spans[row] if start < moment
        ]

    def home_by(self, person: int, day: int, moment: int) -> None:
        """A return is late from `moment` on, or from the end of the last span where that is earlier."""
        self._tables["home_by"][person, day] = moment

    def outside(self, person: int, points: int) -> None:
        """Points for each tick outside presence."""
        self._tables["outside"][person] += points

    def home(self, person: int, points: int) -> None:
        """Points for each tick of a late return."""
        self._tables["home"][person] += points

    def rest(self, person: int, day: int, span: tuple[int, int], length: int, points: int) -> None:
        """A rest of `length` ticks owed inside `span` (ticks from the horizon's start)."""
        self._tables["rest_from"][person, day], self._tables["rest_to"][person, day] = span
        self._tables["rest_length"][person, day] = length
        self._tables["rest_missed"][person, day] += points

    def rest_owed(self, person: int, day: int, beyond: int, within: int) -> None:
        """The rest is owed only on a day of more than `beyond` ticks without a stop of `within` ticks there."""
        self._tables["rest_beyond"][person, day] = beyond
        self._tables["rest_within"][person, day] = within

    def overtime(self, person: int, day: int, ordinary: int, points: int) -> None:
        """Work beyond `ordinary` costs `points` a tick."""
        self._tables["ordinary"][person, day] = ordinary
        self._tables["overtime"][person, day] += points

    def longest(self, person: int, day: int, ticks: int, points: int) -> None:
        """Work beyond `ticks` costs `points` a tick."""
        self._tables["longest"][person, day] = ticks
        self._tables["too_long"][person, day] += points

    def most(self, person: int, day: int, stops: int, points: int) -> None:
        """Each stop beyond `stops` costs `points`."""
        self._tables["most"][person, day] = stops
        self._tables["too_many"][person, day] += points

    def crowd(self, person: int, roomy: int, points: int) -> None:
        """On any day the stops beyond `roomy` cost `points`, twice `points`, and so on."""
        self._tables["roomy"][person] = roomy
        self._tables["crowded"][person] += points

    def wait(self, person: int, points: int) -> None:
        """Waiting costs `points` a tick."""
        self._tables["wait"][person] += points

    def build(self) -> DayTable:
        """Freeze."""
        counts = [len(spans) for spans in self._spans]
        flat = [span for spans in self._spans for span in spans]
        home_by = self._tables["home_by"].reshape(-1)
        present = np.zeros_like(home_by)
        for row, spans in enumerate(self._spans):
            home_by[row] = min(home_by[row], spans[-1][1] if spans else 0)
            last = min(int(home_by[row]), int(self._ends.flat[row]))
            if row % self._shape[1] < self._begins.shape[1]:
                present[row] = sum(max(0, min(end, last) - start) for start, end in spans)
        return DayTable(
            begins=self._begins,
            span_first=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
            spans=np.array(flat, dtype=np.int64).reshape(len(flat), 2),
            present=present.reshape(self._shape),
            on_duty=self.on_duty,
            worst_idle=self.worst_idle,
            **self._tables,
        )


_CAPS = ("ordinary", "longest", "most", "roomy", "home_by", "rest_within")
_POINTS = ("outside", "home", "rest_missed", "overtime", "too_long", "too_many", "crowded", "wait")
_REST = ("rest_from", "rest_to", "rest_length", "rest_beyond")
