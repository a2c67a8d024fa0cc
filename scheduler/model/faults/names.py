"""Ids: given twice, left empty, or naming what is not there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.pointer import nearest, pointer, shortened

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class _Reference:
    kind: str
    id: str
    path: Path


_COLLECTIONS = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")


def names(instance: Instance, rules: Iterable[str] | None) -> Iterator[Problem]:
    """Duplicate and empty ids, then every reference to an id that is not there."""
    yield from _own(instance)
    known = _known(instance)
    if rules is not None:
        known["rule"] = set(rules)
    for one in _references(instance):
        if one.kind in known and one.id not in known[one.kind]:
            yield Problem(
                code=f"unknown_{one.kind}",
                pointer=pointer(*one.path),
                value=shortened(one.id),
                slots={"suggestion": nearest(one.id, sorted(known[one.kind]))},
            )


def _own(instance: Instance) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for collection in _COLLECTIONS:
        space = "tasks" if collection in ("visits", "shifts") else collection
        for number, record in enumerate(getattr(instance, collection)):
            at = pointer(collection, number, "id")
            if not record.id.strip():
                yield Problem(code="empty_id", pointer=at, value=record.id)
            elif (space, record.id) in first:
                yield Problem(
                    code="duplicate_id",
                    pointer=at,
                    value=shortened(record.id),
                    slots={"first": first[space, record.id]},
                )
            first.setdefault((space, record.id), at)


def _known(instance: Instance) -> dict[str, set[str]]:
    visits = {visit.id for visit in instance.visits}
    return {
        "area": {area.id for area in instance.areas},
        "place": {place.id for place in instance.places},
        "person": {person.id for person in instance.people},
        "household": {household.id for household in instance.households},
        "duty": {duty.id for duty in instance.duties},
        "case": {case.id for case in instance.cases},
        "visit": visits,
        "task": visits | {shift.id for shift in instance.shifts},
    }


def _references(instance: Instance) -> Iterator[_Reference]:
    """Every id that stands for another record, in the order of the instance."""
    for index, area in enumerate(instance.areas):
        yield from _one("area", area.parent, "areas", index, "parent")
    for index, place in enumerate(instance.places):
        yield from _one("area", place.area, "places", index, "area")
    yield from _of_people(instance)
    for index, household in enumerate(instance.households):
        yield from _one("place", household.place, "households", index, "place")
        yield from _all("person", household.known_people, "households", index, "known_people")
        for person in household.ratings:
            yield _Reference("person", person, ("households", index, "ratings", person))
    for index, duty in enumerate(instance.duties):
        yield from _one("household", duty.household, "duties", index, "household")
        yield from _one("person", duty.person, "duties", index, "person")
    for index, case in enumerate(instance.cases):
        yield from _one("household", case.household, "cases", index, "household")
        yield from _one("person", case.person, "cases", index, "person")
        yield from _all("place", case.places, "cases", index, "places")
    yield from _of_tasks(instance)
    for person in instance.history:
        yield _Reference("person", person, ("history", person))
    for rule in instance.settings.rules:
        yield _Reference("rule", rule, ("settings", "rules", rule))


def _of_people(instance: Instance) -> Iterator[_Reference]:
    for index, person in enumerate(instance.people):
        at = ("people", index)
        yield from _all("area", person.areas, *at, "areas")
        yield from _one("place", person.start_place, *at, "start_place")
        yield from _one("place", person.end_place, *at, "end_place")
        yield from _one("place", person.home, *at, "home")
        yield from _all("household", person.kin, *at, "kin")
        for number, wish in enumerate(person.wishes):
            yield from _one("place", wish.place, *at, "wishes", number, "place")


def _of_tasks(instance: Instance) -> Iterator[_Reference]:
    for index, visit in enumerate(instance.visits):
        at = ("visits", index)
        yield from _all("place", visit.places, *at, "places")
        yield from _one("household", visit.household, *at, "household")
        yield from _one("case", visit.case, *at, "case")
        yield from _one("duty", visit.duty, *at, "duty")
        yield from _all("person", visit.preferred, *at, "preferred")
        yield from _all("person", visit.excluded, *at, "excluded")
        for number, slot in enumerate(visit.slots):
            yield from _all("person", slot.people or (), *at, "slots", number, "people")
    for index, shift in enumerate(instance.shifts):
        yield from _one("place", shift.place, "shifts", index, "place")
    for index, gap in enumerate(instance.gaps):
        yield from _one("visit", gap.first, "gaps", index, "first")
        yield from _one("visit", gap.second, "gaps", index, "second")
    for index, pin in enumerate(instance.pins):
        yield from _one("task", pin.task, "pins", index, "task")
        yield from _one("person", pin.person, "pins", index, "person")
        yield from _one("place", pin.place, "pins", index, "place")
    for index, told in enumerate(instance.published):
        yield from _one("task", told.task, "published", index, "task")
        yield from _one("person", told.person, "published", index, "person")
        yield from _one("place", told.place, "published", index, "place")


def _one(kind: str, id: str | None, *path: str | int) -> Iterator[_Reference]:
    if id is not None:
        yield _Reference(kind, id, path)


def _all(kind: str, ids: Iterable[str], *path: str | int) -> Iterator[_Reference]:
    for number, id in enumerate(ids):
        yield _Reference(kind, id, (*path, number))
