"""Unified home health care routing and scheduling, JSON of Ceschia et al. (2026), 10.1111/itor.70140.

A patient is a visit of one or two slots; one whose two services have no tie is a bundle of two
visits. Lunch is the rest on duty, the end of a shift where the return is late, an optional patient
a visit that need not be done. A second window is a second window of the visit, the first one's start
being possible until the second opens; of a sequential pair that begins in the first window, the second
service is held to the first window as well. The cost is half our soft score: weights are doubled
so that each of two services of an optional patient can carry half of what the patient costs.
"""

from datetime import date
from pathlib import Path
from typing import Any

from scheduler.facts import Facts
from scheduler.formats.literature._json import read, services, visit_of, write
from scheduler.model import (
    Assignment,
    Break,
    Horizon,
    Instance,
    Level,
    Limits,
    Matrix,
    Person,
    Place,
    Role,
    Roster,
    RuleSetting,
    Settings,
    Slot,
    Visit,
    Window,
)
from scheduler.rules.common.rests import RestBreak, rest

SHARES = 2
"""Our points for one unit of the literature's cost."""
LONE, PAIRED = 2, 1
"""Priorities of visits: all of a patient's services, or one of two."""
LUNCH = "lunch_break"


def cost(soft: int) -> float:
    """The literature's cost of a soft score."""
    return soft / SHARES


def read_instance(path: Path) -> Instance:
    """An instance file. Raises InputError for a file of another format."""
    return read(path, lambda data: _instance(path.stem, data))


def read_solution(path: Path, instance: Instance) -> Roster:
    """A solution of the instance without its lunches, which our rules place.

    Raises InputError for a file of another format.
    """
    return read(path, lambda data: _roster(data, instance))


def write_solution(path: Path, instance: Instance, roster: Roster) -> None:
    """Write a roster in the published format, for other people's validators."""
    write(path, _solution(instance, roster))


# Reading an instance.


def _instance(name: str, data: Any) -> Instance:
    horizon = Horizon(start=date(2026, 1, 5), days=1)
    points = (*data["terminal_points"], *data["patients"])
    ordered = sorted(points, key=lambda point: point["distance_matrix_index"])
    distances = data["distances"]
    if [point["distance_matrix_index"] for point in ordered] != list(range(len(distances))):
        raise ValueError("distances do not belong to terminal points and patients one by one")
    places = tuple(point["id"] for point in ordered)
    metadata = data["metadata"]
    at_end = _choice(metadata["time_window_met"], "at_service_start", "at_service_end")
    weights = metadata["cost_components"]
    missed = weights["optional_patients"]
    return Instance(
        id=name,
        horizon=horizon,
        places=tuple(Place(id=place, name=place) for place in places),
        people=tuple(
            _person(caregiver, data["lunch_breaks"], at_end) for caregiver in data["caregivers"]
        ),
        visits=tuple(
            visit for patient in data["patients"] for visit in _visits(patient, horizon.end)
        ),
        settings=Settings(
            rules=_rules(weights),
            travel=Matrix(places=places, minutes=tuple(map(tuple, distances))),
            travel_counts=False,
            pause_at_home=0,
            late_at="end" if at_end else "start",
            rest_on_duty=True,
            work_past_end=True,
            limits={},
            priority_points=(missed, SHARES * missed, 0, 0, 0),
        ),
    )


def _choice(value: str, *values: str) -> int:
    """Index of the value among the possible ones. Raises ValueError for another value."""
    return values.index(value)


def _rules(weights: dict[str, int]) -> dict[str, RuleSetting]:
    """Our rules for the parts of the objective."""
    parts = {
        "travel": "travel_time",
        "due_date": "total_tardiness",
        "worst_lateness": "highest_tardiness",
        "waiting": "total_waiting_time",
        "late_return": "total_extra_time",
        "worst_idle": "max_idle_time",
        "preferred_person": "caregiver_preferences",
        "rest_break": "missed_lunch_break",
    }
    rules = {
        rule: RuleSetting(level=Level.SOFT, weight=SHARES * weights[part])
        for rule, part in parts.items()
    }
    return rules | {"unassigned": RuleSetting(level=Level.SOFT, weight=1)}


def _person(caregiver: Any, lunch: Any, at_end: int) -> Person:
    length = lunch["min_duration"]
    closes = lunch["end"] + (0 if at_end else length)
    shift = caregiver["working_shift"]
    return Person(
        id=caregiver["id"],
        name=caregiver["id"],
        role=Role.PARTNER,
        skills=dict.fromkeys(caregiver["abilities"], 1),
        start_place=caregiver["departing_point"],
        end_place=caregiver["arrival_point"],
        availability=(Window(start=shift["start"], end=shift["end"]),),
        limits=Limits(breaks=_always_owed(lunch["start"], closes, length))
        if caregiver["lunch_break"]
        else Limits(),
    )


