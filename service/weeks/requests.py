"""What people ask of their coordinator about a week: asked, listed in words, accepted as a command, refused."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy.exc import IntegrityError

from scheduler.messages import say
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import Names
from scheduler.model import Instance, Person, Problem
from scheduler.model.time import clock
from service.access.caller import Caller
from service.access.mask import CallerView
from service.access.within import Within
from service.problems import ServiceError, invalid
from service.store import Store, requests, weeks
from service.store.requests import HOURS, RequestRow
from service.weeks import attempts, closing, commands, publishing
from service.weeks.commands import Command, Commanded
from service.weeks.opening import OpenWeek, opened
from service.weeks.state import WeekState
from service.weeks.words import mask_of
from service.wire import Both, moment
from service.wire.weeks.requests import OwnRequestIn, RequestOut

_OF_WORK = ("swap", "decline", "duty")
_PAGES = {
    "sick": "/w/{week}/changes?kind=absence&person={person}&day={day}",
    "swap": "/w/{week}/changes?kind=swap&person={person}&task={task}",
    "decline": "/w/{week}/undone?task={task}&slot={slot}",
    "duty": "/w/{week}?sel={task}",
    "hours": "/people?week={week}",
}
"""By kind: where it is dealt with in full."""


def ask(
    store: Store,
    caller: Caller,
    week: str,
    person: str,
    wanted: OwnRequestIn,
    key: str | None = None,
) -> RequestRow:
    """Keep what somebody asks; with a key that was used, what was kept then. Raises ServiceError with every fault.

    wanted: with true ids.
    """
    now = opened(store, caller, week)
    said, start = _said(store, now, person, wanted)
    row = RequestRow(
        id=uuid.uuid4().hex,
        week_id=week,
        person=person,
        kind=wanted.kind,
        start=start,
        said=said,
        state="open",
        account=caller.account,
        account_name=caller.name,
        key=key,
    )
    try:
        with store.session() as session:
            closing.ensure_open(session, week)
            for old in requests.of_person(session, week, person):
                if wanted.kind == HOURS == old.kind and old.state == "open" and old.start == start:
                    requests.settle(session, old, "withdrawn", caller.name)
            requests.add(session, row)
            return row
    except IntegrityError:
        with store.session() as session:
            known = requests.by_key(session, key or "")
        if known is None or known.week_id != week or known.person != person:
            raise ServiceError("key_reused") from None
        return known


def withdraw(store: Store, caller: Caller, week: str, person: str, id: str) -> None:
    """Take back what one asked, while nobody has answered it. Raises ServiceError."""
    with store.session() as session:
        row = next((r for r in requests.of_person(session, week, person) if r.id == id), None)
        if row is None:
            raise ServiceError("request_not_found", id=id)
        if not requests.settle(session, row, "withdrawn", caller.name):
            raise ServiceError("request_settled")


def refuse(store: Store, caller: Caller, view: CallerView, week: str, id: str, words: str) -> None:
    """Refuse what somebody asked, with words for them. Raises ServiceError."""
    row = _found(store, caller, view, week, id)
    with store.session() as session:
        if not requests.settle(session, row, "refused", caller.name, words):
            raise ServiceError("request_settled")


def accept(
    store: Store,
    caller: Caller,
    view: CallerView,
    week: str,
    id: str,
    *,
    person: str | None = None,
    reason: str = "",
    dry_run: bool = False,
) -> Commanded:
    """Do what somebody asked, as a command of this caller. Raises ServiceError, InputError.

    person: true id of who does the work instead.
    """
    row = _found(store, caller, view, week, id)
    if row.state != "open":
        raise ServiceError("request_settled")
    target = _target(store, caller, week, row)
    wanted = changes_of(target.state, row, person)
    command = Command(wanted, None, reason, dry_run, operation="post_acceptance")
    done = commands.command(store, caller, target.week.id, command)
    if not dry_run:
        with store.session() as session:
            requests.settle(session, row, "accepted", caller.name)
    return done


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
        rows = requests.of_week(session, week, now.week.start)
    seen = _seen(view, now.state.instance)
    shown = [row for row in rows if row.state != "withdrawn" and seen(row.person)]
    return [
        request_out(view, now, row)
        for row in shown
        if not (row.state == "open" and _is_known(now.state, row))
    ]


def changes_of(now: WeekState, row: RequestRow, person: str | None) -> list[dict[str, Any]]:
    """The changes that do what a request asks. Raises ServiceError where it lacks something."""
    said = row.said
    if row.kind == "sick":
        away = {"person": row.person, "from": said["from"], "to": said["to"]}
        return [{"kind": "absence", **away}]
    if row.kind == HOURS:
        return [_hours(now.instance, row)]
    work = {"task": said["task"], "slot": said["slot"]}
    if row.kind == "duty":
        return [{"kind": "assign", **work, "person": row.person}]
    if person is not None:
        return [{"kind": "assign", **work, "person": person}]
    if row.kind == "swap":
        problem = Problem(
            code="missing_field", pointer="/person", value="null", slots={"field": "person"}
        )
        raise invalid([problem])
    return [{"kind": "unassign", "task": said["task"], "person": row.person}]


def _hours(week: Instance, row: RequestRow) -> dict[str, Any]:
    """The person's record with the hours that they gave, and the days on which they would rather not."""
    person = week.person_by_id.get(row.person)
    if person is None:
        raise ServiceError("part_not_found", id=row.person)
    horizon = week.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        record = person.model_dump(mode="json", exclude_unset=True)
    spans = [{"from": one["start"], "to": one["end"]} for one in row.said["spans"]]
    wishes = [one for one in record.get("wishes", ()) if not _is_day_off(one)]
    if row.said["days_off"]:
        wishes.append({"want": False, "days": row.said["days_off"]})
    return {
        "kind": "edit",
        "collection": "people",
        "id": person.id,
        "record": {**record, "availability": spans, "wishes": wishes},
    }


