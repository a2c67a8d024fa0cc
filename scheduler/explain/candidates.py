"""Candidates: who could do some slots of a task together, where and when, and what it roughly costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from scheduler.explain.eligibility import Eligibility
from scheduler.explain.free_time import FreeTime, Openings
from scheduler.explain.rough_cost import RoughCost
from scheduler.facts import Facts
from scheduler.facts.visits import places
from scheduler.lowered.fit import BANNED
from scheduler.model import Assignment, Level, Shift, Visit
from scheduler.rules import active, is_on
from scheduler.rules.common.starts import bounds, common, opening_spans, window_spans

FEW = 4
"""People looked at for each slot of a crew at one start."""
ABLE = 16
"""People looked at for a slot, of those whom no rule rules out, where hard rules may break."""
UNABLE = 4
"""People looked at of those whom the same rules rule out."""


@dataclass(frozen=True)
class Candidate:
    """Assignments of one task, and their rough cost in the engines' points."""

    assignments: tuple[Assignment, ...]
    day: int
    cost: int
    against: tuple[tuple[str, ...], ...] = ()
    """Rules that rule its people out, person by person."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who does it, in order of slots."""
        return tuple(assignment.person for assignment in self.assignments)

    @property
    def slots(self) -> tuple[int, ...]:
        """Which slots."""
        return tuple(assignment.slot for assignment in self.assignments)

    @property
    def start(self) -> int:
        """When the first of them starts, in ticks."""
        return min(assignment.start for assignment in self.assignments)

    @property
    def rank(self) -> tuple[int, int, tuple[str, ...]]:
        """Sorts the cheapest first."""
        return self.cost, self.assignments[0].start, self.people


@dataclass(frozen=True)
class Spot:
    """A day, a place and the task's first and last start there, both included."""

    day: int
    place: int
    first: int
    last: int
    latest: int
    """Last start that the window allows; `last` also keeps gaps and the slots that are filled."""
    due: int
    late: int
    published: int
    """A start that was published, or -1."""
    off: int = 0
    """Ticks from the nearest window, where it lies in none."""


