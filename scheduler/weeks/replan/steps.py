"""One step for each kind of change: what it makes of the week, but for work that has begun."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from scheduler.model import Case, Instance, Person, Place, Shift, Visit, Window
from scheduler.model.changes import (
    Absence,
    Cancel,
    Change,
    Closure,
    New,
    Presence,
    Reopen,
    Windows,
)
from scheduler.model.tasks import tasks as tasks_of
from scheduler.weeks.replan.begun import Begun
from scheduler.weeks.replan.faults import NEW


def changed_by(instance: Instance, change: Change, begun: Begun) -> Instance:
    """The instance after one change; changes by hand change the roster (see ``by_hand.py``).

    What has begun it leaves as it is.
    """
    step = _STEPS.get(type(change))
    return instance if step is None else step(instance, change, begun)


def _new(instance: Instance, change: New, _: Begun) -> Instance:
    return instance.changed(
        **{name: (*getattr(instance, name), *getattr(change, name)) for name in NEW}
    )


def _cancel(instance: Instance, change: Cancel, begun: Begun) -> Instance:
    gone = {change.task} if change.task is not None else set()
    cases = instance.cases
    if change.case is not None:
        gone |= {task.id for task in tasks_of(instance) if task.case == change.case}
        cases = _replaced(cases, change.case, lambda _: {"sessions": 0})
    gone -= begun.tasks
    left = without_tasks(instance, gone)
    # A duty or series without visits would fall due again: this week it is not wanted.
    cancelled = [visit for visit in instance.visits if visit.id in gone]
    duties = {visit.duty for visit in cancelled} - {visit.duty for visit in left.visits}
    series = {visit.case for visit in cancelled} - {visit.case for visit in left.visits}
    return left.changed(
        duties=tuple(duty for duty in instance.duties if duty.id not in duties),
        cases=tuple(
            case.model_copy(update={"sessions": 0}) if case.id in series else case for case in cases
        ),
    )


def without_tasks(instance: Instance, gone: set[str]) -> Instance:
    """The instance without some tasks and the gaps, pins, exceptions and published parts about them."""
    return instance.changed(
        visits=tuple(visit for visit in instance.visits if visit.id not in gone),
        shifts=tuple(shift for shift in instance.shifts if shift.id not in gone),
        gaps=tuple(gap for gap in instance.gaps if not gone & {gap.first, gap.second}),
        pins=tuple(pin for pin in instance.pins if pin.task not in gone),
        exceptions=tuple(one for one in instance.exceptions if one.task not in gone),
        published=tuple(part for part in instance.published if part.task not in gone),
    )


def _absence(instance: Instance, change: Absence, begun: Begun) -> Instance:
    start = begun.over(begun.of_person(change))
    if start >= change.end:
        return instance
    span = Window(start=max(start, change.start), end=change.end)
    people = _replaced(
        instance.people, change.person, lambda person: {"leave": (*person.leave, span)}
    )
    return instance.changed(people=people)


def _presence(instance: Instance, change: Presence, _: Begun) -> Instance:
    span = Window(start=change.start, end=change.end)

    def present(person: Any) -> dict[str, Any]:
        leave = tuple(Window(start=a, end=b) for a, b in _outside(person.leave, span))
        return {"availability": (*person.availability, span), "leave": leave}

    return instance.changed(people=_replaced(instance.people, change.person, present))


def _closure(instance: Instance, change: Closure, begun: Begun) -> Instance:
    start = max(change.start, begun.over(begun.at_place(change)))
    span = Window(start=start, end=max(start, change.end))
    always = (Window(start=0, end=instance.horizon.end),)

    def closed(place: Any) -> dict[str, Any]:
        spans = always if place.opening is None else place.opening
        return {"opening": tuple(Window(start=a, end=b) for a, b in _outside(spans, span))}

    moved = instance.changed(places=_replaced(instance.places, change.place, closed))
    hit = [
        shift
        for shift in instance.shifts
        if shift.place == change.place
        and shift.id not in begun.tasks
        and shift.start < change.end
        and shift.start + shift.duration > change.start
    ]
    if change.instead is None:
        return without_tasks(moved, {shift.id for shift in hit})
    other = change.instead
    for shift in hit:
        moved = moved.changed(shifts=_replaced(moved.shifts, shift.id, lambda _: {"place": other}))
    return moved.changed(
        visits=tuple(
            visit.model_copy(update={"places": (*visit.places, other)})
            if change.place in visit.places and other not in visit.places
            else visit
            for visit in moved.visits
        )
    )


def _windows(instance: Instance, change: Windows, begun: Begun) -> Instance:
    if change.visit in begun.tasks:
        return instance
    visits = _replaced(instance.visits, change.visit, lambda _: {"windows": change.windows})
    return instance.changed(visits=visits)


def _reopen(instance: Instance, change: Reopen, _: Begun) -> Instance:
    old = next(visit for visit in instance.visits if visit.id == change.visit)
    tasks, number = instance.task_by_id, 2
    while f"{old.id}/{number}" in tasks:
        number += 1
    again = {
        "id": f"{old.id}/{number}",
        "windows": change.windows,
        "priority": change.priority or old.priority,
        "due": None,
        "bundle": None,
        "tie": None,
    }
    return instance.changed(visits=(*instance.visits, old.model_copy(update=again)))


_STEPS: dict[type, Callable[[Instance, Any, Begun], Instance]] = {
    New: _new,
    Cancel: _cancel,
    Absence: _absence,
    Presence: _presence,
    Closure: _closure,
    Windows: _windows,
    Reopen: _reopen,
}


Record = TypeVar("Record", Case, Person, Place, Shift, Visit)


def _replaced(
    records: tuple[Record, ...], id: str, update: Callable[[Record], dict[str, Any]]
) -> tuple[Record, ...]:
    return tuple(
        record.model_copy(update=update(record)) if record.id == id else record
        for record in records
    )


def _outside(spans: Iterable[Window], away: Window) -> list[tuple[int, int]]:
    """What is left of spans outside of `away`."""
    return [
        piece
        for span in spans
        for piece in (
            (span.start, min(span.end, away.start)),
            (max(span.start, away.end), span.end),
        )
        if piece[0] < piece[1]
    ]
