"""Households under pseudonyms, with their standing duties and when each was last visited."""

from dataclasses import dataclass
from datetime import date, timedelta

from instances.parts.draft import FIRST_DAY, Draft, at, clock
from instances.parts.town import Community
from scheduler.model import Duties, Duty, Household, Risk, Role, Way

RHYTHM = Duties().every_days
DOORS = (Role.GRID_WORKER, Role.MICRO_GRID_WORKER, Role.CHIEF_GRID_OFFICER)
DUTY_WAYS = {
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
"""Ways of doing a duty by risk class, in the settings of the Shizishan and Banbianjie instances."""

TITLES = {Risk.HIGH: "高风险住户走访", Risk.KEY: "重点人群走访", Risk.GENERAL: "普通住户走访"}
BY_PHONE = (Way(kind="phone", duration=10, roles=DOORS, remote=True),)


@dataclass(frozen=True)
class HouseholdCount:
    """Households by risk class, and how many of them are out of the ordinary.

    daily: of high risk, visited every other day; phoned: of high risk, by phone at their own wish
    changed: with a great change this week; late: overdue; never: not visited yet
    """

    high: int
    key: int
    general: int
    daily: int = 1
    phoned: int = 2
    changed: int = 1
    late: int = 3
    never: int = 1


def households(draft: Draft, community: Community, count: HouseholdCount) -> dict[str, str]:
    """Add a community's households and their duties; returns household → home, in order of risk."""
    chance = draft.chance("households", community.id)
    visitors = [
        person.id
        for person in draft.people
        if community.id in person.areas or set(community.grids) & set(person.areas)
        if person.role in DOORS
    ]
    home_by_household = {}
    number = 0
    for risk, total in zip(Risk, (count.high, count.key, count.general), strict=True):
        for position in range(total):
            number += 1
            id = f"{community.id}-h{number:04d}"
            building = community.buildings[(number * 7) % len(community.buildings)]
            known_people = (
                chance.sample(visitors, min(2, len(visitors))) if risk is not Risk.GENERAL else []
            )
            draft.households.append(
                Household(
                    id=id,
                    name=f"{community.name}住户{number:04d}",
                    place=building.home,
                    risk=risk,
                    known_people=tuple(known_people),
                    gender=chance.choice("fffm") if chance.random() < 0.08 else None,
                )
            )
            draft.duties.append(_duty(draft, community, id, risk, position, count))
            home_by_household[id] = building.home
    return home_by_household


def _duty(
    draft: Draft,
    community: Community,
    household: str,
    risk: Risk,
    number: int,
    count: HouseholdCount,
) -> Duty:
    """A duty; households with the first numbers of a risk class are out of the ordinary."""
    chance = draft.chance("duty", household)
    week = draft.chance("change", draft.start.isoformat(), household)
    every_days = 2 if risk is Risk.HIGH and number < count.daily else None
    rhythm = every_days or RHYTHM[risk]
    last: date | None = FIRST_DAY - timedelta(days=chance.randrange(1, rhythm + 1))
    outcome = great_change = person = None
    ways: tuple[Way, ...] = ()
    if risk is Risk.HIGH:
        if count.daily <= number < count.daily + count.phoned:
            ways = BY_PHONE
        elif week.random() < count.changed / count.high:
            great_change = at(
                week.randrange(draft.days - 2), week.choice(("08:20", "13:10", "17:40"))
            )
    elif risk is Risk.KEY:
        if number < 3:
            outcome = ("unstable", "nearly_stable", "stable")[number]
        elif number < 5:
            person = _chief(draft, community)
    elif number < count.late:
        last = FIRST_DAY - timedelta(days=rhythm + chance.randrange(2, 20))
    elif number < count.late + count.never:
        last = None
    return Duty(
        id=household,
        household=household,
        name=TITLES[risk],
        every_days=every_days,
        last_done=_as_visited_in_time(last, rhythm, draft.start),
        last_outcome=outcome,
        great_change=great_change,
        ways=ways,
        person=person,
        hours=(clock("17:00"), clock("20:00")) if chance.random() < 0.1 else None,
    )


def _chief(draft: Draft, community: Community) -> str:
    return next(
        person.id
        for person in draft.people
        if person.role is Role.CHIEF_GRID_OFFICER and community.id in person.areas
    )


def _as_visited_in_time(last: date | None, rhythm: int, start: date) -> date | None:
    """Day of the last visit; before a later week, as if each visit due by then was made on its last day."""
    if start == FIRST_DAY:
        return last
    last = last or FIRST_DAY
    while last + timedelta(days=rhythm) < start:
        last += timedelta(days=rhythm)
    return last
