"""Work that nobody may do, or that nobody is there to do.

A shift with a minimum that nobody has the role and skills for is an error: the list of people or of
needs is wrong. All else is a warning, because rosters are made where people are scarce.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

from scheduler.model.errors import MOST_PROBLEMS, Problem
from scheduler.model.faults.supply import is_hard, present
from scheduler.model.instance import Instance
from scheduler.model.people import Person, Role
from scheduler.model.pointer import pointer, shortened
from scheduler.model.skills import skill_slip
from scheduler.model.tasks import TaskSlot, slots
from scheduler.model.work import Place, Shift, Visit

Span = tuple[int, int]
_MOST_TRIED = 1_000_000
"""Spans and windows that are held against each other in one week, to warn of work that nobody has time for."""
_MOST_KEPT = 500
"""Kinds of needs whose people are remembered."""
_MOST_LOOKED_AT = 300
"""People who are asked which skills they lack."""


class Needs(Protocol):
    """Whatever asks for people: a slot, a need, a case, a way of a duty."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles that will do; empty for every role."""

    @property
    def skills(self) -> dict[str, int]:
        """Skill → least level."""


class Workforce:
    """The people of an instance, by their numbers in it, looked up by what a slot needs."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self.people = instance.people
        self.present = present(instance)
        self.number_of = {person.id: number for number, person in enumerate(instance.people)}
        self.everybody = frozenset(range(len(instance.people)))
        self.cleared = frozenset(n for n in self.everybody if instance.people[n].clearance)
        self.roles_are_hard = is_hard(instance, "role")
        self.skills_are_hard = is_hard(instance, "skill")
        self.patience = _MOST_TRIED
        self._roles: dict[tuple[Role, ...], frozenset[int]] = {}
        self._holders: dict[str, list[tuple[int, int]]] = {}
        """Skill → (level, person), the highest level first."""
        for number, person in enumerate(instance.people):
            for skill, level in person.skills.items():
                self._holders.setdefault(skill, []).append((level, number))
        for holders in self._holders.values():
            holders.sort(reverse=True)
        self._fit: dict[tuple[Any, ...], frozenset[int]] = {}

    def with_role(self, roles: tuple[Role, ...]) -> frozenset[int]:
        """Those whose role will do."""
        if not roles or not self.roles_are_hard:
            return self.everybody
        if roles not in self._roles:
            able = (n for n, person in enumerate(self.people) if person.role in roles)
            self._roles[roles] = frozenset(able)
        return self._roles[roles]

    def fit(self, slot: Needs) -> frozenset[int]:
        """Those with the role and the skills."""
        key = (slot.roles, tuple(sorted(slot.skills.items())))
        if key not in self._fit:
            if len(self._fit) >= _MOST_KEPT:
                self._fit.clear()
            able = self.with_role(slot.roles)
            for skill, level in slot.skills.items() if self.skills_are_hard else ():
                able &= self._with_skill(skill, level)
            self._fit[key] = able
        return self._fit[key]

    def _with_skill(self, skill: str, level: int) -> frozenset[int]:
        if level <= 0:
            return self.everybody
        holders = self._holders.get(skill, [])
        count = bisect_right(holders, -level, key=lambda holder: -holder[0])
        return frozenset(number for _, number in holders[:count])

    def missing(self, slot: Needs) -> str:
        """What nobody has: the roles, or the skills that those nearest to it lack."""
        candidates = self.with_role(slot.roles)
        if not candidates:
            return ", ".join(slot.roles)
        looked_at = islice(sorted(candidates), _MOST_LOOKED_AT)
        lacks = [_lacking(self.people[number], slot) for number in looked_at]
        fewest = min(lacks, key=len)
        return ", ".join(fewest)

    def lacks(self, slot: Needs) -> dict[str, str]:
        """Slots of a problem that says so: what is `missing`, and a `suggestion` where a skill is misspelt."""
        missing = self.missing(slot)
        slip = skill_slip(self.instance, slot.skills) if self.with_role(slot.roles) else None
        return {"missing": missing} | ({"suggestion": slip.meant} if slip else {})


def _lacking(person: Person, slot: Needs) -> list[str]:
    return [
        f"{skill} ≥ {level}"
        for skill, level in slot.skills.items()
        if person.skills.get(skill, 0) < level
    ]


def staffing(instance: Instance) -> Iterator[Problem]:
    """Faults of visits and shifts against people, presence and places; ids must be sound."""
    workforce = Workforce(instance)
    of_visits = (
        problem
        for index, visit in enumerate(instance.visits)
        for problem in _visit(workforce, visit, index)
    )
    yield from islice(of_visits, MOST_PROBLEMS + 1)  # all are warnings
    yield from _shifts(workforce)


def short_shifts(instance: Instance) -> Iterator[Problem]:
    """Of `staffing`, the faults of shifts."""
    return _shifts(Workforce(instance)) if instance.shifts else iter(())


def _shifts(workforce: Workforce) -> Iterator[Problem]:
    for index, shift in enumerate(workforce.instance.shifts):
        yield from _shift(workforce, shift, index)


def _visit(workforce: Workforce, visit: Visit, index: int) -> Iterator[Problem]:
    places = [workforce.instance.place_by_id[place] for place in visit.places]
    if visit.private and not any(place.private for place in places):
        yield Problem(
            code="no_private_place",
            pointer=pointer("visits", index, "places"),
            value=shortened(visit.id),
            severity="warning",
        )
    lead: frozenset[int] = frozenset()
    crew = slots(visit)
    for number, slot in enumerate(crew):
        fit = _allowed(workforce, visit, slot)
        if number == 0:
            lead = fit
        if not fit:
            lacks = {} if workforce.fit(slot) else workforce.lacks(slot)
            yield Problem(
                code="visit_nobody_fit" if lacks else "visit_nobody_allowed",
                pointer=pointer("visits", index, "slots", number),
                value=shortened(visit.id),
                severity="warning",
                slots=lacks,
            )
    if lead and not _has_time(workforce, visit, crew[0].duration, places, lead):
        yield Problem(
            code="visit_no_time",
            pointer=pointer("visits", index, "windows"),
            value=shortened(visit.id),
            severity="warning",
            slots={"duration": str(visit.duration), "count": str(len(lead))},
        )


def _allowed(workforce: Workforce, visit: Visit, slot: TaskSlot) -> frozenset[int]:
    """Those who are fit for a visit's slot and whom the visit lets come."""
    able, number_of = workforce.fit(slot), workforce.number_of
    if slot.people is not None:
        able &= {number_of[person] for person in slot.people}
    if visit.excluded:
        able -= {number_of[person] for person in visit.excluded}
    return able & workforce.cleared if visit.private else able


