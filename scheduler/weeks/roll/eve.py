"""Until when the last working day of the past week goes on in the week that follows.

The following week by itself sees only the stops that its history tells, and not what else could have
been done on that evening. So what both weeks together say is told where it differs.
"""

from collections.abc import Iterator

from scheduler.model import Instance, Shift, Visit, Window
from scheduler.model.presence import joined
from scheduler.model.workdays import Workdays
from scheduler.weeks.roll.past import PastWeek


def with_days_until(past: PastWeek, rolled: Instance) -> Instance:
    """The rolled instance, with `day_until` in the history of those whom it matters for."""
    history = dict(rolled.history)
    together = _together(past, rolled)
    for person, told in rolled.history.items():
        if past.days - 1 not in past.facts.by_day[person]:
            continue
        until = together.begins(person)[past.days] - past.ticks
        told_so = rolled.workdays.told({person: until})
        if told_so.begins(person)[0] != rolled.workdays.begins(person)[0]:
            history[person] = told.model_copy(update={"day_until": until})
    return rolled.changed(history=history)


def _together(past: PastWeek, rolled: Instance) -> Workdays:
    """The working days of both weeks as one horizon, which begins with the past one."""
    setting = rolled.settings.rules.get("availability")
    return Workdays(
        {person.id: _there_in_both(past, rolled, person.id) for person in rolled.people},
        [*past.instance.visits, *past.instance.shifts, *_moved(past, rolled)],
        past.days + rolled.horizon.days,
        rolled.horizon.ticks_per_minute,
        always_present=setting is not None and not setting.on,
        before={},
        until={},
    )


def _there_in_both(past: PastWeek, rolled: Instance, person: str) -> list[tuple[int, int]]:
    """When a person is there, of both weeks together."""
    known = person in past.instance.person_by_id
    before = past.instance.presence(person) if known else []
    later = rolled.presence(person)
    return joined([*before, *((start + past.ticks, end + past.ticks) for start, end in later)])


def _moved(past: PastWeek, rolled: Instance) -> Iterator[Visit | Shift]:
    """The following week's tasks, in the moments of the past week."""
    for shift in rolled.shifts:
        yield shift.model_copy(update={"start": shift.start + past.ticks})
    for visit in rolled.visits:
        windows = tuple(_later(past, window) for window in visit.windows)
        yield visit.model_copy(update={"windows": windows})


def _later(past: PastWeek, span: Window) -> Window:
    return Window(start=span.start + past.ticks, end=span.end + past.ticks)