def _is_day_off(wish: dict[str, Any]) -> bool:
    told = {name for name, value in wish.items() if value is not None}
    return (
        wish.get("want") is False and bool(wish.get("days")) and told <= {"want", "days", "weight"}
    )


def _found(store: Store, caller: Caller, view: CallerView, week: str, id: str) -> RequestRow:
    """A request that is about a week, of somebody whom the caller sees. Raises ServiceError."""
    now = opened(store, caller, week)
    with store.session() as session:
        row = requests.find(session, week, now.week.start, id)
    if row is None or row.state == "withdrawn" or not _seen(view, now.state.instance)(row.person):
        raise ServiceError("request_not_found", id=id)
    return row


def _target(store: Store, caller: Caller, week: str, row: RequestRow) -> OpenWeek:
    """The week that a request changes: of hours the last begun of their first day in which they are."""
    now = opened(store, caller, week)
    if row.kind != HOURS or row.start == now.week.start:
        return now
    with store.session() as session:
        ids = weeks.starting(session, row.start or "")
    for id in reversed(ids):
        found = opened(store, caller, id)
        if row.person in found.state.instance.person_by_id:
            return found
    raise ServiceError("next_week_missing", start=row.start)


def _seen(view: CallerView, week: Instance) -> Callable[[str], bool]:
    """Which people the caller sees of a week."""
    if view.areas is None:
        return lambda _person: True
    within = Within(week, view.areas)
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
        start, end = (names.moment(_ticks(now.instance, said[name])) for name in ("from", "to"))
        return say("requests.sick", lang, person=person, **{"from": start, "to": end})
    if row.kind == HOURS:
        day = date_in_words(date.fromisoformat(str(row.start)), lang)
        spans = [(_moment(one["start"]), _moment(one["end"])) for one in said["spans"]]
        whole = sum((end - start for start, end in spans), timedelta())
        ticks = round(whole.total_seconds() / 60) * now.instance.horizon.ticks_per_minute
        key = "hours" if spans else "hours_none"
        slots = {"count": len(spans), "ticks": names.duration(ticks)} if spans else {}
        return say(f"requests.{key}", lang, person=person, day=day, **slots)
    if said["task"] not in now.instance.task_by_id:
        return say("requests.gone", lang, person=person)
    when = names.moment(_ticks(now.instance, said["at"]))
    return say(f"requests.{row.kind}", lang, person=person, task=names.task(str(task)), when=when)


def _ticks(week: Instance, local: str) -> int:
    """A local moment in ticks of the week, which it may lie outside."""
    horizon = week.horizon
    since = _moment(local) - datetime(horizon.start.year, horizon.start.month, horizon.start.day)
    return round(since.total_seconds() / 60) * horizon.ticks_per_minute


