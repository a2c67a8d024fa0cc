"""A roster as lines of plain words, the same for every export."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.checker.sentences import day_in_words, kind_in_words
from scheduler.due import expand
from scheduler.facts import Facts, RouteStop
from scheduler.messages import Lang, say
from scheduler.model import Instance, Roster, Shift
from scheduler.model.time import to_datetime
from scheduler.report.reader import Reader


@dataclass(frozen=True)
class Line:
    """One assignment in words; start and end are local, without a zone."""

    day: int
    day_words: str
    start: datetime
    end: datetime
    task: str
    kind: str
    place: str
    person: str
    role: str
    slot: int
    stop: RouteStop

    @property
    def clock(self) -> str:
        """Such as 09:00–10:30."""
        return f"{self.start:%H:%M}–{self.end:%H:%M}"


@dataclass(frozen=True)
class Sheetful:
    """An instance with its due visits, what a reader may see of it, and the roster's lines by start."""

    instance: Instance
    facts: Facts
    reader: Reader
    lang: Lang
    lines: list[Line]

    def task(self, task: str) -> str:
        """Name of a visit or shift, as the reader may see it."""
        return getattr(self.reader.task(task), self.lang)

    def kind(self, task: str) -> str:
        """Kind of a visit or shift; a hidden one has none of its own."""
        if task in self.reader.tasks:
            return self.task(task)
        return kind_in_words(self.instance.task_by_id[task].kind, self.lang)

    def place(self, task: str, place: str) -> str:
        """Name of a place, or of the area around a hidden one."""
        return getattr(self.reader.place(task, place), self.lang)

    def is_shift(self, task: str) -> bool:
        """Whether a task is a shift."""
        return isinstance(self.instance.task_by_id[task], Shift)


def role_in_words(role: str, lang: Lang) -> str:
    """Name of a role."""
    return say(f"report.role.{role}", lang)


def read(instance: Instance, roster: Roster, lang: Lang, private: bool) -> Sheetful:
    """All assignments in words, by start, then person."""
    instance = expand(instance)
    facts = Facts(instance, roster)
    found = Sheetful(instance, facts, Reader(instance, private), lang, [])
    horizon = instance.horizon
    for person in instance.people:
        for stop in facts.by_person[person.id]:
            day = horizon.day_of(stop.start)
            found.lines.append(
                Line(
                    day=day,
                    day_words=day_in_words(horizon, day, lang),
                    start=to_datetime(stop.start, horizon.start, horizon.ticks_per_minute),
                    end=to_datetime(stop.end, horizon.start, horizon.ticks_per_minute),
                    task=found.task(stop.task.id),
                    kind=found.kind(stop.task.id),
                    place=found.place(stop.task.id, stop.place),
                    person=person.name,
                    role=role_in_words(person.role, lang),
                    slot=stop.slot + 1,
                    stop=stop,
                )
            )
    found.lines.sort(key=lambda line: (line.start, line.stop.task.id, line.slot))
    return found