def _always_owed(start: int, end: int, length: int) -> Break:
    """A lunch that is owed however short the day, and never taken at work."""
    return Break(start=start, end=end, minutes=length, beyond=0, within=end + 1)


def _visits(patient: Any, end: int) -> list[Visit]:
    needed = patient["required_services"]
    tie = (patient.get("synchronization") or {"type": "independent"})["type"]
    free = _choice(tie, "simultaneous", "sequential", "independent") == 2 and len(needed) == 2
    slots = [
        Slot(skills={service["service"]: 1}, duration=service["duration"]) for service in needed
    ]
    if tie == "sequential" and len(needed) == 2:
        distance = patient["synchronization"]["distance"]
        slots[1] = slots[1].model_copy(update={"after": (distance["min"], distance["max"])})
    crews = [(slot,) for slot in slots] if free else [tuple(slots)]
    opens = [window["start"] for window in patient["time_windows"]]
    return [
        Visit(
            id=f"{patient['id']}.{number}" if free else patient["id"],
            name=patient["id"],
            kind="care",
            places=(patient["id"],),
            windows=tuple(
                Window(start=window["start"], end=closes, due=window["end"])
                for window, closes in zip(patient["time_windows"], [*opens[1:], end], strict=True)
            ),
            duration=crew[0].duration or 1,
            slots=crew,
            priority=PAIRED if len(needed) == 2 else LONE,
            must=not patient["optional"],
            preferred=tuple(patient.get("preferred_caregivers") or ()),
            excluded=tuple(patient.get("incompatible_caregivers") or ()),
            bundle=patient["id"] if free else None,
        )
        for number, crew in enumerate(crews)
    ]


# Solutions.


def _slots(instance: Instance) -> dict[tuple[str, str], tuple[Visit, int]]:
    """(patient, service) → our visit and slot."""
    return {
        (visit.name, service): (visit, slot)
        for visit in instance.visits
        for slot, service in enumerate(services(visit))
    }


def _roster(data: Any, instance: Instance) -> Roster:
    slots = _slots(instance)
    assignments = []
    for route in data["routes"]:
        person = instance.person_by_id[route["caregiver_id"]].id
        for stop in route.get("locations") or ():
            if stop["service"] == LUNCH:
                continue
            visit, slot = slots[stop["patient"], stop["service"]]
            start = int(stop["arrival_time"])
            assignments.append(
                Assignment(
                    task=visit.id,
                    slot=slot,
                    person=person,
                    place=visit.places[0],
                    start=start,
                    end=int(stop["departure_time"]),
                )
            )
    return Roster(instance=instance.id, horizon=instance.horizon, assignments=tuple(assignments))


def _solution(instance: Instance, roster: Roster) -> dict[str, Any]:
    facts = Facts(instance, roster)
    by_start = sorted(
        roster.assignments, key=lambda assignment: (assignment.start, assignment.slot)
    )
    order = dict.fromkeys(visit_of(instance, assignment.task).name for assignment in by_start)
    routes = [
        {"caregiver_id": person.id, "locations": _stops(facts, person.id)}
        for person in instance.people
    ]
    return {"global_ordering": list(order), "routes": routes}


def _stops(facts: Facts, person: str) -> list[dict[str, Any]]:
    """A person's stops and lunch, in order of time."""
    stops = []
    for stop in facts.stops(person, 0):
        visit = visit_of(facts.instance, stop.task.id)
        stops.append(
            {
                "arrival_time": stop.start,
                "departure_time": stop.end,
                "patient": visit.name,
                "service": services(visit)[stop.slot],
            }
        )
    lunch_break = rest(facts, person, 0) if stops else None
    if lunch_break is not None:
        stops.append(_lunch(facts, person, lunch_break))
    return sorted(
        stops, key=lambda entry: (entry.get("arrival_time", entry.get("start_time")), len(entry))
    )


def _lunch(facts: Facts, person: str, lunch_break: RestBreak) -> dict[str, Any]:
    """Lunch at the place of the stop before it or after it."""
    before, after = lunch_break.before, lunch_break.after
    at = after if before is None else before
    if before is not None and after is not None:
        way = facts.travel(person, before.place, after.place)
        at = before if lunch_break.end + way <= after.start else after
    assert at is not None
    return {
        "start_time": lunch_break.start,
        "end_time": lunch_break.end,
        "patient": visit_of(facts.instance, at.task.id).name,
        "service": LUNCH,
    }
