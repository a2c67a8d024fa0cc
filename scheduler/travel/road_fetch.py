"""Tables from road servers: OSRM's table service and Valhalla's matrix, in blocks of as many places as they take.

Sources: OSRM's HTTP API v1 (table service); Valhalla's time-distance matrix (sources_to_targets).
"""

import json
import time
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from scheduler.model.errors import InputError
from scheduler.model.work import Point
from scheduler.travel.base import Mode
from scheduler.travel.http import Address, UnusableError, ask
from scheduler.travel.road_server import RoadServer, coordinates, failure
from scheduler.travel.road_table import RoadTable, cells

_PLACES = {"osrm": 100, "valhalla": 50}
"""Places that the engines take at once as they are delivered: together, and on each side."""
_CELL_BYTES = 400
"""Most bytes of an answer for one way, with all its fields."""
_PLACE_BYTES = 2_000
"""Most bytes of an answer for one place, with the name of its street."""
_FIXED_BYTES = 16_384

Block = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Seconds and metres, [from, to]."""


def fetch(
    name: str, server: RoadServer, modes: Sequence[Mode], points: Sequence[Point]
) -> dict[Mode, RoadTable]:
    """The table of each mode, all before the server's seconds are over.

    Raises InputError where the server does not answer in time, or not with a table of this shape.
    """
    until = time.monotonic() + server.seconds
    address = Address.of(server.url)
    request = _osrm if server.engine == "osrm" else _valhalla
    tables: dict[Mode, RoadTable] = {}
    for mode in modes:
        tables[mode] = RoadTable.empty(len(points))
        for rows, columns in product(*[list(_blocks(server, len(points)))] * 2):
            starts, ends = points[rows], points[columns]
            try:
                block = request(address, server.profile(mode), starts, ends, until)
            except UnusableError:
                raise InputError([failure("road_service", name)]) from None
            if block is None:
                raise InputError([failure("road_answer", name)])
            tables[mode].seconds[rows, columns], tables[mode].metres[rows, columns] = block
    return tables


def _blocks(server: RoadServer, count: int) -> Iterator[slice]:
    """The places of each request, on either side."""
    most = server.most_places or _PLACES[server.engine]
    if server.engine == "osrm" and count > most:
        most //= 2  # which counts sources and destinations together
    for first in range(0, count, most):
        yield slice(first, first + most)


def _most_bytes(starts: Sequence[Point], ends: Sequence[Point]) -> int:
    places = (len(starts) + len(ends)) * _PLACE_BYTES
    return _FIXED_BYTES + places + len(starts) * len(ends) * _CELL_BYTES


def _osrm(
    address: Address,
    profile: str,
    starts: Sequence[Point],
    ends: Sequence[Point],
    until: float,
) -> Block | None:
    path = f"/table/v1/{profile}/{coordinates(starts)}"
    options = "?annotations=duration,distance&generate_hints=false"
    if starts != ends:
        path += f";{coordinates(ends)}"
        numbers = [str(number) for number in range(len(starts) + len(ends))]
        options += f"&sources={';'.join(numbers[: len(starts)])}"
        options += f"&destinations={';'.join(numbers[len(starts) :])}"
    answer = _json(ask(address, "GET", path + options, None, _most_bytes(starts, ends), until))
    if not isinstance(answer, dict) or answer.get("code") != "Ok":
        return None
    return _block(answer.get("durations"), answer.get("distances"), (len(starts), len(ends)))


def _valhalla(
    address: Address,
    profile: str,
    starts: Sequence[Point],
    ends: Sequence[Point],
    until: float,
) -> Block | None:
    sides = {
        side: [{"lat": round(point.latitude, 6), "lon": round(point.longitude, 6)} for point in of]
        for side, of in (("sources", starts), ("targets", ends))
    }
    body = json.dumps({**sides, "costing": profile, "units": "kilometers"}).encode()
    size = _most_bytes(starts, ends)
    answer = _json(ask(address, "POST", "/sources_to_targets", body, size, until))
    if not isinstance(answer, dict) or answer.get("units", "kilometers") != "kilometers":
        return None
    table = answer.get("sources_to_targets")
    if isinstance(table, dict):  # the concise form
        times, kilometres = table.get("durations"), table.get("distances")
    elif isinstance(table, list) and all(_are_ways(row) for row in table):
        times = [[way.get("time") for way in row] for row in table]
        kilometres = [[way.get("distance") for way in row] for row in table]
    else:
        return None
    block = _block(times, kilometres, (len(starts), len(ends)))
    return None if block is None else (block[0], block[1] * 1000)


def _are_ways(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(way, dict) for way in row)


def _block(times: object, distances: object, shape: tuple[int, int]) -> Block | None:
    """The block of an answer's rows; distances may be left out."""
    seconds = cells(times, shape, seconds=True)
    metres = np.full(shape, np.nan) if distances is None else cells(distances, shape, seconds=False)
    return None if seconds is None or metres is None else (seconds, metres)


def _json(text: bytes) -> object:
    """The value; None for text that is no JSON."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value
