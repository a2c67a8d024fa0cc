"""Candidates: who could do some slots of a task together, where and when, and what it roughly costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from scheduler.explain.able import Eligibility
from scheduler.explain.free import FreeTime, Openings
from scheduler.explain.rough_cost import RoughCost
from scheduler.facts import Facts
from scheduler.lowered.fit import BANNED
from scheduler.model import Assignment, Level, Shift, Visit
from scheduler.rules import active

FEW = 4
"""People looked at for each slot of a crew at one start."""


@dataclass(frozen=True)
class Candidate:
    """Assignments of one task, and their rough cost in the engines' points."""

    assignments: tuple[Assignment, ...]
    day: int
    cost: int

    @property
    def people(self) -> tuple[str, ...]:
        """Who does it, in order of slots."""
        return tuple(one.person for one in self.assignments)

    @property
    def slots(self) -> tuple[int, ...]:
        """Which slots."""
        return tuple(one.slot for one in self.assignments)

    @property
    def rank(self) -> tuple[int, int, tuple[str, ...]]:
        """Sorts the cheapest first."""
        return self.cost, self.assignments[0].start, self.people


@dataclass(frozen=True)
class _Spot:
    """A day, a place and the task's first and last start there, both included."""

    day: int
    place: int
    first: int
    last: int
    latest: int
    """Last start that the window allows, whatever the slots that are filled say."""
    due: int
    late: int
    published: int
    """A start that was published, or -1."""


@dataclass(frozen=True)
class _Part:
    """One slot's openings: arrays of equal length, starts of the whole task."""

    openings: Openings
    cost: NDArray[np.int64]
    least: int
    most: int
    duration: int

    @property
    def first(self) -> NDArray[np.int64]:
        """First starts of the task with which the slot can start in its room."""
        return self.openings.first - self.most

    @property
    def last(self) -> NDArray[np.int64]:
        """Last starts of the task."""
        return self.openings.last - self.least


