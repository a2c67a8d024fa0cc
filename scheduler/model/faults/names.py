"""Ids: given twice, left empty, or naming a record that is not there; and people of one name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from scheduler.model.errors import Problem, warning
from scheduler.model.instance import Instance
from scheduler.model.pointer import Words, nearest, pointer, shortened

Path = tuple[str | int, ...]
Ids = dict[str, set[str]]
"""Kind of record → the ids that there are."""

_COLLECTIONS = ("areas", "places", "people", "households", "duties", "cases", "visits", "shifts")


def names(instance: Instance, rules: Iterable[str] | None) -> Iterator[Problem]:
    """Duplicate and empty ids, people of one name, then every reference to an id that is not there."""
    yield from _duplicates(instance)
    yield from _namesakes(instance)
    ids_by_kind = _ids_by_kind(instance)
    if rules is not None:
        ids_by_kind["rule"] = set(rules)
    words: dict[str, Words] = {}
    for kind, id, path in _unknown(instance, ids_by_kind):
        if kind not in words:
            words[kind] = Words(ids_by_kind[kind])
        yield Problem(
            code=f"unknown_{kind}",
            pointer=pointer(*path),
            value=shortened(id),
            slots={"suggestion": nearest(id, words[kind])},
        )


def _duplicates(instance: Instance) -> Iterator[Problem]:
    first: dict[str, dict[str, Path]] = {}
    for collection in _COLLECTIONS:
        known = first.setdefault("tasks" if collection in ("visits", "shifts") else collection, {})
        for number, record in enumerate(getattr(instance, collection)):
            at = (collection, number, "id")
            earlier = known.setdefault(record.id, at)
            if not record.id.strip():
                yield Problem(code="empty_id", pointer=pointer(*at), value=record.id)
            elif earlier is not at:
                yield Problem(
                    code="duplicate_id",
                    pointer=pointer(*at),
                    value=shortened(record.id),
                    slots={"first": pointer(*earlier)},
                )


def _namesakes(instance: Instance) -> Iterator[Problem]:
    """A warning at the second of those who have one name: perhaps it is one person, entered twice."""
    count = Counter(person.name for person in instance.people if person.name)
    seen: Counter[str] = Counter()
    for number, person in enumerate(instance.people):
        seen[person.name] += 1
        if count[person.name] > 1 and seen[person.name] == 2:
            slots = {"count": str(count[person.name])}
            yield warning("same_name", ("people", number, "name"), person.name, slots)


def _ids_by_kind(instance: Instance) -> Ids:
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


_REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "areas": (("parent", "area"),),
    "places": (("area", "area"),),
    "people": (
        *(("areas", "area"), ("start_place", "place"), ("end_place", "place"), ("home", "place")),
        *(("kin", "household"), ("wishes.place", "place")),
    ),
    "households": (("place", "place"), ("known_people", "person"), ("ratings", "person")),
    "duties": (("household", "household"), ("person", "person")),
    "cases": (("household", "household"), ("person", "person"), ("places", "place")),
    "visits": (
        *(("places", "place"), ("household", "household"), ("case", "case"), ("duty", "duty")),
        *(("preferred", "person"), ("excluded", "person"), ("slots.people", "person")),
    ),
    "shifts": (("place", "place"), ("case", "case")),
    "gaps": (("first", "visit"), ("second", "visit")),
    "pairs": (("people", "person"),),
    "pins": (("task", "task"), ("person", "person"), ("place", "place")),
    "exceptions": (("rule", "rule"), ("task", "task"), ("person", "person"), ("place", "place")),
    "affected": (("", "person"),),
    "published": (("task", "task"), ("person", "person"), ("place", "place")),
    "history": (("stops.place", "place"),),
}
"""Collection → fields of its records that name others, and what these are; in the order in which they are told."""
_Unknown = tuple[str, str, Path]
"""Kind, id, where."""


def _unknown(instance: Instance, ids: Ids) -> Iterator[_Unknown]:
    """Every id that stands for a record that is not there, in the order of the instance."""
    for name, fields in _REFERENCES.items():
        known = [(*field.partition("."), kind) for field, kind in fields if kind in ids]
        records = getattr(instance, name)
        for key, record in records.items() if isinstance(records, dict) else enumerate(records):
            if name == "history" and key not in ids["person"]:
                yield "person", str(key), (name, key)
            for field, _, inner, kind in known:
                value = getattr(record, field) if field else record
                # Nearly every field is empty, or names one record that is there.
                if value is None or value == () or (type(value) is str and value in ids[kind]):
                    continue
                at = (name, key, field) if field else (name, key)
                if inner:
                    for number, part in enumerate(value):
                        named = getattr(part, inner)
                        yield from _missing(named, kind, ids[kind], (*at, number, inner))
                else:
                    yield from _missing(value, kind, ids[kind], at)
    for rule in instance.settings.rules if "rule" in ids else ():
        if rule not in ids["rule"]:
            yield "rule", rule, ("settings", "rules", rule)


def _missing(value: Any, kind: str, ids: set[str], at: Path) -> Iterator[_Unknown]:
    """The ids that a field names, one or several of them, and that are not there."""
    if isinstance(value, str):
        if value not in ids:
            yield kind, value, at
        return
    named = {} if value is None else value
    for part, id in ((id, id) for id in named) if isinstance(named, dict) else enumerate(named):
        if id not in ids:
            yield kind, id, (*at, part)
