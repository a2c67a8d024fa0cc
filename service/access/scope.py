"""What of an instance lies in the areas of an account, and that it changes nothing else.

An account with areas sees the instances that have one of them (`service.store.areas`). It changes
what lies in them and below; what belongs to a whole instance, such as its settings, only where all
of it lies there.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from scheduler.model import Instance
from scheduler.model.changes import Assign, Changes, Lock, New, Unassign
from scheduler.weeks.replan import ChangedWeek
from scheduler.weeks.replan.by_hand import pin_of
from service.access.caller import Caller
from service.problems import ServiceError

MOST_NAMED = 5
"""A refusal names so many things that lie outside."""
_BY_ID = ("places", "people", "households", "duties", "cases", "visits", "shifts")
_FREE = ("id", "title", "published", "freeze", "affected")
"""What a change of an instance may change for everybody: its name, and what a re-plan notes in it."""
_NAMES = {
    "task": "tasks",
    "visit": "tasks",
    "person": "people",
    "first": "people",
    "second": "people",
    "case": "cases",
    "place": "places",
    "instead": "places",
    "other": "tasks",
}
"""Which records the fields of a change name."""


class Within:
    """What of an instance lies in some areas and below them.

    A record that lies in several areas is seen from each, and changed only from where all of it
    lies. People without areas work anywhere and are seen from everywhere.
    """

    def __init__(self, instance: Instance, areas: Collection[str]):
        self._instance = instance
        self._records: dict[str, dict[str, Any]] = {}
        self.areas = frozenset(
            area.id
            for area in instance.areas
            if not frozenset(areas).isdisjoint(instance.area_and_above(area.id))
        )
        """The areas and those below them, as far as the instance has them."""

    @property
    def whole(self) -> bool:
        """Whether all of the instance lies in the areas; its people without areas then do so too."""
        return all(place.area in self.areas for place in self._instance.places) and all(
            not person.areas or not self.areas.isdisjoint(person.areas)
            for person in self._instance.people
        )

    def sees(self, kind: str, id: str) -> bool:
        """Whether a record is seen. kind: a field of the instance, or tasks for visits and shifts."""
        areas = self._areas(kind, id)
        return not self.areas.isdisjoint(areas) or (kind == "people" and not areas)

    def changes(self, kind: str, id: str) -> bool:
        """Whether a record may be changed, as `sees` names it; one that the instance does not have may."""
        if id not in self.records(kind):
            return True
        areas = self._areas(kind, id)
        return bool(areas) and self.areas.issuperset(areas)

    def records(self, kind: str) -> dict[str, Any]:
        """The records of a kind by id."""
        if kind not in self._records:
            tasks = kind == "tasks"
            records = () if tasks else getattr(self._instance, kind)
            self._records[kind] = (
                dict(self._instance.task_by_id) if tasks else {one.id: one for one in records}
            )
        return self._records[kind]

    def _areas(self, kind: str, id: str) -> set[str | None]:
        """The areas in which a record lies; None for a place without one."""
        return set(_areas_of(self._instance, kind, self.records(kind)[id]))


def _areas_of(instance: Instance, kind: str, record: Any) -> Iterator[str | None]:
    if kind == "people":
        yield from record.areas
    elif kind == "places":
        yield record.area
    else:
        for place in _places_of(instance, record):
            known = instance.place_by_id.get(place)
            yield None if known is None else known.area


def _places_of(instance: Instance, record: Any) -> Iterator[str]:
    if (place := getattr(record, "place", None)) is not None:
        yield place
    yield from getattr(record, "places", ())
    if (household := getattr(record, "household", None)) is not None:
        known = instance.household_by_id.get(household)
        yield household if known is None else known.place


def _areas(caller: Caller | None) -> frozenset[str] | None:
    if caller is None:
        raise ServiceError("sign_in_needed")
    return caller.areas


def ensure_inside(caller: Caller | None, parent: str | None, after: Instance) -> None:
    """Refuse an instance that changes, or where it is the first of a line holds, what lies outside.

    parent: JSON of the instance that it was changed from. Raises ServiceError.
    """
    areas = _areas(caller)
    if areas is None:
        return
    before = None if parent is None else Instance.model_validate_json(parent)
    new = Within(after, areas)
    old = None if before is None else Within(before, areas)
    if new.whole and (old is None or old.whole):
        return
    if before is None or old is None:
        found = [place.id for place in after.places if not new.changes("places", place.id)]
        found += [person.id for person in after.people if not new.sees("people", person.id)]
    else:
        found = list(_changed_outside(before, old, after, new))
    _refuse(found)


def _changed_outside(before: Instance, old: Within, after: Instance, new: Within) -> Iterator[str]:
    for kind in _BY_ID:
        was, now = old.records(kind), new.records(kind)
        for id in sorted(was.keys() | now.keys()):
            same = was.get(id) == now.get(id)
            if not (same or (old.changes(kind, id) and new.changes(kind, id))):
                yield id
    tied = ("pins", "exceptions")
    for kind in tied:
        changed = set(map(repr, getattr(before, kind))) ^ set(map(repr, getattr(after, kind)))
        for record in (*getattr(before, kind), *getattr(after, kind)):
            if repr(record) in changed and not old.changes("tasks", record.task):
                yield record.task
    for name in Instance.model_fields.keys() - {*_BY_ID, *tied, *_FREE}:
        if getattr(before, name) != getattr(after, name):
            yield name


def ensure_whole(caller: Caller | None, instance: Instance) -> None:
    """Refuse what concerns a whole instance, such as a search, where part of it lies outside."""
    ensure_inside(caller, None, instance)


def ensure_changes_inside(caller: Caller | None, instance: Instance, changes: Changes) -> None:
    """Refuse changes of a published roster that name what lies outside. Raises ServiceError."""
    areas = _areas(caller)
    if areas is None:
        return
    within = Within(instance, areas)
    if not within.whole:
        _refuse(list(_named_outside(within, instance, changes)))


def _named_outside(within: Within, instance: Instance, changes: Changes) -> Iterator[str]:
    for change in changes.changes:
        if isinstance(change, Lock):
            yield change.kind
        elif isinstance(change, New):
            more = _with_new(instance, change)
            grown = Within(more, within.areas)
            for kind in ("places", "people", "households", "cases", "visits", "shifts"):
                for record in getattr(change, kind):
                    if not grown.changes(kind, record.id):
                        yield record.id
        else:
            used = isinstance(change, Assign | Unassign)  # somebody from everywhere may work here
            for field, kind in _NAMES.items():
                id = getattr(change, field, None)
                may = within.sees if used and kind == "people" else within.changes
                if id is not None and id in within.records(kind) and not may(kind, id):
                    yield id


def _with_new(instance: Instance, new: New) -> Instance:
    kinds = ("places", "people", "households", "cases", "visits", "shifts")
    return instance.changed(
        **{kind: (*getattr(instance, kind), *getattr(new, kind)) for kind in kinds}
    )


def _refuse(found: Iterable[str]) -> None:
    names = list(dict.fromkeys(found))
    if names:
        more = ["…"] if len(names) > MOST_NAMED else []
        raise ServiceError("outside_areas", found=", ".join([*names[:MOST_NAMED], *more]))


def held_outside(caller: Caller | None, week: ChangedWeek) -> ChangedWeek:
    """The week as a search for this caller may change it: what lies outside is pinned as it is."""
    areas = _areas(caller)
    if areas is None:
        return week
    within = Within(week.instance, areas)
    if within.whole:
        return week
    parts = [part for part in week.remaining.assignments if not within.changes("tasks", part.task)]
    settled = {(part.task, part.slot) for part in parts}
    pins = [pin for pin in week.instance.pins if (pin.task, pin.slot) not in settled]
    return replace(week, instance=week.instance.changed(pins=(*pins, *map(pin_of, parts))))
