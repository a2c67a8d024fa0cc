"""The roster as tables: people by day, visits by day, shifts by venue."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.drawings.board import roles_in_order
from scheduler.drawings.reader import Reader
from scheduler.drawings.words import day, head_day, joined, role
from scheduler.facts import Facts, RouteStop
from scheduler.messages.moments import clock_in_words
from scheduler.model import Shift
from scheduler.model.tasks import Rank
from scheduler.rules import Text

DAYS = 7
"""Columns of a table; a longer horizon makes several."""


@dataclass(frozen=True)
class Entry:
    """A stop as a line: times of day, what, its kind's position, where."""

    start: str
    end: str
    name: Text
    kind: int
    place: Text


@dataclass(frozen=True)
class Row:
    """A person's days."""

    person: Text
    cells: list[list[Entry]]


@dataclass(frozen=True)
class Grid:
    """People × days of one week: heads of the columns, and rows by role."""

    heads: list[Text]
    roles: list[tuple[Text, list[Row]]]


@dataclass(frozen=True)
class Line:
    """A visit that takes place, with everybody who goes."""

    entry: Entry
    people: list[Text]
    priority: int
    missing: int


@dataclass(frozen=True)
class Day:
    """The visits of a day in order of start."""

    name: Text
    lines: list[Line]


@dataclass(frozen=True)
class Staffing:
    """A shift with its headcount. state: "short" of the minimum, "under" the target, or "full"."""

    start: str
    end: str
    name: str
    kind: int
    filled: int
    minimum: int
    target: int
    people: list[Text]

    @property
    def state(self) -> str:
        """How the headcount stands; a class of the page's style."""
        if self.filled < self.minimum:
            return "short"
        return "under" if self.filled < self.target else "full"


@dataclass(frozen=True)
class Venue:
    """The shifts of a place by day."""

    name: str
    cells: list[list[Staffing]]


@dataclass(frozen=True)
class Venues:
    """Venues × days of one week."""

    heads: list[Text]
    rows: list[Venue]


def weeks(facts: Facts) -> Iterator[range]:
    """The horizon's days, seven at a time."""
    days = facts.horizon.days
    for first in range(0, days, DAYS):
        yield range(first, min(first + DAYS, days))


def time_of_day(facts: Facts, ticks: int) -> str:
    """Clock time of a moment."""
    return clock_in_words(round(ticks / facts.horizon.ticks_per_minute))


def _entry(
    facts: Facts, reader: Reader, kind_of: dict[str, int], stop: RouteStop, on: int
) -> Entry:
    """The stop under a day; a start on another date, after midnight, is told with it."""
    begins, date = time_of_day(facts, stop.start), facts.horizon.day_of(stop.start)
    return Entry(
        begins if date == on else f"{facts.horizon.date(date):%m-%d} {begins}",
        time_of_day(facts, stop.end),
        reader.task(stop.task.id),
        kind_of[stop.task.id],
        reader.place(stop.task.id, stop.place),
    )


def grids(facts: Facts, reader: Reader, kind_of: dict[str, int]) -> list[Grid]:
    """One grid a week. People without work have a row too."""
    people = facts.instance.people
    by_week = []
    for days in weeks(facts):
        roles = []
        for name in roles_in_order(people):
            rows = [
                Row(
                    reader.person(person.id),
                    [
                        [
                            _entry(facts, reader, kind_of, stop, on)
                            for stop in facts.shown(person.id, on)
                        ]
                        for on in days
                    ],
                )
                for person in people
                if person.role.value == name
            ]
            roles.append((role(name), rows))
        by_week.append(Grid([head_day(facts.instance, on) for on in days], roles))
    return by_week


def days_of(
    facts: Facts, reader: Reader, kind_of: dict[str, int], person: str
) -> list[tuple[Text, list[Line]]]:
    """Each day of the horizon with what one person does on it; the people of a line are the others there."""

    def line(stop: RouteStop, on: int) -> Line:
        filled, task = facts.by_task[stop.task.id], stop.task
        hidden = task.id in reader.tasks
        others = [one.person for _, one in sorted(filled.items()) if one.person != person]
        people = [] if hidden else [reader.person(one) for one in others]
        return Line(_entry(facts, reader, kind_of, stop, on), people, task.priority, 0)

    return [
        (head_day(facts.instance, on), [line(stop, on) for stop in facts.shown(person, on)])
        for on in range(facts.horizon.days)
    ]


def visits_by_day(facts: Facts, reader: Reader, kind_of: dict[str, int]) -> list[Day]:
    """Every day of the horizon with its visits."""
    days: list[list[tuple[int, Line]]] = [[] for _ in range(facts.horizon.days)]
    for visit in facts.instance.visits:
        filled = facts.by_task[visit.id]
        if not filled:
            continue
        first = min(filled.values(), key=lambda stop: stop.start)
        people = [reader.person(filled[n].person) for n in sorted(filled)]
        on = facts.horizon.day_of(first.start)
        line = Line(
            _entry(facts, reader, kind_of, first, on),
            people,
            visit.priority,
            len(visit.slots) - len(filled),
        )
        if 0 <= on < len(days):
            days[on].append((first.start, line))
    return [
        Day(day(facts.horizon, on), [line for _, line in sorted(lines, key=lambda entry: entry[0])])
        for on, lines in enumerate(days)
    ]


def venues(facts: Facts, reader: Reader, kind_of: dict[str, int]) -> list[Venues]:
    """Places with shifts, in the order of the instance."""
    shifts: dict[str, list[Shift]] = {}
    for shift in sorted(facts.instance.shifts, key=lambda shift: shift.start):
        shifts.setdefault(shift.place, []).append(shift)
    by_week = []
    for days in weeks(facts):
        rows = []
        for place in facts.instance.places:
            cells = [
                [
                    _staffing(facts, reader, kind_of, shift)
                    for shift in shifts.get(place.id, ())
                    if facts.horizon.day_of(shift.start) == on
                ]
                for on in days
            ]
            if any(cells):
                rows.append(Venue(place.name, cells))
        if rows:
            by_week.append(Venues([head_day(facts.instance, on) for on in days], rows))
    return by_week


def _staffing(facts: Facts, reader: Reader, kind_of: dict[str, int], shift: Shift) -> Staffing:
    filled, slots = facts.by_task[shift.id], facts.task_slots[shift.id]
    ranks = [slot.rank for slot in slots]
    minimum = ranks.count(Rank.MINIMUM)
    return Staffing(
        time_of_day(facts, shift.start),
        time_of_day(facts, shift.start + shift.duration),
        shift.name,
        kind_of[shift.id],
        len(filled),
        minimum,
        minimum + ranks.count(Rank.TARGET),
        [reader.person(filled[n].person) for n in sorted(filled)],
    )


def names(people: list[Text] | tuple[Text, ...]) -> Text:
    """The names of people, joined by commas."""
    return joined(list(people))
