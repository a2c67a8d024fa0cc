"""Ids: given twice, left empty, or naming a record that is not there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.pointer import Words, nearest, pointer, shortened

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class _Reference:
    kind: str
    id: str
    path: Path


_COLLECTIONS = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")


def names(instance: Instance, rules: Iterable[str] | None) -> Iterator[Problem]:
    """Duplicate and empty ids, then every reference to an id that is not there."""
    yield from _duplicates(instance)
    ids_by_kind = _ids_by_kind(instance)
    if rules is not None:
        ids_by_kind["rule"] = set(rules)
    words: dict[str, Words] = {}
    for reference in _references(instance):
        if reference.kind in ids_by_kind and reference.id not in ids_by_kind[reference.kind]:
            if reference.kind not in words:
                words[reference.kind] = Words(ids_by_kind[reference.kind])
            yield Problem(
                code=f"unknown_{reference.kind}",
                pointer=pointer(*reference.path),
                value=shortened(reference.id),
                slots={"suggestion": nearest(reference.id, words[reference.kind])},
            )


def _duplicates(instance: Instance) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for collection in _COLLECTIONS:
        space = "tasks" if collection in ("visits", "shifts") else collection
        for number, record in enumerate(getattr(instance, collection)):
            path = pointer(collection, number, "id")
            if not record.id.strip():
                yield Problem(code="empty_id", pointer=path, value=record.id)
            elif (space, record.id) in first:
                yield Problem(
                    code="duplicate_id",
                    pointer=path,
                    value=shortened(record.id),
                    slots={"first": first[space, record.id]},
                )
            first.setdefault((space, record.id), path)


def _ids_by_kind(instance: Instance) -> dict[str, set[str]]:
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
        yield from _single("area", area.parent, "areas", index, "parent")
    for index, place in enumerate(instance.places):
        yield from _single("area", place.area, "places", index, "area")
    yield from _of_people(instance)
    for index, household in enumerate(instance.households):
        yield from _single("place", household.place, "households", index, "place")
        yield from _several("person", household.known_people, "households", index, "known_people")
        for person in household.ratings:
            yield _Reference("person", person, ("households", index, "ratings", person))
    for index, duty in enumerate(instance.duties):
        yield from _single("household", duty.household, "duties", index, "household")
        yield from _single("person", duty.person, "duties", index, "person")
    for index, case in enumerate(instance.cases):
        yield from _single("household", case.household, "cases", index, "household")
        yield from _single("person", case.person, "cases", index, "person")
        yield from _several("place", case.places, "cases", index, "places")
    yield from _of_tasks(instance)
    for person, past in instance.history.items():
        yield _Reference("person", person, ("history", person))
        for number, stop in enumerate(past.stops):
            yield from _single("place", stop.place, "history", person, "stops", number, "place")
    for rule in instance.settings.rules:
        yield _Reference("rule", rule, ("settings", "rules", rule))


def _of_people(instance: Instance) -> Iterator[_Reference]:
    for index, person in enumerate(instance.people):
        at = ("people", index)
        yield from _several("area", person.areas, *at, "areas")
        yield from _single("place", person.start_place, *at, "start_place")
        yield from _single("place", person.end_place, *at, "end_place")
        yield from _single("place", person.home, *at, "home")
        yield from _several("household", person.kin, *at, "kin")
        for number, wish in enumerate(person.wishes):
            yield from _single("place", wish.place, *at, "wishes", number, "place")


def _of_tasks(instance: Instance) -> Iterator[_Reference]:
    for index, visit in enumerate(instance.visits):
        at = ("visits", index)
        yield from _several("place", visit.places, *at, "places")
        yield from _single("household", visit.household, *at, "household")
        yield from _single("case", visit.case, *at, "case")
        yield from _single("duty", visit.duty, *at, "duty")
        yield from _several("person", visit.preferred, *at, "preferred")
        yield from _several("person", visit.excluded, *at, "excluded")
        for number, slot in enumerate(visit.slots):
            yield from _several("person", slot.people or (), *at, "slots", number, "people")
    for index, shift in enumerate(instance.shifts):
        yield from _single("place", shift.place, "shifts", index, "place")
        yield from _single("case", shift.case, "shifts", index, "case")
    for index, gap in enumerate(instance.gaps):
        yield from _single("visit", gap.first, "gaps", index, "first")
        yield from _single("visit", gap.second, "gaps", index, "second")
    for index, pair in enumerate(instance.pairs):
        yield from _several("person", pair.people, "pairs", index, "people")
    for index, pin in enumerate(instance.pins):
        yield from _single("task", pin.task, "pins", index, "task")
        yield from _single("person", pin.person, "pins", index, "person")
        yield from _single("place", pin.place, "pins", index, "place")
    for index, exempt in enumerate(instance.exceptions):
        yield from _single("rule", exempt.rule, "exceptions", index, "rule")
        yield from _single("task", exempt.task, "exceptions", index, "task")
        yield from _single("person", exempt.person, "exceptions", index, "person")
        yield from _single("place", exempt.place, "exceptions", index, "place")
    for index, person in enumerate(instance.affected):
        yield from _single("person", person, "affected", index)
    for index, part in enumerate(instance.published):
        yield from _single("task", part.task, "published", index, "task")
        yield from _single("person", part.person, "published", index, "person")
        yield from _single("place", part.place, "published", index, "place")


def _single(kind: str, id: str | None, *path: str | int) -> Iterator[_Reference]:
    if id is not None:
        yield _Reference(kind, id, path)


def _several(kind: str, ids: Iterable[str], *path: str | int) -> Iterator[_Reference]:
    for number, id in enumerate(ids):
        yield _Reference(kind, id, (*path, number))
