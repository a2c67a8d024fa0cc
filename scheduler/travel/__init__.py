"""Minutes and metres between places: `travel(instance)` picks the kind that the settings name."""

from scheduler.model.instance import Instance
from scheduler.model.settings import Matrix, Roads
from scheduler.travel.base import Travel
from scheduler.travel.matrix import matrix
from scheduler.travel.straight_line import straight_line

__all__ = ["NEEDS", "Travel", "travel"]

NEEDS = frozenset({"horizon", "places", "settings"})
"""The fields of an instance that travel is made from."""


def travel(instance: Instance) -> Travel:
    """Travel between all places of an instance, by its settings.

    Raises InputError where a place stands in no table, or has no point for a road server, or the installation has none of the name, or that fails.
    """
    settings = instance.settings.travel
    if isinstance(settings, Matrix):
        return matrix(instance, settings)
    if isinstance(settings, Roads):
        from scheduler.travel.road import road  # late: brings what asks a server

        return road(instance, settings)
    return straight_line(instance, settings)
