"""What a search keeps of what was changed by hand: it is pinned, and whom it took off does not come back.

Who was taken off a visit is excluded from it; who was taken off a shift has leave while it lasts,
unless there is other work for them then.
"""

from collections.abc import Collection
from dataclasses import replace

from scheduler.model import Assignment, Instance, Person, Shift, Visit, Window
from scheduler.model.changes import Unassign
from scheduler.weeks.replan.apply import ChangedWeek
from scheduler.weeks.replan.by_hand import pin_of


def held_by_hand(week: ChangedWeek) -> ChangedWeek:
    """The week as a search may change it: the work that changes by hand gave or moved is pinned in it."""
    if not week.touches:
        return week
    placed = {(part.task, part.slot) for touch in week.touches for part in touch.added}
    return replace(week, instance=held(week, placed, _taken_off(week)))


def held(
    week: ChangedWeek, placed: Collection[tuple[str, int]], taken_off: Collection[tuple[str, str]]
) -> Instance:
    """The changed instance, in which what was decided by hand is held as it remains.

    placed: (task, slot) that was filled by hand; taken_off: (task, person) of whom it was taken from,
    unless they are on it again
    """
    parts = [part for part in week.remaining.assignments if (part.task, part.slot) in placed]
    settled = {(part.task, part.slot) for part in parts}
    pins = [pin for pin in week.instance.pins if (pin.task, pin.slot) not in settled]
    instance = week.instance.changed(pins=(*pins, *map(pin_of, parts)))
    again = {(part.task, part.person) for part in week.remaining.assignments}
    for task, person in sorted(set(taken_off) - again):
        if task in instance.task_by_id and person in instance.person_by_id:
            known = instance.task_by_id[task]
            instance = _without(instance, week.remaining.assignments, known, person)
    return instance


def _taken_off(week: ChangedWeek) -> set[tuple[str, str]]:
    """(task, person) of everybody who was taken off a task."""
    return {
        (touch.change.task, person)
        for touch in week.touches
        if isinstance(touch.change, Unassign)
        for person in touch.people
    }


def _without(
    instance: Instance, parts: tuple[Assignment, ...], task: Visit | Shift, person: str
) -> Instance:
    if isinstance(task, Visit):
        more = task.model_copy(update={"excluded": (*task.excluded, person)})
        visits = tuple(more if visit.id == task.id else visit for visit in instance.visits)
        return instance.changed(visits=visits)
    end = task.start + task.duration
    if any(part.person == person and part.start < end and part.end > task.start for part in parts):
        return instance
    away = Window.model_validate({"from": task.start, "to": end})

    def left(record: Person) -> Person:
        leave = {"leave": (*record.leave, away)}
        return record.model_copy(update=leave) if record.id == person else record

    return instance.changed(people=tuple(map(left, instance.people)))