@dataclass(frozen=True)
class SlotOpenings:
    """Who has room for one slot.

    cost: int64 [opening], the engines' points, or what sorts openings that break hard rules
    duration: of the slot, in ticks
    least, most: by how many ticks the slot starts after its task
    """

    openings: Openings
    cost: NDArray[np.int64]
    least: int
    most: int
    duration: int

    @property
    def first(self) -> NDArray[np.int64]:
        """First start of the task in each opening."""
        return self.openings.first - self.most

    @property
    def last(self) -> NDArray[np.int64]:
        """Last start of the task in each opening."""
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
    few: int = FEW
    """Of a crew, people looked at for its first slot at one start."""

    def candidates(self, slots: Sequence[int]) -> list[Candidate]:
        """Every sensible way to fill these slots."""
        return [candidate for spot in self.spots(slots) for candidate in self._at(spot, slots)]

    def spots(self, slots: Sequence[int]) -> Iterator[Spot]:
        """Where and when these slots could be filled, whoever does it."""
        window, horizon = self.eligibility.window, self.facts.horizon
        filled, task_slots = self.facts.by_task[self.task.id], self.facts.task_slots[self.task.id]
        opens, closes = (0, horizon.end - 1) if self.infeasible else self._tied(slots)
        if self.within is not None:
            opens, closes = max(opens, self.within[0]), min(closes, self.within[1])
        where = None
        if filled:
            where = self.facts.travel_table.index[filled[min(filled)].place]
            for number, stop in filled.items():
                least, most = task_slots[number].after
                opens, closes = max(opens, stop.start - most), min(closes, stop.start - least)
        if self.infeasible:
            for spot in self._spots_anyhow():
                first, last = max(spot.first, opens), min(spot.last, closes)
                if first <= last and where in (None, spot.place):
                    yield replace(spot, first=first, last=last)
            return
        for row in range(len(window.day)):
            latest = int(window.latest[row])
            first, last = max(int(window.earliest[row]), opens), min(latest, closes)
            if first <= last and where in (None, int(window.place[row])):
                published = window.published_last[row] >= 0
                yield Spot(
                    day=horizon.day_of(first),
                    place=int(window.place[row]),
                    first=first,
                    last=last,
                    latest=latest,
                    due=int(window.due[row]),
                    late=int(window.late[row]),
                    published=int(window.published_first[row]) if published else -1,
                )

    def _spots_anyhow(self) -> Iterator[Spot]:
        """Windows as they are written, and the pinned and opening starts outside them."""
        instance, horizon = self.facts.instance, self.facts.horizon
        index = self.facts.travel_table.index
        windows = bounds(window_spans(instance, self.task))
        pins = self.facts.pins.get(self.task.id, ())
        pinned = [pin.start for pin in pins if pin.start is not None]
        for place in places(self.task):
            opening = None
            if isinstance(self.task, Visit) and is_on(instance, "opening_hours"):
                opening = opening_spans(instance, self.task, place)
            outside = [start for span in opening or () for start in span] + pinned
            moments = [(start, start) for start in outside if 0 <= start < horizon.end]
            for first, last in dict.fromkeys((*windows, *common(windows, opening or []), *moments)):
                yield Spot(
                    day=horizon.day_of(first),
                    place=index[place],
                    first=first,
                    last=last,
                    latest=last,
                    due=horizon.end,
                    late=0,
                    published=-1,
                    off=min((max(0, a - last, first - b) for a, b in windows), default=0),
                )

    def _tied(self, slots: Sequence[int]) -> tuple[int, int]:
        """First and last start that keep the hard gaps to visits that are done."""
        instance, horizon = self.facts.instance, self.facts.horizon
        opens, closes = [0], [horizon.end - 1]
        if not any(
            active_rule.rule.id == "gap" and active_rule.level is Level.HARD
            for active_rule in active(instance)
        ):
            return opens[0], closes[0]
        task_slots, ticks = self.facts.task_slots[self.task.id], horizon.day_ticks
        length = max(task_slots[number].after[0] + task_slots[number].duration for number in slots)
        for gap in instance.gaps:
            second = gap.second == self.task.id
            other = gap.first if second else gap.second
            done = self.facts.by_task[other].values()
            if self.task.id not in (gap.first, gap.second) or not done:
                continue
            start, end = min(stop.start for stop in done), max(stop.end for stop in done)
            day = horizon.day_of(start)
            if second:
                opens += [end + minutes for minutes in _given(gap.least_minutes)]
                closes += [end + minutes for minutes in _given(gap.most_minutes)]
                opens += [(day + days) * ticks for days in _given(gap.least_days)]
                closes += [(day + days + 1) * ticks - 1 for days in _given(gap.most_days)]
            else:
                closes += [start - length - minutes for minutes in _given(gap.least_minutes)]
                opens += [start - length - minutes for minutes in _given(gap.most_minutes)]
                closes += [(day - days + 1) * ticks - 1 for days in _given(gap.least_days)]
                opens += [(day - days) * ticks for days in _given(gap.most_days)]
        return max(opens), min(closes)

    def _at(self, spot: Spot, slots: Sequence[int]) -> Iterator[Candidate]:
        parts = [self.part(spot, slot) for slot in slots]
        if not all(len(part.cost) for part in parts):
            return
        if self.infeasible and len(parts) > 1:
            # What is just kept by one of a crew is tried by all.
            starts = sorted({start for part in parts for start in part.first.tolist()})
            parts = [self.part(spot, slot, starts) for slot in slots]
        moments = self._moments(spot, parts)
        choices = _alone(parts[0], moments) if len(parts) == 1 else _crews(parts, moments, self.few)
        for start, rows in choices:
            yield self._candidate(spot, slots, parts, start, rows)

    def part(self, spot: Spot, slot: int, starts: Sequence[int] = ()) -> SlotOpenings:
        """Who has room for one slot on a day at a place. starts: of the task, to be tried by everybody."""
        task_slot = self.facts.task_slots[self.task.id][slot]
        least, most = task_slot.after
        able = self.eligibility.able[slot].copy()
        if slot in self.held:
            able &= [person.id == self.held[slot] for person in self.facts.instance.people]
        first, last = spot.first + least, min(spot.last + most, spot.latest + least)
        if self.infeasible:
            people = self._worth_trying(spot, slot, task_slot.duration)
            length = least + task_slot.duration
            moments = {*starts, *self._tied([slot]), *self._capacity_moments(spot.place, length)}
            openings = self.free.openings_anyhow(
                people,
                spot.place,
                first,
                last,
                task_slot.duration,
                {moment + least for moment in moments},
            )
        else:
            openings = self.free.openings(
                able, spot.day, spot.place, first, last, task_slot.duration
            )
        cost = self.eligibility.points[slot] % BANNED + self.rough_cost.people(
            self.task, task_slot.duration
        )
        rough = cost[openings.person] + self.rough_cost.travel(openings.extra)
        return SlotOpenings(
            openings,
            openings.extra if self.infeasible else rough,
            least,
            most,
            task_slot.duration,
        )

    def _worth_trying(self, spot: Spot, slot: int, duration: int) -> list[int]:
        """Of all whom the same rules rule out, or none, those who lack least on a day."""
        if slot in self.held:
            everybody = self.facts.instance.people
            return [n for n, person in enumerate(everybody) if person.id == self.held[slot]]
        chosen = []
        for rules, people in self._ruled_out[slot].items():
            most = UNABLE if rules else ABLE
            if len(people) > most:
                people = self.free.least_short(people, spot.place, spot.first, spot.last, duration)[
                    :most
                ]
            chosen += people
        return chosen

    def _moments(self, spot: Spot, parts: Sequence[SlotOpenings]) -> NDArray[np.int64]:
        """Starts of the task worth trying: as published, beside others at a place with a capacity.

        For a crew also the ends of every opening, which for a single slot `_alone` tries.
        """
        moments = {spot.published} if spot.published >= 0 else set()
        length = max(part.least + part.duration for part in parts)
        moments |= self._capacity_moments(spot.place, length)
        inside = [moment for moment in sorted(moments) if spot.first <= moment <= spot.last]
        if len(parts) == 1:
            return np.array(inside, np.int64)
        starts = [
            side
            for part in parts
            for side in (part.first, part.openings.first - part.least, part.last)
        ]
        all_starts = np.unique(np.concatenate([np.array(inside, np.int64), *starts]))
        return np.unique(np.clip(all_starts, spot.first, spot.last))

    def _capacity_moments(self, number: int, length: int) -> set[int]:
        """Starts right before and after others at a place with a capacity."""
        place = self.facts.instance.places[number]
        if place.capacity is None:
            return set()
        crews = self.facts.by_place[place.id]
        return {max(stop.end for stop in crew) for crew in crews} | {
            min(stop.start for stop in crew) - length for crew in crews
        }

    def _candidate(
        self,
        spot: Spot,
        slots: Sequence[int],
        parts: Sequence[SlotOpenings],
        start: int,
        rows: tuple[int, ...],
    ) -> Candidate:
        instance = self.facts.instance
        place = instance.places[spot.place].id
        assignments = []
        cost = spot.off * self.facts.horizon.day_ticks
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
        against: tuple[tuple[str, ...], ...] = ()
        if self.infeasible:
            against = tuple(
                self._against[slot].get(int(part.openings.person[row]), ())
                for slot, part, row in zip(slots, parts, rows, strict=True)
            )
        return Candidate(tuple(assignments), spot.day, cost, against)

    @cached_property
    def _against(self) -> list[dict[int, tuple[str, ...]]]:
        """[slot] → person → the rules that rule them out."""
        return [
            {person: rules for rules, people in ruled_out.items() for person in people}
            for ruled_out in self._ruled_out
        ]

    @cached_property
    def _ruled_out(self) -> list[dict[tuple[str, ...], list[int]]]:
        """[slot] → rules → people whom just these rule out; who has the task already only if nobody else."""
        crew = {stop.person for stop in self.facts.by_task[self.task.id].values()}
        people = self.facts.instance.people
        there = [number for number, person in enumerate(people) if person.id in crew]
        return [
            self.eligibility.against(slot, there) or self.eligibility.against(slot)
            for slot in range(len(self.eligibility.able))
        ]


