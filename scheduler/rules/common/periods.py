"""The planning period, which may be longer than the horizon: settings' ``period_end``; and calendar weeks."""

from collections.abc import Iterator

from scheduler.model import Instance, PastSums
from scheduler.model.workdays import EVE


def period_ends(instance: Instance) -> bool:
    """Whether the planning period ends with the horizon."""
    end = instance.settings.period_end
    return end is None or end <= instance.horizon.date(instance.horizon.days - 1)


def weeks(instance: Instance, person: str) -> Iterator[tuple[list[int], PastSums]]:
    """Working days of each calendar week, the eve among them, and what the week holds before them.

    The eve of a horizon that begins on a Monday is of the week before.
    """
    past, days_before = instance.past(person), list[int]()
    if instance.workdays.first(person) == EVE:
        if instance.horizon.monday < 0:
            days_before = [EVE]
        else:
            yield [EVE], past.week_before
    for days, before in past.weeks():
        yield [*days, *days_before], before
        days_before = []
