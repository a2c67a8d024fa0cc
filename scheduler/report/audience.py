"""Whom a page is for, and what of a roster they get: the one place that decides it.

A person gets their own work, all of it as it is. Those at a place and those of a community get what
is done there, and of private matters no more than the report for everybody tells: an hour and an area.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scheduler.drawings.reader import Reader
from scheduler.drawings.words import same
from scheduler.facts import Facts
from scheduler.model import InputError, Problem, Shift, Visit
from scheduler.model.tasks import tasks
from scheduler.rules import Text


@dataclass(frozen=True)
class Audience:
    """The people of a page: one person, those at a place, or those of an area and all below it.

    id: of the person, place or area
    """

    kind: Literal["person", "place", "area"]
    id: str


class Part:
    """What of a week (expanded) and its roster an audience gets.

    masked: private visits are hidden even from the person who makes them
    public: how everybody reads the instance, where that is at hand
    Raises InputError for a home where private visits alone are made: its name tells of them.

    reader: how they read it; what is private stays hidden from all but the person who does it
    facts: of the whole roster, of which `tasks` only are shown
    """

    def __init__(
        self,
        facts: Facts,
        audience: Audience,
        masked: bool = False,
        public: Reader | None = None,
    ):
        self.facts, self.audience = facts, audience
        self.instance = facts.instance
        public = Reader(self.instance) if public is None else public
        if audience.kind == "place" and _is_private_home(public, audience.id):
            raise InputError([Problem(code="private_place", pointer="", value=audience.id)])
        self.private = audience.kind == "person" and not masked
        self.reader = Reader(self.instance, private=True) if self.private else public

    @cached_property
    def tasks(self) -> tuple[Visit | Shift, ...]:
        """The visits that are done and the shifts, filled or not, in the order of the instance."""
        return tuple(task for task in tasks(self.instance) if self._is_theirs(task))

    @property
    def name(self) -> Text:
        """Of the person, place or area."""
        id, names = self.audience.id, self.reader.unmasked
        if self.audience.kind == "person":
            return self.reader.person(id)
        return same(names.place(id) if self.audience.kind == "place" else names.area(id))

    def crew(self, task: str, without: str | None = None) -> list[Text]:
        """Names of those who do a task, but for one of them, by slot."""
        filled = self.facts.by_task[task]
        people = dict.fromkeys(filled[slot].person for slot in sorted(filled))
        return [self.reader.person(who) for who in people if who != without]

    @cached_property
    def _own(self) -> frozenset[str]:
        """Ids of the tasks that the person of the page does."""
        return frozenset(stop.task.id for stop in self.facts.by_person[self.audience.id])

    def _is_theirs(self, task: Visit | Shift) -> bool:
        if self.audience.kind == "person":
            return task.id in self._own
        stops = self.facts.by_task[task.id].values()
        places = {stop.place for stop in stops}
        if isinstance(task, Shift):
            places.add(task.place)
        return any(self._is_there(task.id, place) for place in places)

    def _is_there(self, task: str, place: str) -> bool:
        """Whether a task at a place is told to those of the place or area."""
        hidden = task in self.reader.tasks
        if self.audience.kind == "place":
            return place == self.audience.id and not hidden
        # What is hidden is nowhere finer than where everybody is told that it is.
        area = self.reader.area(place) if hidden else self.instance.place_by_id[place].area
        return self.audience.id in self.instance.area_and_above(area)


def _is_private_home(public: Reader, place: str) -> bool:
    homes = {household.place for household in public.instance.households}
    is_home = place in homes or public.instance.place_by_id[place].kind == "home"
    return is_home and place in public.places
