"""What of an instance lies in the areas of an account, and what lies outside."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from scheduler.due import expand
from scheduler.model import Instance, Roster
from scheduler.model.tasks import tasks


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

    @property
    def around(self) -> frozenset[str]:
        """The areas, those below and those above them: what is done for one of these is done here too."""
        above = (self._instance.area_and_above(area) for area in self.areas)
        return frozenset().union(*above)

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


KINDS_OF_RECORDS = {
    "task": "tasks",
    "case": "cases",
    "household": "households",
    "duty": "duties",
    "place": "places",
    "person": "people",
}
"""By kind of id: which records of an instance have it."""
GROUPS = ("bundle", "tie")
"""Kinds of ids that stand in visits and shifts alone: what is done together."""


def lying_outside(
    week: Instance, areas: Collection[str], roster: Roster | None = None
) -> dict[str, set[str]]:
    """By kind of id, what lies outside some areas; people who work inside by the roster are seen."""
    within = Within(week, areas)
    inside = {task.id for task in tasks(week) if within.sees("tasks", task.id)}
    working = {part.person for part in roster.assignments if part.task in inside} if roster else ()
    found = {
        kind: {one for one in within.records(field) if not within.sees(field, one)}
        for kind, field in KINDS_OF_RECORDS.items()
    }
    found["person"] -= set(working)
    return found


def records_outside(weeks: Iterable[Instance], areas: Collection[str]) -> dict[str, set[str]]:
    """By list of an instance (visits, people …): ids of its records outside some areas, in any of the weeks."""
    found: dict[str, set[str]] = {}
    for week in weeks:
        for kind, ids in lying_outside(expand(week), areas).items():
            for field in ("visits", "shifts") if kind == "task" else (KINDS_OF_RECORDS[kind],):
                found.setdefault(field, set()).update(ids)
    return found
