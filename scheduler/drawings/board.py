"""The week as people × hours: what the board draws, as arrays of numbers.

Moments are minutes from the horizon's start. Names are listed once; bars refer to them by position.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from scheduler.drawings.geometry import Map
from scheduler.drawings.kinds import Kind
from scheduler.drawings.reader import Reader
from scheduler.drawings.words import day, head_day, role
from scheduler.facts import Facts, RouteStop
from scheduler.messages.names import is_neutral
from scheduler.model import Person, Shift
from scheduler.model.time import MINUTES_PER_DAY
from scheduler.rules import Text

_LEAST_HOURS = (8, 18)


@dataclass(frozen=True)
class BreakTaken:
    """Where a person's break falls. Ticks from the horizon's start."""

    person: str
    start: int
    end: int


def first_break(facts: Facts, person: str, on: int) -> BreakTaken | None:
    """The first free span of the owed length inside the break's window, between two stops of a day."""
    owed = facts.instance.limits(person).breaks
    if owed is None:
        return None
    midnight = on * facts.horizon.day_ticks
    for before, after, travel in facts.legs(person, on):
        if before is None or after is None:
            continue
        start = max(before.end, midnight + owed.start)
        end = min(after.start - travel, midnight + owed.end)
        if end - start >= owed.minutes:
            return BreakTaken(person, start, start + owed.minutes)
    return None


def roles_in_order(people: tuple[Person, ...]) -> list[str]:
    """Roles in the order in which the instance first names them."""
    return list(dict.fromkeys(person.role.value for person in people))


