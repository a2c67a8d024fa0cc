"""What people ask of their coordinator about a week: listed, and in words as a caller may read it."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from scheduler.messages import say
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import Names
from scheduler.model import Instance, Person
from service.access.mask import CallerView
from service.access.within import Within
from service.store import Store, requests
from service.store.requests import HOURS, RequestRow
from service.weeks.opening import OpenWeek, opened
from service.weeks.state import WeekState
from service.weeks.words import mask_of
from service.wire import Both, moment
from service.wire.weeks.requests import RequestOut

_PAGES = {
    "sick": "/w/{week}/changes?kind=absence&person={person}&day={day}",
    "swap": "/w/{week}/changes?kind=swap&person={person}&task={task}",
    "decline": "/w/{week}/undone?task={task}&slot={slot}",
    "duty": "/w/{week}?sel={task}",
    "hours": "/people?week={week}",
}
"""By kind: where it is dealt with in full."""


def own_requests(store: Store, view: CallerView, week: str, person: str) -> list[RequestOut]:
    """What somebody asked in a week, in words, the oldest first."""
    now = opened(store, view.caller, week)
    with store.session() as session:
        rows = requests.of_person(session, week, person)
    return [request_out(view, now, row) for row in rows if row.state != "withdrawn"]


def open_requests(store: Store, view: CallerView, week: str) -> list[RequestOut]:
    """What waits for a coordinator: asked in this week, and hours that are asked for it; oldest first.

    Nothing of people whom the caller does not see, and no sick call that is in the week already.
    """
    return [one for one in all_requests(store, view, week) if one.state == "open"]


def all_requests(store: Store, view: CallerView, week: str) -> list[RequestOut]:
    """As `open_requests`, with what was answered."""
    now = opened(store, view.caller, week)
    with store.session() as session:
        rows = _shown(session, now, view.areas)
    return [request_out(view, now, row) for row in rows]


def count_open(session: Session, now: OpenWeek, areas: frozenset[str] | None) -> int:
    """How many requests wait for a coordinator of these areas, None: of every one."""
    shown = _shown(session, now, areas)
    return sum(row.state == "open" and not _is_later(now, row) for row in shown)


def _is_later(now: OpenWeek, row: RequestRow) -> bool:
    return row.kind == HOURS and row.start != now.week.start


def _shown(session: Session, now: OpenWeek, areas: frozenset[str] | None) -> list[RequestRow]:
    rows = requests.of_week(session, now.week.id, now.week.start)
    seen = seen_people(areas, now.state.instance)
    return [
        row
        for row in rows
        if row.state != "withdrawn"
        and seen(row.person)
        and not (row.state == "open" and _is_known(now.state, row))
    ]


def seen_people(areas: frozenset[str] | None, week: Instance) -> Callable[[str], bool]:
    """Which people somebody sees of a week who is for these areas, None: for every one."""
    if areas is None:
        return lambda _person: True
    within = Within(week, areas)
    return lambda person: person in within.records("people") and within.sees("people", person)


def _is_known(now: WeekState, row: RequestRow) -> bool:
    """Whether a sick call is in the week already, as somebody entered it."""
    person = now.instance.person_by_id.get(row.person)
    if row.kind != "sick" or person is None:
        return False
    start, end = (_ticks(now.instance, row.said[name]) for name in ("from", "to"))
    return any(one.start <= start and end <= one.end for one in person.leave)


def request_out(view: CallerView, now: OpenWeek, row: RequestRow) -> RequestOut:
    """A request in words, as a caller may read it."""
    mask, week, said = mask_of(view, now.state), now.state.instance, row.said
    person = week.person_by_id.get(row.person)
    task = None if "task" not in said else mask.id(said["task"])
    start = said.get("from", row.start)
    day = (said.get("from") or now.week.start)[:10]
    named = {"person": quote(row.person, safe=""), "task": quote(task or "", safe="")}
    return RequestOut.model_validate(
        {
            "id": row.id,
            "kind": row.kind,
            "state": row.state,
            "person": row.person,
            "name": row.person if person is None else person.name,
            "detail": _detail(week, person),
            "text": mask.said(_told, row, now.state, None if person is None else task),
            "words": said.get("words", ""),
            "task": task,
            "slot": said.get("slot"),
            "start": start,
            "end": said.get("to"),
            "needs_person": row.kind == "swap",
            "later": _is_later(now, row),
            "href": _PAGES[row.kind].format(
                week=now.week.id, day=day, slot=said.get("slot", 0), **named
            ),
            "at": moment(row.created),
            "answered_by": row.settled_name or "",
            "answer": said.get("answer", ""),
        }
    )


def _detail(week: Instance, person: Person | None) -> Both:
    if person is None:
        return Both(zh="", en="")

    def told(lang: Any) -> str:
        names = Names(week, lang)
        return names.listed([names.role(person.role), *map(names.area, person.areas)])

    return Both.of(told)


def _told(names: Names, row: RequestRow, now: WeekState, task: str | None) -> str:
    lang, said, known = names.lang, row.said, now.instance.person_by_id
    person = names.person(row.person) if row.person in known else row.person
    if row.kind == "sick":
        start, end = (_ticks(now.instance, said[name]) for name in ("from", "to"))
        return say("requests.sick", lang, person=person, when=_span(names, start, end))
    if row.kind == HOURS:
        day = date_in_words(date.fromisoformat(str(row.start)), lang)
        spans = [
            (datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"]))
            for one in said["spans"]
        ]
        whole = sum((end - start for start, end in spans), timedelta())
        ticks = round(whole.total_seconds() / 60) * now.instance.horizon.ticks_per_minute
        if not spans:
            return say("requests.hours_none", lang, person=person, day=day)
        told = say("requests.hours", lang, person=person, day=day, ticks=names.duration(ticks))
        return told + _missing_days(names, row, {start.date() for start, _ in spans})
    if said["task"] not in now.instance.task_by_id:
        return say("requests.gone", lang, person=person)
    when = names.moment(_ticks(now.instance, said["at"]))
    return say(f"requests.{row.kind}", lang, person=person, task=names.task(str(task)), when=when)


def _span(names: Names, start: int, end: int) -> str:
    """From when to when; whole days by their names."""
    day = names.instance.horizon.day_ticks
    if start % day or end % day:
        return say("requests.span", names.lang, start=names.moment(start), end=names.moment(end))
    first, last = start // day, end // day - 1
    if first == last:
        return names.day(first)
    return say("requests.span", names.lang, start=names.day(first), end=names.day(last))


def _missing_days(names: Names, row: RequestRow, came: Collection[date]) -> str:
    """The days on which somebody cannot come, and those on which they would rather not."""
    first = date.fromisoformat(str(row.start))
    week = [first + timedelta(number) for number in range(min(names.instance.horizon.days, 7))]
    rather = [date.fromisoformat(one) for one in row.said["days_off"]]
    days = {"hours_not": [one for one in week if one not in came], "hours_rather_not": rather}
    return "".join(
        say(f"requests.{key}", names.lang, days=names.listed(map(names.date, found)))
        for key, found in days.items()
        if found
    )


def _ticks(week: Instance, local: str) -> int:
    """A local moment in ticks of the week, which it may lie outside."""
    horizon = week.horizon
    since = datetime.fromisoformat(local) - datetime(
        horizon.start.year, horizon.start.month, horizon.start.day
    )
    return round(since.total_seconds() / 60) * horizon.ticks_per_minute
