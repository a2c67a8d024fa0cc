"""Where people's days have room: the stretches between stops, as arrays, and what fits into them."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.facts import Facts, RouteStop
from scheduler.model import Level
from scheduler.rules import active
from scheduler.rules.common.presence import evening, until, working_spans
from scheduler.rules.common.rests import rest
from scheduler.travel.base import MODES

FAR = 2**40
"""Ticks beyond every horizon."""
COLUMNS = 14
"""Of a stretch: person, day, mode, place before, place after, whether it is the first of the day,
whether it is the whole day, when the stop before ends, when the stop after starts, from, to, and
the rest in it: earliest start, latest end, length."""


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
        self._read([person.id for person in facts.instance.people])

    def of(self, facts: Facts, people: Iterable[str]) -> "FreeTime":
        """The same for a roster in which only these people's work differs."""
        other = copy(self)
        other._facts = facts
        other._of = self._of.copy()
        other._read(people)
        return other

    def _read(self, people: Iterable[str]) -> None:
        number = {
            person.id: position for position, person in enumerate(self._facts.instance.people)
        }
        for person in people:
            rows = list(self._rows(number[person], person))
            self._of[person] = np.array(rows, np.int64).reshape(len(rows), COLUMNS)
        table = np.concatenate([np.zeros((0, COLUMNS), np.int64), *self._of.values()])
        self._days = [table[table[:, 1] == day] for day in range(self._facts.horizon.days)]

    def openings(
        self, able: NDArray[np.bool_], day: int, place: int, first: int, last: int, duration: int
    ) -> Openings:
        """Where people who are able have room for `duration` ticks at a place on a day.

        first, last: ticks between which the slot may start, both included
        """
        rows = self._days[day]
        rows = rows[able[rows[:, 0]]]
        person, _, mode, before, after, leads, idle, ready, by, opens, closes, *rest = rows.T
        rest_from, rest_to, rest_ticks = rest
        way_in, way_out = self._ticks[mode, before, place], self._ticks[mode, place, after]
        extra = way_in + way_out - np.where(idle, 0, self._ticks[mode, before, after])
        start = np.maximum(np.maximum(ready + way_in, opens), first)
        end = np.minimum(np.minimum(by - way_out, closes) - duration, last)
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
        ]
        if not self._breaks:
            parts.append((np.where(owed, start, FAR), end))
        firsts, lasts = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
        fits, count = firsts <= lasts, len(parts)
        people, more = np.tile(person, count)[fits], np.tile(extra, count)[fits]
        return Openings(people, firsts[fits], lasts[fits], more)

    def openings_anyhow(
        self, able: NDArray[np.bool_], day: int, first: int, last: int, duration: int
    ) -> Openings:
        """Starts of everybody able, free or not.

        Starts at the window's ends, and right before and after other work and presence. `extra`: ticks
        in which the person would be in two places, or away.
        """
        rows = []
        for number in np.flatnonzero(able).tolist():
            person = self._facts.instance.people[number].id
            stops, present = self._facts.stops(person, day), self._facts.present(person)
            moments = {first, last}
            moments |= {stop.end for stop in stops} | {stop.start - duration for stop in stops}
            moments |= {start for start, _ in present} | {end - duration for _, end in present}
            for start in sorted(moment for moment in moments if first <= moment <= last):
                end = start + duration
                busy = sum(_overlap(start, end, stop.start, stop.end) for stop in stops)
                there = sum(_overlap(start, end, *span) for span in present)
                rows.append((number, start, start, busy + duration - there))
        return Openings(*np.array(rows, np.int64).reshape(len(rows), 4).T)

    def _rows(self, number: int, person: str) -> Iterator[tuple[int, ...]]:
        facts = self._facts
        record = facts.instance.person_by_id[person]
        days = range(facts.horizon.days)
        mode = MODES.index(record.mode)
        for day, spans in working_spans(facts.instance, person, days).items():
            spans = until(spans, evening(facts.instance, person, day))
            earliest, latest = self._between_days(person, day)
            had, owed = self._rest(person, day)
            for before, after in self._stretches(person, day):
                start = record.start_place if before is None else before.place
                end = record.end_place if after is None else after.place
                ready = spans[0][0] if before is None else before.end
                by = FAR if after is None else after.start
                here = owed if had and had[0] is before and had[1] is after else (0, 0, 0)
                where = number, day, mode, self._at(start), self._at(end)
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
        """Earliest start and latest end that keep the rest after the day before and before the next."""
        facts = self._facts
        least = facts.instance.limits(person).rest_minutes if self._rests_between else None
        least = least or 0
        days = facts.by_day[person]
        before = max((stop.end for stop in days.get(day - 1, ())), default=-FAR)
        past = facts.instance.past(person).last_end
        if day == 0 and past is not None:
            before = past
        after = days[day + 1][0].start if day + 1 in days else FAR
        return before + least, after - least

    def _rest(
        self, person: str, day: int
    ) -> tuple[tuple[RouteStop | None, RouteStop | None] | None, tuple[int, int, int]]:
        """The stops around the rest of a day, and (earliest start, latest end, length) of it."""
        facts = self._facts
        owed = facts.instance.limits(person).breaks
        if owed is None:
            return None, (0, 0, 0)
        midnight = day * facts.horizon.day_ticks
        span = midnight + owed.start, midnight + owed.end, owed.minutes
        if not facts.stops(person, day):
            return (None, None), span
        had = rest(facts, person, day)
        return (None, span) if had is None else ((had.before, had.after), span)


def _overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Ticks that lie in both spans."""
    return max(0, min(end, other_end) - max(start, other_start))
