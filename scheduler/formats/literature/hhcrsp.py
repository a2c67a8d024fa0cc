"""Home health care routing and scheduling, JSON of Ceschia, Di Gaspero, Rosati & Schaerf (2024).

10.1111/itor.13585; instances of Mankowska, Meisel & Bierwirth (2014), 10.1007/s10729-013-9243-1.
A patient is a visit with one or two slots; the cost, a third each of travel, total tardiness and
largest tardiness, is our soft score / 3,000 in ticks of a thousandth of a minute, exactly.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from scheduler.formats.literature._json import read, services, visit_of, write
from scheduler.model import (
    Assignment,
    Horizon,
    Instance,
    Level,
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

TICKS = 1000
OFFICE = "office"
_RULES = {
    "travel": RuleSetting(weight=1),
    "availability": RuleSetting(on=False),
    "due_date": RuleSetting(weight=1),
    "worst_lateness": RuleSetting(on=True, weight=1),
    "unassigned": RuleSetting(level=Level.HARD, weight=1),
    "late_return": RuleSetting(on=False),
}


def cost(soft: int) -> float:
    """The literature's cost of a soft score."""
    return soft / (3 * TICKS)


def read_instance(path: Path) -> Instance:
    """An instance file. Raises InputError for a file of another format."""
    return read(path, lambda data: _instance(path.stem, data))


def read_solution(path: Path, instance: Instance) -> Roster:
    """A solution of the instance. Raises InputError for a file of another format."""
    return read(path, lambda data: _roster(data, instance))


def write_solution(path: Path, instance: Instance, roster: Roster) -> None:
    """Write a roster in the published format, for other people's validators."""
    write(path, _solution(instance, roster))


def _ticks(minutes: Decimal | int) -> int:
    return int((Decimal(minutes) * TICKS).to_integral_value())


def _instance(name: str, data: Any) -> Instance:
    horizon = Horizon(start=date(2026, 1, 5), days=1, ticks_per_minute=TICKS)
    places = (OFFICE, *(patient["id"] for patient in data["patients"]))
    minutes = tuple(tuple(_ticks(way) for way in row) for row in data["distances"])
    whole = (Window(start=0, end=horizon.end),)
    return Instance(
        id=name,
        horizon=horizon,
        places=tuple(Place(id=place, name=place) for place in places),
        people=tuple(
            Person(
                id=caregiver["id"],
                name=caregiver["id"],
                role=Role.PARTNER,
                skills=dict.fromkeys(caregiver["abilities"], 1),
                start_place=OFFICE,
                end_place=OFFICE,
                availability=whole,
            )
            for caregiver in data["caregivers"]
        ),
        visits=tuple(_visit(patient, horizon) for patient in data["patients"]),
        settings=Settings(
            rules=_RULES,
            travel=Matrix(places=places, minutes=minutes),
            travel_counts=False,
            pause_at_home=0,
            limits={},
            priority_points=(1, 1, 1, 1, 1),
        ),
    )


def _visit(patient: Any, horizon: Horizon) -> Visit:
    earliest, latest = patient["time_window"]
    slots = []
    for number, needed in enumerate(patient["required_caregivers"]):
        tie = patient.get("synchronization") or {}
        spaced = number == 1 and tie.get("type") == "sequential"
        after = tuple(_ticks(value) for value in tie["distance"]) if spaced else (0, 0)
        slots.append(
            Slot(skills={needed["service"]: 1}, duration=_ticks(needed["duration"]), after=after)
        )
    return Visit(
        id=patient["id"],
        name=patient["id"],
        kind="care",
        places=(patient["id"],),
        windows=(Window(start=_ticks(earliest), end=horizon.end),),
        due=_ticks(latest),
        duration=slots[0].duration or 1,
        slots=tuple(slots),
    )


def _roster(data: Any, instance: Instance) -> Roster:
    assignments = []
    for route in data["routes"]:
        for stop in route.get("locations") or ():
            visit = visit_of(instance, stop["patient"])
            slot = services(visit).index(stop["service"])
            start = _ticks(stop["arrival_time"])
            assignments.append(
                Assignment(
                    task=visit.id,
                    slot=slot,
                    person=route["caregiver_id"],
                    place=visit.places[0],
                    start=start,
                    end=start + (visit.slots[slot].duration or visit.duration),
                )
            )
    return Roster(instance=instance.id, horizon=instance.horizon, assignments=tuple(assignments))


def _solution(instance: Instance, roster: Roster) -> dict[str, Any]:
    by_start = sorted(
        roster.assignments, key=lambda assignment: (assignment.start, assignment.slot)
    )
    routes: dict[str, list[dict[str, Any]]] = {person.id: [] for person in instance.people}
    for assignment in by_start:
        routes[assignment.person].append(
            {
                "arrival_time": assignment.start / TICKS,
                "departure_time": assignment.end / TICKS,
                "patient": assignment.task,
                "service": services(visit_of(instance, assignment.task))[assignment.slot],
            }
        )
    return {
        "global_ordering": list(dict.fromkeys(assignment.task for assignment in by_start)),
        "routes": [
            {"caregiver_id": person, "locations": stops} if stops else {"caregiver_id": person}
            for person, stops in routes.items()
        ],
    }
