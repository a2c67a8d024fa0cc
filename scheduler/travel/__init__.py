"""Minutes and metres between places: `travel(instance)` picks the kind that the settings name."""

from scheduler.model.instance import Instance
from scheduler.model.settings import Matrix, Roads
from scheduler.travel.base import Travel
from scheduler.travel.matrix import matrix
from scheduler.travel.road import road
from scheduler.travel.straight_line import straight_line

__all__ = ["Travel", "travel"]


def travel(instance: Instance) -> Travel:
    """Travel between all places of an instance, by its settings.

    Raises InputError where a place has no point, stands in no table, or the road server fails.
    """
    kind = instance.settings.travel
    if isinstance(kind, Matrix):
        return matrix(instance, kind)
    if isinstance(kind, Roads):
        return road(instance, kind)
    return straight_line(instance, kind)