def _given(value: int | None) -> list[int]:
    return [] if value is None else [value]


def _alone(part: SlotOpenings, moments: NDArray[np.int64]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(start, row) of every opening: its first and last start, and the moments between."""
    for row in range(len(part.cost)):
        first, last = int(part.openings.first[row]) - part.least, int(part.last[row])
        between = [int(moment) for moment in moments if first < moment < last]
        for start in dict.fromkeys((first, *between, last)):
            yield start, (row,)


def _crews(
    parts: Sequence[SlotOpenings], moments: NDArray[np.int64], few: int
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(start, row for each slot) of different people, the cheapest of each slot at each start."""
    orders = [np.argsort(part.cost, kind="stable") for part in parts]
    for start in moments.tolist():
        there = []
        for number, (part, order) in enumerate(zip(parts, orders, strict=True)):
            fits = (part.first[order] <= start) & (start <= part.last[order])
            there.append(_first_of_each(part, order[fits], FEW if number else few))
        for rows in product(*there):
            people = {int(part.openings.person[row]) for part, row in zip(parts, rows, strict=True)}
            if len(people) == len(parts):
                yield start, rows


def _first_of_each(part: SlotOpenings, rows: NDArray[np.int64], few: int) -> list[int]:
    """The first row of each person, of the first few people."""
    first_rows: dict[int, int] = {}
    for row in rows.tolist():
        first_rows.setdefault(int(part.openings.person[row]), row)
        if len(first_rows) == few:
            break
    return list(first_rows.values())
