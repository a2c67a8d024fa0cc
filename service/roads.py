"""The installation's road servers: known to the web process and the worker, never to a search.

A search gets the tables that it needs with its order, so that it asks nobody.
"""

import base64
from collections.abc import Mapping

from scheduler.model import Instance, Roads
from scheduler.travel.base import MODES
from scheduler.travel.road_server import coordinates
from scheduler.travel.road_servers import RoadServers, installed, use
from scheduler.travel.road_table import RoadTable
from service.settings import ServiceSettings
from service.store.ways import WaysStore


def use_road_servers(settings: ServiceSettings) -> None:
    """Have this process know the servers of the settings, with their tables kept in the database."""
    use(RoadServers(settings.road_servers, WaysStore(settings.database)))


def ways_of(instance: str) -> dict[str, str]:
    """Mode → table for the places of an instance, given as JSON; empty where it needs no roads.

    Raises InputError where its road server is not known, does not answer, or a place has no point.
    """
    if '"road"' not in instance:
        return {}
    record = Instance.model_validate_json(instance)
    travel = record.settings.travel
    if not isinstance(travel, Roads):
        return {}
    points = [place.point for place in record.places if place.point is not None]
    if len(points) < len(record.places):
        return {}  # the search tells which
    tables = installed().tables(travel.server, points)
    return {mode: base64.b64encode(table.as_bytes()).decode() for mode, table in tables.items()}


def use_ways(ways: Mapping[str, str], instance: Instance) -> None:
    """Have this process know these tables, made by `ways_of`, and no server."""
    where = coordinates([place.point for place in instance.places if place.point is not None])
    given = {}
    for mode in MODES:
        table = RoadTable.of_bytes(base64.b64decode(ways[mode])) if mode in ways else None
        if table is not None:
            given[mode, where] = table
    use(RoadServers(given=given))
