"""Neutral ids and names for what somebody may not see, throughout instances, rosters and changes.

A *neutral* instance has the same structure, points and rules as the true one: only ids and names
differ, so that whatever is computed from it can be said to anybody once places of hidden work are
named by area. A *bare* one, which goes out itself, has nothing left in its hidden records but what a
roster is made from.

Hidden visits are ``private/1`` and so on, in the order of the expanded instance; ``private/shift/1``,
``private/case/1``; what lies outside somebody's areas ``elsewhere/7``, the seventh visit. So ids are
the same whenever the instance is the same, whoever asks.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any

from pydantic import BaseModel

from scheduler.drawings.reader import Reader
from scheduler.due import Expanded
from scheduler.messages.names import is_elsewhere, is_neutral
from scheduler.model import Assignment, Instance, Person, Place, Roster
from scheduler.model.remembered import remembered
from scheduler.model.tasks import tasks
from scheduler.report.rename import RecordT, Renamer, renamed, renamer

Hidden = Mapping[str, Collection[str]]
"""Kind of id → ids outside somebody's areas."""
_LEAST_NAME = 2
"""A hidden name of fewer letters is not looked for in free text."""


class Neutral:
    """Neutral ids for an instance (expanded), and for what only others that it is compared with have.

    private: private matters are shown. elsewhere: ids that are outside the reader's areas.
    """

    def __init__(
        self,
        instance: Expanded,
        *others: Expanded,
        private: bool = False,
        elsewhere: Hidden | None = None,
    ):
        self._instances = (instance, *others)
        self.ids: dict[str, dict[str, str]] = {}
        self._private: dict[str, dict[str, str]] = {}
        """What others are told of what is private and lies elsewhere, as `ids`."""
        self.aliases: dict[str, str] = {}
        """Place → the id that stands for it where hidden work is done there."""
        only: set[str] = set()
        for one in self._instances:
            secrets = one.derived(_secrets_beside_private if private else _secrets, _READ)
            for meaning, group, ids in secrets.groups:
                self._number(secrets, meaning, f"private/{group}", ids)
            for meaning, group, numbered in outside(one, elsewhere) if elsewhere else ():
                self._position(meaning, f"elsewhere/{group}", numbered)
            only |= secrets.places
        self.aliases = self.ids.pop("alias", {})
        places = self.ids.setdefault("place", {})
        own = {place: id for place, id in self.aliases.items() if place in only}
        places.update({**own, **places})

    def __bool__(self) -> bool:
        """Whether anything is hidden."""
        return any(self.ids.values())

    def _number(self, secrets: "_Secrets", meaning: str, head: str, ids: Iterable[str]) -> None:
        names, head = self.ids.setdefault(meaning, {}), head.rstrip("/")
        taken, number = {*secrets.true_ids.get(meaning, ()), *names.values()}, 1
        for id in ids:
            if id in names:
                continue
            if is_neutral(id) and id.rpartition("/")[0] == head:
                names[id] = id
                continue
            while (name := f"{head}/{number}") in taken:
                number += 1
            names[id] = name
            taken.add(name)

    def _position(self, meaning: str, head: str, ids: Iterable[tuple[int, str]]) -> None:
        """Private matters that lie elsewhere are so to those who may not know of either."""
        names, head = self.ids.setdefault(meaning, {}), head.rstrip("/")
        for number, id in ids:
            known = names.get(id)
            if known is None or not is_elsewhere(known):
                names[id] = f"{head}/{number}"
            if known is not None and known != names[id]:
                self._private.setdefault(meaning, {})[id] = known

    @cached_property
    def real(self) -> dict[str, str]:
        """Neutral id → the true one; those of places where hidden work is done besides, too."""
        pairs = [*self._private.values(), *self.ids.values(), self.aliases]
        weeks = {self.words(week.id): week.id for week in reversed(self._instances)}
        if self._private:
            ids = {
                meaning: names | self._private.get(meaning, {})
                for meaning, names in self.ids.items()
            }
            tell = renamer(ids, self._names(ids)).words
            weeks |= {tell(week.id): week.id for week in reversed(self._instances)}
        return weeks | {neutral: real for names in pairs for real, neutral in names.items()}

    @cached_property
    def _words(self) -> tuple[tuple[str, str], ...]:
        return self._names(self.ids)

    def _names(self, ids: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
        """Names that may stand in free text, the longest first, with what replaces them."""
        found = {}
        for instance in self._instances:
            for meaning, records in (
                ("household", instance.households),
                ("case", instance.cases),
                ("place", instance.places),
            ):
                names = ids.get(meaning, {})
                for record in records:
                    if record.id in names and len(record.name) >= _LEAST_NAME:
                        found[record.name] = names[record.id]
        return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))

    @cached_property
    def renamer(self) -> Renamer:
        """From true ids and names to neutral ones."""
        return renamer(self.ids, self._words)

    def words(self, text: str) -> str:
        """Free text without the names of hidden households, cases and places."""
        return self.renamer.words(text)

    def words_shown_of(self, other: "Neutral") -> set[str]:
        """Names that the other one takes out of free text, and this one leaves there."""
        return dict(other._words).keys() - dict(self._words).keys()

    def record(self, record: RecordT) -> RecordT:
        """A roster, changes, a record of new work … with neutral ids instead of true ones."""
        if not self:
            return record
        if isinstance(record, Roster):
            return renamer(self._read, self._words).whole(record)
        return renamed(record, self._read, self.words)

    @cached_property
    def _read(self) -> dict[str, dict[str, str]]:
        """True ids to neutral ones, and those of places where hidden work is done besides to the places' own."""
        places = self.ids.get("place", {})
        own = {alias: place for place, alias in self.aliases.items() if place not in places}
        return self.ids | {"place": {**places, **own}}

    def instance(self, instance: Instance) -> Instance:
        """The instance with neutral ids and names; of the same structure, points and rules."""
        if not self:
            return instance
        return self.renamer.week(instance, _nameless)

    def roster(self, roster: Roster) -> Roster:
        """The roster with neutral ids, as it goes out: places of hidden work by the ids that stand for them."""
        if not self:
            return roster
        neutral = self.record(roster)
        return neutral.model_copy(
            update={
                "assignments": tuple(map(self.assignment, neutral.assignments)),
                "figures": self.figures(neutral.figures),
            }
        )

    def assignment(self, assignment: Assignment) -> Assignment:
        """A neutral assignment as it goes out."""
        if not is_neutral(assignment.task):
            return assignment
        return assignment.model_copy(update={"place": self.alias(assignment.place)})

    def alias(self, place: str) -> str:
        """What stands for a place where hidden work is done."""
        return self.aliases.get(place, place)

    def figures(self, figures: Any) -> Any:
        """Figures with neutral ids and kinds."""
        if isinstance(figures, dict):
            kinds = self.ids.get("kind", {})
            return {
                name: {kinds.get(kind, kind): count for kind, count in value.items()}
                if name == "visits_by_kind"
                else self.figures(value)
                for name, value in figures.items()
            }
        if isinstance(figures, list | tuple):
            return [self.figures(value) for value in figures]
        return self._figure_ids.get(figures, figures) if isinstance(figures, str) else figures

    @cached_property
    def _figure_ids(self) -> dict[str, str]:
        groups = (self.ids.get(meaning, {}) for meaning in ("person", "duty", "case", "task"))
        return {real: neutral for names in groups for real, neutral in names.items()}

    def inward(self, value: Any) -> Any:
        """JSON with true ids instead of neutral ones, whatever it is."""
        if isinstance(value, dict):
            return {self.real.get(name, name): self.inward(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.inward(item) for item in value]
        return self.real.get(value, value) if isinstance(value, str) else value


_READ = frozenset({"places", "households", "duties", "cases", "visits", "shifts", "settings"})
"""The fields of an instance that say what of it is hidden."""


@dataclass(frozen=True)
class _Secrets:
    """What is hidden of an instance.

    groups: as of `hidden`. places: those that are never named. true_ids: of the kinds that may have neutral ones.
    """

    groups: tuple[tuple[str, str, list[str]], ...]
    places: frozenset[str]
    true_ids: Mapping[str, frozenset[str]]

    @staticmethod
    def of(reader: Reader) -> "_Secrets":
        """What a reader does not see."""
        places = _hidden_places(reader)
        return _Secrets(tuple(hidden(reader, places)), places, _ids(reader.instance))


def _secrets(instance: Instance) -> _Secrets:
    return _Secrets.of(Reader(instance))


def _secrets_beside_private(instance: Instance) -> _Secrets:
    return _Secrets.of(Reader(instance, private=True))


def _area_names(instance: Instance) -> dict[str, str]:
    """Place → the name of the area that is shown for it; "" where none is."""
    reader = Reader(instance)
    areas = {place.id: reader.area(place.id) for place in instance.places}
    return {
        place: "" if area is None else reader.unmasked.area(area) for place, area in areas.items()
    }


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
    return Counter(word for record in records for word in dict.fromkeys(said(record)))


@remembered
def _kinds(record: Any) -> tuple[str, ...]:
    ways = record.ways if "ways" in _fields_of(record) else ()
    return (record.kind, *(way.kind for way in ways))


@remembered
def _skills(record: Any) -> tuple[str, ...]:
    return tuple(_all_skills(record))


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
    records: dict[str, Iterable[Any]] = {
        "task": tasks(instance),
        "case": instance.cases,
        "household": instance.households,
        "duty": instance.duties,
        "alias": instance.places,
    }
    return {kind: frozenset(record.id for record in those) for kind, those in records.items()}


_NAMED = ("visits", "shifts", "cases", "households", "duties", "people", "places")


def _nameless(instance: Instance, field: str, records: Any) -> Any:
    """A renamed field of an instance, without the names of hidden records; hidden places are called as their areas."""
    if field not in _NAMED:
        return records
    names = instance.derived(_area_names, frozenset({"places", "areas"}))
    true: Iterable[Any] = getattr(instance, field)
    return tuple(
        one.model_copy(update={"name": _name(one, names.get(real.id, ""))})
        if one is not real and is_neutral(one.id)
        else one
        for one, real in zip(records, true, strict=True)
    )


def _name(record: Any, area: str) -> str:
    if isinstance(record, Place):
        return area
    return str(record.id) if isinstance(record, Person) else ""
