"""A week being drawn: lists of records that grow, random sources by subject, and words for times."""

from collections import Counter
from datetime import date
from random import Random

from scheduler.due import expand
from scheduler.model import (
    Area,
    Case,
    Duty,
    Gap,
    Horizon,
    Household,
    Instance,
    Person,
    PersonHistory,
    Pin,
    Place,
    Settings,
    Shift,
    Visit,
    Window,
)

DAY = 24 * 60
FIRST_DAY = date(2026, 11, 23)
"""A Monday; the week after it and the next three hold no public holiday."""


def clock(text: str) -> int:
    """Minutes after midnight of a time such as "08:30"."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def at(day: int, text: str) -> int:
    """Moment of a day and a time."""
    return day * DAY + clock(text)


def span(day: int, start: str, end: str, due: int | None = None) -> Window:
    """A window on one day."""
    return Window(start=at(day, start), end=at(day, end), due=due)


class Draft:
    """The records so far of an instance. `rng` draws this week's work only; see `chance`."""

    def __init__(self, key: str, start: date = FIRST_DAY, days: int = 7):
        self.key = key
        self.start = start
        self.days = days
        self.rng = self.chance("work", start.isoformat())
        self.areas: list[Area] = []
        self.places: list[Place] = []
        self.people: list[Person] = []
        self.households: list[Household] = []
        self.duties: list[Duty] = []
        self.cases: list[Case] = []
        self.visits: list[Visit] = []
        self.shifts: list[Shift] = []
        self.gaps: list[Gap] = []
        self.pins: list[Pin] = []
        self.history: dict[str, PersonHistory] = {}
        self._numbers: Counter[str] = Counter()

    def chance(self, *about: str) -> Random:
        """A random source for a subject alone, so that drawing more of one subject never changes another."""
        return Random("/".join((self.key, *about)))

    def number(self, kind: str) -> int:
        """1, 2, 3 … for each kind."""
        self._numbers[kind] += 1
        return self._numbers[kind]

    def id(self, kind: str) -> str:
        """The next id of a kind, such as "order-007"."""
        return f"{kind}-{self.number(kind):03d}"

    @property
    def weekdays(self) -> list[int]:
        """Day indices from Monday to Friday."""
        return [
            day for day in range(self.days) if (self.start.toordinal() + day) % 7 in range(1, 6)
        ]

    def instance(self, name: str, title: str, settings: Settings) -> Instance:
        """The finished instance, with the visits that its duties and series make due."""
        return expand(
            Instance(
                id=name,
                title=title,
                horizon=Horizon(start=self.start, days=self.days),
                areas=tuple(self.areas),
                places=tuple(self.places),
                people=tuple(self.people),
                households=tuple(self.households),
                duties=tuple(self.duties),
                cases=tuple(self.cases),
                visits=tuple(self.visits),
                shifts=tuple(self.shifts),
                gaps=tuple(self.gaps),
                pins=tuple(self.pins),
                history=self.history,
                settings=settings,
            )
        )
