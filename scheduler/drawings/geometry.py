"""The map: places on a plane, and the ground that each area covers. No tiles, no outside source."""

from dataclasses import dataclass, replace
from math import cos, radians

from scheduler.drawings.reader import Reader
from scheduler.messages.names import is_neutral
from scheduler.model import Instance, Place, Point

_METRES_PER_DEGREE = 111_195.0
_LEAST = 1_000.0
"""Metres that the map is wide at least."""
_WIDTH = 1000.0
_SHAPES = (0.45, 0.72)
"""Least and most height of the map by its width."""
_MARGIN = 40.0
_NAME = (230.0, 40.0)
"""Room for an area's name, wide and tall, on a narrow screen."""


@dataclass(frozen=True)
class Ground:
    """An area's outline as an SVG path, and where its name stands."""

    name: str
    outline: str
    x: float
    y: float
    tint: int


@dataclass(frozen=True)
class Corner:
    """The map's north-west corner, and how far it reaches east and south from there. In degrees."""

    west: float
    north: float
    across: float
    down: float


@dataclass(frozen=True)
class Map:
    """width, height: of the drawing, in its own units; a unit is `metres` metres.

    homes, venues: SVG paths of the places; at: place → (x, y); around: area → (x, y) of its middle;
    names: [name, x, y, 1 for a home] of the places that have a name, venues first.
    """

    width: float
    height: float
    metres: float
    corner: Corner
    grounds: tuple[Ground, ...]
    homes: str
    venues: str
    names: tuple[tuple[str, float, float, int], ...]
    at: dict[str, tuple[float, float]]
    around: dict[str, tuple[float, float]]


def draw_map(reader: Reader) -> Map | None:
    """The map of an instance; None where no place has a point.

    Places that would give something hidden away are not on it, nor in the middle or outline of an area:
    one could find such a place from those of the others.
    """
    instance = reader.instance
    points = {place.id: place.point for place in shown_places(reader) if place.point is not None}
    if not points:
        return None
    plane = _Plane(points)
    at = {place: plane.at(point) for place, point in points.items()}
    places = [place for place in instance.places if place.id in at]
    homes = {place.id for place in places if place.kind == "home"}
    named = sorted(
        (place for place in places if place.name), key=lambda place: (place.id in homes, place.id)
    )
    by_area = _by_area(instance, at)
    return Map(
        width=_WIDTH,
        height=plane.height,
        metres=plane.metres,
        corner=plane.corner,
        grounds=_grounds(instance, by_area),
        homes=_dots({at[place] for place in homes}),
        venues=_dots({at[place.id] for place in places if place.id not in homes}),
        names=tuple((place.name, *at[place.id], int(place.id in homes)) for place in named),
        at=at,
        around={area: _middle(dots) for area, dots in by_area.items()},
    )


def shown_places(reader: Reader) -> list[Place]:
    """The places of which a reader may know where they are."""
    return [
        place
        for place in reader.instance.places
        if place.id not in reader.places and not is_neutral(place.id)
    ]


class _Plane:
    """Degrees to the drawing's units: equirectangular about the points' middle, centred within the margins."""

    def __init__(self, points: dict[str, Point]):
        wests = [point.longitude for point in points.values()]
        norths = [point.latitude for point in points.values()]
        east, south = (min(wests) + max(wests)) / 2, (min(norths) + max(norths)) / 2
        a_degree = _METRES_PER_DEGREE * cos(radians(south)), _METRES_PER_DEGREE
        wide = max((max(wests) - min(wests)) * a_degree[0], _LEAST)
        tall = (max(norths) - min(norths)) * a_degree[1]
        self.height = round(_WIDTH * min(max(tall / wide, _SHAPES[0]), _SHAPES[1]), 1)
        self.metres = max(wide / (_WIDTH - 2 * _MARGIN), tall / (self.height - 2 * _MARGIN))
        self._unit = self.metres / a_degree[0], self.metres / a_degree[1]
        across, down = _WIDTH * self._unit[0], self.height * self._unit[1]
        self.corner = Corner(east - across / 2, south + down / 2, across, down)

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point is drawn."""
        return (
            round((point.longitude - self.corner.west) / self._unit[0], 1),
            round((self.corner.north - point.latitude) / self._unit[1], 1),
        )


def _by_area(
    instance: Instance, at: dict[str, tuple[float, float]]
) -> dict[str, set[tuple[float, float]]]:
    by_area: dict[str, set[tuple[float, float]]] = {}
    for place in instance.places:
        if place.id in at:
            for area in instance.area_and_above(place.area):
                by_area.setdefault(area, set()).add(at[place.id])
    return by_area


def _middle(dots: set[tuple[float, float]]) -> tuple[float, float]:
    return (
        round(sum(x for x, _ in dots) / len(dots), 1),
        round(sum(y for _, y in dots) / len(dots), 1),
    )


def _grounds(
    instance: Instance, by_area: dict[str, set[tuple[float, float]]]
) -> tuple[Ground, ...]:
    """Communities, or grids where there is only one community; an area of two points or fewer has no ground."""
    for kind in ("community", "grid", "micro_grid"):
        areas = [a for a in instance.areas if a.kind == kind and len(by_area.get(a.id, ())) > 2]
        if len(areas) > 1:
            break
    grounds = []
    for number, area in enumerate(areas):
        corners = hull(by_area[area.id])
        outline = "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"
        grounds.append(Ground(area.name, outline, *_middle(by_area[area.id]), tint=number % 6))
    return _spread(grounds)


def _spread(grounds: list[Ground]) -> tuple[Ground, ...]:
    """The grounds with names that would overlap moved down."""
    placed: list[Ground] = []
    for ground in sorted(grounds, key=lambda ground: ground.y):
        y = ground.y
        for other in placed:
            if abs(other.x - ground.x) < _NAME[0] and abs(other.y - y) < _NAME[1]:
                y = other.y + _NAME[1]
        placed.append(replace(ground, y=round(y, 1)))
    return tuple(placed)


def _dots(points: set[tuple[float, float]]) -> str:
    # A line of length 0 with round ends is a dot, so that one element draws all of them.
    return "".join(f"M{x:g} {y:g}h0" for x, y in sorted(points))


def hull(points: set[tuple[float, float]]) -> list[tuple[float, float]]:
    """Corners of the convex hull, anticlockwise in a plane with y up (Andrew's monotone chain)."""
    ordered = sorted(points)
    if len(ordered) < 3:
        return ordered

    def chain(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        corners: list[tuple[float, float]] = []
        for point in points:
            while len(corners) > 1 and _turn(corners[-2], corners[-1], point) <= 0:
                corners.pop()
            corners.append(point)
        return corners[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
