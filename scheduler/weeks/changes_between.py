"""What happened between two states of one week, as changes; and what else the new state says otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.due import expand
from scheduler.model import InputError, Instance, Problem, Visit, Window
from scheduler.model.changes import (
    Absence,
    Cancel,
    Change,
    Changes,
    Closure,
    MoveWork,
    New,
    Presence,
    Windows,
)
from scheduler.model.presence import joined, presence

Spans = list[tuple[int, int]]
_NEW = ("places", "households", "people", "cases")
_TOLD = (
    "areas",
    "places",
    "people",
    "households",
    "duties",
    "cases",
    "visits",
    "shifts",
)
"""Lists whose records may differ in fields that are no change."""
_CHANGED_BY = {
    "people": {"availability", "leave"},
    "places": {"opening"},
    "visits": {"windows"},
    "shifts": {"start", "place"},
}
"""List → fields whose difference is a change of its own."""
_AS_A_WHOLE = ("title", "gaps", "pairs", "pins", "exceptions", "history", "settings")


@dataclass(frozen=True)
class TakenOver:
    """What the new week says otherwise and no change says: a record's fields, or a part of the week.

    list: of the week, such as ``people``; record: id, "" for the list or part as a whole
    """

    list: str
    record: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class WeekDifference:
    """How a week became another.

    base: the old week with what is taken over; changes: make the new week of it
    taken: what is taken over, in the order of the week
    """

    base: Instance
    changes: Changes
    taken: tuple[TakenOver, ...]


def changes_between(old: Instance, new: Instance) -> WeekDifference:
    """The changes that lead from a week to another state of it.

    New and cancelled work, people's absence and presence, closed places, moved shifts and visits'
    windows are changes; all else is taken over. new: as in its file, nothing due in it expanded.
    Raises InputError where the two are not of the same days.
    """
    if old.horizon != new.horizon:
        slots = {
            "expected": old.horizon.start.isoformat(),
            "count": str(old.horizon.days),
            "given": str(new.horizon.days),
        }
        value = new.horizon.start.isoformat()
        raise InputError([Problem(code="not_the_same_days", pointer="", value=value, slots=slots)])
    before = expand(old)
    base = expand(_base(before, new))
    after = expand(new)
    found = [
        *_new(base, new, before),
        *(Cancel(task=task) for task in base.task_by_id if task not in after.task_by_id),
        *_people(before, after),
        *_places(before, after),
        *_work(before, after),
    ]
    changes = Changes(horizon=old.horizon, changes=tuple(found))
    return WeekDifference(base, changes, tuple(_taken(before, after)))


def _base(old: Instance, new: Instance) -> Instance:
    """The new week with the old one's work, hours, opening and windows, and without what was added."""
    lists = {
        name: (
            *(
                _as_before(name, was[record.id], record)
                for record in getattr(new, name)
                if record.id in was or (name not in _CHANGED_BY and name not in _NEW)
            ),
            *(one for one in getattr(old, name) if one.id not in is_now),
        )
        for name in _TOLD
        for was in [{one.id: one for one in getattr(old, name)}]
        for is_now in [{one.id for one in getattr(new, name)}]
    }
    return new.changed(
        id=old.id, published=old.published, freeze=old.freeze, affected=old.affected, **lists
    )


def _as_before(name: str, old: Any, new: Any) -> Any:
    if name == "places":
        opening = old.opening
        if new.opening is None or opening is None:
            wider = new.opening if opening is not None else None
        else:
            spans = joined([(w.start, w.end) for w in (*opening, *new.opening)])
            same = spans == joined([(w.start, w.end) for w in opening])
            wider = opening if same else _windows(spans)
        return new.model_copy(update={"opening": wider})
    fields = _CHANGED_BY.get(name, ())
    return new.model_copy(update={field: getattr(old, field) for field in fields})


def _new(base: Instance, new: Instance, before: Instance) -> Iterator[Change]:
    """One batch of all that was added."""
    added: dict[str, Any] = {
        name: tuple(
            one
            for one in getattr(new, name)
            if one.id not in {known.id for known in getattr(before, name)}
        )
        for name in _NEW
    }
    for name in ("visits", "shifts"):
        records = getattr(new, name)
        added[name] = tuple(one for one in records if one.id not in base.task_by_id)
    if any(added.values()):
        yield New(**added)


def _people(old: Instance, new: Instance) -> Iterator[Change]:
    for person in old.people:
        now = new.person_by_id.get(person.id)
        was = presence(person)
        is_now = [] if now is None else presence(now)
        for start, end in _without(was, is_now):
            yield Absence(person=person.id, **{"from": start, "to": end})
        for start, end in _without(is_now, was):
            yield Presence(person=person.id, **{"from": start, "to": end})


def _places(old: Instance, new: Instance) -> Iterator[Change]:
    always = [(0, old.horizon.end)]
    for place in old.places:
        now = new.place_by_id.get(place.id)
        if now is None or now.opening is None or now.opening == place.opening:
            continue
        was = always if place.opening is None else [(w.start, w.end) for w in place.opening]
        is_now = [(w.start, w.end) for w in now.opening]
        for start, end in _without(joined(was), joined(is_now)):
            yield Closure(place=place.id, **{"from": start, "to": end})


def _work(old: Instance, new: Instance) -> Iterator[Change]:
    for id, task in old.task_by_id.items():
        now = new.task_by_id.get(id)
        if isinstance(task, Visit):
            if isinstance(now, Visit) and now.windows != task.windows:
                yield Windows(visit=id, windows=now.windows)
        elif now is not None and not isinstance(now, Visit):
            start = now.start if now.start != task.start else None
            place = now.place if now.place != task.place else None
            if (start, place) != (None, None):
                yield MoveWork(task=id, start=start, place=place)


def _taken(old: Instance, new: Instance) -> Iterator[TakenOver]:
    for name in _TOLD:
        was = {one.id: one for one in getattr(old, name)}
        for record in getattr(new, name):
            if record.id not in was:
                if name not in _CHANGED_BY and name not in _NEW:
                    yield TakenOver(name, record.id)
                continue
            fields = tuple(
                field
                for field in type(record).model_fields
                if field not in _CHANGED_BY.get(name, ())
                and getattr(record, field) != getattr(was[record.id], field)
            )
            if fields:
                yield TakenOver(name, record.id, fields)
    for name in _AS_A_WHOLE:
        was, is_now = getattr(old, name), getattr(new, name)
        if was != is_now:
            fields = type(was).model_fields if name == "settings" else ()
            changed = (field for field in fields if getattr(was, field) != getattr(is_now, field))
            yield TakenOver(name, fields=tuple(changed))


def _without(spans: Spans, away: Spans) -> Spans:
    """What is left of joined spans outside of others."""
    left = spans
    for first, last in away:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, first)), (max(start, last), end))
            if piece[0] < piece[1]
        ]
    return left


def _windows(spans: Iterable[tuple[int, int]]) -> tuple[Window, ...]:
    return tuple(Window.model_validate({"from": start, "to": end}) for start, end in spans)
