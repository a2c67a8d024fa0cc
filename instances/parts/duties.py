"""Households under pseudonyms, with their standing duties and when each was last seen."""

from dataclasses import dataclass
from datetime import date, timedelta

from instances.parts.draft import FIRST_DAY, Draft, at, clock
from instances.parts.town import Community
from scheduler.model import Duties, Duty, Household, Risk, Role, Way

RHYTHM = Duties().every_days
DOORS = (Role.GRID_WORKER, Role.MICRO_GRID_WORKER, Role.CHIEF_GRID_OFFICER)
WAYS = {
    Risk.HIGH: (
        Way(kind="door", duration=30, roles=(Role.GRID_WORKER, Role.CHIEF_GRID_OFFICER)),
        Way(kind="phone", duration=10, roles=DOORS, remote=True),
    ),
    Risk.KEY: (Way(kind="door", duration=30, roles=(*DOORS, Role.PARTY_VOLUNTEER)),),
    Risk.GENERAL: (
        Way(
            kind="door",
            duration=15,
            roles=(*DOORS, Role.PARTY_VOLUNTEER, Role.BUILDING_CAPTAIN),
        ),
        Way(kind="neighbour", duration=10, roles=(Role.BUILDING_CAPTAIN,)),
    ),
}
"""Who may do which; the settings of the Shizishan and Banbianjie instances."""

TITLES = {Risk.HIGH: "高风险住户走访", Risk.KEY: "重点人群走访", Risk.GENERAL: "普通住户走访"}
BY_PHONE = (Way(kind="phone", duration=10, roles=DOORS, remote=True),)


@dataclass(frozen=True)
class Count:
    """Households by risk class, and how many of them are out of the ordinary.

    daily: of the high risk ones, seen every other day; phoned: by phone, at their own wish
    changed: with a great change this week; late: overdue; never: not seen yet
    """

    high: int
    key: int
    general: int
    daily: int = 1
    phoned: int = 2
    changed: int = 1
    late: int = 3
    never: int = 1


def households(draft: Draft, where: Community, count: Count) -> dict[str, str]:
    """Add a community's households and their duties; returns household → home, in order of risk."""
    chance = draft.chance("households", where.id)
    known = [
        person.id
        for person in draft.people
        if where.id in person.areas or set(where.grids) & set(person.areas)
        if person.role in DOORS
    ]
    found = {}
    number = 0
    for risk, many in zip(Risk, (count.high, count.key, count.general), strict=True):
        for place in range(many):
            number += 1
            id = f"{where.id}-h{number:04d}"
            building = where.buildings[(number * 7) % len(where.buildings)]
            faces = chance.sample(known, min(2, len(known))) if risk is not Risk.GENERAL else []
            draft.households.append(
                Household(
                    id=id,
                    name=f"{where.name}住户{number:04d}",
                    place=building.home,
                    risk=risk,
                    known_people=tuple(faces),
                    gender=chance.choice("fffm") if chance.random() < 0.08 else None,
                )
            )
            draft.duties.append(_duty(draft, where, id, risk, place, count))
            found[id] = building.home
    return found


def _duty(
    draft: Draft, where: Community, household: str, risk: Risk, number: int, count: Count
) -> Duty:
    """Numbers within a class decide who is out of the ordinary: the first are, the rest are not."""
    chance = draft.chance("duty", household)
    week = draft.chance("change", draft.start.isoformat(), household)
    every = 2 if risk is Risk.HIGH and number < count.daily else None
    rhythm = every or RHYTHM[risk]
    last: date | None = FIRST_DAY - timedelta(days=chance.randrange(1, rhythm + 1))
    outcome = change = person = None
    ways: tuple[Way, ...] = ()
    if risk is Risk.HIGH:
        if count.daily <= number < count.daily + count.phoned:
            ways = BY_PHONE
        elif week.random() < count.changed / count.high:
            change = at(week.randrange(draft.days - 2), week.choice(("08:20", "13:10", "17:40")))
    elif risk is Risk.KEY:
        if number < 3:
            outcome = ("unstable", "nearly_stable", "stable")[number]
        elif number < 5:
            person = _chief(draft, where)
    elif number < count.late:
        last = FIRST_DAY - timedelta(days=rhythm + chance.randrange(2, 20))
    elif number < count.late + count.never:
        last = None
    return Duty(
        id=household,
        household=household,
        name=TITLES[risk],
        every_days=every,
        last_done=_as_kept(last, rhythm, draft.start),
        last_outcome=outcome,
        great_change=change,
        ways=ways,
        person=person,
        hours=(clock("17:00"), clock("20:00")) if chance.random() < 0.1 else None,
    )


def _chief(draft: Draft, where: Community) -> str:
    return next(
        person.id
        for person in draft.people
        if person.role is Role.CHIEF_GRID_OFFICER and where.id in person.areas
    )


def _as_kept(last: date | None, rhythm: int, start: date) -> date | None:
    """In a later week: as if every visit due before it had been made on its last day."""
    if start == FIRST_DAY:
        return last
    last = last or FIRST_DAY
    while last + timedelta(days=rhythm) < start:
        last += timedelta(days=rhythm)
    return last
