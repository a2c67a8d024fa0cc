"""Prices: what one piece of work costs with every person on every day, at the best time of each day.

A page asks once, when the work is taken up, and then colours the whole board by the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scheduler.checker import Finding
from scheduler.checker.pricing import ChangeCost
from scheduler.explain.candidates import Candidate, CandidateSearch
from scheduler.explain.placements import Trials
from scheduler.facts import Facts
from scheduler.model import Assignment, InputError, Level, Problem, Shift
from scheduler.model.pointer import shortened
from scheduler.model.tasks import Rank

BUDGET = 240
"""Starts that are priced for one piece of work: the one that seems the cheapest of each person and day,
then further ones of the cheapest."""
WhyNot = Literal["in_crew", "ruled_out", "no_start", "tied", "away", "hours", "busy", "breaks"]
"""Why somebody cannot do the work on a day: keys of ``prices.why_not`` in the catalogue.

in_crew: does it already in another slot; ruled_out: a rule about who may; no_start: it cannot begin on
that day; tied: it could, but not beside what it is tied to; away: not there; hours: there for too short;
busy: other work, and the rests it asks for, leave no room; breaks: there is room, but a hard rule is broken
"""
Standing = tuple[str, int]
"""A person and a day, index of the calendar day."""


@dataclass(frozen=True)
class TargetPrice:
    """The work done by one person on one day, at its best time there.

    assignments: of the task's slots that are placed; change: against the roster as it is; way: ticks of
    travel that everybody together has on top
    load: ticks of the person's work over the horizon then; more: how many of them are new
    """

    person: str
    day: int
    assignments: tuple[Assignment, ...]
    change: ChangeCost
    way: int
    load: int
    more: int

    @property
    def rank(self) -> tuple[tuple[int, ...], int]:
        """Sorts the cheapest first."""
        return self.change.score.points, self.assignments[0].start


@dataclass(frozen=True)
class Refused:
    """Why one person cannot do the work on one day. rule: that rules them out; finding: what is broken."""

    reason: WhyNot
    rule: str = ""
    finding: Finding | None = None


@dataclass(frozen=True)
class Prices:
    """The prices of one piece of work.

    slots: that are placed, the first being the person's; removed: assignments that are taken off for it
    priced, refused: by person and day; each person and each day of the horizon is in one of them
    """

    task: str
    slots: tuple[int, ...]
    removed: tuple[Assignment, ...]
    priced: dict[Standing, TargetPrice]
    refused: dict[Standing, Refused]


def prices(trials: Trials, task: str, slot: int | None = None) -> Prices:
    """What a slot of a task costs with everybody on every day, nothing else moved.

    slot: the rest of the crew stays as it is, so that the time is theirs; None: the task goes as a
        whole: the rest of the crew goes along to another time, and who is asked about takes the first
        slot. Of a shift, where everybody goes alone, it is the first slot that is missed, else the last.

    Raises InputError where the instance has no such task or slot.
    """
    return _Grab(trials, task, slot).prices()


class _Grab:
    """One piece of work taken off the roster, and where it may go."""

    def __init__(self, trials: Trials, task: str, slot: int | None):
        facts = trials.facts
        if task not in facts.task_slots:
            raise InputError([Problem(code="unknown_task", pointer="", value=shortened(task))])
        count = len(facts.task_slots[task])
        if slot is not None and not 0 <= slot < count:
            slots = {"count": str(count)}
            raise InputError(
                [Problem(code="unknown_slot", pointer="", value=str(slot), slots=slots)]
            )
        self.trials, self.facts, self.task = trials, facts, task
        self.record = facts.instance.task_by_id[task]
        filled = facts.by_task[task]
        if slot is None and isinstance(self.record, Shift):
            slot = _missed_first(trials, task)
        whole = slot is None
        self.slots = _whole(count, filled) if slot is None else (slot,)
        self.removed = tuple(
            filled[number].assignment() for number in self.slots if number in filled
        )
        self.held = {
            number: filled[number].person for number in self.slots[1:] if whole and number in filled
        }
        self.crew = {stop.person for number, stop in filled.items() if number != self.slots[0]}
        self.without = trials.after(self.removed, ()) if self.removed else trials
        self.taken_off = trials.pricing.change(self.removed, ())
        self.eligibility = trials.eligibility(task)

    @cached_property
    def search(self) -> CandidateSearch:
        """Where the work fits once it is taken off."""
        return CandidateSearch(
            facts=self.without.facts,
            free=self.without.free,
            rough_cost=self.without.rough_cost,
            eligibility=self.eligibility,
            task=self.record,
            held=self.held,
            few=len(self.facts.instance.people),
        )

    def prices(self) -> Prices:
        """Every person on every day."""
        found: dict[Standing, list[Candidate]] = {}
        for candidate in self.search.candidates(self.slots):
            found.setdefault((candidate.people[0], candidate.day), []).append(candidate)
        for candidates in found.values():
            candidates.sort(key=lambda candidate: candidate.rank)
        priced, refused = dict[Standing, TargetPrice](), dict[Standing, Refused]()
        tried = {standing: self._tried(standing, found[standing][:1]) for standing in found}
        best_first = sorted(found, key=lambda standing: _rank(tried[standing][0]))
        left = BUDGET - len(found)
        for standing in best_first:
            more = found[standing][1 : 1 + max(0, left)]
            tried[standing] += self._tried(standing, more)
            left -= len(more)
        for standing, tries in tried.items():
            possible = [one for one in tries if isinstance(one, TargetPrice)]
            if possible:
                priced[standing] = min(possible, key=_rank)
            else:
                refused[standing] = next(one for one in tries if isinstance(one, Refused))
        for standing, reason in self._without_room(found):
            refused[standing] = reason
        return Prices(self.task, self.slots, self.removed, priced, refused)

    def _tried(
        self, standing: Standing, candidates: Iterable[Candidate]
    ) -> list[TargetPrice | Refused]:
        """The exact price of each candidate, or what is broken."""
        tries: list[TargetPrice | Refused] = []
        for candidate in candidates:
            added, after = self.without.pricing.trial((), candidate.assignments)
            change = self.taken_off.then(added)
            if change.feasible:
                tries.append(self._priced(standing, candidate.assignments, change, after))
            else:
                tries.append(_broken(change))
        return tries

    def _priced(
        self, standing: Standing, added: tuple[Assignment, ...], change: ChangeCost, after: Facts
    ) -> TargetPrice:
        now, before = (load(facts, standing[0]) for facts in (after, self.facts))
        return TargetPrice(*standing, added, change, self._way(after, added), now, now - before)

    def _way(self, after: Facts, added: Sequence[Assignment]) -> int:
        """Ticks of travel on top, of all whose day changes."""
        day_of = self.facts.instance.workdays.day
        days = {(part.person, day_of(part.person, part.start)) for part in (*self.removed, *added)}
        return sum(
            sign * ticks
            for person, day in days
            for sign, facts in ((1, after), (-1, self.facts))
            for _, _, ticks in facts.legs(person, day)
        )

    def _without_room(self, found: Iterable[Standing]) -> Iterable[tuple[Standing, Refused]]:
        """Why there is no room for the work where there is none."""
        instance, slot = self.facts.instance, self.slots[0]
        days = range(instance.horizon.days)
        banned = {rule: out[slot] for rule, out in self.eligibility.banned.items()}
        possible = {int(day) for day in self.eligibility.window.day}
        begun = {spot.day for spot in self.search.spots(self.slots)}
        there, idle = self.without.free.there, self._idle
        known = set(found)
        for number, person in enumerate(instance.people):
            rule = next((rule for rule, out in banned.items() if out[number]), None)
            for day in days:
                if (person.id, day) in known:
                    continue
                if person.id in self.crew:
                    why = Refused("in_crew")
                elif rule is not None:
                    why = Refused("ruled_out", rule)
                elif day not in begun:
                    why = Refused("tied" if day in possible else "no_start")
                elif not there[day, number]:
                    why = Refused("away")
                else:
                    why = Refused("busy" if (person.id, day) in idle else "hours")
                yield (person.id, day), why

    @cached_property
    def _idle(self) -> set[Standing]:
        """Who would have room on which day if nobody had other work."""
        idle = self.trials.workless
        search = CandidateSearch(
            facts=idle.facts,
            free=idle.free,
            rough_cost=self.without.rough_cost,
            eligibility=self.eligibility,
            task=self.record,
        )
        people = self.facts.instance.people
        return {
            (people[number].id, spot.day)
            for spot in self.search.spots(self.slots)
            for number in search.part(spot, self.slots[0]).openings.person.tolist()
        }


def _rank(tried: TargetPrice | Refused) -> tuple[bool, tuple[int, ...], int]:
    """Sorts what is possible first, and the cheapest of it."""
    return (False, *tried.rank) if isinstance(tried, TargetPrice) else (True, (), 0)


def _broken(change: ChangeCost) -> Refused:
    """What a change breaks more than before."""
    worse = {
        cost.rule.rule.id
        for cost in change.by_rule
        if cost.rule.level is Level.HARD and cost.amount > 0
    }
    finding = next(one for one in change.broken if one.rule.rule.id in worse)
    return Refused("breaks", finding.rule.rule.id, finding)


def load(facts: Facts, person: str) -> int:
    """Ticks at stops over the horizon."""
    return sum(stop.end - stop.start for stop in facts.by_person[person])


def over_share(trials: Trials, priced: TargetPrice) -> int:
    """Ticks by which the person's load then lies above the fair share; 0 where it does not grow."""
    share = trials.shares[priced.person]
    return max(0, priced.load - share) if share is not None and priced.more > 0 else 0


def _missed_first(trials: Trials, shift: str) -> int:
    """The first empty slot of a shift that somebody misses, else the first empty one, else the last."""
    slots, filled = trials.facts.task_slots[shift], trials.facts.by_task[shift]
    empty = [number for number in range(len(slots)) if number not in filled]
    missed = [number for number in empty if slots[number].rank is not Rank.EXTRA]
    return next(iter((*missed, *empty)), len(slots) - 1)


def _whole(count: int, filled: Iterable[int]) -> tuple[int, ...]:
    """The slots of a visit that are placed together: those that are filled, else all."""
    return tuple(sorted(filled)) or tuple(range(count))
