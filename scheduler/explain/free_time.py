"""Where people's days have room: the stretches between stops, as arrays, and what fits into them."""

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.facts import Facts, RouteStop
from scheduler.model import Level
from scheduler.model.workdays import EVE
from scheduler.rules import active
from scheduler.rules.common.presence import day_bounds, evening, until, working_spans
from scheduler.rules.common.rests import long_day, long_piece, rest
from scheduler.travel.base import MODES

FAR = 2**40
"""Ticks beyond every horizon."""
NO_REST = (0,) * 7
COLUMNS = 19
"""Of a stretch: person, begin and end of the working day, between which a stop may start, mode, place before, place after, whether it is the first of the day,
whether it is the whole day, when the stop before ends, when the stop after starts, from, to, and
the rest in it: earliest start, latest end, length; and what spares it: the day's first start and last
end (FAR, -FAR without work), the ticks that a day may last without it, and those of work that holds it."""


@dataclass(frozen=True)
class Openings:
    """Starts from which one person can do one slot between two stops. Arrays of equal length.

    person: index; first, last: ticks, included; extra: ticks of travel that come on top
    """

    person: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    extra: NDArray[np.int64]


class FreeTime:
    """Stretches of presence between consecutive stops of a roster, for every person and day.

    A stretch ends with presence or in time for the way to the next stop, and keeps the hard rests
    between days. A rest in a stretch has to fit before or after what is put there.
    """

    def __init__(self, facts: Facts):
        self._facts = facts
        hard = {
            active_rule.rule.id
            for active_rule in active(facts.instance)
            if active_rule.level is Level.HARD
        }
        self._rests_between = "min_rest" in hard
        self._breaks = "rest_break" in hard
        self._index = facts.travel_table.index
        self._nowhere = len(self._index)
        ticks, no_way = facts.travel_table.ticks, facts.travel_table.no_way
        if no_way is not None:
            ticks = np.where(no_way, facts.horizon.end, ticks)
        padded = np.pad(ticks, ((0, 0), (0, 1), (0, 1)))
        self._ticks = padded.astype(np.int64)
        self._of: dict[str, NDArray[np.int64]] = {}
        self._known: dict[str, dict[int, _Day]] = {}
        self._read([person.id for person in facts.instance.people])

    def of(self, facts: Facts, people: Iterable[str]) -> "FreeTime":
        """The same for a roster in which only these people's work differs."""
        other = copy(self)
        other._facts = facts
        other._of, other._known = self._of.copy(), self._known.copy()
        other._read(people)
        return other

    def _read(self, people: Iterable[str]) -> None:
        number = {
            person.id: position for position, person in enumerate(self._facts.instance.people)
        }
        for person in people:
            rows = list(self._rows(number[person], person))
            self._known[person] = {}
            self._of[person] = np.array(rows, np.int64).reshape(len(rows), COLUMNS)
        table = np.concatenate([np.zeros((0, COLUMNS), np.int64), *self._of.values()])
        ticks = self._facts.horizon.day_ticks
        self._days = [
            table[(table[:, 1] < (day + 1) * ticks) & (table[:, 2] > day * ticks)]
            for day in range(self._facts.horizon.days)
        ]

    @property
    def there(self) -> NDArray[np.bool_]:
        """bool [day, person]: whether they have a stretch at all on a calendar day."""
        found = np.zeros((len(self._days), len(self._facts.instance.people)), bool)
        for day, rows in enumerate(self._days):
            found[day, rows[:, 0]] = True
        return found

    def openings(
        self,
        able: NDArray[np.bool_],
        day: int,
        place: int | None,
        first: int,
        last: int,
        duration: int,
    ) -> Openings:
        """Where people who are able have room for `duration` ticks at a place on a calendar day.

        place: None: wherever they are by then, so that only the way on to the next stop takes time
        first, last: ticks between which the slot may start, both included
        """
        rows = self._days[day]
        rows = rows[able[rows[:, 0]]]
        person, _, day_ends, mode, before, after, leads, idle, ready, by, opens, closes, *rest = (
            rows.T
        )
        rest_from, rest_to, rest_ticks, begins, ends, short, held = rest
        there = before if place is None else place
        way_in, way_out = self._ticks[mode, before, there], self._ticks[mode, there, after]
        extra = way_in + way_out - np.where(idle, 0, self._ticks[mode, before, after])
        start = np.maximum(np.maximum(ready + way_in, opens), first)
        end = np.minimum(
            np.minimum(by - way_out, closes) - duration, np.minimum(last, day_ends - 1)
        )
        # A rest in the stretch lies before what is put there, or after it.
        at_home = leads.astype(bool) & (not self._facts.instance.settings.rest_on_duty)
        after_rest = np.where(
            at_home,
            rest_from + rest_ticks + way_in,
            np.maximum(ready + way_in, rest_from) + rest_ticks,
        )
        before_rest = np.minimum(by - way_out, rest_to) - rest_ticks - duration
        owed = rest_ticks > 0
        parts = [
            (start, np.where(owed, np.minimum(end, before_rest), end)),
            (np.where(owed, np.maximum(start, after_rest), FAR), end),
            (
                np.where(
                    owed & (np.maximum(ends - begins, duration) <= short),
                    np.maximum(start, ends - short),
                    FAR,
                ),
                np.minimum(end, begins + short - duration),
            ),
            (
                np.where(
                    owed & (duration >= held),
                    np.maximum(start, rest_from + rest_ticks - duration),
                    FAR,
                ),
                np.minimum(end, rest_to - rest_ticks),
            ),
        ]
        if not self._breaks:
            parts.append((np.where(owed, start, FAR), end))
        firsts, lasts = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
        fits, count = firsts <= lasts, len(parts)
        people, more = np.tile(person, count)[fits], np.tile(extra, count)[fits]
        return Openings(people, firsts[fits], lasts[fits], more)

    def openings_anyhow(
        self,
        people: Iterable[int],
        place: int,
        first: int,
        last: int,
        duration: int,
        moments: Collection[int] = (),
    ) -> Openings:
        """Starts of these people at a place on their working day in which `first` lies, free or not.

        Starts at both ends of ``first..last``, at the moments given, and where a rule about the person
        is just kept: right before and after other work and the way to it, presence and rests. `extra`
        sorts them: ticks in which the person would be in two places, away, or short of rest, and in
        order of these by how far from presence it is.
        """
        rows = []
        for number in people:
            edges = self._edges(number, first, place, duration)
            starts = {first, last, *moments, *edges.starts}
            for start in sorted(moment for moment in starts if first <= moment <= last):
                short = edges.short(start, start + duration) * self._facts.horizon.day_ticks
                rows.append((number, start, start, short + edges.far(start, start + duration)))
        return Openings(*np.array(rows, np.int64).reshape(len(rows), 4).T)

    def least_short(
        self, people: list[int], place: int, first: int, last: int, duration: int
    ) -> list[int]:
        """The people in order of what a start would lack, the least first; who is away comes last."""

        def short(number: int) -> int:
            edges = self._edges(number, first, place, duration)
            if all(end <= first or last + duration <= start for start, end in edges.spans):
                return FAR
            inside = {first, last, *(start for start in edges.starts if first <= start <= last)}
            return min(edges.short(start, start + duration) for start in inside)

        return sorted(people, key=short)

    def _edges(self, number: int, moment: int, place: int, duration: int) -> "_Edges":
        """Of the person's working day in which a moment lies."""
        instance = self._facts.instance
        day = instance.workdays.day(instance.people[number].id, moment)
        known = self._day(number, day)
        ticks = self._ticks[known.mode]
        way_in, way_out = ticks[:, place].tolist(), ticks[place].tolist()
        busy = [(start - way_out[there], end + way_in[there]) for start, end, there in known.stops]
        starts = {known.earliest, known.latest - duration}
        for before, after in busy:
            starts |= {after, before - duration}
        way = way_in[known.start]
        for start, end in known.spans:
            starts |= {start, end - duration, start - duration, end, start + way}
        rest_from, rest_to, rest_ticks, *_ = known.rest
        if rest_ticks:
            starts |= {rest_from + rest_ticks, rest_to - rest_ticks - duration}
            starts |= {rest_from + rest_ticks + way}
        rest = rest_from + rest_ticks, rest_to - rest_ticks, rest_ticks
        return _Edges(starts, busy, known.spans, known.earliest, known.latest, rest)

    def _day(self, number: int, day: int) -> "_Day":
        """What is known of a person's day; computed once."""
        facts, record = self._facts, self._facts.instance.people[number]
        known = self._known[record.id]
        if day not in known:
            spans = working_spans(facts.instance, record.id, [day])[day]
            spans = until(spans, evening(facts.instance, record.id, day))
            stops = [
                (stop.start, stop.end, self._index[stop.place])
                for stop in facts.stops(record.id, day)
            ]
            earliest, latest = self._between_days(record.id, day)
            _, rest = self._rest(record.id, day)
            mode, start = MODES.index(record.mode), self._at(record.start_place)
            known[day] = _Day(mode, start, stops, spans, earliest, latest, rest)
        return known[day]

    def _rows(self, number: int, person: str) -> Iterator[tuple[int, ...]]:
        facts = self._facts
        record = facts.instance.person_by_id[person]
        days = facts.days(person)
        mode = MODES.index(record.mode)
        for day, spans in working_spans(facts.instance, person, days).items():
            spans = until(spans, evening(facts.instance, person, day))
            bounds = day_bounds(facts.instance, person, day)
            earliest, latest = self._between_days(person, day)
            had, owed = self._rest(person, day)
            for before, after in self._stretches(person, day):
                start = record.start_place if before is None else before.place
                end = record.end_place if after is None else after.place
                ready = spans[0][0] if before is None else before.end
                by = FAR if after is None else after.start
                here = owed if had and had[0] is before and had[1] is after else NO_REST
                where = number, *bounds, mode, self._at(start), self._at(end)
                idle = before is None and after is None
                for opens, closes in spans:
                    if opens < min(closes, by) and ready < closes:
                        opens = max(opens, earliest) if before is None else opens
                        closes = min(closes, latest) if after is None else closes
                        yield *where, before is None, idle, ready, by, opens, closes, *here

    def _at(self, place: str | None) -> int:
        return self._nowhere if place is None else self._index[place]

    def _stretches(
        self, person: str, day: int
    ) -> Iterator[tuple[RouteStop | None, RouteStop | None]]:
        stops = self._facts.stops(person, day)
        yield from zip([None, *stops], [*stops, None], strict=True)

    def _between_days(self, person: str, day: int) -> tuple[int, int]:
        """Earliest start and latest end that keep the rest after the work before and before the next."""
        facts = self._facts
        least = facts.instance.limits(person).rest_minutes if self._rests_between else None
        least = least or 0
        days = facts.by_day[person]
        past = facts.instance.past(person).last_end
        before = -FAR if past is None else past
        before = max((stops[-1].end for on, stops in days.items() if on < day), default=before)
        after = min((stops[0].start for on, stops in days.items() if on > day), default=FAR)
        return before + (0 if day == EVE else least), after - least

    def _rest(
        self, person: str, day: int
    ) -> tuple[tuple[RouteStop | None, RouteStop | None] | None, tuple[int, ...]]:
        """The stops around the rest of a day, and the last seven columns of it."""
        facts = self._facts
        owed = facts.instance.limits(person).breaks
        if owed is None or day == EVE:
            return None, NO_REST
        midnight = day * facts.horizon.day_ticks
        stops = facts.stops(person, day)
        begins = stops[0].start if stops else FAR
        ends = stops[-1].end if stops else -FAR
        spared = long_day(owed, facts.horizon), long_piece(owed, facts.horizon)
        span = midnight + owed.start, midnight + owed.end, owed.minutes, begins, ends, *spared
        if not stops:
            return (None, None), span
        had = rest(facts, person, day)
        return (None, span) if had is None else ((had.before, had.after), span)