def _has_time(
    workforce: Workforce,
    visit: Visit,
    length: int,
    places: Sequence[Place],
    people: Iterable[int],
) -> bool:
    """Whether somebody is present at some place that is open, long enough, from a start allowed.

    Said as well once too much was tried in one week.
    """
    horizon = workforce.instance.horizon
    openings: list[Span] = []
    for place in places:
        openings += (
            [(0, horizon.end + length)]
            if place.opening is None
            else [(span.start, span.end) for span in place.opening]
        )
    windows = [(window.start, min(window.end, horizon.end)) for window in visit.windows]
    for number in people:
        for start, end in workforce.present[workforce.people[number].id]:
            for opened, closed in openings:
                workforce.patience -= len(windows)
                if workforce.patience < 0:
                    return True
                first, last = max(start, opened, 0), min(end, closed) - length
                for begin, until in windows:
                    if max(begin, first) < min(until, last + 1):
                        return True
    return False


def _shift(workforce: Workforce, shift: Shift, index: int) -> Iterator[Problem]:
    end = shift.start + shift.duration
    for number, need in enumerate(shift.needs):
        if need.minimum == 0:
            continue
        at = pointer("shifts", index, "needs", number)
        fit = workforce.fit(need)
        present = _present(workforce, fit, need.minimum, shift.start, end)
        if not fit:
            yield Problem(
                code="shift_nobody_fit",
                pointer=at,
                value=shortened(shift.id),
                slots=workforce.lacks(need),
            )
        elif present < need.minimum:
            yield Problem(
                code="shift_too_few",
                pointer=at,
                value=shortened(shift.id),
                severity="warning",
                slots={
                    "minimum": str(need.minimum),
                    "fit": str(len(fit)),
                    "present": str(present),
                },
            )


def _present(workforce: Workforce, people: Iterable[int], enough: int, start: int, end: int) -> int:
    """How many are there all through a span, up to `enough`, which is said as well once too much was tried."""
    count = 0
    for number in people:
        spans = workforce.present[workforce.people[number].id]
        workforce.patience -= len(spans)
        if workforce.patience < 0:
            return enough
        count += any(begin <= start and end <= close for begin, close in spans)
        if count == enough:
            break
    return count
