"""OR-Tools routing: paths of cheapest arcs, then guided local search.

A person's day is a vehicle, a time dimension carries windows, allowed vehicles say who is able,
and a disjunction prices a visit left out. Only one thread, and no seed.
"""

from itertools import pairwise
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from benchmarks.peers.features import lacking
from benchmarks.peers.tables import NOWHERE, RoutingTables, replay, routing_tables
from scheduler.model import Instance, Roster
from scheduler.stop import Stop

EXPRESSES = frozenset({"visits"})


def supports(instance: Instance) -> list[str]:
    """What the instance asks for that this model does not express."""
    return lacking(instance, EXPRESSES)


def solve(instance: Instance, seconds: float, seed: int, cores: int) -> Roster:
    """The best routes within the seconds; seed and further cores have no effect."""
    watch = Stop(seconds=seconds)
    tables = routing_tables(instance)
    routes: list[list[int]] = [[] for _ in tables.vehicles]
    if tables.jobs:
        model = _PathModel(tables)
        solution = model.search(seconds - watch.elapsed)
        routes = routes if solution is None else model.routes(solution)
    return replay(tables, routes)


class _PathModel:
    """Nodes: the jobs in order, then the places where days begin and end, shared by the vehicles."""

    def __init__(self, tables: RoutingTables):
        self._tables = tables
        jobs, vehicles = len(tables.jobs), len(tables.vehicles)
        bases = list(
            dict.fromkeys(
                base for vehicle in tables.vehicles for base in (vehicle.start, vehicle.end)
            )
        )
        node = {base: jobs + number for number, base in enumerate(bases)}
        self._places = [*(job.place for job in tables.jobs), *bases]
        self._manager = pywrapcp.RoutingIndexManager(
            len(self._places),
            vehicles,
            [node[vehicle.start] for vehicle in tables.vehicles],
            [node[vehicle.end] for vehicle in tables.vehicles],
        )
        self._routing = pywrapcp.RoutingModel(self._manager)
        self._travel()
        self._windows()
        self._jobs()

    def search(self, seconds: float) -> Any:
        """An assignment, or None if none was found in time."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        first = routing_enums_pb2.FirstSolutionStrategy
        meta = routing_enums_pb2.LocalSearchMetaheuristic
        parameters.first_solution_strategy = first.PATH_CHEAPEST_ARC
        parameters.local_search_metaheuristic = meta.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(max(1, int(1000 * seconds)))
        return self._routing.SolveWithParameters(parameters)

    def routes(self, solution: Any) -> list[list[int]]:
        """Job indices by vehicle."""
        routes = []
        for vehicle in range(len(self._tables.vehicles)):
            route, index = [], self._routing.Start(vehicle)
            while not self._routing.IsEnd(index):
                route.append(self._manager.IndexToNode(index))
                index = solution.Value(self._routing.NextVar(index))
            routes.append([node for node in route if node < len(self._tables.jobs)])
        return routes

    def _travel(self) -> None:
        """Arc costs and time, once for each mode."""
        tables, routing = self._tables, self._routing
        stay = [job.duration for job in tables.jobs] + [0] * (len(self._places) - len(tables.jobs))
        modes = sorted({vehicle.mode for vehicle in tables.vehicles})
        clocks = {}
        for mode in modes:
            way = [[self._way(mode, a, b) for b in self._places] for a in self._places]
            cost = [[tables.price[mode] * minutes for minutes in row] for row in way]
            time = [[stay[a] + minutes for minutes in row] for a, row in enumerate(way)]
            arc = routing.RegisterTransitMatrix(cost)
            clocks[mode] = routing.RegisterTransitMatrix(time)
            for number, vehicle in enumerate(tables.vehicles):
                if vehicle.mode == mode:
                    routing.SetArcCostEvaluatorOfVehicle(arc, number)
        horizon = tables.instance.horizon.end
        transits = [clocks[vehicle.mode] for vehicle in tables.vehicles]
        routing.AddDimensionWithVehicleTransits(transits, horizon, horizon, False, "time")

    def _way(self, mode: int, start: int, end: int) -> int:
        return 0 if NOWHERE in (start, end) else int(self._tables.minutes[mode, start, end])

    def _windows(self) -> None:
        time = self._routing.GetDimensionOrDie("time")
        for number, job in enumerate(self._tables.jobs):
            clock = time.CumulVar(self._manager.NodeToIndex(number))
            clock.SetRange(job.windows[0][0], job.windows[-1][1])
            for (_, last), (first, _) in pairwise(job.windows):
                if last + 1 < first:
                    clock.RemoveInterval(last + 1, first - 1)
        for number, vehicle in enumerate(self._tables.vehicles):
            for index in (self._routing.Start(number), self._routing.End(number)):
                time.CumulVar(index).SetRange(vehicle.earliest, vehicle.latest)

    def _jobs(self) -> None:
        for number, job in enumerate(self._tables.jobs):
            index = self._manager.NodeToIndex(number)
            able = [int(vehicle) for vehicle in self._tables.able[number].nonzero()[0]]
            # -1 is the vehicle of a visit left out.
            self._routing.VehicleVar(index).SetValues([-1, *able])
            self._routing.AddDisjunction([index], job.prize)
