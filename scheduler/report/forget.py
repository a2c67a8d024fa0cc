"""One person or household under a neutral name, throughout weeks and rosters; the structure stays."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from scheduler.model import Instance, Place
from scheduler.model.work import Point
from scheduler.report.rename import renamed

RecordT = TypeVar("RecordT", bound=BaseModel)
_LEAST_NAME = 2
"""A shorter name is replaced where it is all of a text, and not within one."""
_DECIMALS = 2
"""Of a degree: where a home was stays known to a kilometre."""


@dataclass(frozen=True)
class Forgotten:
    """Whom nothing may tell of any more. kind: person or household; ids, names: theirs; neutral: for both.

    homes: ids of places that are theirs alone, with their names.
    """

    kind: str
    ids: frozenset[str]
    names: frozenset[str]
    neutral: str
    homes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def _places(self) -> dict[str, str]:
        return {id: f"{self.neutral}/{n}" for n, id in enumerate(sorted(self.homes), 1)}

    @cached_property
    def _words(self) -> list[tuple[str, str]]:
        """Words with what replaces them, the longest first."""
        words = dict.fromkeys(self.ids | self.names, self.neutral)
        for id, neutral in self._places.items():
            words |= dict.fromkeys(({id} | self.homes[id]) - words.keys(), neutral)
        return sorted(words.items(), key=lambda pair: -len(pair[0]))

    def record(self, record: RecordT) -> RecordT:
        """An instance, roster … without them; their homes are only roughly where they were."""
        ids = {self.kind: dict.fromkeys(self.ids, self.neutral), "place": self._places}
        neutral = renamed(record, ids, self.words)
        if not isinstance(neutral, Instance) or not self.homes:
            return neutral
        theirs = set(self._places.values())
        places = tuple(_roughly(one) if one.id in theirs else one for one in neutral.places)
        return neutral.changed(places=places)  # type: ignore[return-value]

    def words(self, text: str) -> str:
        """A text without their names and ids."""
        for word, neutral in self._words:
            if len(word) >= _LEAST_NAME:
                text = text.replace(word, neutral)
            elif text == word:
                text = neutral
        return text

    def value(self, value: Any) -> Any:
        """JSON without them, as figures and faults have it."""
        if isinstance(value, dict):
            return {self.words(name): self.value(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return self.words(value) if isinstance(value, str) else value

    def mentioned(self, text: str) -> bool:
        """Whether a text, of JSON too, may tell of them."""
        words = [word for word, _ in self._words]
        return any(
            word in text or json.dumps(word, ensure_ascii=False)[1:-1] in text for word in words
        )


def _roughly(place: Place) -> Place:
    """A place without its name, as near as a kilometre."""
    point = place.point and Point(
        longitude=round(place.point.longitude, _DECIMALS),
        latitude=round(place.point.latitude, _DECIMALS),
    )
    return place.model_copy(update={"name": place.id, "point": point})


def homes(kind: str, ids: Collection[str], week: Instance) -> dict[str, str]:
    """Places of a week that are the home of these people or households and nothing to anybody else, with their names."""
    theirs, others = set[str | None](), set[str | None]()
    for home in week.households:
        (theirs if kind == "household" and home.id in ids else others).add(home.place)
    for one in week.people:
        (theirs if kind == "person" and one.id in ids else others).add(one.home)
        others.update((one.start_place, one.end_place) if one.id not in ids else ())
    cases = {case.id for case in week.cases if kind == "household" and case.household in ids}
    others.update(shift.place for shift in week.shifts if shift.case not in cases)
    for visit in week.visits:
        own = kind == "household" and (visit.household in ids or visit.case in cases)
        others.update(() if own else visit.places)
    for case in week.cases:
        others.update(() if case.id in cases else case.places)
    return {place.id: place.name for place in week.places if place.id in theirs - others}


def found(
    kind: str, who: str, instances: Iterable[Instance]
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids and names of whom an id or a name means, in all of these instances."""
    ids, names = set[str](), set[str]()
    for instance in instances:
        for record in instance.people if kind == "person" else instance.households:
            if who in (record.id, record.name):
                ids.add(record.id)
                names.add(record.name)
    return frozenset(ids), frozenset(name for name in names if name)