def _moment(local: str) -> datetime:
    return datetime.fromisoformat(local)


def _said(
    store: Store, now: OpenWeek, person: str, wanted: OwnRequestIn
) -> tuple[dict[str, Any], str | None]:
    """What is kept of a wish, and the first day that it is about. Raises ServiceError with every fault."""
    state = now.state
    if person not in state.instance.person_by_id:
        raise ServiceError("part_not_found", id=person)
    words = {"words": wanted.words.strip()}
    if wanted.kind == "sick":
        if wanted.span is None:
            raise invalid(
                [
                    Problem(
                        code="missing_field", pointer="/span", value="null", slots={"field": "span"}
                    )
                ]
            )
        _ensure_spans([wanted.span], "/span", None)
        span = {"from": wanted.span.start, "to": wanted.span.end}
        change = {"kind": "absence", "person": person, **span}
        attempts.read(state.instance, [change], "")
        return {**span, **words}, None
    if wanted.kind == HOURS:
        first = _next_start(now, wanted.start)
        last = first + timedelta(state.instance.horizon.days)
        _ensure_spans(wanted.spans, "/spans", (first, last))
        off = [day for day in sorted(set(wanted.days_off)) if first <= day < last]
        return {
            "spans": [one.model_dump() for one in wanted.spans],
            "days_off": [day.isoformat() for day in off],
            **words,
        }, first.isoformat()
    task = wanted.task or ""
    return {
        "task": task,
        "slot": wanted.slot,
        "at": _work(store, now, person, wanted),
    } | words, None


def _next_start(now: OpenWeek, asked: date | None) -> date:
    """First day of the week that hours are about: this one's, or the next one's."""
    horizon = now.state.instance.horizon
    first = asked or horizon.date(horizon.days)
    if first not in (horizon.start, horizon.date(horizon.days)):
        days = {"first": f"{horizon.start}", "last": f"{horizon.date(horizon.days)}"}
        raise invalid(
            [Problem(code="outside_horizon", pointer="/start", value=f"{first}", slots=days)]
        )
    return first


def _ensure_spans(spans: Sequence[Any], at: str, days: tuple[date, date] | None) -> None:
    problems = []
    for number, one in enumerate(spans):
        place = f"{at}/{number}" if days else at
        try:
            start, end = _moment(one.start), _moment(one.end)
        except ValueError:
            problems.append(Problem(code="not_a_moment", pointer=place, value=one.start))
            continue
        if end <= start:
            problems.append(
                Problem(
                    code="window_ends_before_start",
                    pointer=f"{place}/end",
                    value=one.end,
                    slots={"start": one.start},
                )
            )
        elif days and not (days[0] <= start.date() and end.date() <= days[1]):
            told = {"first": f"{days[0]}", "last": f"{days[1] - timedelta(1)}"}
            problems.append(
                Problem(code="outside_horizon", pointer=place, value=one.start, slots=told)
            )
    if problems:
        raise invalid(problems)


def _work(store: Store, now: OpenWeek, person: str, wanted: OwnRequestIn) -> str:
    """When the work begins that somebody speaks of: their own, or of a duty that nobody has. Raises ServiceError."""
    week, at = now.state.instance, (wanted.task, wanted.slot)
    with store.session() as session:
        published = publishing.published(session, now.week.id).state
    rosters = [state.roster for state in (published, now.state) if state is not None]
    parts = {(one.task, one.slot): one for roster in rosters for one in roster.assignments}
    if wanted.kind == "duty":
        shift = next((one for one in week.shifts if one.id == wanted.task), None)
        if shift is None or any((one.task, one.slot) == at for one in now.state.roster.assignments):
            raise ServiceError("duty_taken")
        return _local(week, shift.start)
    part = parts.get((str(wanted.task), wanted.slot))
    if part is None or part.person != person:
        raise ServiceError("part_not_found", id=wanted.task)
    return _local(week, part.start)


def _local(week: Instance, ticks: int) -> str:
    horizon = week.horizon
    midnight = datetime(horizon.start.year, horizon.start.month, horizon.start.day)
    minutes = ticks // horizon.ticks_per_minute
    return f"{midnight + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"
