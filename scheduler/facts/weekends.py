"""Weekends as the planning period counts them."""

from scheduler.model import Instance


def uncounted_weekends(instance: Instance, person: str) -> list[list[int]]:
    """Days of each weekend of the horizon that the history has not counted.

    A Sunday on which the horizon begins belongs to the weekend of the Saturday before: where that was
    worked, the history has counted it.
    """
    weekends = instance.horizon.weekends()
    sunday_first = instance.horizon.start.isoweekday() == 7
    return weekends[1:] if sunday_first and instance.past(person).run_on else weekends
