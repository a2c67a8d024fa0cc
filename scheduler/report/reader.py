"""What a reader of the report may see: private matters under neutral names, at area level."""

from collections import defaultdict
from collections.abc import Set
from functools import cached_property
from typing import Any

from scheduler.messages import LANGS, Lang, say
from scheduler.model import Instance, Place
from scheduler.report.words import same, text
from scheduler.rules import Text

_CROWD = 3
"""An area stands for a private place only if it has at least so many different points."""


class Reader:
    """An instance as a reader may see it; `private` lets them see everything.

    A visit is hidden if it is private or belongs to a private case. Its name, kind, household and
    case get neutral names, and its place becomes the area around it.
    """

    def __init__(self, instance: Instance, private: bool = False):
        self.instance, self.private = instance, private
        cases = {case.id for case in instance.cases if case.private}
        visits = [v for v in instance.visits if v.private or v.case in cases]
        self.tasks = frozenset() if private else frozenset(visit.id for visit in visits)
        self.cases = frozenset() if private else frozenset(cases)
        homes = {visit.household for visit in visits}
        homes |= {case.household for case in instance.cases if case.private}
        self.households = frozenset() if private else frozenset(home for home in homes if home)

    def task(self, task: str) -> Text:
        """Name of a visit or shift."""
        if task in self.tasks:
            return text("private.task")
        return same(self.instance.task_by_id[task].name)

    def place(self, task: str, place: str) -> Text:
        """Name of a place at which a task is done; of its area where the task is hidden."""
        if task not in self.tasks:
            return same(self.instance.place_by_id[place].name)
        area = self.area(place)
        return text("private.place") if area is None else same(self.instance.area_by_id[area].name)

    def area(self, place: str) -> str | None:
        """The area that stands for a private place: nothing finer than a grid, and with a crowd in it."""
        for area in self.instance.area_and_above(self.instance.place_by_id[place].area):
            coarse = self.instance.area_by_id[area].kind != "micro_grid"
            if coarse and len(self.points[area]) >= _CROWD:
                return area
        return None

    @cached_property
    def points(self) -> dict[str, set[tuple[float, float]]]:
        """Area → the different (longitude, latitude) of places in it and below."""
        found: dict[str, set[tuple[float, float]]] = defaultdict(set)
        for place in self.instance.places:
            if place.point is not None:
                for area in self.instance.area_and_above(place.area):
                    found[area].add((place.point.longitude, place.point.latitude))
        return found

    def concerns_private(self, key: str, slots: dict[str, str | int]) -> bool:
        """Whether a finding speaks of something hidden."""
        hidden = self.tasks | self.cases | self.households
        return key in hidden or any(value in hidden for value in slots.values())

    def words_of(self, lang: Lang, private_matter: bool) -> Instance:
        """The instance with the names that sentences may use; the same ids throughout."""
        if not (self.tasks or self.cases or self.households):
            return self.instance
        return self._blurred[lang] if private_matter else self._renamed[lang]

    @cached_property
    def places(self) -> frozenset[str]:
        """Places where something hidden is done, or somebody hidden lives, and nothing else is done."""
        instance = self.instance
        hidden = {place for v in instance.visits if v.id in self.tasks for place in v.places}
        hidden |= {home.place for home in instance.households if home.id in self.households}
        known = {place for v in instance.visits if v.id not in self.tasks for place in v.places}
        known |= {shift.place for shift in instance.shifts}
        return frozenset(hidden - known)

    @cached_property
    def _renamed(self) -> dict[Lang, Instance]:
        """Neutral names for what is hidden, and for places where nothing else is done."""
        return {lang: self._rename(lang, self.places) for lang in LANGS}

    @cached_property
    def _blurred(self) -> dict[Lang, Instance]:
        """Neutral names for what is hidden, and for every place."""
        every = {place.id for place in self.instance.places}
        return {lang: self._rename(lang, every) for lang in LANGS}

    def _rename(self, lang: Lang, places: Set[str]) -> Instance:
        def blurred(place: Place) -> Place:
            area = self.area(place.id)
            around = say("report.private.place", lang)
            name = around if area is None else self.instance.area_by_id[area].name
            return place.model_copy(update={"name": name})

        def neutral(records: tuple[Any, ...], hidden: frozenset[str], key: str) -> tuple[Any, ...]:
            update = {"name": say(f"report.private.{key}", lang)}
            return tuple(
                one.model_copy(update=update) if one.id in hidden else one for one in records
            )

        return self.instance.changed(
            visits=neutral(self.instance.visits, self.tasks, "visit"),
            cases=neutral(self.instance.cases, self.cases, "case"),
            households=neutral(self.instance.households, self.households, "household"),
            places=tuple(
                blurred(place) if place.id in places else place for place in self.instance.places
            ),
        )
