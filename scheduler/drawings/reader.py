"""What a reader of the report may see: private matters under neutral names, at area level."""

from collections import defaultdict
from collections.abc import Set
from functools import cached_property
from typing import Any

from scheduler.drawings.words import bilingual, same, text
from scheduler.facts.visits import areas
from scheduler.facts.visits import private as is_private
from scheduler.messages import LANGS, Lang, say
from scheduler.messages.names import Names
from scheduler.model import Instance, Place, Visit
from scheduler.model.tasks import tasks
from scheduler.rules import Text

_CROWD = 3
"""An area stands for a private place only if it has at least so many different points."""


class Reader:
    """An instance as a reader of the report may see it. private: they may see everything.

    A visit is hidden if it is private, and so are a private case's visits and shifts. Its name, kind, household and
    case get neutral names, and its place becomes the area around it. A task whose id says that it is elsewhere
    (``elsewhere/3``) was hidden before, and stays so for everybody.

    unmasked: the instance's true names, for what is not hidden; the same in both languages
    """

    def __init__(self, instance: Instance, private: bool = False):
        self.instance, self.private = instance, private
        self._true = {lang: Names(instance, lang) for lang in LANGS}
        self.unmasked = self._true[LANGS[0]]
        cases = {case.id for case in instance.cases if case.private}
        hidden = [task for task in tasks(instance) if is_private(instance, task)]
        elsewhere = {task.id for task in tasks(instance) if task.id.startswith("elsewhere/")}
        self.tasks = frozenset(elsewhere) | frozenset(
            () if private else (task.id for task in hidden)
        )
        self.cases = frozenset() if private else frozenset(cases)
        homes = {task.household for task in hidden if isinstance(task, Visit)}
        homes |= {case.household for case in instance.cases if case.private}
        self.households = frozenset() if private else frozenset(home for home in homes if home)

    def task(self, task: str) -> Text:
        """Name of a visit or shift."""
        if task in self.tasks:
            return text("private.task")
        return same(self.unmasked.task(task))

    def person(self, person: str) -> Text:
        """Name of a person, told apart from others of the same name."""
        return bilingual(lambda lang: self._true[lang].person(person))

    def place(self, task: str, place: str) -> Text:
        """Name of a place at which a task is done; of its area where the task is hidden."""
        if task not in self.tasks:
            return same(self.unmasked.place(place))
        area = self.area(place)
        return text("private.place") if area is None else same(self.unmasked.area(area))

    def area(self, place: str) -> str | None:
        """The area shown for a private place, at least a grid with `_CROWD` points in it; None where there is none."""
        for area in areas(self.instance, place):
            coarse = self.instance.area_by_id[area].kind != "micro_grid"
            if coarse and len(self.points[area]) >= _CROWD:
                return area
        return None

    @cached_property
    def points(self) -> dict[str, set[tuple[float, float]]]:
        """Area → the different (longitude, latitude) of places in it and below."""
        points: dict[str, set[tuple[float, float]]] = defaultdict(set)
        for place in self.instance.places:
            if place.point is not None:
                for area in self.instance.area_and_above(place.area):
                    points[area].add((place.point.longitude, place.point.latitude))
        return points

    def concerns_private(self, key: str, slots: dict[str, str | int]) -> bool:
        """Whether a finding mentions something hidden."""
        hidden = self.tasks | self.cases | self.households
        return key in hidden or any(value in hidden for value in slots.values())

    def names(self, lang: Lang, private_matter: bool = False) -> Names:
        """The names for use in sentences; in a sentence about a private matter places are named by area."""
        if not (self.tasks or self.cases or self.households):
            return Names(self.instance, lang)
        return Names(self._blurred[lang] if private_matter else self._renamed[lang], lang)

    @cached_property
    def places(self) -> frozenset[str]:
        """Places that would give something hidden away: only hidden work is done there."""
        instance = self.instance
        hidden = {place for v in instance.visits if v.id in self.tasks for place in v.places}
        hidden |= {home.place for home in instance.households if home.id in self.households}
        elsewhere = {place for v in instance.visits if v.id not in self.tasks for place in v.places}
        elsewhere |= {shift.place for shift in instance.shifts}
        return frozenset(hidden - elsewhere)

    @cached_property
    def _renamed(self) -> dict[Lang, Instance]:
        """Neutral names for what is hidden, and for places where nothing else is done."""
        return {lang: self._rename(lang, self.places) for lang in LANGS}

    @cached_property
    def _blurred(self) -> dict[Lang, Instance]:
        """Neutral names for what is hidden, and for every place."""
        places = {place.id for place in self.instance.places}
        return {lang: self._rename(lang, places) for lang in LANGS}

    def _rename(self, lang: Lang, places: Set[str]) -> Instance:
        def blurred(place: Place) -> Place:
            area = self.area(place.id)
            around = say("report.private.place", lang)
            name = around if area is None else self.unmasked.area(area)
            return place.model_copy(update={"name": name})

        def neutral(records: tuple[Any, ...], hidden: frozenset[str], key: str) -> tuple[Any, ...]:
            update = {"name": say(f"report.private.{key}", lang)}
            return tuple(
                record.model_copy(update=update) if record.id in hidden else record
                for record in records
            )

        return self.instance.changed(
            visits=neutral(self.instance.visits, self.tasks, "visit"),
            cases=neutral(self.instance.cases, self.cases, "case"),
            households=neutral(self.instance.households, self.households, "household"),
            places=tuple(
                blurred(place) if place.id in places else place for place in self.instance.places
            ),
        )