@dataclass(frozen=True)
class _Day:
    """A person's day: index of mode and start place, stops (start, end, place), presence, and the rests.

    earliest, latest: first start and last end that keep the rests between days
    rest: earliest start, latest end and length of the rest of the day; 0: none
    """

    mode: int
    start: int
    stops: list[tuple[int, int, int]]
    spans: list[tuple[int, int]]
    earliest: int
    latest: int
    rest: tuple[int, ...]


@dataclass(frozen=True)
class _Edges:
    """Where a person's day allows a start or just does not.

    starts: in ticks; busy: other work, from the last moment to leave for it to the first to be back
    spans: presence; earliest, latest: first start and last end that keep the rests between days
    rest: first start and last end that leave the rest of the day before or after, and its ticks
    """

    starts: set[int]
    busy: list[tuple[int, int]]
    spans: list[tuple[int, int]]
    earliest: int
    latest: int
    rest: tuple[int, int, int]

    def far(self, start: int, end: int) -> int:
        """Ticks from a stop to the nearest presence; at most a day's."""
        return min(max(0, first - end, start - last) for first, last in self.spans)

    def short(self, start: int, end: int) -> int:
        """Ticks that a stop lacks."""
        away = end - start - sum(_overlap(start, end, *span) for span in self.spans)
        late = sum(max(0, min(after - start, end - before)) for before, after in self.busy)
        after, before, ticks = self.rest
        missed = 0 if start >= after or end <= before else ticks
        return away + late + max(0, self.earliest - start) + max(0, end - self.latest) + missed


def _overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Ticks that lie in both spans."""
    return max(0, min(end, other_end) - max(start, other_start))
