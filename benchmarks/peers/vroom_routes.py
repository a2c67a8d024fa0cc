"""VROOM (vroom-project.org) by way of pyvroom: insertion and local search, then it ends by itself.

A person's day is a vehicle, skills say who is able, a visit may have several windows, and the
priorities of what is served come before travel. It has no seed, and no use for more time once its
searches have come to rest; it is set to explore as much as it can.
"""

from datetime import timedelta

import numpy as np
import vroom

from benchmarks.peers.features import lacking
from benchmarks.peers.tables import NOWHERE, RoutingTables, replay, routing_tables
from benchmarks.reduced import MEDIUM_POINTS
from scheduler.model import Instance, Roster
from scheduler.stop import Stop

EXPRESSES = frozenset({"visits"})
EXPLORATION = 5
HIGHEST_PRIORITY = 100


def supports(instance: Instance) -> list[str]:
    """What the instance asks for that VROOM cannot express."""
    return lacking(instance, EXPRESSES)


def solve(instance: Instance, seconds: float, seed: int, cores: int) -> Roster:
    """The best routes within the seconds; the seed has no effect."""
    watch = Stop(seconds=seconds)
    tables = routing_tables(instance)
    routes: list[list[int]] = [[] for _ in tables.vehicles]
    if tables.jobs:
        request = _input(tables)
        left = timedelta(seconds=max(0.0, seconds - watch.elapsed))
        solution = request.solve(exploration_level=EXPLORATION, nb_threads=cores, timeout=left)
        steps = solution.routes
        served = steps.loc[steps["type"] == "job", ["vehicle_id", "id"]]
        for vehicle, job in served.itertuples(index=False):
            routes[int(vehicle)].append(int(job))
    return replay(tables, routes)


def _input(tables: RoutingTables) -> vroom.Input:
    """VROOM wants a start or an end: a further location, no way from anywhere, stands for neither."""
    request = vroom.Input()
    for mode in sorted({vehicle.mode for vehicle in tables.vehicles}):
        minutes = np.pad(tables.minutes[mode], (0, 1)).astype(np.uint32)
        request.set_durations_matrix(str(mode), minutes)
        request.set_costs_matrix(str(mode), minutes * np.uint32(tables.price[mode]))
    nowhere = len(tables.minutes[0])
    kinds = dict.fromkeys(row.tobytes() for row in tables.able)
    skill = {key: number for number, key in enumerate(kinds)}
    rows = [skill[row.tobytes()] for row in tables.able]
    for number, vehicle in enumerate(tables.vehicles):
        request.add_vehicle(
            vroom.Vehicle(
                number,
                start=nowhere if vehicle.start == NOWHERE else vehicle.start,
                end=nowhere if vehicle.end == NOWHERE else vehicle.end,
                profile=str(vehicle.mode),
                skills={rows[job] for job in np.flatnonzero(tables.able[:, number])},
                time_window=vroom.TimeWindow(vehicle.earliest, vehicle.latest),
            )
        )
    for number, job in enumerate(tables.jobs):
        request.add_job(
            vroom.Job(
                number,
                location=job.place,
                default_service=job.duration,
                skills={rows[number]},
                priority=min(HIGHEST_PRIORITY, job.prize // MEDIUM_POINTS),
                time_windows=[vroom.TimeWindow(first, last) for first, last in job.windows],
            )
        )
    return request
