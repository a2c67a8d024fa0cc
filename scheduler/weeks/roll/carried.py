"""One-off visits that were not done and are carried into the following week.

A visit comes at the days that are left of its windows, or, where none is, at its old weekdays and
hours. Visits of duties and series are not carried: they fall due again by themselves.
"""

from scheduler.model import Visit, Window
from scheduler.weeks.roll.past import PastWeek


def carried_visits(past: PastWeek) -> list[Visit]:
    """Visits that are still wanted and that the following week does not have, moved into it."""
    return [
        _moved(past, visit)
        for visit in past.instance.visits
        if visit.id not in past.done
        and visit.duty is None
        and not (visit.case and past.instance.case_by_id[visit.case].sessions)
        and visit.id not in past.following.task_by_id
        and _can_be_named(past, visit)
    ]


def _can_be_named(past: PastWeek, visit: Visit) -> bool:
    """Whether the following week has every person, place, household and case that the visit names."""
    following = past.following
    people = {*visit.preferred, *visit.excluded}
    people.update(person for slot in visit.slots for person in slot.people or ())
    return (
        people <= following.person_by_id.keys()
        and set(visit.places) <= following.place_by_id.keys()
        and (visit.household is None or visit.household in following.household_by_id)
        and (visit.case is None or visit.case in following.case_by_id)
    )


def _moved(past: PastWeek, visit: Visit) -> Visit:
    weeks = -(-past.instance.horizon.days // 7) * 7
    end = past.following.horizon.end
    windows = (
        _inside(_shifted(visit, past.ticks), end)
        or _inside(_shifted(visit, past.ticks - weeks * past.instance.horizon.day_ticks), end)
        or (Window(start=0, end=end),)
    )
    due = None if visit.due is None else visit.due - past.ticks
    return visit.model_copy(update={"windows": windows, "due": due, "bundle": None, "tie": None})


def _shifted(visit: Visit, ticks: int) -> list[Window]:
    return [
        window.model_copy(
            update={
                "start": window.start - ticks,
                "end": window.end - ticks,
                "due": None if window.due is None else window.due - ticks,
            }
        )
        for window in visit.windows
    ]


def _inside(windows: list[Window], end: int) -> tuple[Window, ...]:
    """The parts of windows from 0 to `end`."""
    return tuple(
        window.model_copy(update={"start": max(0, window.start), "end": min(window.end, end)})
        for window in windows
        if window.end > 0 and window.start < end
    )