@dataclass(frozen=True)
class CandidateSearch:
    """The candidates of one task; see `Trials.placements`."""

    facts: Facts
    free: FreeTime
    rough_cost: RoughCost
    eligibility: Eligibility
    task: Visit | Shift
    held: Mapping[int, str] = field(default_factory=dict)
    within: tuple[int, int] | None = None
    infeasible: bool = False

    def candidates(self, slots: Sequence[int]) -> list[Candidate]:
        """Every sensible way to fill these slots."""
        return [one for spot in self._spots(slots) for one in self._at(spot, slots)]

    def _spots(self, slots: Sequence[int]) -> Iterator[_Spot]:
        window, horizon = self.eligibility.window, self.facts.horizon
        filled, own = self.facts.by_task[self.task.id], self.facts.task_slots[self.task.id]
        opens, closes = self._tied(slots)
        if self.within is not None:
            opens, closes = max(opens, self.within[0]), min(closes, self.within[1])
        where = None
        if filled:
            where = self.facts.travel_table.index[filled[min(filled)].place]
            opens = max([opens, *(one.start - own[n].after[1] for n, one in filled.items())])
            closes = min([closes, *(one.start - own[n].after[0] for n, one in filled.items())])
        for row in range(len(window.day)):
            latest = int(window.latest[row])
            first, last = max(int(window.earliest[row]), opens), min(latest, closes)
            if first <= last and where in (None, int(window.place[row])):
                published = window.published_last[row] >= 0
                yield _Spot(
                    day=horizon.day_of(first),
                    place=int(window.place[row]),
                    first=first,
                    last=last,
                    latest=latest,
                    due=int(window.due[row]),
                    late=int(window.late[row]),
                    published=int(window.published_first[row]) if published else -1,
                )

    def _tied(self, slots: Sequence[int]) -> tuple[int, int]:
        """First and last start that keep the hard gaps to visits that are done."""
        instance, horizon = self.facts.instance, self.facts.horizon
        opens, closes = [0], [horizon.end - 1]
        if not any(one.rule.id == "gap" and one.level is Level.HARD for one in active(instance)):
            return opens[0], closes[0]
        own, ticks = self.facts.task_slots[self.task.id], horizon.day_ticks
        length = max(own[number].after[0] + own[number].duration for number in slots)
        for gap in instance.gaps:
            second = gap.second == self.task.id
            other = gap.first if second else gap.second
            done = self.facts.by_task[other].values()
            if self.task.id not in (gap.first, gap.second) or not done:
                continue
            start, end = min(stop.start for stop in done), max(stop.end for stop in done)
            day = horizon.day_of(start)
            if second:
                opens += [end + one for one in _given(gap.least_minutes)]
                closes += [end + one for one in _given(gap.most_minutes)]
                opens += [(day + one) * ticks for one in _given(gap.least_days)]
                closes += [(day + one + 1) * ticks - 1 for one in _given(gap.most_days)]
            else:
                closes += [start - length - one for one in _given(gap.least_minutes)]
                opens += [start - length - one for one in _given(gap.most_minutes)]
                closes += [(day - one + 1) * ticks - 1 for one in _given(gap.least_days)]
                opens += [(day - one) * ticks for one in _given(gap.most_days)]
        return max(opens), min(closes)

    def _at(self, spot: _Spot, slots: Sequence[int]) -> Iterator[Candidate]:
        parts = [self._part(spot, slot) for slot in slots]
        if not all(len(part.cost) for part in parts):
            return
        moments = self._moments(spot, parts)
        every = _alone(parts[0], moments) if len(parts) == 1 else _crews(parts, moments)
        for start, rows in every:
            yield self._candidate(spot, slots, parts, start, rows)

    def _part(self, spot: _Spot, slot: int) -> _Part:
        """Who has room for one slot, and what each costs."""
        own = self.facts.task_slots[self.task.id][slot]
        least, most = own.after
        able = self.eligibility.able[slot].copy()
        if self.infeasible and not able.any():
            able[:] = True
        if slot in self.held:
            able &= [person.id == self.held[slot] for person in self.facts.instance.people]
        first, last = spot.first + least, min(spot.last + most, spot.latest + least)
        if self.infeasible:
            openings = self.free.openings_anyhow(able, spot.day, first, last, own.duration)
        else:
            openings = self.free.openings(able, spot.day, spot.place, first, last, own.duration)
        cost = self.eligibility.points[slot] % BANNED + self.rough_cost.people(
            self.task, own.duration
        )
        return _Part(
            openings,
            cost[openings.person] + self.rough_cost.travel(openings.extra),
            least,
            most,
            own.duration,
        )

    def _moments(self, spot: _Spot, parts: Sequence[_Part]) -> NDArray[np.int64]:
        """Starts of the task that are worth trying, besides the ends of what each slot has room for."""
        found = {spot.published} if spot.published >= 0 else set()
        places = self.facts.instance.places
        if places[spot.place].capacity is not None:
            length = max(part.least + part.duration for part in parts)
            for crew in self.facts.by_place[places[spot.place].id]:
                found.add(max(stop.end for stop in crew))
                found.add(min(stop.start for stop in crew) - length)
        inside = [one for one in sorted(found) if spot.first <= one <= spot.last]
        ends = np.array([spot.first, spot.last], np.int64)
        starts = [
            side
            for part in parts
            for side in (part.first, part.openings.first - part.least, part.last)
        ]
        every = np.unique(np.concatenate([np.array(inside, np.int64), *starts]))
        return np.unique(np.clip(every, *ends)) if len(parts) > 1 else np.array(inside, np.int64)

    def _candidate(
        self,
        spot: _Spot,
        slots: Sequence[int],
        parts: Sequence[_Part],
        start: int,
        rows: tuple[int, ...],
    ) -> Candidate:
        instance = self.facts.instance
        place = instance.places[spot.place].id
        assignments = []
        cost = 0
        for slot, part, row in zip(slots, parts, rows, strict=True):
            begin = max(int(part.openings.first[row]), start + part.least)
            end = begin + part.duration
            late = (end if self.facts.instance.settings.late_at == "end" else begin) - spot.due
            cost += int(part.cost[row]) + max(0, late) * spot.late
            assignments.append(
                Assignment(
                    task=self.task.id,
                    slot=slot,
                    person=instance.people[int(part.openings.person[row])].id,
                    place=place,
                    start=begin,
                    end=end,
                )
            )
        return Candidate(tuple(assignments), spot.day, cost)


def _given(value: int | None) -> list[int]:
    return [] if value is None else [value]


def _alone(part: _Part, moments: NDArray[np.int64]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(start, row) of everybody: the first and last that fit, and the moments between."""
    for row in range(len(part.cost)):
        first, last = int(part.openings.first[row]) - part.least, int(part.last[row])
        between = [int(one) for one in moments if first < one < last]
        for start in dict.fromkeys((first, *between, last)):
            yield start, (row,)


def _crews(
    parts: Sequence[_Part], moments: NDArray[np.int64]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(start, row for each slot) of different people, the cheapest few of each slot at each start."""
    orders = [np.argsort(part.cost, kind="stable") for part in parts]
    for start in moments.tolist():
        there = []
        for part, order in zip(parts, orders, strict=True):
            fits = (part.first[order] <= start) & (start <= part.last[order])
            there.append(_first_of_each(part, order[fits]))
        for rows in product(*there):
            people = {int(part.openings.person[row]) for part, row in zip(parts, rows, strict=True)}
            if len(people) == len(parts):
                yield start, rows


def _first_of_each(part: _Part, rows: NDArray[np.int64]) -> list[int]:
    """The first row of each person, of the first few people."""
    found: dict[int, int] = {}
    for row in rows.tolist():
        found.setdefault(int(part.openings.person[row]), row)
        if len(found) == FEW:
            break
    return list(found.values())
