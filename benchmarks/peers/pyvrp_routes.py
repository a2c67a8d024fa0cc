"""PyVRP (pyvrp.org): hybrid of local search and perturbation for vehicle routing with prizes.

A person's day is a vehicle type. PyVRP knows no skills, so vehicles that are able to do the same
jobs share a profile in which every way to another job is far too long. A visit with several
windows is a group of clients of which at most one is served. Only one thread.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvrp
from numpy.typing import NDArray
from pyvrp.stop import MaxRuntime

from benchmarks.peers.features import lacking
from benchmarks.peers.tables import NOWHERE, RoutingTables, replay, routing_tables
from scheduler.model import Instance, Roster
from scheduler.stop import Stop

EXPRESSES = frozenset({"visits"})


@dataclass(frozen=True)
class _JobWindow:
    """One window of a job: what PyVRP calls a client."""

    job: int
    span: tuple[int, int]


def supports(instance: Instance) -> list[str]:
    """What the instance asks for that PyVRP cannot express."""
    return lacking(instance, EXPRESSES)


def solve(instance: Instance, seconds: float, seed: int, cores: int) -> Roster:
    """The best routes within the seconds; `cores` beyond one are of no use."""
    watch = Stop(seconds=seconds)
    tables = routing_tables(instance)
    routes: list[list[int]] = [[] for _ in tables.vehicles]
    if tables.jobs:
        windows = [
            _JobWindow(number, span)
            for number, job in enumerate(tables.jobs)
            for span in job.windows
        ]
        data = _data(tables, windows)
        left = MaxRuntime(max(0.0, seconds - watch.elapsed))
        best = pyvrp.solve(data, left, seed=seed, collect_stats=False).best
        for route in best.routes() if best.is_feasible() else ():
            visits = [visit for visit in route.schedule() if visit.is_client()]
            routes[route.vehicle_type()] = [windows[visit.idx].job for visit in visits]
    return replay(tables, routes)


def _data(tables: RoutingTables, windows: list[_JobWindow]) -> pyvrp.ProblemData:
    """Locations: the bases first, then a location for all jobs alike in place and ability."""
    able = _by_person(tables)
    bases = _numbered(
        [base for vehicle in tables.vehicles for base in (vehicle.start, vehicle.end)]
    )
    kinds = _numbered(
        [(job.place, able[number].tobytes()) for number, job in enumerate(tables.jobs)]
    )
    at = [len(bases) + kinds[job.place, able[n].tobytes()] for n, job in enumerate(tables.jobs)]
    profiles = _numbered(
        [
            (vehicle.mode, able[:, number].tobytes())
            for number, vehicle in enumerate(tables.vehicles)
        ]
    )
    matrices: list[Any] = []
    for number in _firsts(profiles, tables, able):
        closed = np.ones(len(bases) + len(kinds), dtype=np.bool_)
        closed[: len(bases)] = False
        closed[np.array(at)[able[:, number]]] = False
        places = [*bases, *(place for place, _ in kinds)]
        matrices.append(_matrix(tables, tables.vehicles[number].mode, places, closed))
    clients, groups = _clients(tables, windows, at)
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(len(bases) + len(kinds))],
        clients=clients,
        depots=[pyvrp.Depot(location) for location in range(len(bases))],
        vehicle_types=[
            pyvrp.VehicleType(
                start_depot=bases[vehicle.start],
                end_depot=bases[vehicle.end],
                tw_early=vehicle.earliest,
                tw_late=vehicle.latest,
                unit_distance_cost=tables.price[vehicle.mode],
                profile=profiles[vehicle.mode, able[:, number].tobytes()],
            )
            for number, vehicle in enumerate(tables.vehicles)
        ],
        distance_matrices=matrices,
        duration_matrices=matrices,
        groups=groups,
    )


def _by_person(tables: RoutingTables) -> NDArray[np.bool_]:
    """Shape [job, vehicle]: able on some day; which day is a matter of windows."""
    able = tables.able.copy()
    people = np.array([vehicle.person for vehicle in tables.vehicles])
    for person in set(people.tolist()):
        days = people == person
        able[:, days] = tables.able[:, days].max(axis=1, keepdims=True)
    return able


def _numbered(keys: list[Any]) -> dict[Any, int]:
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}


def _firsts(profiles: dict[Any, int], tables: RoutingTables, able: NDArray[np.bool_]) -> list[int]:
    """A vehicle of each profile, in the profiles' order."""
    first: dict[int, int] = {}
    for number, vehicle in enumerate(tables.vehicles):
        first.setdefault(profiles[vehicle.mode, able[:, number].tobytes()], number)
    return [first[profile] for profile in range(len(profiles))]


def _matrix(
    tables: RoutingTables, mode: int, places: list[int], closed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Ways between places; to and from the closed ones longer than the horizon and costlier than any prize."""
    matrix: NDArray[np.int64] = tables.minutes[mode][np.ix_(places, places)].copy()
    nowhere = np.array(places) == NOWHERE
    matrix[nowhere, :] = 0
    matrix[:, nowhere] = 0
    far = 2 * tables.instance.horizon.end + max(job.prize for job in tables.jobs)
    matrix[closed, :] = far
    matrix[:, closed] = far
    np.fill_diagonal(matrix, 0)
    return matrix


def _clients(
    tables: RoutingTables, windows: list[_JobWindow], at: list[int]
) -> tuple[list[pyvrp.Client], list[pyvrp.ClientGroup]]:
    members: dict[int, list[int]] = {}
    for number, window in enumerate(windows):
        members.setdefault(window.job, []).append(number)
    grouped = [job for job, numbers in members.items() if len(numbers) > 1]
    group = {job: number for number, job in enumerate(grouped)}
    clients = [
        pyvrp.Client(
            location=at[window.job],
            service_duration=tables.jobs[window.job].duration,
            tw_early=window.span[0],
            tw_late=window.span[1],
            prize=tables.jobs[window.job].prize,
            required=False,
            group=group.get(window.job),
        )
        for window in windows
    ]
    return clients, [pyvrp.ClientGroup(members[job], required=False) for job in grouped]
