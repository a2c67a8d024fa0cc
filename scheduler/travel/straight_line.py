"""Travel as the crow flies, times a detour: exact enough inside a sub-district, and needs no map."""

import numpy as np

from scheduler.model.errors import InputError, Problem
from scheduler.model.instance import Instance
from scheduler.model.settings import StraightLine
from scheduler.travel.base import MODES, MOST_TICKS, Travel

_METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km


def straight_line(instance: Instance, settings: StraightLine) -> Travel:
    """Whole ticks, rounded up. Raises InputError listing every place without a point."""
    problems = [
        Problem(code="place_without_point", pointer=f"/places/{index}/point", value=place.id)
        for index, place in enumerate(instance.places)
        if place.point is None
    ]
    if problems:
        raise InputError(problems)
    points = [place.point for place in instance.places if place.point]
    latitude = np.array([point.latitude for point in points])
    longitude = np.array([point.longitude for point in points])
    north = (latitude[:, None] - latitude[None, :]) * _METRES_PER_DEGREE
    shrink = np.cos(np.radians((latitude[:, None] + latitude[None, :]) / 2))
    east = (longitude[:, None] - longitude[None, :]) * _METRES_PER_DEGREE * shrink
    metres = np.hypot(north, east) * settings.detour
    ticks = np.zeros((len(MODES), len(points), len(points)), dtype=np.int32)
    elsewhere = metres > 0.5
    for number, mode in enumerate(MODES):
        minutes = (
            metres / settings.metres_per_minute[mode] + settings.parking_minutes[mode] * elsewhere
        )
        ways = np.ceil(minutes * instance.horizon.ticks_per_minute - 1e-9)
        ticks[number] = np.minimum(ways, MOST_TICKS)
    index = {place.id: number for number, place in enumerate(instance.places)}
    return Travel(index, ticks, np.rint(metres).astype(np.int32))
