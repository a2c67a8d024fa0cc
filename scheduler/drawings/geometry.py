"""The map: places on a plane, and the ground that each area covers. No tiles, no outside source."""

from dataclasses import dataclass, replace
from math import cos, radians

from scheduler.drawings.reader import Reader
from scheduler.model import Instance, Point

_METRES_PER_DEGREE = 111_195.0
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
class Map:
    """width, height: of the drawing, in its own units; a unit is `metres` metres.

    dots: SVG path of all places; at: place → (x, y); around: area → (x, y) of its middle.
    """

    width: float
    height: float
    metres: float
    grounds: tuple[Ground, ...]
    homes: str
    venues: str
    at: dict[str, tuple[float, float]]
    around: dict[str, tuple[float, float]]


def draw_map(reader: Reader) -> Map | None:
    """The map of an instance; None where fewer than two different places have a point."""
    instance = reader.instance
    points = {place.id: place.point for place in instance.places if place.point is not None}
    if len({(p.longitude, p.latitude) for p in points.values()}) < 2:
        return None
    height, metres, at = _fitted(_projected(points))
    around = {
        area: (
            round(sum(x for x, _ in dots) / len(dots), 1),
            round(sum(y for _, y in dots) / len(dots), 1),
        )
        for area, dots in _by_area(instance, at).items()
    }
    kinds = {place.id: place.kind for place in instance.places}
    return Map(
        width=_WIDTH,
        height=round(height, 1),
        metres=metres,
        grounds=_grounds(instance, at),
        homes=_dots({xy for place, xy in at.items() if kinds[place] == "home"}),
        venues=_dots({xy for place, xy in at.items() if kinds[place] != "home"}),
        at=at,
        around=around,
    )


def _projected(points: dict[str, Point]) -> dict[str, tuple[float, float]]:
    """Place → (east, south) in metres: equirectangular about the points' mean latitude."""
    middle = sum(point.latitude for point in points.values()) / len(points)
    shrink = cos(radians(middle))
    return {
        place: (
            point.longitude * shrink * _METRES_PER_DEGREE,
            -point.latitude * _METRES_PER_DEGREE,
        )
        for place, point in points.items()
    }


def _fitted(
    plane: dict[str, tuple[float, float]],
) -> tuple[float, float, dict[str, tuple[float, float]]]:
    """(height of the drawing, metres a unit, place → (x, y) in it), centred within the margins."""
    left, right = min(x for x, _ in plane.values()), max(x for x, _ in plane.values())
    top, bottom = min(y for _, y in plane.values()), max(y for _, y in plane.values())
    shape = (bottom - top) / (right - left) if right > left else _SHAPES[1]
    height = _WIDTH * min(max(shape, _SHAPES[0]), _SHAPES[1])
    inner = _WIDTH - 2 * _MARGIN, height - 2 * _MARGIN
    metres = max((right - left) / inner[0], (bottom - top) / inner[1])
    shift = (
        _WIDTH / 2 - (left + right) / 2 / metres,
        height / 2 - (top + bottom) / 2 / metres,
    )
    at = {
        place: (round(x / metres + shift[0], 1), round(y / metres + shift[1], 1))
        for place, (x, y) in plane.items()
    }
    return height, metres, at


def _by_area(
    instance: Instance, at: dict[str, tuple[float, float]]
) -> dict[str, set[tuple[float, float]]]:
    by_area: dict[str, set[tuple[float, float]]] = {}
    for place in instance.places:
        if place.id in at:
            for area in instance.area_and_above(place.area):
                by_area.setdefault(area, set()).add(at[place.id])
    return by_area


def _grounds(instance: Instance, at: dict[str, tuple[float, float]]) -> tuple[Ground, ...]:
    """Communities, or grids where there is only one community; an area of two points or fewer has no ground."""
    by_area = _by_area(instance, at)
    for kind in ("community", "grid", "micro_grid"):
        areas = [a for a in instance.areas if a.kind == kind and len(by_area.get(a.id, ())) > 2]
        if len(areas) > 1:
            break
    grounds = []
    for number, area in enumerate(areas):
        corners = hull(by_area[area.id])
        grounds.append(
            Ground(
                name=area.name,
                outline="M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z",
                x=round(sum(x for x, _ in by_area[area.id]) / len(by_area[area.id]), 1),
                y=round(sum(y for _, y in by_area[area.id]) / len(by_area[area.id]), 1),
                tint=number % 6,
            )
        )
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
