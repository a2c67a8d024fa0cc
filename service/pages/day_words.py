"""A day in words, as its page asks for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.drawings.words import called_day
from scheduler.facts import RouteStop
from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.report.part import span_of_day
from scheduler.weeks.matters import Matter
from scheduler.weeks.matters_in_words import matter_in_words
from service.store.weeks import RevisionRow
from service.weeks.asked import AskedWeek
from service.weeks.day import DayStop, DayWork, PostDay
from service.weeks.today import page_of
from service.wire.weeks.requests import RequestOut

_MOST_CHANGES = 5


@dataclass(frozen=True)
class MatterLine:
    """A thing that needs a person, in words."""

    kind: str
    text: str
    verb: str
    href: str


@dataclass(frozen=True)
class ChangeLine:
    """What somebody did to the day. clock: on the office's wall, with the day where it was another."""

    clock: str
    who: str
    kind: str
    parts: int
    reason: str
    undone: bool


class DayWords:
    """A day in words, as its template asks for them. begun: whether its week has."""

    def __init__(self, asked: AskedWeek, day: DayWork, lang: Lang, begun: bool):
        self.asked, self.day, self.lang, self._begun = asked, day, lang, begun
        self._names = asked.mask.names(lang)
        self._blurred = asked.mask.blurred(lang) if asked.mask.hidden_tasks else self._names
        self._per_minute = asked.facts.horizon.ticks_per_minute
        self._dates: dict[int, str] = {}

    @property
    def title(self) -> str:
        """The day and its weekday, or the holiday that it is."""
        return str(getattr(called_day(self.asked.facts.instance, self.day.number), self.lang))

    @property
    def is_today(self) -> bool:
        """Whether now is on it."""
        return self._begun and self.day.start <= self.day.now < self.day.end

    @property
    def is_over(self) -> bool:
        """Whether it lies before now."""
        return self.day.end <= self.day.now

    @property
    def now(self) -> str:
        """The time of day."""
        return self._names.clock(self.day.now)

    def person(self, id: str) -> str:
        """A person's name."""
        return self._names.person(id)

    def role(self, id: str) -> str:
        """A person's role."""
        return self._names.role(self.asked.facts.instance.person_by_id[id].role)

    def task(self, stop: RouteStop) -> str:
        """What the work is called."""
        return self._names.task(stop.task.id)

    def place(self, stop: RouteStop) -> str:
        """Where it is; its area where it is hidden."""
        hidden = stop.task.id in self.asked.mask.hidden_tasks
        return (self._blurred if hidden else self._names).place(stop.place)

    def clock(self, ticks: int) -> str:
        """Time of day."""
        return self._names.clock(ticks)

    def span(self, start: int, end: int) -> str:
        """From when to when."""
        horizon = self.asked.facts.horizon
        return str(getattr(span_of_day(horizon, horizon.day_of(start), start, end), self.lang))

    def stop(self, stop: RouteStop) -> dict[str, Any]:
        """A stop, for the script: all of it that stays as long as the week is as it is."""
        begins = self.asked.facts.horizon.day_of(stop.start)
        return {
            "task": stop.task.id,
            "slot": stop.slot,
            "name": self.task(stop),
            "place": self.place(stop),
            "start": self.clock(stop.start),
            "end": self.clock(stop.end),
            "dates": [self.iso(begins), self.iso(begins + 1)],
        }

    def iso(self, day: int) -> str:
        """A day's date."""
        if day not in self._dates:
            self._dates[day] = (self.asked.facts.horizon.start + timedelta(day)).isoformat()
        return self._dates[day]

    @cached_property
    def hours(self) -> list[str]:
        """Every second hour of the day's work."""
        low, high = self.day.span
        return [f"{hour:02d}" for hour in range(low, high + 1, 2)]

    def bar(self, one: DayStop) -> tuple[int, int]:
        """Where a stop's bar begins and how long it is, in minutes from the first of `hours`."""
        low, high = (self.day.start + hour * 60 * self._per_minute for hour in self.day.span)
        start, end = max(one.stop.start, low), min(one.stop.end, high)
        return (start - low) // self._per_minute, max(6, (end - start) // self._per_minute)

    @property
    def minutes(self) -> int:
        """Length of the strip."""
        low, high = self.day.span
        return (high - low) * 60

    @property
    def now_at(self) -> int | None:
        """Where now is on the strip; None: it is not on it."""
        at = (self.day.now - self.day.start) // self._per_minute - self.day.span[0] * 60
        return at if self.is_today and 0 <= at <= self.minutes else None

    def post(self, post: PostDay) -> str:
        """What a post is called."""
        return self._names.task(post.shift.id)

    def post_place(self, post: PostDay) -> str:
        """Where a post is."""
        hidden = post.shift.id in self.asked.mask.hidden_tasks
        return (self._blurred if hidden else self._names).place(post.shift.place)

    def post_people(self, post: PostDay) -> str:
        """Who is there."""
        return self._names.people(stop.person for stop in post.stops)

    @cached_property
    def filled(self) -> int:
        """People at the day's posts, none beyond what a post should have."""
        return sum(min(len(post.stops), post.wanted) for post in self.day.posts)

    @cached_property
    def wanted(self) -> int:
        """People that the day's posts should have."""
        return sum(post.wanted for post in self.day.posts)

    def matter(self, one: Matter, untold: int) -> MatterLine:
        """A thing that needs a person. untold: so many people know another plan; they are one thing."""
        text = getattr(self.asked.mask.said(matter_in_words, one), self.lang)
        href = page_of(self.asked, one)
        if one.kind == "untold" and untold > 1:
            text = say("pages.today.untold", self.lang, count=untold)
            href = href.partition("?")[0]
        return MatterLine(one.kind, text, say(f"matters.verb.{one.kind}", self.lang), href)

    def waiting(self, asked: Sequence[RequestOut]) -> MatterLine:
        """What workers asked and nobody answered, as one thing."""
        text = getattr(asked[0].text, self.lang)
        if len(asked) > 1:
            text = say("pages.today.asked", self.lang, count=len(asked))
        verb = say("pages.today.answer", self.lang)
        return MatterLine("asked", text, verb, f"/w/{self.asked.id}/changes#asked")

    def ordered(self, count: int, late: int) -> MatterLine:
        """The orders that wait to be accepted, as one thing. late: so many of them longer than is promised."""
        text = say("pages.today.ordered", self.lang, count=count)
        if late:
            text += say("pages.today.ordered_late", self.lang, count=late)
        verb = say("pages.today.to_orders", self.lang)
        return MatterLine("ordered", text, verb, f"/w/{self.asked.id}/orders")

    def changes(
        self, rows: Sequence[RevisionRow], gone: Collection[int], time_zone: str
    ) -> list[ChangeLine]:
        """What was done to the day last, the last first. gone: numbers of what was taken back."""
        return [
            ChangeLine(
                clock=self._wall(row.created, time_zone),
                who=row.account_name,
                kind=row.kind,
                parts=len(row.told.get("moved", ())),
                reason=self.asked.mask.neutral.words(str(row.told.get("reason", ""))),
                undone=row.number in gone,
            )
            for row in rows[: -_MOST_CHANGES - 1 : -1]
        ]

    def _wall(self, created: float, time_zone: str) -> str:
        shown = datetime.fromtimestamp(created, ZoneInfo(time_zone))
        day = self.asked.facts.horizon.date(self.day.number)
        if shown.date() == day:
            return f"{shown:%H:%M}"
        return f"{date_in_words(shown.date(), self.lang, 'date')} {shown:%H:%M}"
