"""Recombination of days: routes of good rosters, routes made to fit them, and the best choice among all."""

import numpy as np

from scheduler.engines.columns.routes.pricing import (
    Route,
    RouteMemory,
    cheapest_routes,
    timed,
)
from scheduler.engines.columns.routes.problem import RoutePart
from scheduler.engines.columns.routes.program import RouteProgram
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.stop import Stop

SMOOTHING = 0.5
"""How much of the prices of the last pricing stays in those of the next."""
NOTED = 100
"""Routes of a tour that are kept from rosters, the latest."""
MEMORY = 0, 1, 3, 6
"""Tasks that nodes remember: when no more routes are found with a few, more are remembered."""
MAKING_SHARE = 0.65
"""Share of a part's time for new routes; the rest is for the choice among them."""
MOST_ROUNDS = 60
CHOICE_SECONDS = 2.0
"""For the best choice of a part, at most."""


class RouteSearch:
    """A search beside another one, whose rosters it takes note of."""

    def __init__(self, lowered: Lowered, parts: list[RoutePart]):
        self._lowered, self._parts = lowered, parts
        self._memory = RouteMemory()
        self._noted: dict[tuple[int, int], dict[Route, None]] = {}
        self._home = {
            (tour.person, int(option)): (part, number, node)
            for part, of_part in enumerate(parts)
            for number, tour in enumerate(of_part.tours)
            for node, option in enumerate(tour.option)
        }

    def note(self, dense: DenseRoster) -> None:
        """Keep the routes of a roster."""
        for home, route in self._routes(dense).items():
            noted = self._noted.setdefault(home, {})
            noted.pop(route, None)
            noted[route] = None
            if len(noted) > NOTED:
                del noted[next(iter(noted))]

    def _routes(self, dense: DenseRoster) -> dict[tuple[int, int], Route]:
        """(part, tour): nodes in order of time; of stops that are among the nodes."""
        stops: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for task, (person, option) in enumerate(zip(dense.person, dense.option, strict=True)):
            if person != NONE and (person, option) in self._home:
                part, tour, node = self._home[person, option]
                stops.setdefault((part, tour), []).append((dense.start[task], node))
        return {home: tuple(node for _, node in sorted(of_day)) for home, of_day in stops.items()}

    def sweep(self, dense: DenseRoster, stop: Stop) -> tuple[DenseRoster, int]:
        """A roster that is no worse in any part than this one, by what was noted and what is found; its points."""
        self.note(dense)
        of_part = {number: dict[int, Route]() for number in range(len(self._parts))}
        for (number, tour), route in self._routes(dense).items():
            of_part[number][tour] = route
        cost = {number: self._cost(number, routes) for number, routes in of_part.items()}
        left = sum(cost.values())
        for number in sorted(cost, key=lambda number: -cost[number]):
            if stop.reason() is not None or cost[number] == 0:
                break
            better = self._improved(number, stop.share(cost[number] / left))
            left -= cost[number]
            if self._cost(number, better) < cost[number]:
                of_part[number] = better
        return self._roster(of_part)

    def _improved(self, number: int, stop: Stop) -> dict[int, Route]:
        """The best choice of a part's routes that is found."""
        part = self._parts[number]
        program = RouteProgram(self._lowered, part)
        for tour in range(len(part.tours)):
            for route in self._noted.get((number, tour), {}):
                program.add(tour, route)
        making = stop.share(MAKING_SHARE)
        for remembered in MEMORY:
            self._generate(program, remembered, making)
        return program.choose(min(CHOICE_SECONDS, max(0.05, stop.seconds_left)))

    def _generate(self, program: RouteProgram, remembered: int, stop: Stop) -> None:
        """Add routes that the program would take up, until there are none."""
        if not program.solve():
            return
        fits = [program.fit(tour) for tour in range(len(program.part.tours))]
        homes = [np.searchsorted(program.part.tasks, tour.task) for tour in program.part.tours]
        prices, day_prices = program.prices, program.day_prices
        for _ in range(MOST_ROUNDS):
            prices = SMOOTHING * prices + (1 - SMOOTHING) * program.prices
            day_prices = SMOOTHING * day_prices + (1 - SMOOTHING) * program.day_prices
            new = 0
            for number, tour in enumerate(program.part.tours):
                if stop.reason() is not None:
                    return
                value = (program.counted - prices)[homes[number]] - fits[number]
                ceiling = -max(0.0, float(day_prices[number]))
                for route in cheapest_routes(tour, value, remembered, ceiling, self._memory):
                    new += program.add(number, route)
            exact = np.allclose(prices, program.prices)
            if new == 0 and exact:
                return
            if not program.solve():
                return
            if new == 0:
                prices, day_prices = program.prices, program.day_prices

    def _cost(self, number: int, routes: dict[int, Route]) -> int:
        """Points of a part's routes, and of what they leave undone."""
        part = self._parts[number]
        points = int(self._lowered.empty.cost[part.tasks].sum())
        for place, route in routes.items():
            tour = part.tours[place]
            known = timed(tour, route)
            points += self._lowered.scale.hard if known is None else known[1]
            points -= int(self._lowered.empty.cost[tour.task[list(route)]].sum())
        return points

    def _roster(self, of_part: dict[int, dict[int, Route]]) -> tuple[DenseRoster, int]:
        tasks = len(self._lowered.index.tasks)
        person, option, start = [NONE] * tasks, [NONE] * tasks, [0] * tasks
        points = int(self._lowered.empty.cost.sum())
        taken = (
            (part, tour, route)
            for part, routes in of_part.items()
            for tour, route in routes.items()
        )
        for part, number, route in taken:
            tour = self._parts[part].tours[number]
            known = timed(tour, route)
            if known is None:
                continue
            points += known[1]
            for node, moment in zip(route, known[0], strict=True):
                task = int(tour.task[node])
                person[task], option[task], start[task] = (
                    tour.person,
                    int(tour.option[node]),
                    moment,
                )
                points -= int(self._lowered.empty.cost[task])
        return DenseRoster(tuple(option), tuple(person), tuple(start)), points
