"""When a person's working day changes: at midnight, or in the pause after a night of work.

A stop belongs to the working day of its person in which it starts. So a night of work, however many
stops it has, is one day, that of the evening on which it begins. Nobody sets this: the day changes in
the first long pause after midnight in which nothing could be given to the person, or else in the
longest, though not between the stops of one round if it can be helped. Where there is no such pause (somebody is there at all hours, or shifts follow each other around the clock) or where it
holds midnight, the day changes at midnight.

The eve is the working day before day 0, where a night of it goes on into day 0: its index is -1. Only
who has worked on it, as history tells, has one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from scheduler.model.history import PastStop
from scheduler.model.presence import joined
from scheduler.model.remembered import remembered
from scheduler.model.time import MINUTES_PER_DAY
from scheduler.model.work import Shift, Visit

LONG_PAUSE_MINUTES = 4 * 60
"""A pause that parts two working days wherever it lies."""
LATEST_MINUTES = 10 * 60
"""After midnight: no working day begins later than the start of a pause that begins by then."""
NIGHT_MINUTES = 12 * 60
"""Somebody who is there over midnight, and no longer than this, is there for one night's work."""
EVE = -1
"""Index of the working day before day 0."""
_EVER = 2**62

Spans = list[tuple[int, int]]
Work = tuple[str, int]
"""Kind of a task, and its length in ticks."""


class Workdays:
    """The working days of everybody in an instance. Moments in ticks from the horizon's start."""

    def __init__(
        self,
        presence_of: Mapping[str, Spans],
        tasks: Iterable[Visit | Shift],
        days: int,
        ticks_per_minute: int,
        *,
        always_present: bool,
        before: Mapping[str, Sequence[PastStop]],
        until: Mapping[str, int],
    ):
        """`always_present`: availability and leave say nothing.

        presence_of: person → spans of presence
        before: person → the stops of the working day before day 0, where there are any; until: when
        that day is over, of those of whom history says it
        """
        self._presence_of = presence_of
        self._days = days
        self._minute = ticks_per_minute
        self._always = always_present
        self._before, self._until_told = before, until
        spans = _spans(days * MINUTES_PER_DAY * ticks_per_minute)
        # Most tasks are alike in what matters here.
        possible = frozenset(chain.from_iterable(map(spans, tasks)))
        stops = (stop for stops in before.values() for stop in stops)
        done = ((stop.start, stop.end, stop.kind) for stop in stops)
        self._work = _work(possible, frozenset(done))
        self.possible = self._work.possible
        """Spans ``[start, end)`` in which some task could be under way."""
        self._begins: dict[str, tuple[int, ...]] = {}
        settled = days, ticks_per_minute, always_present
        self._alike: dict[tuple[Any, ...], tuple[int, ...]] = self._work.alike.setdefault(
            settled, {}
        )
        """By all that the days of a person depend on: many are there when others are."""

    def of(self, presence_of: Mapping[str, Spans]) -> "Workdays":
        """The working days of people who are there at these times, with the same work to be done."""
        other = copy(self)
        other._presence_of, other._begins = presence_of, {}
        return other

    def differing(self, other: "Workdays", people: Iterable[str]) -> list[str]:
        """Those of some people whose days do not begin when they do in another instance."""
        if self._work is other._work and self._until_told == other._until_told:
            if self._presence_of is other._presence_of:
                return []
            there, before = self._presence_of, other._presence_of
            people = (person for person in people if there.get(person) != before.get(person))
        return [person for person in people if self.begins(person) != other.begins(person)]

    def told(self, until: Mapping[str, int]) -> "Workdays":
        """The same working days if history said besides when the one before day 0 is over, for some people."""
        other = copy(self)
        other._until_told, other._begins = {**self._until_told, **until}, {}
        return other

    def begins(self, person: str) -> tuple[int, ...]:
        """When each day of the person begins: its midnight, or up to ten hours later.

        Day 0 begins at 0, and holds as well what starts before it, unless its first hours belong to the
        eve. The last day holds all that starts after it.
        """
        if person not in self._begins:
            self._begins[person] = self._computed(person)
        return self._begins[person]

    def day(self, person: str, start: int) -> int:
        """Index of the person's working day in which a moment lies: one of the horizon's, or `EVE`."""
        begins = self.begins(person)
        return max(EVE if begins[0] else 0, bisect_right(begins, start) - 1)

    def first(self, person: str) -> int:
        """Index of the person's first working day: `EVE` where they have one, else 0."""
        return EVE if self.begins(person)[0] else 0

    def _computed(self, person: str) -> tuple[int, ...]:
        stops = self._before.get(person, ())
        worked = bool(stops)
        present = None if self._always else self._presence_of.get(person)
        alike = (
            None if present is None else tuple(present),
            tuple((stop.start, stop.end) for stop in stops),
            self._until_told.get(person) if worked else None,
        )
        if alike not in self._alike:
            busy = self._busy(person)
            edges = [-_EVER, *(moment for span in busy for moment in span), _EVER]
            pauses = list(zip(edges[::2], edges[1::2], strict=True))
            day_ticks = MINUTES_PER_DAY * self._minute
            later = (self._begin(pauses, day * day_ticks) for day in range(1, self._days))
            self._alike[alike] = (self._first(person, pauses) if worked else 0, *later)
        return self._alike[alike]

    def _busy(self, person: str) -> Spans:
        """When a person may be at work, or was before the horizon; a night's work is one span."""
        present, worked = self._presence_of.get(person), self._before.get(person, ())
        done = joined((stop.start, stop.end) for stop in worked)
        if self._always or present is None:
            return joined([*self.possible, *done])
        there = joined([*present, *done])
        busy = joined([*_common(there, self.possible), *done])
        return joined([*busy, *_nights(there, busy, NIGHT_MINUTES * self._minute)])

    def _first(self, person: str, pauses: Spans) -> int:
        """When day 0 begins after work on the day before; 0 where nothing could start before it."""
        midnight = MINUTES_PER_DAY * self._minute
        begin = min(self._until_told.get(person, self._begin(pauses, 0)), midnight)
        return begin if self.possible and self.possible[0][0] < begin else 0

    def _begin(self, pauses: Spans, midnight: int) -> int:
        latest = midnight + LATEST_MINUTES * self._minute
        first = bisect_right(pauses, midnight, key=lambda pause: pause[1] + 1)
        long = LONG_PAUSE_MINUTES * self._minute
        touching = []
        for pause in pauses[first:]:
            if pause[0] > latest:
                break
            if pause[1] - pause[0] >= long:
                return max(midnight, pause[0])
            touching.append(pause)
        if not touching:
            return midnight
        longest = max(
            touching, key=lambda pause: (not self._is_of_a_round(pause), pause[1] - pause[0])
        )
        return max(midnight, longest[0])

    def _is_of_a_round(self, pause: tuple[int, int]) -> bool:
        """Whether the same work, of one kind and length, goes before a pause and comes after it."""
        none: set[Work] = set()
        until, since = self._work.until, self._work.since
        return not until.get(pause[0], none).isdisjoint(since.get(pause[1], none))


