"""VROOM (vroom-project.org) by way of pyvroom: insertion and local search, then it ends by itself.

A person's day is a vehicle, skills say who is able, a visit may have several windows, and the
priorities of what is served come before travel. It has no seed, and no use for more time once its
searches have come to rest; it is told to explore as much as it can.
"""

from datetime import timedelta

import numpy as np
import vroom

from benchmarks.peers.features import lacking
from benchmarks.peers.tables import NOWHERE, RoutingTables, replayed, tables
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
    every = tables(instance)
    routes: list[list[int]] = [[] for _ in every.vehicles]
    if every.jobs:
        asked = _input(every)
        left = timedelta(seconds=max(0.0, seconds - watch.elapsed))
        solution = asked.solve(exploration_level=EXPLORATION, nb_threads=cores, timeout=left)
        steps = solution.routes
        served = steps.loc[steps["type"] == "job", ["vehicle_id", "id"]]
        for vehicle, job in served.itertuples(index=False):
            routes[int(vehicle)].append(int(job))
    return replayed(every, routes)


def _input(every: RoutingTables) -> vroom.Input:
    """VROOM wants a start or an end: a further location, no way from anywhere, stands for neither."""
    asked = vroom.Input()
    for mode in sorted({vehicle.mode for vehicle in every.vehicles}):
        minutes = np.pad(every.minutes[mode], (0, 1)).astype(np.uint32)
        asked.set_durations_matrix(str(mode), minutes)
        asked.set_costs_matrix(str(mode), minutes * np.uint32(every.price[mode]))
    nowhere = len(every.minutes[0])
    kinds = dict.fromkeys(row.tobytes() for row in every.able)
    skill = {key: number for number, key in enumerate(kinds)}
    rows = [skill[row.tobytes()] for row in every.able]
    for number, vehicle in enumerate(every.vehicles):
        asked.add_vehicle(
            vroom.Vehicle(
                number,
                start=nowhere if vehicle.start == NOWHERE else vehicle.start,
                end=nowhere if vehicle.end == NOWHERE else vehicle.end,
                profile=str(vehicle.mode),
                skills={rows[job] for job in np.flatnonzero(every.able[:, number])},
                time_window=vroom.TimeWindow(vehicle.earliest, vehicle.latest),
            )
        )
    for number, job in enumerate(every.jobs):
        asked.add_job(
            vroom.Job(
                number,
                location=job.place,
                default_service=job.duration,
                skills={rows[number]},
                priority=min(HIGHEST_PRIORITY, job.priority),
                time_windows=[vroom.TimeWindow(first, last) for first, last in job.windows],
            )
        )
    return asked
