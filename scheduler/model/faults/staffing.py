"""Work that nobody may do, or that nobody is there to do.

A shift with a minimum that nobody has the role and skills for is an error: the list of people or of
needs is wrong. All else is a warning, because rosters are made where people are scarce.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from scheduler.model.errors import Problem
from scheduler.model.faults.supply import is_hard, present
from scheduler.model.instance import Instance
from scheduler.model.people import Person, Role
from scheduler.model.pointer import pointer, shortened
from scheduler.model.tasks import TaskSlot, slots
from scheduler.model.work import Place, Shift, Visit

Span = tuple[int, int]


class Needs(Protocol):
    """Whatever asks for people: a slot, a need, a case, a way of a duty."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles that will do; empty for every role."""

    @property
    def skills(self) -> dict[str, int]:
        """Skill → least level."""


class Workforce:
    """The people of an instance, looked up by what a slot needs."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self.present = present(instance)
        self.roles_are_hard = is_hard(instance, "role")
        self.skills_are_hard = is_hard(instance, "skill")
        self._fit: dict[tuple[Any, ...], list[Person]] = {}

    def with_role(self, roles: Sequence[Role]) -> list[Person]:
        """Those whose role will do."""
        if not roles or not self.roles_are_hard:
            return list(self.instance.people)
        return [person for person in self.instance.people if person.role in roles]

    def fit(self, slot: Needs) -> list[Person]:
        """Those with the role and the skills."""
        key = (slot.roles, tuple(sorted(slot.skills.items())))
        if key not in self._fit:
            self._fit[key] = [
                person
                for person in self.with_role(slot.roles)
                if not self.skills_are_hard or not _lacking(person, slot)
            ]
        return self._fit[key]

    def missing(self, slot: Needs) -> str:
        """What nobody has: the roles, or the skills that those nearest to it lack."""
        candidates = self.with_role(slot.roles)
        if not candidates:
            return ", ".join(slot.roles)
        lacks = [_lacking(person, slot) for person in candidates]
        fewest = min(lacks, key=len)
        return ", ".join(fewest)


def _lacking(person: Person, slot: Needs) -> list[str]:
    return [
        f"{skill} ≥ {level}"
        for skill, level in slot.skills.items()
        if person.skills.get(skill, 0) < level
    ]


def staffing(instance: Instance) -> Iterator[Problem]:
    """Faults of visits and shifts against people, presence and places; ids must be sound."""
    workforce = Workforce(instance)
    for index, visit in enumerate(instance.visits):
        yield from _visit(workforce, visit, index)
    for index, shift in enumerate(instance.shifts):
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
    lead: list[Person] = []
    for number, slot in enumerate(slots(visit)):
        fit = [person for person in workforce.fit(slot) if _allowed(visit, slot, person)]
        if number == 0:
            lead = fit
        if not fit:
            missing = "" if workforce.fit(slot) else workforce.missing(slot)
            yield Problem(
                code="visit_nobody_fit" if missing else "visit_nobody_allowed",
                pointer=pointer("visits", index, "slots", number),
                value=shortened(visit.id),
                severity="warning",
                slots={"missing": missing} if missing else {},
            )
    if lead and not _has_time(workforce, visit, places, lead):
        yield Problem(
            code="visit_no_time",
            pointer=pointer("visits", index, "windows"),
            value=shortened(visit.id),
            severity="warning",
            slots={"duration": str(visit.duration), "count": str(len(lead))},
        )


def _allowed(visit: Visit, slot: TaskSlot, person: Person) -> bool:
    return (
        person.id not in visit.excluded
        and (slot.people is None or person.id in slot.people)
        and (person.clearance or not visit.private)
    )


def _has_time(
    workforce: Workforce, visit: Visit, places: Sequence[Place], people: Iterable[Person]
) -> bool:
    """Whether somebody is present at some place that is open, long enough, from a start allowed."""
    horizon = workforce.instance.horizon
    length = slots(visit)[0].duration
    openings: list[Span] = []
    for place in places:
        openings += (
            [(0, horizon.end + length)]
            if place.opening is None
            else [(span.start, span.end) for span in place.opening]
        )
    return any(
        max(window.start, start, opened, 0) < min(window.end, horizon.end)
        and max(window.start, start, opened, 0) + length <= min(end, closed)
        for person in people
        for start, end in workforce.present[person.id]
        for opened, closed in openings
        for window in visit.windows
    )


def _shift(workforce: Workforce, shift: Shift, index: int) -> Iterator[Problem]:
    end = shift.start + shift.duration
    for number, need in enumerate(shift.needs):
        if need.minimum == 0:
            continue
        at = pointer("shifts", index, "needs", number)
        fit = workforce.fit(need)
        present = [
            person
            for person in fit
            if any(
                begin <= shift.start and end <= close
                for begin, close in workforce.present[person.id]
            )
        ]
        if not fit:
            yield Problem(
                code="shift_nobody_fit",
                pointer=at,
                value=shortened(shift.id),
                slots={"missing": workforce.missing(need)},
            )
        elif len(present) < need.minimum:
            yield Problem(
                code="shift_too_few",
                pointer=at,
                value=shortened(shift.id),
                severity="warning",
                slots={
                    "minimum": str(need.minimum),
                    "fit": str(len(fit)),
                    "present": str(len(present)),
                },
            )
