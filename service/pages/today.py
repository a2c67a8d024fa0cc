"""A day of a week, ``/w/{week}/day/{day}``: the next thing that needs a person, and the day's work beneath."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.facts import RouteStop
from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.weeks.matters import Matter, matters
from scheduler.weeks.matters_in_words import matter_in_words
from service.access import rules
from service.access.mask import Viewing
from service.pages.drawing import page
from service.pages.frame import links
from service.pages.weeks import week_of
from service.problems import ServiceError, language
from service.routes.common import Use
from service.routes.weeks.asking import AskedId
from service.store import weeks
from service.store.weeks import RevisionRow
from service.weeks.asked import AskedWeek, asked_week
from service.weeks.day import DayStop, DayWork, PersonDay, PostDay, StopState
from service.weeks.history import about, reversed_numbers
from service.weeks.request_words import open_requests
from service.weeks.today import clock, known_work, minute_of, outcomes, page_of, reports
from service.wire.weeks.requests import RequestOut

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
Show = Literal["all", "now", "late", "over"]
_SHOWN: dict[Show, tuple[StopState, ...]] = {"now": ("now",), "late": ("late",), "over": ("over",)}
MOST_MATTERS = 21
"""Things that are told of one by one; of the others the number is said."""
_MOST_CHANGES = 5
_MOST_MINUTES = 60 * 24 * 400


@router.get("/w/{week}/day/{day}")
def get_today_page(
    request: Request,
    week: AskedId,
    day: Annotated[str, Path(max_length=10)],
    parts: Use,
    view: Viewing,
    show: Show = "all",
    minute: Annotated[int | None, Query(ge=0, le=_MOST_MINUTES)] = None,
) -> Response:
    """One day, with what needs a person next."""
    asked = asked_week(parts.store, view, week)
    zone, horizon = parts.settings.time_zone, asked.facts.horizon
    begun = minute is not None or clock(zone).date() >= horizon.start
    if minute is None:
        minute = minute_of(asked.facts.instance, clock(zone))
    days = [horizon.date(number).isoformat() for number in range(horizon.days)]
    if day not in days:
        return RedirectResponse(f"/w/{asked.id}/day/{_nearest(day, days)}", 303)
    said = outcomes(parts.store, asked)
    small = parts.settings.small_change_minutes
    known = known_work(parts.store, asked, view, small)
    now = minute * horizon.ticks_per_minute
    found = matters(
        asked.facts,
        max(now, days.index(day) * horizon.day_ticks),
        horizon.end,
        report=asked.trials.report,
        reports=reports(said),
        told=known.told,
        published=known.published,
        unreported=False,
    )
    untold = [one for one in found if one.kind == "untold"]
    pressing = [one for one in found if one not in untold[1:]]
    end = (days.index(day) + 1) * horizon.day_ticks
    pressing = [one for one in pressing if one.at < end] or pressing
    late = {(one.task or "", one.slot or 0) for one in found if one.kind == "late"}
    shown = DayWork(asked.facts, days.index(day), now, said, late)
    with parts.store.session() as session:
        rows = weeks.revisions(session, asked.id, 1)
    words = DayWords(asked, shown, language(request), begun)
    caller = request.state.caller
    around = week_of(request, week)
    lines = [words.matter(one, len(untold)) for one in pressing[:MOST_MATTERS]]
    more = len(pressing) - len(lines)
    if rules.may("post_acceptance", caller) and (
        waiting := open_requests(parts.store, view, asked.id)
    ):
        lines.insert(0, words.waiting(waiting))
    return page(
        request,
        "today.html",
        week=around,
        words=("today.script",),
        data={
            "week": asked.id,
            "now": words.now if words.is_today else None,
            "stops": words.stops(shown.people),
        },
        day=words,
        dates=[
            (iso, date_in_words(horizon.date(n), words.lang, "short_day"))
            for n, iso in enumerate(days)
        ],
        chosen=day,
        minute=request.query_params.get("minute"),
        show=show,
        people=_people(shown.people, show),
        matters=lines,
        pressing=len(lines) + more,
        changes=words.changes(rows, zone),
        to_changes=bool(links(request, ("get_changes_page",), around)),
        may_note=rules.may("post_outcomes", caller),
    )


def _nearest(day: str, days: Sequence[str]) -> str:
    """The week's day that is nearest to a date. Raises ServiceError for what is no date."""
    try:
        date.fromisoformat(day)
    except ValueError:
        raise ServiceError("part_not_found", id=day) from None
    return min(max(day, days[0]), days[-1])


def _people(people: Iterable[PersonDay], show: Show) -> list[PersonDay]:
    """Those whom the reader asked for."""
    states = _SHOWN.get(show, ())
    return [person for person in people if not states or person.count(*states)]


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
        """The day and its weekday."""
        return self._names.day(self.day.number)

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
        return f"{self._names.clock(start)}–{self._names.clock(end)}"

    def stops(self, people: Iterable[PersonDay]) -> dict[str, list[dict[str, Any]]]:
        """Person → stops, for the script that draws them where they are looked at."""
        return {person.person: [self._stop(one) for one in person.stops] for person in people}

    def _stop(self, one: DayStop) -> dict[str, Any]:
        stop, horizon = one.stop, self.asked.facts.horizon
        begins = horizon.day_of(stop.start)
        return {
            "task": stop.task.id,
            "slot": stop.slot,
            "name": self.task(stop),
            "place": self.place(stop),
            "start": self.clock(stop.start),
            "end": self.clock(stop.end),
            "dates": [self._iso(begins), self._iso(begins + 1)],
            "state": one.state,
            "ended": None if one.ended is None else self.clock(one.ended),
            "begun": stop.start <= self.day.now,
        }

    def _iso(self, day: int) -> str:
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

    def changes(self, rows: Sequence[RevisionRow], time_zone: str) -> list[ChangeLine]:
        """What was done to the day last, the last first."""
        gone = reversed_numbers(rows)
        mine = [row for row in reversed(rows) if about(row, day=self.day.number)]
        return [
            ChangeLine(
                clock=self._wall(row.created, time_zone),
                who=row.account_name,
                kind=row.kind,
                parts=len(row.told.get("moved", ())),
                reason=self.asked.mask.neutral.words(str(row.told.get("reason", ""))),
                undone=row.number in gone,
            )
            for row in mine[:_MOST_CHANGES]
        ]

    def _wall(self, created: float, time_zone: str) -> str:
        shown = datetime.fromtimestamp(created, ZoneInfo(time_zone))
        day = self.asked.facts.horizon.date(self.day.number)
        if shown.date() == day:
            return f"{shown:%H:%M}"
        return f"{date_in_words(shown.date(), self.lang, 'date')} {shown:%H:%M}"