def hours(facts: Facts) -> tuple[int, int]:
    """First and last hour that the columns show; the whole day where work passes midnight, also a duty without anybody."""
    minutes = facts.horizon.ticks_per_minute
    first, last = _LEAST_HOURS
    stops = ((stop.start, stop.end) for mine in facts.by_person.values() for stop in mine)
    duties = ((duty.start, duty.start + duty.duration) for duty in facts.instance.shifts)
    for since, until in chain(stops, duties):
        start, end = since // minutes, -(-until // minutes)
        if start // MINUTES_PER_DAY != (end - 1) // MINUTES_PER_DAY:
            return 0, 24
        first = min(first, start % MINUTES_PER_DAY // 60)
        last = max(last, ((end - 1) % MINUTES_PER_DAY) // 60 + 1)
    return max(0, first - 1) if first < _LEAST_HOURS[0] else first, last


class Board:
    """Builds the arrays; `data()` is what the page's script reads."""

    def __init__(self, facts: Facts, reader: Reader, kinds: list[Kind], kind_of: dict[str, int]):
        self.facts = facts
        self.reader = reader
        self.kinds = kinds
        self.kind_of = kind_of
        self._places: dict[tuple[str, str], int] = {}
        self._names: list[list[Any]] = []
        self._tasks: dict[str, int] = {}
        self._records: list[list[Any]] = []

    def data(self, ground: Map | None) -> dict[str, Any]:
        """The arrays. A place has its position on the map; a hidden place has that of its area, or of the next above that is there."""
        self._at = ground.at if ground else {}
        self._around = ground.around if ground else {}
        instance, people = self.facts.instance, self.facts.instance.people
        self.roles = roles = roles_in_order(people)
        self._top_areas = top = self._areas()
        self.bars = bars = [bar for number in range(len(people)) for bar in self._bars(number)]
        return {
            "metres": round(ground.metres, 4) if ground else 0,
            "days": [_pair(day(instance.horizon, d)) for d in range(instance.horizon.days)],
            "heads": [_pair(head_day(instance, d)) for d in range(instance.horizon.days)],
            "off": [
                int(instance.settings.calendar.day_off(instance.horizon.date(d)))
                for d in range(instance.horizon.days)
            ],
            "hours": hours(self.facts),
            "roles": [_pair(role(name)) for name in roles],
            "areas": [self.reader.unmasked.area(area) for area in top],
            "people": [self._person(person, roles) for person in people],
            "kinds": [
                [_pair(kind.label), _pair(kind.mark), kind.colour, int(kind.shift)]
                for kind in self.kinds
            ],
            "bars": bars,
            "tasks": self._records,
            "places": self._names,
            "present": [self._spans(self.facts.present(person.id)) for person in people],
            "leave": [
                self._spans([(away.start, away.end) for away in person.leave]) for person in people
            ],
            "rests": [
                [number, self._minutes(pause.start), self._minutes(pause.end)]
                for number, person in enumerate(people)
                for on in self.facts.by_day[person.id]
                if (pause := first_break(self.facts, person.id, on))
            ],
        }

    def _minutes(self, ticks: int) -> int:
        return round(ticks / self.facts.horizon.ticks_per_minute)

    def _spans(self, spans: list[tuple[int, int]]) -> list[int]:
        return [self._minutes(moment) for span in spans for moment in span]

    def _areas(self) -> list[str]:
        """Communities; grids where there is only one community."""
        areas = self.facts.instance.areas
        for kind in ("community", "grid"):
            ids = [area.id for area in areas if area.kind == kind]
            if len(ids) > 1:
                return ids
        return []

    def _top(self, areas: Iterable[str]) -> int:
        """Position of the first of `_areas` that encloses one of some areas; -1: none does."""
        above = self.facts.instance.area_and_above
        enclosing = (outer for area in areas for outer in above(area))
        return next(
            (self._top_areas.index(area) for area in enclosing if area in self._top_areas), -1
        )

    def _area_of(self, place: str) -> str | None:
        record = self.facts.instance.place_by_id.get(place)
        return None if record is None else record.area

    def _person(self, person: Person, roles: list[str]) -> list[Any]:
        """[name, role, area or -1, start place or -1, end place or -1]; a name of both languages where they differ."""
        area = self._top(person.areas)
        ends = [self._base(person, place) for place in (person.start_place, person.end_place)]
        name = self.reader.person(person.id)
        called: Any = name.zh if name.zh == name.en else _pair(name)
        return [called, roles.index(person.role.value), area, *ends]

    def _base(self, person: Person, place: str | None) -> int:
        """Where a day starts or ends; nobody's home is drawn."""
        if place is None or place == person.home:
            return -1
        record = self.facts.instance.place_by_id[place]
        return -1 if record.kind == "home" else self._place("", place)

    def _bars(self, number: int) -> Iterator[list[int]]:
        """[person, task, start, end, place, minutes of travel before].

        Where the day ends with a way back, also [person, -1, start, end, end place, minutes].
        """
        person = self.facts.instance.people[number].id
        for on in self.facts.by_day[person]:
            for before, stop, travel in self.facts.legs(person, on):
                minutes = self._minutes(travel)
                if stop is not None:
                    yield self._bar(number, stop, minutes)
                elif before is not None and minutes:
                    end = self._minutes(before.end)
                    yield [number, -1, end, end + minutes, -1, minutes]
            stops = self.facts.stops(person, on)
            if stops and self.facts.instance.person_by_id[person].start_place is None:
                yield self._bar(number, stops[0], 0)

    def _bar(self, number: int, stop: RouteStop, travel: int) -> list[int]:
        return [
            number,
            self._task(stop.task.id),
            self._minutes(stop.start),
            self._minutes(stop.end),
            self._place(stop.task.id, stop.place),
            travel,
        ]

    def _task(self, task: str) -> int:
        """[name or 0 where hidden, kind, priority, slots, slots filled]."""
        if task not in self._tasks:
            self._tasks[task] = len(self._records)
            record = self.facts.instance.task_by_id[task]
            slots = self.facts.task_slots[task]
            self._records.append(
                [
                    0 if task in self.reader.tasks else self.reader.unmasked.task(task),
                    self.kind_of[task],
                    record.priority,
                    _target(slots) if isinstance(record, Shift) else len(slots),
                    len(self.facts.by_task[task]),
                ]
            )
        return self._tasks[task]

    def _place(self, task: str, place: str) -> int:
        """[name or 0 where hidden and without area, x or null, y or null, 1 if only an area, area or -1]."""
        hidden = task in self.reader.tasks or is_neutral(place)
        area = self.reader.area(place) if hidden else self._area_of(place)
        key = ("area", area or "") if hidden else ("place", place)
        names = self.reader.unmasked
        if key not in self._places:
            self._places[key] = len(self._names)
            if hidden:
                name: str | int = names.area(area) if area else 0
                above = self.facts.instance.area_and_above(area) if area else ()
                point = next((self._around[one] for one in above if one in self._around), None)
            else:
                name = names.place(place)
                point = self._at.get(place)
            top = self._top([area] if area else [])
            self._names.append([name, *(point or (None, None)), int(hidden), top])
        return self._places[key]


def _target(slots: Any) -> int:
    return sum(slot.rank.value in ("minimum", "target") for slot in slots)


def _pair(words: Text) -> list[str]:
    return [words.zh, words.en]
