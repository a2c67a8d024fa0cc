"""What of an instance is hidden from a reader, by the kinds of its ids: private matters, and what lies elsewhere."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from pydantic import BaseModel

from scheduler.drawings.reader import Reader
from scheduler.model import Instance
from scheduler.model.remembered import remembered
from scheduler.model.tasks import tasks

Hidden = Mapping[str, Collection[str]]
"""Kind of id → ids outside somebody's areas."""
READ = frozenset({"places", "households", "duties", "cases", "visits", "shifts", "settings"})
"""The fields of an instance that say what of it is hidden."""


@dataclass(frozen=True)
class Secrets:
    """What is hidden of an instance.

    groups: as of `hidden`. places: those that are never named. true_ids: of the kinds that may have neutral ones.
    """

    groups: tuple[tuple[str, str, list[str]], ...]
    places: frozenset[str]
    true_ids: Mapping[str, frozenset[str]]

    @staticmethod
    def of(reader: Reader) -> "Secrets":
        """What a reader does not see."""
        places = _hidden_places(reader)
        return Secrets(tuple(hidden(reader, places)), places, _ids(reader.instance))


def secrets_of(instance: Instance) -> Secrets:
    """What is hidden from who may not see private matters."""
    return Secrets.of(Reader(instance))


def secrets_beside_private(instance: Instance) -> Secrets:
    """What is hidden from who may."""
    return Secrets.of(Reader(instance, private=True))


def hidden(reader: Reader, never: Collection[str]) -> Iterator[tuple[str, str, list[str]]]:
    """What is hidden of an instance: (kind of id, what the neutral id says it is, ids in their order).

    never: places that are never named
    """
    instance, private = reader.instance, {t for t in reader.tasks if not t.startswith("elsewhere/")}
    hidden_tasks = [task for task in tasks(instance) if task.id in private]
    cases = [case for case in instance.cases if case.id in reader.cases]
    duties = [duty for duty in instance.duties if duty.household in reader.households]
    yield "task", "", [visit.id for visit in instance.visits if visit.id in private]
    yield "task", "shift", [shift.id for shift in instance.shifts if shift.id in private]
    yield "case", "case", [case.id for case in cases]
    yield "household", "household", [h.id for h in instance.households if h.id in reader.households]
    yield "duty", "duty", [duty.id for duty in duties]
    used = {place for task in hidden_tasks for place in _places(task)}
    used |= {place for case in cases for place in case.places} | set(never)
    yield "alias", "place", [place.id for place in instance.places if place.id in used]
    for meaning in ("bundle", "tie"):
        groups = dict.fromkeys(getattr(task, meaning) for task in hidden_tasks)
        yield meaning, meaning, [group for group in groups if group]
    yield "kind", "kind", _only(instance, "kind", hidden_tasks, cases, duties)
    yield "skill", "skill", _only(instance, "skill", hidden_tasks, cases, duties)


def outside(
    instance: Instance, elsewhere: Hidden
) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    """What is outside somebody's areas: (kind of id, what the neutral id says it is, (place in the list, id))."""
    for meaning, group, records in (
        ("task", "", instance.visits),
        ("task", "shift", instance.shifts),
        ("case", "case", instance.cases),
        ("household", "household", instance.households),
        ("duty", "duty", instance.duties),
        ("place", "place", instance.places),
        ("person", "person", instance.people),
    ):
        ids = elsewhere.get(meaning, ())
        listed: Iterable[Any] = records
        yield meaning, group, [(n, one.id) for n, one in enumerate(listed, 1) if one.id in ids]


def _hidden_places(reader: Reader) -> frozenset[str]:
    """Places that are never named: where only hidden work is done, and homes of hidden households."""
    instance = reader.instance
    homes = {home.place for home in instance.households if home.id in reader.households}
    cases = {place for case in instance.cases if case.id in reader.cases for place in case.places}
    open_ = {
        place for task in tasks(instance) if task.id not in reader.tasks for place in _places(task)
    }
    return reader.places | homes | (cases - open_)


def _places(task: Any) -> tuple[str, ...]:
    return task.places if hasattr(task, "places") else (task.place,)


def _only(instance: Instance, meaning: str, *hidden_records: Iterable[Any]) -> list[str]:
    """Kinds or skills that hidden records alone have."""
    said: Callable[[Any], tuple[str, ...]] = _kinds if meaning == "kind" else _skills
    own = _counted(said, chain.from_iterable(hidden_records))
    if meaning == "kind":
        for way in chain.from_iterable(instance.settings.duties.ways.values()):
            own.pop(way.kind, None)
    everywhere = [
        instance.derived(_counts(said, name), frozenset({name}))
        for name in ("visits", "shifts", "cases", "duties")
    ]
    return [word for word, count in own.items() if count == sum(each[word] for each in everywhere)]


@cache
def _counts(
    said: Callable[[Any], tuple[str, ...]], field: str
) -> Callable[[Instance], Counter[str]]:
    """How many records of a field say each word."""
    return lambda instance: _counted(said, getattr(instance, field))


def _counted(said: Callable[[Any], tuple[str, ...]], records: Iterable[Any]) -> Counter[str]:
    return Counter(chain.from_iterable(map(said, records)))


@remembered
def _kinds(record: Any) -> tuple[str, ...]:
    """Each that a record says, once."""
    ways = record.ways if "ways" in _fields_of(record) else ()
    return tuple(dict.fromkeys((record.kind, *(way.kind for way in ways))))


@remembered
def _skills(record: Any) -> tuple[str, ...]:
    """Each that a record says, once."""
    return tuple(dict.fromkeys(_all_skills(record)))


def _all_skills(record: Any) -> Iterator[str]:
    # A look-up of a field that a record does not have is slow.
    fields = _fields_of(record)
    parts = [
        part for name in ("slots", "needs") if name in fields for part in getattr(record, name)
    ]
    for part in (record, *parts):
        if "skills" in _fields_of(part):
            yield from part.skills
    if "skill_mix" in fields:
        yield from (shared.skill for shared in record.skill_mix)
    if "ways" in fields:
        for way in record.ways:
            yield from way.skills


def _fields_of(record: BaseModel) -> frozenset[str]:
    return _fields(type(record))


@cache
def _fields(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(model.model_fields)


def _ids(instance: Instance) -> dict[str, frozenset[str]]:
    """By kind: true ids, which no neutral one may be."""
    return {kind: instance.derived(*of) for kind, of in _IDS.items()}


def _ids_of(*fields: str) -> tuple[Callable[[Instance], frozenset[str]], frozenset[str]]:
    """What makes the ids of some fields, and these."""

    def made(instance: Instance) -> frozenset[str]:
        return frozenset(record.id for field in fields for record in getattr(instance, field))

    return made, frozenset(fields)


_IDS = {
    "task": _ids_of("visits", "shifts"),
    "case": _ids_of("cases"),
    "household": _ids_of("households"),
    "duty": _ids_of("duties"),
    "alias": _ids_of("places"),
}
