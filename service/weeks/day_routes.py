"""A day's routes, read from the arrays of a week's board: who goes where after where, and what nobody does."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.model.time import MINUTES_PER_DAY

Spot = tuple[float, float]
"""(x, y) on the map."""


@dataclass(frozen=True)
class RouteLine:
    """A stop of a route. task, place: positions; start, end: minutes from the week's start; way: minutes to it."""

    number: int
    task: int
    slot: int
    start: int
    end: int
    place: int
    way: int


@dataclass(frozen=True)
class DayRoute:
    """A person's day, the first stop first. person: position; back: minutes on the way to the day's end place."""

    person: int
    stops: tuple[RouteLine, ...]
    back: int

    @property
    def way(self) -> int:
        """Minutes on the way in all."""
        return self.back + sum(stop.way for stop in self.stops)


@dataclass(frozen=True)
class MissedWork:
    """Work of the day that nobody does, or not enough people. last: the last moment at which it can end."""

    task: int
    slot: int
    missing: int
    start: int
    last: int
    place: int


class DayRoutes:
    """A day of a week. data: of `service.weeks.board`; day: 0: the week's first."""

    def __init__(self, data: Mapping[str, Any], day: int):
        self._data, self._day = data, day

    @cached_property
    def by_person(self) -> dict[int, DayRoute]:
        """Everybody who has a stop that begins on the day, in the order of the people."""
        bars: dict[int, list[list[int]]] = {}
        first = self._day * MINUTES_PER_DAY
        for bar in self._data["bars"]:
            if (
                first <= bar[2] < first + 2 * MINUTES_PER_DAY
            ):  # the way back from a night is of the next day
                bars.setdefault(bar[0], []).append(bar)
        routes = {person: self._route(person, mine) for person, mine in sorted(bars.items())}
        return {person: route for person, route in routes.items() if route.stops}

    def _route(self, person: int, bars: list[list[int]]) -> DayRoute:
        """The stops that begin on the day, with the way back after the last of them, a night's too."""
        stops: list[RouteLine] = []
        back, is_here = 0, False
        for _, task, start, end, place, way, *slot in sorted(bars, key=lambda bar: bar[2]):
            if task >= 0:
                is_here = start // MINUTES_PER_DAY == self._day
                if is_here:
                    number = len(stops) + 1
                    stops.append(RouteLine(number, task, slot[0], start, end, place, way))
            elif is_here:
                back += way
        return DayRoute(person, tuple(stops), back)

    @cached_property
    def missed(self) -> tuple[MissedWork, ...]:
        """What could be done on the day and is not, the most urgent first."""
        return tuple(
            MissedWork(task, slot, missing, start, last, place)
            for task, missing, _, start, last, _, slot, place, days in self._data["undone"]
            if self._day in days
        )

    def spot(self, place: int) -> Spot | None:
        """Where a place is drawn, or its area where only that may be known; None: nobody knows."""
        if place < 0 or self._data["places"][place][1] is None:
            return None
        _, x, y, *_ = self._data["places"][place]
        return x, y

    def is_around(self, place: int) -> bool:
        """Whether of a place only the area may be known."""
        return bool(self._data["places"][place][3])

    def bases(self, person: int) -> list[Spot]:
        """Where the day starts and ends, if that is on the map and nobody's home."""
        ends = map(self.spot, self._data["people"][person][3:5])
        return list(dict.fromkeys(spot for spot in ends if spot))

    def line(self, route: DayRoute) -> list[Spot]:
        """The points of a route in their order."""
        start, end = self._data["people"][route.person][3:5]
        places = [start, *(stop.place for stop in route.stops), end]
        return [spot for spot in map(self.spot, places) if spot]


def first_day(data: Mapping[str, Any]) -> int:
    """The first day on which somebody works; 0 where there is none."""
    starts = (bar[2] // MINUTES_PER_DAY for bar in data["bars"] if bar[1] >= 0)
    return max(0, min(starts, default=0))