@dataclass(frozen=True)
class _Work:
    """What of all work the working days depend on.

    possible: spans ``[start, end)`` in which some task could be under way
    until, since: moment → the work that could end, or begin, just then
    alike: what is asked of it, by all that the answer depends on besides
    """

    possible: Spans
    until: dict[int, set[Work]]
    since: dict[int, set[Work]]
    alike: dict[tuple[int, int, bool], dict[tuple[Any, ...], tuple[int, ...]]]


@lru_cache(16)
def _work(
    possible: frozenset[tuple[tuple[int, int], Work]], done: frozenset[tuple[int, int, str]]
) -> _Work:
    """Made once for instances whose tasks differ in nothing that matters here, as when one more is like others."""
    until: dict[int, set[Work]] = {}
    since: dict[int, set[Work]] = {}
    before = (((start, end), (kind, end - start)) for start, end, kind in done)
    for (start, end), work in chain(possible, before):
        since.setdefault(start, set()).add(work)
        until.setdefault(end, set()).add(work)
    return _Work(joined(span for span, _ in possible), until, since, {})


@lru_cache(4)
def _spans(end: int) -> Callable[[Visit | Shift], tuple[tuple[tuple[int, int], Work], ...]]:
    """Spans in which a task could be under way; windows count as far as they lie before `end`."""
    return remembered(lambda task: tuple(_possible(task, end)))


def _possible(task: Visit | Shift, end: int) -> Iterator[tuple[tuple[int, int], Work]]:
    if isinstance(task, Shift):
        yield (task.start, task.start + task.duration), (task.kind, task.duration)
        return
    length = max(slot.after[0] + (slot.duration or task.duration) for slot in task.slots)
    for window in task.windows:
        first, last = max(window.start, 0), min(window.end, end) - 1
        if first <= last:
            yield (first, last + length), (task.kind, length)


def _common(spans: Spans, others: Spans) -> Iterator[tuple[int, int]]:
    """The parts of spans inside others; both are in order and apart."""
    number = 0
    for start, end in spans:
        while number < len(others) and others[number][1] <= start:
            number += 1
        for other in others[number:]:
            if other[0] >= end:
                break
            yield max(start, other[0]), min(end, other[1])


def _nights(there: Spans, busy: Spans, longest: int) -> Iterator[tuple[int, int]]:
    """From the first to the last work of each span of presence that is a night."""
    for start, end in there:
        pieces = busy[bisect_left(busy, (start,)) : bisect_left(busy, (end,))]
        if pieces and end - start <= longest:
            yield pieces[0][0], pieces[-1][1]
