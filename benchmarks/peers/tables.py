"""A reduced instance as the tables that route planners are fed, and their routes as a roster."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.reduced import shared_cost
from scheduler.lowered import Lowered
from scheduler.model import Assignment, Instance, Roster, Score
from scheduler.model.tasks import count_slots, tasks
from scheduler.rules import active
from scheduler.rules.lower import lower

NOWHERE = -1


@dataclass(frozen=True)
class Vehicle:
    """A person's day. start, end: place, NOWHERE if it begins or ends at a stop; out within [earliest, latest]."""

    person: str
    day: int
    mode: int
    start: int
    end: int
    earliest: int
    latest: int


@dataclass(frozen=True)
class RoutingJob:
    """A visit by one person, or a slot of a shift. undone: its price if nobody does it, as one number the prize.

    windows: first and last start, both included, in order.
    """

    task: str
    slot: int
    place: int
    windows: tuple[tuple[int, int], ...]
    duration: int
    undone: Score

    @property
    def prize(self) -> int:
        """See shared_cost."""
        return int(shared_cost(self.undone))


@dataclass(frozen=True)
class RoutingTables:
    """minutes: int64 [mode, from, to]. price: points of a minute on the way, by mode.

    able: bool [job, vehicle]: by the rules, and in time if it were the only job. Jobs that nobody
    is able to do are left out, and so are vehicles without a job.
    """

    instance: Instance
    vehicles: tuple[Vehicle, ...]
    jobs: tuple[RoutingJob, ...]
    minutes: NDArray[np.int64]
    price: tuple[int, ...]
    able: NDArray[np.bool_]

    def way(self, vehicle: Vehicle, start: int, end: int) -> int:
        """Minutes; none from or to nowhere."""
        return 0 if NOWHERE in (start, end) else int(self.minutes[vehicle.mode, start, end])


def routing_tables(instance: Instance) -> RoutingTables:
    """Of an instance as `expressible` or `single_people` leaves it."""
    lowered = lower(instance)
    vehicles = tuple(_vehicles(lowered))
    jobs = tuple(_jobs(lowered))
    minutes = lowered.travel.ticks.astype(np.int64)
    price = tuple(int(shared_cost(lowered.scale.score(int(p)))) for p in lowered.travel.cost)
    tables = RoutingTables(
        instance, vehicles, jobs, minutes, price, np.zeros((0, 0), dtype=np.bool_)
    )
    able = _able(lowered, tables)
    used, done = (np.flatnonzero(able.sum(axis=axis)) for axis in (0, 1))
    return RoutingTables(
        instance,
        tuple(vehicles[number] for number in used),
        tuple(jobs[number] for number in done),
        minutes,
        price,
        able[np.ix_(done, used)],
    )


def overtime_points(instance: Instance) -> int:
    """Points of a minute of overtime, see shared_cost; 0 where it costs nothing."""
    points = (rule.score(1) for rule in active(instance) if rule.rule.id == "daily_minutes")
    return sum(int(shared_cost(score)) for score in points)


def _vehicles(lowered: Lowered) -> Iterator[Vehicle]:
    travel, table = lowered.travel, lowered.day
    for number, person in enumerate(lowered.index.people):
        for day in range(lowered.index.days):
            row = number * lowered.index.days + day
            for start, end in table.spans[int(table.span_first[row]) : table.span_first[row + 1]]:
                yield Vehicle(
                    person,
                    day,
                    int(travel.mode[number]),
                    int(travel.start[number]),
                    int(travel.end[number]),
                    int(start),
                    int(end),
                )


def _jobs(lowered: Lowered) -> Iterator[RoutingJob]:
    window, index = lowered.window, lowered.index
    for number, task in enumerate(tasks(index.instance)):
        options = range(int(window.first[number]), int(window.first[number + 1]))
        spans = sorted(
            (int(window.earliest[option]), int(window.latest[option])) for option in options
        )
        for slot in range(count_slots(task)):
            at = index.slot_of[number] + slot
            yield RoutingJob(
                task.id,
                slot,
                int(window.place[options[0]]),
                tuple(spans),
                int(lowered.crew.duration[at]),
                lowered.scale.score(int(lowered.empty.cost[at])),
            )


def _able(lowered: Lowered, tables: RoutingTables) -> NDArray[np.bool_]:
    able = np.zeros((len(tables.jobs), len(tables.vehicles)), dtype=np.bool_)
    people = [lowered.index.person[vehicle.person] for vehicle in tables.vehicles]
    in_time = _in_time(tables)
    for number, job in enumerate(tables.jobs):
        slot = lowered.index.slot_of[lowered.index.task[job.task]] + job.slot
        fit = np.zeros(len(lowered.index.people), dtype=np.bool_)
        fit[lowered.fit.able(slot)] = True
        able[number] = fit[people] & in_time(job)
    return able


def _in_time(tables: RoutingTables) -> Callable[[RoutingJob], NDArray[np.bool_]]:
    """From a job to bool [vehicle]: whether it can be begun and ended in time if it is the only one."""
    columns = [
        [vehicle.mode, vehicle.start, vehicle.end, vehicle.earliest, vehicle.latest]
        for vehicle in tables.vehicles
    ]
    table = np.array(columns, dtype=np.int64).reshape(len(columns), 5)
    mode, start, end, earliest, latest = table.T

    def test(job: RoutingJob) -> NDArray[np.bool_]:
        out = np.where(start == NOWHERE, 0, tables.minutes[mode, start, job.place])
        back = np.where(end == NOWHERE, 0, tables.minutes[mode, job.place, end])
        first, last = earliest + out, latest - back - job.duration
        reached = [np.maximum(first, a) <= np.minimum(last, b) for a, b in job.windows]
        possible: NDArray[np.bool_] = np.logical_or.reduce(reached)
        return possible

    return test


def replay(
    tables: RoutingTables, routes: Sequence[Sequence[int]], starts: Sequence[int] | None = None
) -> Roster:
    """The roster of the routes (job indices by vehicle), each job begun as early as it can be.

    starts: when each job begins instead. What a route cannot keep shows as a hard breach when the checker prices the roster.
    """
    assignments: list[Assignment] = []
    places = [place.id for place in tables.instance.places]
    for vehicle, route in zip(tables.vehicles, routes, strict=True):
        clock, place = vehicle.earliest, vehicle.start
        for number in route:
            job = tables.jobs[number]
            arrival = clock + tables.way(vehicle, place, job.place)
            start = _start(job, arrival) if starts is None else starts[number]
            clock, place = start + job.duration, job.place
            assignments.append(
                Assignment(
                    task=job.task,
                    slot=job.slot,
                    person=vehicle.person,
                    place=places[place],
                    start=start,
                    end=clock,
                )
            )
    return Roster(
        horizon=tables.instance.horizon,
        instance=tables.instance.id,
        assignments=tuple(assignments),
    )


def _start(job: RoutingJob, arrival: int) -> int:
    return next((max(arrival, first) for first, last in job.windows if arrival <= last), arrival)
