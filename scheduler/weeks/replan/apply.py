"""Changes applied to a week: the changed week, what remains of its roster, and what had to fall.

Whatever remains is published in the changed week, so that moving it has its price, and the freeze
holds it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from scheduler.due import expand
from scheduler.model import (
    Assignment,
    Case,
    InputError,
    Instance,
    Person,
    Place,
    Published,
    Roster,
    Shift,
    Visit,
    Window,
)
from scheduler.model.changes import (
    Absence,
    Cancel,
    Changes,
    Closure,
    New,
    Presence,
    Reopen,
    Windows,
)
from scheduler.weeks.replan.faults import faults_of_changes, faults_of_result
from scheduler.weeks.replan.remaining import what_remains

NEW = ("places", "households", "people", "visits", "shifts", "cases")
"""Lists that new work may add to, in the order in which they may name each other."""


@dataclass(frozen=True)
class ChangedWeek:
    """A week after its changes.

    instance: the changed week, everything due in it visits by now, `published` and `freeze` set
    remaining: the roster without what fell, as a start for a search
    fallen: assignments of the published roster that the changes forced out
    """

    instance: Instance
    remaining: Roster
    fallen: tuple[Assignment, ...]


def apply(instance: Instance, roster: Roster, changes: Changes) -> ChangedWeek:
    """The changed week of a published roster.

    Raises InputError with every fault of the changes: ids that the week does not have, and what
    makes the changed week unsound, at its place in the changes.
    """
    changed: Instance = expand(instance)
    if problems := list(faults_of_changes(changed, changes)):
        raise InputError(problems)
    for change in changes.changes:
        changed = _STEPS[type(change)](changed, change)
    changed = expand(changed)
    if problems := faults_of_result(changed, changes):
        raise InputError(problems)
    remaining, fallen = what_remains(changed, roster, changes)
    published = _published(instance, remaining, changes)
    pins = tuple(pin for pin in changed.pins if not _in_vain(pin, fallen))
    changed = changed.changed(published=published, freeze=changes.freeze, pins=pins)
    kept = roster.model_copy(
        update={"assignments": tuple(remaining), "score": None, "outcome": None, "figures": {}}
    )
    return ChangedWeek(changed, kept, tuple(fallen))


# One step for each kind of change.


def _new(instance: Instance, change: New) -> Instance:
    return instance.changed(
        **{name: (*getattr(instance, name), *getattr(change, name)) for name in NEW}
    )


def _cancel(instance: Instance, change: Cancel) -> Instance:
    gone = {change.task} if change.task is not None else set()
    cases = instance.cases
    if change.case is not None:
        gone |= {visit.id for visit in instance.visits if visit.case == change.case}
        cases = _replaced(cases, change.case, lambda _: {"sessions": 0})
    left = _without(instance, gone)
    # A duty or series without visits would fall due again: this week it is not wanted.
    cancelled = [visit for visit in instance.visits if visit.id in gone]
    duties = {visit.duty for visit in cancelled} - {visit.duty for visit in left.visits}
    series = {visit.case for visit in cancelled} - {visit.case for visit in left.visits}
    return left.changed(
        duties=tuple(duty for duty in instance.duties if duty.id not in duties),
        cases=tuple(
            one.model_copy(update={"sessions": 0}) if one.id in series else one for one in cases
        ),
    )


def _without(instance: Instance, gone: set[str]) -> Instance:
    """The instance without some tasks and all that ties others to them."""
    return instance.changed(
        visits=tuple(one for one in instance.visits if one.id not in gone),
        shifts=tuple(one for one in instance.shifts if one.id not in gone),
        gaps=tuple(one for one in instance.gaps if not gone & {one.first, one.second}),
        pins=tuple(one for one in instance.pins if one.task not in gone),
        published=tuple(one for one in instance.published if one.task not in gone),
    )


def _absence(instance: Instance, change: Absence) -> Instance:
    span = Window(start=change.start, end=change.end)
    people = _replaced(instance.people, change.person, lambda one: {"leave": (*one.leave, span)})
    return instance.changed(people=people)


def _presence(instance: Instance, change: Presence) -> Instance:
    span = Window(start=change.start, end=change.end)

    def there(one: Any) -> dict[str, Any]:
        leave = tuple(Window(start=a, end=b) for a, b in _outside(one.leave, span))
        return {"availability": (*one.availability, span), "leave": leave}

    return instance.changed(people=_replaced(instance.people, change.person, there))


def _closure(instance: Instance, change: Closure) -> Instance:
    span = Window(start=change.start, end=change.end)
    always = (Window(start=0, end=instance.horizon.end),)

    def closed(one: Any) -> dict[str, Any]:
        spans = always if one.opening is None else one.opening
        return {"opening": tuple(Window(start=a, end=b) for a, b in _outside(spans, span))}

    moved = instance.changed(places=_replaced(instance.places, change.place, closed))
    hit = [
        shift
        for shift in instance.shifts
        if shift.place == change.place
        and shift.start < change.end
        and shift.start + shift.duration > change.start
    ]
    if change.instead is None:
        return _without(moved, {shift.id for shift in hit})
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


def _windows(instance: Instance, change: Windows) -> Instance:
    visits = _replaced(instance.visits, change.visit, lambda _: {"windows": change.windows})
    return instance.changed(visits=visits)


def _reopen(instance: Instance, change: Reopen) -> Instance:
    old = next(visit for visit in instance.visits if visit.id == change.visit)
    known, number = instance.task_by_id, 2
    while f"{old.id}/{number}" in known:
        number += 1
    again = {
        "id": f"{old.id}/{number}",
        "windows": change.windows,
        "priority": change.priority or old.priority,
        "due": None,
        "bundle": None,
    }
    return instance.changed(visits=(*instance.visits, old.model_copy(update=again)))


_STEPS: dict[type, Callable[[Instance, Any], Instance]] = {
    New: _new,
    Cancel: _cancel,
    Absence: _absence,
    Presence: _presence,
    Closure: _closure,
    Windows: _windows,
    Reopen: _reopen,
}


Named = TypeVar("Named", Case, Person, Place, Shift, Visit)


def _replaced(
    records: tuple[Named, ...], id: str, update: Callable[[Named], dict[str, Any]]
) -> tuple[Named, ...]:
    return tuple(one.model_copy(update=update(one)) if one.id == id else one for one in records)


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


# What is published of it.


def _published(
    instance: Instance, remaining: list[Assignment], changes: Changes
) -> tuple[Published, ...]:
    """What people know of the roster that remains; promises made before still are."""
    promised = set(changes.promised) | {one.task for one in instance.published if one.promised}
    return tuple(
        Published(
            task=one.task,
            slot=one.slot,
            person=one.person,
            place=one.place,
            start=one.start,
            promised=one.task in promised,
        )
        for one in remaining
    )


def _in_vain(pin: Any, fallen: list[Assignment]) -> bool:
    """Whether a pin holds what a change has made impossible."""
    return any(
        one.task == pin.task
        and one.slot == pin.slot
        and not pin.absent
        and (pin.person is not None or pin.start is not None or pin.place is not None)
        for one in fallen
    )
