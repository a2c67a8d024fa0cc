"""Travel over roads, by the tables of a road server that the installation names."""

import numpy as np

from scheduler.model.errors import InputError, Problem
from scheduler.model.instance import Instance
from scheduler.model.settings import Roads
from scheduler.travel.base import MODES, MOST_TICKS, Travel
from scheduler.travel.road_server import failure
from scheduler.travel.road_servers import installed


def road(instance: Instance, settings: Roads) -> Travel:
    """Whole ticks, rounded up, from the server's seconds; one table for each mode.

    Places between which the server finds none have no way. Raises InputError where a place has no
    point, the installation has no server of the name, it fails, or no two places have a way.
    """
    problems = [
        Problem(code="place_without_point", pointer=f"/places/{number}/point", value=place.id)
        for number, place in enumerate(instance.places)
        if place.point is None
    ]
    if problems:
        raise InputError(problems)
    points = [place.point for place in instance.places if place.point]
    tables = installed().tables(settings.server, points)
    elsewhere = ~np.eye(len(points), dtype=bool)
    ticks = np.zeros((len(MODES), len(points), len(points)), dtype=np.int32)
    metres = np.zeros((len(points), len(points)), dtype=np.int32)
    no_way = np.zeros_like(ticks, dtype=bool)
    for number, mode in enumerate(MODES):
        minutes = tables[mode].seconds / 60 + settings.parking_minutes[mode] * elsewhere
        no_way[number] = np.isnan(minutes) & elsewhere
        minutes = np.nan_to_num(minutes) * elsewhere
        ways = np.ceil(minutes * instance.horizon.ticks_per_minute - 1e-9)
        ticks[number] = np.minimum(ways, MOST_TICKS)
        metres = np.rint(np.nan_to_num(tables[mode].metres)).astype(np.int32)
    if elsewhere.any() and no_way[:, elsewhere].all():
        raise InputError([failure("road_no_way", settings.server)])
    index = {place.id: number for number, place in enumerate(instance.places)}
    return Travel(index, ticks, metres, no_way if no_way.any() else None)
