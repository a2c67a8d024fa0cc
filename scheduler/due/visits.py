"""What falls due, as visits and gaps of the instance."""

from datetime import date
from typing import NewType

import chinese_calendar

from scheduler.due.dates import Due, by_risk, due, home_of, visiting_hours
from scheduler.model import Case, Duty, Gap, Instance, Place, Risk, Slot, Visit, Way, Window

Expanded = NewType("Expanded", Instance)
"""An instance in which a visit stands for everything that falls due: what `expand` makes."""


def expand(instance: Instance) -> Expanded:
    """The instance with a visit for everything due, and gaps between the visits of one source.

    A duty or case that already has a visit in the instance is left as it is, so expanding twice
    changes nothing, and neither does it disturb what a coordinator entered.
    """
    planned = {("duty", visit.duty) for visit in instance.visits}
    planned |= {("case", visit.case) for visit in instance.visits}
    wanted = [one for one in due(instance) if (one.of, one.source) not in planned]
    duties = {duty.id: duty for duty in instance.duties}
    visits, gaps = [], []
    before: Due | None = None
    for one in wanted:
        if one.of == "duty":
            visits.append(_duty_visit(instance, duties[one.source], one))
        else:
            visits.append(_case_visit(instance, instance.case_by_id[one.source], one))
        if one.gap is not None and before is not None:
            least, most = one.gap
            gaps.append(
                Gap(
                    first=before.visit,
                    second=one.visit,
                    least_days=least,
                    most_days=most,
                    requires=one.of == "case",
                )
            )
        before = one
    whole = instance.changed(visits=(*instance.visits, *visits), gaps=(*instance.gaps, *gaps))
    return Expanded(whole)


def _duty_visit(instance: Instance, duty: Duty, one: Due) -> Visit:
    household = home_of(instance, duty)
    ways = duty.ways or by_risk(instance, "ways", household.risk)
    way = next((way for way in ways if _somebody(instance, way, duty.person)), ways[0])
    place = household.place
    if way.remote:
        place = _station(instance, instance.place_by_id[place]) or place
    lead = Slot(
        roles=way.roles,
        skills=way.skills,
        people=None if duty.person is None else (duty.person,),
    )
    others = (Slot(roles=way.roles, skills=way.skills),) * (way.crew - 1)
    priority = duty.priority or by_risk(instance, "priority", household.risk)
    # Within a day of a great change: that does not wait for Monday.
    workdays = household.risk is Risk.GENERAL and one.why != "great_change"
    return Visit(
        id=one.visit,
        name=duty.name,
        kind=way.kind,
        places=(place,),
        windows=_windows(instance, one, duty.hours, workdays),
        duration=way.duration,
        slots=(lead, *others),
        priority=5 if one.why == "great_change" else priority,
        due=one.late_from,
        household=household.id,
        duty=duty.id,
    )


def _case_visit(instance: Instance, case: Case, one: Due) -> Visit:
    places = case.places
    if not places and case.household is not None:
        places = (instance.household_by_id[case.household].place,)
    return Visit(
        id=one.visit,
        name=case.name,
        kind=case.kind,
        places=places,
        windows=_windows(instance, one, case.hours, False),
        duration=case.duration,
        slots=(Slot(roles=case.roles, skills=case.skills),),
        priority=case.priority,
        due=one.late_from,
        household=case.household,
        case=case.id,
        private=case.private,
        preferred=() if case.person is None else (case.person,),
    )


def _windows(
    instance: Instance, one: Due, hours: tuple[int, int] | None, workdays: bool
) -> tuple[Window, ...]:
    """A window for each day; a visit that may be late has the days to the horizon's end as well."""
    horizon = instance.horizon
    start, end = visiting_hours(instance, hours)
    last = one.latest if one.late_from is None else horizon.days - 1
    days = list(range(one.earliest, last + 1))
    if workdays:
        days = [day for day in days if _workday(horizon.date(day))] or days
    spans = [
        (max(one.not_before, day * horizon.day_ticks + start), day * horizon.day_ticks + end)
        for day in days
    ]
    windows = tuple(Window(start=begin, end=close) for begin, close in spans if begin < close)
    # A great change on the last evening: no visiting hours are left, and it cannot wait for them.
    return windows or (Window(start=one.not_before, end=horizon.end),)


def _workday(day: date) -> bool:
    """By the calendar of public holidays and make-up days; by weekday in years it does not know."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= 5


def _somebody(instance: Instance, way: Way, person: str | None) -> bool:
    """Whether there are people enough with the role and skills, the wished-for one among them."""
    able = {
        one.id
        for one in instance.people
        if (not way.roles or one.role in way.roles)
        and all(one.skills.get(skill, 0) >= level for skill, level in way.skills.items())
    }
    return len(able) >= way.crew and (person is None or person in able)


def _station(instance: Instance, place: Place) -> str | None:
    """The nearest station upwards in the tree of areas."""
    stations = {one.area: one.id for one in reversed(instance.places) if one.kind == "station"}
    above = instance.area_and_above(place.area)
    return next((stations[area] for area in above if area in stations), None)
