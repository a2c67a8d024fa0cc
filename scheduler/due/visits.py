"""What falls due, as visits and gaps of the instance."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NewType

from scheduler.due.dates import DueVisit, by_risk, falling_due, household_of_duty, visiting_hours
from scheduler.model import (
    Calendar,
    Case,
    Duty,
    Gap,
    Instance,
    Place,
    Risk,
    Slot,
    Visit,
    Way,
    Window,
)

Expanded = NewType("Expanded", Instance)
"""An instance with a visit for everything that falls due, as `expand` makes it."""


def expand(instance: Instance) -> Expanded:
    """The instance with a visit for everything due, and gaps between the visits of one source.

    A duty or case that already has a visit in the instance gets no other, so that what a coordinator
    entered stays and expanding twice changes nothing.
    """
    due_visits = instance.derived(_due_without_visit, _DUE | {"visits"})
    if not due_visits:
        return Expanded(instance)
    able, stations = _able(instance), _stations(instance)
    duties = {duty.id: duty for duty in instance.duties}
    visits, gaps = [], []
    before: DueVisit | None = None
    for due_visit in due_visits:
        if due_visit.of == "duty":
            visits.append(
                _duty_visit(instance, duties[due_visit.source], due_visit, able, stations)
            )
        else:
            visits.append(_case_visit(instance, instance.case_by_id[due_visit.source], due_visit))
        if due_visit.gap is not None and before is not None:
            least, most = due_visit.gap
            gaps.append(
                Gap(
                    first=before.visit,
                    second=due_visit.visit,
                    least_days=least,
                    most_days=most,
                    requires=due_visit.of == "case",
                )
            )
        before = due_visit
    expanded = instance.changed(visits=(*instance.visits, *visits), gaps=(*instance.gaps, *gaps))
    return Expanded(expanded)


_DUE = frozenset({"horizon", "settings", "households", "duties", "cases"})
"""The fields of an instance that say what falls due."""


def _due_without_visit(instance: Instance) -> tuple[DueVisit, ...]:
    return tuple(_without_visit(instance, instance.derived(_falling_due, _DUE)))


def _falling_due(instance: Instance) -> tuple[DueVisit, ...]:
    return tuple(falling_due(instance))


def unplanned(instance: Instance) -> Iterator[DueVisit]:
    """What falls due of duties and cases without a visit in the instance, one by one."""
    return _without_visit(instance, falling_due(instance))


def _without_visit(instance: Instance, due_visits: Iterable[DueVisit]) -> Iterator[DueVisit]:
    planned = {("duty", visit.duty) for visit in instance.visits}
    planned |= {("case", visit.case) for visit in instance.visits}
    for due_visit in due_visits:
        if (due_visit.of, due_visit.source) not in planned:
            yield due_visit


def _duty_visit(
    instance: Instance,
    duty: Duty,
    due_visit: DueVisit,
    able: Callable[[Way], frozenset[str]],
    stations: dict[str | None, str],
) -> Visit:
    household = household_of_duty(instance, duty)
    ways = duty.ways or by_risk(instance, "ways", household.risk)
    way = next((way for way in ways if _enough(able(way), way, duty.person)), ways[0])
    place = household.place
    if way.remote:
        place = _station(instance, instance.place_by_id[place], stations) or place
    lead = Slot(
        roles=way.roles,
        skills=way.skills,
        people=None if duty.person is None else (duty.person,),
    )
    others = (Slot(roles=way.roles, skills=way.skills),) * (way.crew - 1)
    priority = duty.priority or by_risk(instance, "priority", household.risk)
    # A visit within a day of a great change does not wait for Monday.
    workdays = household.risk is Risk.GENERAL and due_visit.why != "great_change"
    return Visit(
        id=due_visit.visit,
        name=duty.name,
        kind=way.kind,
        places=(place,),
        windows=_windows(instance, due_visit, duty.hours, workdays),
        duration=way.duration,
        slots=(lead, *others),
        priority=5 if due_visit.why == "great_change" else priority,
        due=due_visit.late_from,
        household=household.id,
        duty=duty.id,
    )


def _case_visit(instance: Instance, case: Case, due_visit: DueVisit) -> Visit:
    places = case.places
    if not places and case.household is not None:
        places = (instance.household_by_id[case.household].place,)
    return Visit(
        id=due_visit.visit,
        name=case.name,
        kind=case.kind,
        places=places,
        windows=_windows(instance, due_visit, case.hours, False),
        duration=case.duration,
        slots=(Slot(roles=case.roles, skills=case.skills),),
        priority=case.priority,
        due=due_visit.late_from,
        household=case.household,
        case=case.id,
        private=case.private,
        preferred=() if case.person is None else (case.person,),
    )


def _windows(
    instance: Instance, due_visit: DueVisit, hours: tuple[int, int] | None, workdays: bool
) -> tuple[Window, ...]:
    """A window for each day; a visit that may be late has the days to the horizon's end as well."""
    horizon = instance.horizon
    start, end = visiting_hours(instance, hours)
    last = due_visit.latest if due_visit.late_from is None else horizon.days - 1
    days = list(range(due_visit.earliest, last + 1))
    if workdays:
        days = [day for day in days if _workday(instance, horizon.date(day))] or days
    spans = [
        (max(due_visit.not_before, day * horizon.day_ticks + start), day * horizon.day_ticks + end)
        for day in days
    ]
    windows = tuple(Window(start=begin, end=close) for begin, close in spans if begin < close)
    # A great change on the last evening: no visiting hours are left, and it cannot wait for them.
    return windows or (Window(start=due_visit.not_before, end=horizon.end),)


def _workday(instance: Instance, day: date) -> bool:
    """Whether it is one by the calendar of the settings, else by the published one of China."""
    given = instance.settings.calendar
    return not (given if given != Calendar() else _CHINA).day_off(day)


_CHINA = Calendar(country="cn")


def _able(instance: Instance) -> Callable[[Way], frozenset[str]]:
    """Way → ids of the people with its role and skills."""
    known: dict[tuple[Any, ...], frozenset[str]] = {}

    def able(way: Way) -> frozenset[str]:
        key = (way.roles, tuple(sorted(way.skills.items())))
        if key not in known:
            known[key] = frozenset(
                person.id
                for person in instance.people
                if (not way.roles or person.role in way.roles)
                and all(person.skills.get(skill, 0) >= level for skill, level in way.skills.items())
            )
        return known[key]

    return able


def _enough(able: frozenset[str], way: Way, person: str | None) -> bool:
    """Whether the able are enough for a way, among them `person` if given."""
    return len(able) >= way.crew and (person is None or person in able)


def _stations(instance: Instance) -> dict[str | None, str]:
    """Area → its station, the first of several."""
    return {place.area: place.id for place in reversed(instance.places) if place.kind == "station"}


def _station(instance: Instance, place: Place, stations: dict[str | None, str]) -> str | None:
    """The station of the smallest area around a place that has one; None where none has."""
    above = instance.area_and_above(place.area)
    return next((stations[area] for area in above if area in stations), None)
