"""The limits of days and weeks on circuits in CP-SAT: sums over a person's vehicles, and rests between them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from benchmarks.peers.tables import RoutingTables, overtime_points
from scheduler.model import Limits

EXPRESSED_LIMITS = frozenset({"overtime", "tasks", "weekly", "days", "rest"})


@dataclass(frozen=True)
class CircuitVariables:
    """starts: by job. By vehicle, served: job → whether it serves it; ways: minutes of each; at_home: whether it serves none."""

    model: cp_model.CpModel
    tables: RoutingTables
    starts: list[cp_model.IntVar]
    served: list[dict[int, cp_model.LiteralT]]
    ways: list[list[cp_model.LinearExprT]]
    at_home: list[cp_model.IntVar]


def add_limits(circuits: CircuitVariables) -> list[cp_model.LinearExprT]:
    """Hold everybody's limits; what overtime costs."""
    tables = circuits.tables
    week = {day: days[0] for days in tables.instance.horizon.weeks() for day in days}
    weekly: dict[tuple[str, int], list[int]] = defaultdict(list)
    by_person: dict[str, list[int]] = defaultdict(list)
    costs: list[cp_model.LinearExprT] = []
    for number, vehicle in enumerate(tables.vehicles):
        weekly[vehicle.person, week[vehicle.day]].append(number)
        by_person[vehicle.person].append(number)
        costs += _day(circuits, number, tables.instance.limits(vehicle.person))
    for (person, _), numbers in weekly.items():
        _week(circuits, numbers, tables.instance.limits(person))
    for person, numbers in by_person.items():
        rest = tables.instance.limits(person).rest_minutes
        for before, after in pairwise(numbers):
            if rest is not None:
                _rest(circuits, before, after, rest)
    return costs


def _day(circuits: CircuitVariables, number: int, limits: Limits) -> Iterator[cp_model.LinearExprT]:
    if limits.daily_tasks is not None:
        circuits.model.add(sum(circuits.served[number].values()) <= limits.daily_tasks)
    if limits.daily_minutes is None:
        return
    most = circuits.tables.instance.horizon.day_ticks * 2
    if limits.daily_overtime is not None:
        most = limits.daily_overtime
    points = overtime_points(circuits.tables.instance)
    if points or limits.daily_overtime is not None:
        overtime = circuits.model.new_int_var(0, most, f"overtime {number}")
        circuits.model.add(_work(circuits, number) <= limits.daily_minutes + overtime)
        yield points * overtime


def _week(circuits: CircuitVariables, numbers: list[int], limits: Limits) -> None:
    if limits.weekly_minutes is not None:
        circuits.model.add(
            sum(_work(circuits, number) for number in numbers) <= limits.weekly_minutes
        )
    if limits.weekly_tasks is not None:
        served = (sum(circuits.served[number].values()) for number in numbers)
        circuits.model.add(sum(served) <= limits.weekly_tasks)
    if limits.weekly_days is not None:
        circuits.model.add(
            sum(~circuits.at_home[number] for number in numbers) <= limits.weekly_days
        )


def _rest(circuits: CircuitVariables, before: int, after: int, rest: int) -> None:
    """From the last end of a day to the first start of the next, where presence alone does not leave it."""
    tables = circuits.tables
    first, second = tables.vehicles[before], tables.vehicles[after]
    if second.day == first.day + 1 and second.earliest - first.latest < rest:
        end = circuits.model.new_int_var(first.earliest, first.latest, f"end of {before}")
        for job, served in circuits.served[before].items():
            done = circuits.starts[job] + tables.jobs[job].duration
            circuits.model.add(done <= end).only_enforce_if(served)
        for job, served in circuits.served[after].items():
            circuits.model.add(circuits.starts[job] >= end + rest).only_enforce_if(served)


def _work(circuits: CircuitVariables, number: int) -> cp_model.LinearExprT:
    ways = circuits.ways[number] if circuits.tables.instance.settings.travel_counts else []
    served = circuits.served[number].items()
    return sum([*ways, *(circuits.tables.jobs[job].duration * literal for job, literal in served)])
