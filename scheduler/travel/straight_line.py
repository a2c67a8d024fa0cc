"""Travel as the crow flies, times a detour: exact enough inside a sub-district, and needs no map."""

import numpy as np
from numpy.typing import NDArray

from scheduler.model.instance import Instance
from scheduler.model.settings import StraightLine
from scheduler.travel.base import MODES, MOST_TICKS, Travel

_METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km


def straight_line(instance: Instance, settings: StraightLine) -> Travel:
    """Whole ticks, rounded up.

    A way is the one that somebody timed; else, where an end has no point, the default by area, without
    metres; else as the crow flies.
    """
    index = {place.id: number for number, place in enumerate(instance.places)}
    metres = _metres(instance) * settings.detour
    ways = _default_minutes(instance, settings)
    blind = np.isnan(metres)
    metres = np.nan_to_num(metres)
    elsewhere = metres > 0.5
    ticks = np.zeros((len(MODES), len(index), len(index)), dtype=np.int32)
    no_way = np.zeros_like(ticks, dtype=bool)
    for number, mode in enumerate(MODES):
        minutes = (
            metres / settings.metres_per_minute[mode] + settings.parking_minutes[mode] * elsewhere
        )
        minutes[blind] = ways[blind]
        for (start, end), timed in _timed(settings, index).items():
            no_way[number, start, end] = timed is None
            minutes[start, end] = timed or 0
        whole = np.ceil(minutes * instance.horizon.ticks_per_minute - 1e-9)
        ticks[number] = np.minimum(whole, MOST_TICKS)
    return Travel(index, ticks, np.rint(metres).astype(np.int32), no_way if no_way.any() else None)


def _metres(instance: Instance) -> NDArray[np.float64]:
    """Metres as the crow flies [from, to]; nan where one of two places has no point."""
    points = [place.point for place in instance.places]
    latitude = np.array([point.latitude if point else np.nan for point in points], dtype=float)
    longitude = np.array([point.longitude if point else np.nan for point in points], dtype=float)
    north = (latitude[:, None] - latitude[None, :]) * _METRES_PER_DEGREE
    shrink = np.cos(np.radians((latitude[:, None] + latitude[None, :]) / 2))
    east = (longitude[:, None] - longitude[None, :]) * _METRES_PER_DEGREE * shrink
    metres: NDArray[np.float64] = np.hypot(north, east)
    return metres


def _default_minutes(instance: Instance, settings: StraightLine) -> NDArray[np.float64]:
    """Minutes between places [from, to] of which one has no point; none from a place to itself."""
    numbers: dict[str | None, int] = {None: -1}
    for place in instance.places:
        numbers.setdefault(place.area, len(numbers))
    area = np.array([numbers[place.area] for place in instance.places], dtype=np.int64)
    together = (area[:, None] == area[None, :]) & (area >= 0)[:, None]
    minutes = np.where(together, settings.same_area_minutes, settings.other_area_minutes)
    minutes = minutes.astype(float)
    np.fill_diagonal(minutes, 0)
    return minutes


def _timed(settings: StraightLine, index: dict[str, int]) -> dict[tuple[int, int], int | None]:
    """Minutes by the indices of two different places; the way back as the way there where it is not given."""
    known = {
        (index[start], index[end]): minutes
        for start, ends in settings.known_minutes.items()
        for end, minutes in ends.items()
        if start in index and end in index and start != end
    }
    return {(end, start): minutes for (start, end), minutes in known.items()} | known
