"""Neutral ids and names for what somebody may not see, throughout instances, rosters and changes.

A *neutral* instance has the same structure, points and rules as the true one: only ids and names
differ, so that whatever is computed from it can be said to anybody once places of hidden work are
named by area. A *bare* one, which goes out itself, has nothing left in its hidden records but what a
roster is made from.

Hidden visits are ``private/1`` and so on, in the order of the expanded instance; ``private/shift/1``,
``private/case/1``; what lies outside somebody's areas ``elsewhere/7``, the seventh visit. So ids are
the same whenever the instance is the same, whoever asks.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from scheduler.drawings.reader import Reader
from scheduler.due import Expanded
from scheduler.messages.names import is_elsewhere, is_neutral
from scheduler.model import Assignment, Instance, Person, Place, Roster
from scheduler.report.hidden import (
    READ,
    Hidden,
    Secrets,
    outside,
    secrets_beside_private,
    secrets_of,
)
from scheduler.report.rename import RecordT, Renamer, renamed, renamer

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
            secrets = one.derived(secrets_beside_private if private else secrets_of, READ)
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

    def _number(self, secrets: Secrets, meaning: str, head: str, ids: Iterable[str]) -> None:
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


def _area_names(instance: Instance) -> dict[str, str]:
    """Place → the name of the area that is shown for it; "" where none is."""
    reader = Reader(instance)
    areas = {place.id: reader.area(place.id) for place in instance.places}
    return {
        place: "" if area is None else reader.unmasked.area(area) for place, area in areas.items()
    }


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
