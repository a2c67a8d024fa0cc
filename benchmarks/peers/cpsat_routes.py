"""Routes in CP-SAT: a circuit for each vehicle, a boolean for each arc, one start for each visit or shift's slot.

A job may be followed by its NEAREST neighbours only, else the model is too large for any computer.
"""

from collections.abc import Iterator

from ortools.sat.python import cp_model

from benchmarks.peers.cpsat_limits import EXPRESSED_LIMITS, CircuitVariables, add_limits
from benchmarks.peers.tables import RoutingJob, Vehicle, replay, routing_tables
from scheduler.model import Instance, Roster

EXPRESSES = frozenset({"visits", "shifts"}) | EXPRESSED_LIMITS
NEAREST = 30
DEPOT = 0
"""Node of each circuit where the day begins and ends; node n + 1 is job n."""


class CircuitModel:
    """The model, with the hint that everybody stays at home."""

    def __init__(self, instance: Instance):
        self.model = cp_model.CpModel()
        self._tables = tables = routing_tables(instance)
        self._arcs: list[list[tuple[int, int, cp_model.IntVar]]] = [[] for _ in tables.vehicles]
        self._costs: list[cp_model.LinearExprT] = []
        self._skips: list[list[cp_model.IntVar]] = [[] for _ in tables.jobs]
        self._served: list[dict[int, cp_model.LiteralT]] = [{} for _ in tables.vehicles]
        self._ways: list[list[cp_model.LinearExprT]] = [[] for _ in tables.vehicles]
        self._starts = [self._start(job) for job in tables.jobs]
        for number, vehicle in enumerate(tables.vehicles):
            self._circuit(number, vehicle)
        for job, skips in zip(tables.jobs, self._skips, strict=True):
            self._once(job, skips)
        at_home = [arcs[0][2] for arcs in self._arcs]
        self._costs += add_limits(
            CircuitVariables(self.model, tables, self._starts, self._served, self._ways, at_home)
        )
        self.model.minimize(sum(self._costs))

    def roster(self, solver: cp_model.CpSolver) -> Roster:
        """The roster of the solver's solution."""
        routes = []
        for arcs in self._arcs:
            follows = {before: after for before, after, arc in arcs if solver.boolean_value(arc)}
            route, node = [], follows[DEPOT]
            while node != DEPOT:
                route.append(node - 1)
                node = follows[node]
            routes.append(route)
        return replay(self._tables, routes, [solver.value(start) for start in self._starts])

    def _start(self, job: RoutingJob) -> cp_model.IntVar:
        windows = cp_model.Domain.from_intervals([list(window) for window in job.windows])
        start = self.model.new_int_var_from_domain(windows, f"start of {job.task}")
        self.model.add_hint(start, job.windows[0][0])
        return start

    def _once(self, job: RoutingJob, skips: list[cp_model.IntVar]) -> None:
        """At most one vehicle serves a job; its prize is lost if none does."""
        undone = self.model.new_bool_var(f"{job.task} is left out")
        self.model.add_hint(undone, True)
        self.model.add_exactly_one([undone, *(~skip for skip in skips)])
        self._costs.append(job.prize * undone)

    def _circuit(self, number: int, vehicle: Vehicle) -> None:
        tables = self._tables
        self._arc(number, DEPOT, DEPOT, 0, f"{vehicle.person} stays at home", idle=True)
        able = [int(job) for job in tables.able[:, number].nonzero()[0]]
        for index in able:
            job, start = tables.jobs[index], self._starts[index]
            out = tables.way(vehicle, vehicle.start, job.place)
            back = tables.way(vehicle, job.place, vehicle.end)
            name = f"{vehicle.person} {job.task}"
            skip = self._arc(number, index + 1, index + 1, 0, f"{name} not", idle=True)
            self._skips[index].append(skip)
            self._served[number][index] = ~skip
            first = self._arc(number, DEPOT, index + 1, out, f"{name} first")
            last = self._arc(number, index + 1, DEPOT, back, f"{name} last")
            self.model.add(start >= vehicle.earliest + out).only_enforce_if(first)
            self.model.add(start + job.duration + back <= vehicle.latest).only_enforce_if(last)
            # A day's work lies in the day, also between its first and last job.
            self.model.add(start >= vehicle.earliest).only_enforce_if(~skip)
            self.model.add(start + job.duration <= vehicle.latest).only_enforce_if(~skip)
        for before, after, way in self._neighbours(vehicle, able):
            job, other = tables.jobs[before], tables.jobs[after]
            name = f"{vehicle.person} {job.task} {other.task}"
            leg = self._arc(number, before + 1, after + 1, way, name)
            ready = self._starts[before] + job.duration + way
            self.model.add(self._starts[after] >= ready).only_enforce_if(leg)
        self.model.add_circuit(self._arcs[number])

    def _arc(
        self, number: int, before: int, after: int, way: int, name: str, idle: bool = False
    ) -> cp_model.IntVar:
        arc = self.model.new_bool_var(name)
        self._arcs[number].append((before, after, arc))
        self.model.add_hint(arc, idle)
        self._costs.append(self._tables.price[self._tables.vehicles[number].mode] * way * arc)
        self._ways[number].append(way * arc)
        return arc

    def _neighbours(self, vehicle: Vehicle, able: list[int]) -> Iterator[tuple[int, int, int]]:
        """(job, job after it, minutes between them) of the nearest jobs that can still be reached."""
        jobs = self._tables.jobs
        for before in able:
            job = jobs[before]
            ready = max(job.windows[0][0], vehicle.earliest) + job.duration
            reached = []
            for after in able:
                way = self._tables.way(vehicle, job.place, jobs[after].place)
                if after != before and ready + way <= min(
                    jobs[after].windows[-1][1], vehicle.latest
                ):
                    reached.append((way, after))
            yield from ((before, after, way) for way, after in sorted(reached)[:NEAREST])
