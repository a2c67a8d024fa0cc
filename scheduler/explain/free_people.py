"""Who is free at some hours: there, not at work, rested, and with room left in every limit.

Nobody is ranked by what they are or how well they work: who is free longest comes first, then who has
been used least of their fair share.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.explain.free_time import FreeTime
from scheduler.explain.placements import Trials
from scheduler.facts import Facts
from scheduler.facts.contract import fair_share
from scheduler.model import Assignment, Instance, Level, Person, Role, Visit, Window
from scheduler.model.presence import joined

LEAST_MINUTES = 30
_TRIAL = "free people"
"""Id of the work that is put there to see which limits it would break; no record has one with a space."""


@dataclass(frozen=True)
class FreePerson:
    """Somebody who could take work on. Moments and durations in ticks.

    spans: ``[start, end)`` in which work of the least length fits, the way to the next stop taken off
    worked: at stops so far, over the whole horizon
    week_left: ticks of work that the week's limit still lets them do; None: it has none
    """

    person: str
    spans: tuple[tuple[int, int], ...]
    worked: int
    week_left: int | None


def free_people(
    facts: Facts,
    windows: Iterable[Window],
    *,
    skill: str | None = None,
    role: Role | None = None,
    area: str | None = None,
    place: str | None = None,
    least: int | None = None,
) -> list[FreePerson]:
    """Who could do work of `least` ticks (half an hour) in the windows without breaking a hard limit.

    skill: who has it on that day. area: who is responsible for it, or for no area in particular.
    place: the ways to it and on from it are taken off too; None: wherever the person is by then.
    """
    minimum = least or LEAST_MINUTES * facts.horizon.ticks_per_minute
    spans = joined((window.start, window.end) for window in windows)
    asked = [
        person
        for person in facts.instance.people
        if role in (None, person.role) and _covers(facts.instance, person, area)
    ]
    search = _FreeSearch(facts, minimum, place)
    found = []
    for person in asked:
        able = [span for span in spans if _has(facts, person, skill, span[0])]
        if free := joined(search.spans(person, able)):
            worked = sum(stop.end - stop.start for stop in facts.by_person[person.id])
            left = _week_left(facts, person.id, free[0][0])
            found.append(FreePerson(person.id, tuple(free), worked, left))
    return sorted(found, key=lambda free: _order(facts.instance, free))


def _order(instance: Instance, free: FreePerson) -> tuple[int, float]:
    share = fair_share(instance, free.person) or 0
    return -sum(end - start for start, end in free.spans), free.worked / max(share, 1)


def _covers(instance: Instance, person: Person, area: str | None) -> bool:
    """Whether an area is the person's: theirs, one within or around it; nobody's area is everywhere."""
    if area is None or not person.areas:
        return True
    around = set(instance.area_and_above(area))
    return any(one in around or area in instance.area_and_above(one) for one in person.areas)


def _has(facts: Facts, person: Person, skill: str | None, moment: int) -> bool:
    if skill is None:
        return True
    until = person.skill_until.get(skill)
    on = facts.horizon.date(facts.horizon.day_of(moment))
    return skill in person.skills and (until is None or on <= until)


def _week_left(facts: Facts, person: str, moment: int) -> int | None:
    """What the limit of the calendar week leaves, in the week of a moment."""
    most = facts.instance.limits(person).weekly_minutes
    if most is None:
        return None
    on = facts.instance.workdays.day(person, moment)
    for week, before in facts.instance.past(person).weeks():
        if on in week:
            return max(
                0, most - before.minutes - sum(facts.work_ticks(person, day) for day in week)
            )
    return None


class _FreeSearch:
    """Looks for spans in which one person has room."""

    def __init__(self, facts: Facts, least: int, place: str | None):
        self._facts, self._least, self._place = facts, least, place
        self._number = {person.id: n for n, person in enumerate(facts.instance.people)}
        self._free = FreeTime(facts)
        somewhere = facts.instance.places[0].id
        trial = Visit(
            id=_TRIAL,
            name=_TRIAL,
            kind="",
            places=(place or somewhere,),
            windows=(Window(start=0, end=facts.horizon.end),),
            duration=least,
        )
        instance = facts.instance.changed(visits=(*facts.instance.visits, trial))
        self._trials = Trials(facts).grown(instance)

    def spans(self, person: Person, asked: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The parts of the asked spans in which the person is free."""
        able = np.zeros(len(self._number), bool)
        able[self._number[person.id]] = True
        at = None if self._place is None else self._facts.travel_table.index[self._place]
        ticks = self._facts.horizon.day_ticks
        for start, end in asked:
            last = end - self._least
            for day in range(max(0, start // ticks), self._facts.horizon.days):
                first = max(start, day * ticks)
                if first > last:
                    break
                until = min(last, (day + 1) * ticks - 1)
                found = self._free.openings(able, day, at, first, until, self._least)
                for begin, close in zip(found.first.tolist(), found.last.tolist(), strict=True):
                    if self._within_limits(person, begin):
                        yield begin, close + self._least

    def _within_limits(self, person: Person, start: int) -> bool:
        """Whether more work breaks no hard limit of the person: of hours, tasks, days, days in a row."""
        added = Assignment(
            task=_TRIAL,
            slot=0,
            person=person.id,
            place=self._place or self._whereabouts(person, start),
            start=start,
            end=start + self._least,
        )
        change = self._trials.pricing.change((), [added])
        return not any(
            priced.amount > 0
            and priced.rule.level is Level.HARD
            and priced.rule.rule.scope == "person"
            and priced.rule.rule.limits
            for priced in change.by_rule
        )

    def _whereabouts(self, person: Person, start: int) -> str:
        """Where the person is by then."""
        on = self._facts.instance.workdays.day(person.id, start)
        before = [stop.place for stop in self._facts.stops(person.id, on) if stop.start < start]
        return (before or [person.start_place or self._facts.instance.places[0].id])[-1]
