"""Travel over roads by an OSRM-compatible table service on the local network."""

import json
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import numpy as np

from scheduler.model.errors import InputError, Problem
from scheduler.model.instance import Instance
from scheduler.model.settings import Roads
from scheduler.travel.base import MODES, MOST_TICKS, Mode, Travel

_PROFILES: dict[Mode, str] = {"walk": "foot", "e_bike": "bike"}
_TIMEOUT_SECONDS = 30


def road(instance: Instance, settings: Roads) -> Travel:
    """Whole ticks, rounded up, from the service's seconds; one table for each mode.

    Places between which the service finds none have no way. Raises InputError where a place has no
    point, the service fails, or no two places have a way.
    """
    problems = [
        Problem(code="place_without_point", pointer=f"/places/{number}/point", value=place.id)
        for number, place in enumerate(instance.places)
        if place.point is None
    ]
    if urlsplit(settings.url).scheme not in ("http", "https"):
        problems.append(
            Problem(code="road_url", pointer="/settings/travel/url", value=settings.url)
        )
    if problems:
        raise InputError(problems)
    points = [place.point for place in instance.places if place.point]
    path = ";".join(f"{point.longitude:.6f},{point.latitude:.6f}" for point in points)
    elsewhere = ~np.eye(len(points), dtype=bool)
    ticks = np.zeros((len(MODES), len(points), len(points)), dtype=np.int32)
    metres = np.zeros((len(points), len(points)), dtype=np.int32)
    no_way = np.zeros_like(ticks, dtype=bool)
    for number, mode in enumerate(MODES):
        url = f"{settings.url.rstrip('/')}/table/v1/{_PROFILES[mode]}/{path}"
        answer = _table(f"{url}?annotations=duration,distance")
        minutes = np.array(answer["durations"], dtype=float) / 60
        minutes += settings.parking_minutes[mode] * elsewhere
        no_way[number] = np.isnan(minutes) & elsewhere
        minutes = np.nan_to_num(minutes)
        ways = np.ceil(minutes * instance.horizon.ticks_per_minute - 1e-9)
        ticks[number] = np.minimum(ways, MOST_TICKS)
        if "distances" in answer:
            distances = np.array(answer["distances"], dtype=float)
            metres = np.rint(np.nan_to_num(distances)).astype(np.int32)
    if elsewhere.any() and no_way[:, elsewhere].all():
        raise InputError(
            [Problem(code="road_no_way", pointer="/settings/travel/url", value=settings.url[:200])]
        )
    index = {place.id: number for number, place in enumerate(instance.places)}
    return Travel(index, ticks, metres, no_way if no_way.any() else None)


def _table(url: str) -> dict[str, Any]:
    try:
        with urlopen(url, timeout=_TIMEOUT_SECONDS) as answer:
            table: dict[str, Any] = json.load(answer)
    except (URLError, OSError, ValueError) as error:
        raise InputError(
            [Problem(code="road_service", pointer="/settings/travel/url", value=str(error)[:200])]
        ) from None
    rows = table.get("durations") if isinstance(table, dict) else None
    if not rows:
        raise InputError(
            [Problem(code="road_service", pointer="/settings/travel/url", value=str(table)[:200])]
        )
    return table
