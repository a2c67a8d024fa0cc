"""What of a person's eve lies before the horizon (see ``model/workdays.py``)."""

from itertools import pairwise
from typing import NamedTuple

from scheduler.model import Instance
from scheduler.model.workdays import EVE
from scheduler.travel import Travel


class EveWork(NamedTuple):
    """What a working day holds before the horizon."""

    work: int = 0
    """Ticks of stops, and of the ways to and between them where settings count travel."""
    tasks: int = 0


def eve_work(instance: Instance, table: Travel, person: str, day: int) -> EveWork:
    """What of a person's working day lies before the horizon: of the eve the stops told, of others nothing.

    Ways count where the places are known.
    """
    if day != EVE:
        return EveWork()
    stops, record = instance.past(person).by_day[EVE], instance.person_by_id[person]
    ticks = sum(stop.end - stop.start for stop in stops)
    if instance.settings.travel_counts:
        ways = pairwise([record.start_place, *(stop.place for stop in stops)])
        known = [(start, end) for start, end in ways if start is not None and end is not None]
        ticks += sum(table.between(record.mode, start, end) for start, end in known)
    return EveWork(ticks, len(stops))
