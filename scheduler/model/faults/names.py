"""Ids: given twice, left empty, or naming a record that is not there; and people of one name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
    yield from _in_words(_unknown(instance, ids_by_kind), ids_by_kind)


def unknown_to(instance: Instance, part: Instance, rules: Iterable[str]) -> Iterator[Problem]:
    """References of a part of an instance to what the whole does not have. rules: ids of those there are."""
    ids_by_kind = {**_ids_by_kind(instance), "rule": set(rules)}
    found = (one for name in _REFERENCES for one in _unknown_in(part, name, ids_by_kind))
    yield from _in_words(found, ids_by_kind)


def _in_words(unknown: Iterable["_Unknown"], ids_by_kind: Ids) -> Iterator[Problem]:
    words: dict[str, Words] = {}
    for kind, id, path in unknown:
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


_FIELDS = {
    **{
        "area": ("areas",),
        "place": ("places",),
        "person": ("people",),
        "household": ("households",),
    },
    **{"duty": ("duties",), "case": ("cases",), "visit": ("visits",), "task": ("visits", "shifts")},
}
"""Kind of record → the fields that hold such."""


def _ids_by_kind(instance: Instance) -> Ids:
    return {kind: instance.derived(*ids) for kind, ids in _IDS.items()}


def _ids_of(kind: str) -> tuple[Callable[[Instance], set[str]], frozenset[str]]:
    """What makes the ids of a kind, and the fields that it reads."""

    def made(instance: Instance) -> set[str]:
        return {record.id for field in _FIELDS[kind] for record in getattr(instance, field)}

    return made, frozenset(_FIELDS[kind])


_IDS = {kind: _ids_of(kind) for kind in _FIELDS}
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
    for name in _REFERENCES:
        # Whoever edits a table asks again: of the others it is known that they name nobody who is not there.
        if name not in _SOUND or not instance.derived(*_SOUND[name]):
            yield from _unknown_in(instance, name, ids)
    for rule in instance.settings.rules if "rule" in ids else ():
        if rule not in ids["rule"]:
            yield "rule", rule, ("settings", "rules", rule)


def _unknown_in(instance: Instance, name: str, ids: Ids) -> Iterator[_Unknown]:
    known = [(*field.partition("."), kind) for field, kind in _REFERENCES[name] if kind in ids]
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


def _soundness_of(name: str) -> tuple[Callable[[Instance], bool], frozenset[str]]:
    """What says whether all that a collection names is there, and the fields that it reads."""
    kinds = {kind for _, kind in _REFERENCES[name]} | ({"person"} if name == "history" else set())

    def made(instance: Instance) -> bool:
        return next(_unknown_in(instance, name, _ids_by_kind(instance)), None) is None

    return made, frozenset({name}.union(*(_FIELDS[kind] for kind in kinds)))


_SOUND = {
    name: _soundness_of(name)
    for name, fields in _REFERENCES.items()
    if all(kind in _FIELDS for _, kind in fields)  # which rules there are is no part of an instance
}


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
