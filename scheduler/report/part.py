"""The lines of a part of a roster: what one person does, or what is done at a place or in a community."""

from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.drawings.kinds import Kind, kinds
from scheduler.drawings.words import bilingual, called_day, same, short_day, text
from scheduler.facts import RouteStop
from scheduler.facts.visits import private as is_private
from scheduler.messages.moments import clock_in_words
from scheduler.model import Horizon, Shift
from scheduler.model.tasks import household_of, least_headcount
from scheduler.report.audience import Part
from scheduler.rules import Text


@dataclass(frozen=True)
class PartLine:
    """A task as one audience reads it. Moments in ticks from the horizon's start.

    task: its true id, which is for no reader; day: index of the day under which it stands
    kind: position in `PartLines.kinds`; household: where it may be told
    people: names; on a person's lines those of the others
    missing: people below the least headcount; way: minutes of travel before it, on a person's lines
    private: to be kept to oneself
    """

    task: str
    day: int
    start: int
    end: int
    kind: int
    name: Text
    place: Text
    household: str | None
    people: tuple[Text, ...]
    missing: int
    way: int
    private: bool


class PartLines:
    """The lines of a part by day."""

    def __init__(self, part: Part):
        self.part = part
        self._facts, self.horizon = part.facts, part.instance.horizon
        self.kinds: list[Kind]
        """The kinds of work that the lines name."""
        self.kinds, self._kind_of = kinds(part.facts, part.reader, [task.id for task in part.tasks])

    @cached_property
    def lines(self) -> list[PartLine]:
        """All lines in order of time."""
        of_person = self.part.audience.kind == "person"
        made = self._of_person(self.part.audience.id) if of_person else self._of_tasks()
        return sorted(made, key=lambda line: (line.day, line.start, line.task))

    def of_day(self, number: int) -> list[PartLine]:
        """The lines of a day of the horizon."""
        return [line for line in self.lines if line.day == number]

    def day(self, number: int) -> Text:
        """A day with its weekday, or with the holiday that it is or makes up for."""
        return called_day(self.part.instance, number)

    def clock(self, line: PartLine) -> Text:
        """From when to when; a moment on another day than the line's says so."""
        return span_of_day(self.horizon, line.day, line.start, line.end)

    def _of_person(self, person: str) -> list[PartLine]:
        made = []
        for on, stops in self._facts.by_day[person].items():
            ways = [way for _, after, way in self._facts.legs(person, on) if after is not None]
            # Without a place where the day starts there is no leg to its first stop.
            ways = [0] * (len(stops) - len(ways)) + ways
            for stop, way in zip(stops, ways, strict=True):
                others = self.part.crew(stop.task.id, without=person)
                made.append(self._line(stop, max(on, 0), others, self._minutes(way)))
        return made

    def _of_tasks(self) -> list[PartLine]:
        made = []
        for task in self.part.tasks:
            stops = list(self._facts.by_task[task.id].values())
            if isinstance(task, Shift) and not stops:
                stops = [RouteStop(task, 0, "", task.place, task.start, task.start + task.duration)]
            first = min(stops, key=lambda stop: stop.start)
            whole = replace(first, end=max(stop.end for stop in stops))
            on = self.horizon.day_of(first.start)
            made.append(self._line(whole, on, self.part.crew(task.id), 0))
        return made

    def _line(self, stop: RouteStop, on: int, people: list[Text], way: int) -> PartLine:
        task, reader = stop.task, self.part.reader
        household = household_of(self.part.instance, task) if self.part.private else None
        return PartLine(
            task=task.id,
            day=on,
            start=stop.start,
            end=stop.end,
            kind=self._kind_of[task.id],
            name=reader.task(task.id),
            place=reader.place(task.id, stop.place),
            household=None if household is None else household.name,
            people=tuple(people),
            missing=max(0, least_headcount(task) - len(self._facts.by_task[task.id])),
            way=way,
            private=is_private(self.part.instance, task),
        )

    def _minutes(self, ticks: int) -> int:
        return round(ticks / self.horizon.ticks_per_minute)


def span_of_day(horizon: Horizon, on: int, start: int, end: int) -> Text:
    """``[start, end)`` told under a day: 09:00–10:00, 22:00–next day 06:00, 09:00–25 Nov 17:00. Ticks."""

    def told(moment: int, named: int, last: bool) -> Text:
        clock = clock_in_words(round(moment / horizon.ticks_per_minute))
        date = horizon.day_of(moment)
        if last and date == named + 1 and moment == date * horizon.day_ticks:
            return same("24:00")
        if date == named:
            return same(clock)
        key = "next_day" if date == named + 1 else "other_day"
        return text(f"clock.{key}", day=short_day(horizon, date), clock=clock)

    begins = told(start, on, last=False)
    ends = told(end, horizon.day_of(start), last=True)
    return bilingual(lambda lang: f"{getattr(begins, lang)}–{getattr(ends, lang)}")
