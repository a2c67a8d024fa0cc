"""When a person goes home within a working day: over a long pause in their presence."""

from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.model.presence import presence

if TYPE_CHECKING:
    from scheduler.model.instance import Instance

LONG_PAUSE_MINUTES = 4 * 60
"""A pause in somebody's presence over which they go home, unless settings say another."""


def later_spells(instance: "Instance", person: str) -> tuple[int, ...]:
    """Moments in order, ticks, at which somebody who has gone home comes again on the same working day.

    Only of people who have a start place and an end place, and where availability says anything.
    """
    record, setting = instance.person_by_id[person], instance.settings.rules.get("availability")
    pause = instance.settings.pause_at_home
    if pause is None:
        pause = LONG_PAUSE_MINUTES * instance.horizon.ticks_per_minute
    stations = record.start_place is not None and record.end_place is not None
    if not stations or not pause or (setting is not None and not setting.on):
        return ()
    day = instance.workdays.day
    return tuple(
        again
        for (here, gone), (again, _) in pairwise(presence(record))
        if 0 < again < instance.horizon.end
        and again - gone >= pause
        and day(person, here) == day(person, again)
    )
