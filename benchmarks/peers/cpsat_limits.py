"""The limits of days and weeks on circuits in CP-SAT: sums over a person's vehicles, and rests between them."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from ortools.sat.python import cp_model

from benchmarks.peers import cpsat_routes
from benchmarks.peers.cpsat_routes import CircuitModel
from benchmarks.peers.tables import overtime_points
from scheduler.model import Instance, Limits

EXPRESSES = cpsat_routes.EXPRESSES | {"overtime", "tasks", "weekly", "days", "rest"}


def limited_circuits(instance: Instance) -> CircuitModel:
    """Circuits under everybody's limits."""
    model = CircuitModel(instance)
    model.minimize(_add_limits(model))
    return model


def _add_limits(model: CircuitModel) -> list[cp_model.LinearExprT]:
    """Hold everybody's limits; what overtime costs."""
    tables = model.tables
    week = {day: days[0] for days in tables.instance.horizon.weeks() for day in days}
    weekly: dict[tuple[str, int], list[int]] = defaultdict(list)
    by_person: dict[str, list[int]] = defaultdict(list)
    costs: list[cp_model.LinearExprT] = []
    for number, vehicle in enumerate(tables.vehicles):
        weekly[vehicle.person, week[vehicle.day]].append(number)
        by_person[vehicle.person].append(number)
        costs += _day(model, number, tables.instance.limits(vehicle.person))
    for (person, _), numbers in weekly.items():
        _week(model, numbers, tables.instance.limits(person))
    for person, numbers in by_person.items():
        rest = tables.instance.limits(person).rest_minutes
        for before, after in pairwise(numbers):
            if rest is not None:
                _rest(model, before, after, rest)
    return costs


def _day(model: CircuitModel, number: int, limits: Limits) -> Iterator[cp_model.LinearExprT]:
    if limits.daily_tasks is not None:
        model.model.add(sum(model.served[number].values()) <= limits.daily_tasks)
    if limits.daily_minutes is None:
        return
    most = model.tables.instance.horizon.day_ticks * 2
    if limits.daily_overtime is not None:
        most = limits.daily_overtime
    points = overtime_points(model.tables.instance)
    if points or limits.daily_overtime is not None:
        overtime = model.model.new_int_var(0, most, f"overtime {number}")
        model.model.add(_work(model, number) <= limits.daily_minutes + overtime)
        yield points * overtime


def _week(model: CircuitModel, numbers: list[int], limits: Limits) -> None:
    if limits.weekly_minutes is not None:
        model.model.add(sum(_work(model, number) for number in numbers) <= limits.weekly_minutes)
    if limits.weekly_tasks is not None:
        served = (sum(model.served[number].values()) for number in numbers)
        model.model.add(sum(served) <= limits.weekly_tasks)
    if limits.weekly_days is not None:
        model.model.add(sum(~model.at_home(number) for number in numbers) <= limits.weekly_days)


def _rest(model: CircuitModel, before: int, after: int, rest: int) -> None:
    """From the last end of a day to the first start of the next, where presence alone does not leave it."""
    tables = model.tables
    first, second = tables.vehicles[before], tables.vehicles[after]
    if second.day == first.day + 1 and second.earliest - first.latest < rest:
        end = model.model.new_int_var(first.earliest, first.latest, f"end of {before}")
        for job, served in model.served[before].items():
            done = model.starts[job] + tables.jobs[job].duration
            model.model.add(done <= end).only_enforce_if(served)
        for job, served in model.served[after].items():
            model.model.add(model.starts[job] >= end + rest).only_enforce_if(served)


def _work(model: CircuitModel, number: int) -> cp_model.LinearExprT:
    ways = model.ways[number] if model.tables.instance.settings.travel_counts else []
    served = model.served[number].items()
    return sum([*ways, *(model.tables.jobs[job].duration * literal for job, literal in served)])
