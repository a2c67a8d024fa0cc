"""Coordinates as people copy them from maps: one cell or two, either order, WGS-84 or GCJ-02."""

import re
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from typing import Any

from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.kinds import Number, as_text
from scheduler.formats.workbook.cells.text import plain

_EAST, _NORTH = (73.0, 136.0), (3.0, 54.0)
"""Longitudes and latitudes of China; no number is in both."""
_PART = re.compile(
    r"(?P<before>东经|北纬|经度|纬度|经|纬|E|N|lng|longitude|lon|latitude|lat)?\s*[:=]?\s*"
    r"(?P<degrees>\d+(?:\.\d+)?)\s*°?\s*"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)\s*['′’]\s*(?:(?P<seconds>\d+(?:\.\d+)?)\s*(?:\"|″|”|''|′′)\s*)?)?"
    r"(?P<after>E|N|东|北)?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[,、;/]?\s*")
_EASTERN = ("东", "经", "e", "ln", "lo")


@dataclass(frozen=True)
class Coordinates:
    """A point in one cell: 104.1,30.6 in either order; read as [longitude, latitude], never written."""

    name: str = "point"

    def read(self, cell: Any, context: CellContext) -> list[float]:
        text = _with_signs(plain(as_text(cell))).strip("()[] ")
        first = _PART.match(text)
        rest = _SEPARATOR.sub("", text[first.end() :], count=1) if first else ""
        second = _PART.fullmatch(rest)
        if first is None or second is None:
            raise CellError()
        parts = [(_axis(match), _degrees(match)) for match in (first, second)]
        axes = [axis for axis, _ in parts]
        (_, one), (_, other) = parts
        if axes in (["east", "north"], ["east", ""], ["", "north"]) or (
            axes == ["", ""] and _within(one, _EAST) and _within(other, _NORTH)
        ):
            return [one, other]
        if axes in (["north", "east"], ["north", ""], ["", "east"]) or (
            axes == ["", ""] and _within(one, _NORTH) and _within(other, _EAST)
        ):
            return [other, one]
        raise CellError("point_unclear", first=f"{one:g}", second=f"{other:g}")

    def write(self, value: Any, context: CellContext) -> None:
        """Nothing: a point is written in its two columns."""


@dataclass(frozen=True)
class Degrees(Number):
    """A longitude or latitude, also 104.1°E; or both in one cell, as `Coordinates`."""

    def read(self, cell: Any, context: CellContext) -> Any:
        if not isinstance(cell, str):
            return super().read(cell, context)
        single = _PART.fullmatch(_with_signs(plain(cell)))
        if single is not None:
            return _degrees(single)
        try:
            return super().read(cell, context)
        except CellError:
            return Coordinates().read(cell, context)


def _with_signs(text: str) -> str:
    """104°6′ for 104度6分; the 度 of 经度 stays."""
    for letter, sign in ("度°", "分′", "秒″"):
        text = re.sub(rf"(?<=\d)\s*{letter}", sign, text)
    return text


def _axis(match: re.Match[str]) -> str:
    word = (match["before"] or match["after"] or "").lower()
    return "" if not word else "east" if word.startswith(_EASTERN) else "north"


def _degrees(match: re.Match[str]) -> float:
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    return round(float(match["degrees"]) + minutes / 60 + seconds / 3600, 7)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def settle_point(values: dict[str, Any], *, gcj: bool) -> str:
    """Make a longitude and a latitude of what the cells of a place say.

    Returns the code of a fault or a notice, or "". gcj: the coordinates are GCJ-02
    """
    east, north, given = (
        values.pop(field, None) for field in ("point.longitude", "point.latitude", "point")
    )
    separate = [value for value in (east, north) if value is not None]
    if any(
        not isinstance(value, float | list) for value in [*separate, given] if value is not None
    ):
        values["point"] = next(
            value for value in (east, north, given) if value and not isinstance(value, float | list)
        )
        return ""
    pairs = [value for value in [*separate, given] if isinstance(value, list)]
    singles = [value for value in separate if not isinstance(value, list)]
    swapped = len(singles) == 2 and _within(east, _NORTH) and _within(north, _EAST)
    if len(singles) == 2:
        pairs.append([north, east] if swapped else [east, north])
    elif singles and not pairs:
        return "point_half"
    if not pairs:
        return ""
    if any(pair != pairs[0] for pair in pairs) or (pairs and len(singles) == 1):
        return "point_twice"
    point = to_wgs84(*pairs[0]) if gcj else pairs[0]
    values["point.longitude"], values["point.latitude"] = point
    return "point_swapped" if swapped else ""


_AXIS, _ECCENTRICITY = 6_378_245.0, 0.006693421622965943
"""Semi-major axis in metres, and squared eccentricity, of the Krasovsky ellipsoid of 1940."""


def _shift(east: float, north: float) -> tuple[float, float]:
    """Degrees by which GCJ-02 lies off a WGS-84 point."""
    x, y = east - 105, north - 35
    waves = (20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)) * 2 / 3
    up = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    up += (20 * sin(pi * y) + 40 * sin(pi * y / 3)) * 2 / 3
    up += (160 * sin(pi * y / 12) + 320 * sin(pi * y / 30)) * 2 / 3
    right = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    right += (20 * sin(pi * x) + 40 * sin(pi * x / 3)) * 2 / 3
    right += (150 * sin(pi * x / 12) + 300 * sin(pi * x / 30)) * 2 / 3
    curve = 1 - _ECCENTRICITY * sin(radians(north)) ** 2
    metres_north = _AXIS * (1 - _ECCENTRICITY) / curve**1.5 * pi / 180
    metres_east = _AXIS / sqrt(curve) * cos(radians(north)) * pi / 180
    return right / metres_east, up / metres_north


def from_wgs84(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude in GCJ-02 of a WGS-84 point.

    Source: the formula known from "Restrictions on geographic data in China", as Wikipedia prints it.
    """
    right, up = _shift(east, north)
    return east + right, north + up


def to_wgs84(east: float, north: float) -> tuple[float, float]:
    """WGS-84 of a GCJ-02 point, to a tenth of a metre: the fixed point of the way there."""
    guess = (east, north)
    for _ in range(5):
        there = from_wgs84(*guess)
        guess = guess[0] + east - there[0], guess[1] + north - there[1]
    return round(guess[0], 6), round(guess[1], 6)
