"""我的一周: one's own stops, duties to ask for, hours for the next week; for a phone, and for who has no account."""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Path, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from scheduler.facts import Facts
from scheduler.messages.moments import clock_in_words, date_in_words
from scheduler.model.time import MINUTES_PER_DAY, clock
from scheduler.report.audience import Audience, Part
from scheduler.report.texts import part_text
from service.access import links, sessions
from service.access.attempts import Attempts
from service.access.caller import Asking, Caller
from service.access.gate import address
from service.access.mask import CallerView, Viewing
from service.pages import assets
from service.pages.drawing import page
from service.pages.form import FormFields
from service.private_files import private_folder
from service.problems import ServiceError, language
from service.routes.common import Language, Parts, Use, address_of
from service.routes.rooms import Room
from service.store import requests as store_requests
from service.weeks import publishing, request_words
from service.weeks.asked import asked_week
from service.weeks.open_duties import open_duties
from service.weeks.opening import opened
from service.weeks.own_week import OwnStop, OwnWeek, now_of, own_week, own_weeks
from service.weeks.words import mask_of

router = Room(include_in_schema=False, default_response_class=HTMLResponse)
Secret = Annotated[str, Path(max_length=100)]
CALENDAR = "text/calendar; charset=utf-8"
HALF_HOURS = range(6 * 2, 23 * 2)
"""Half hours of a day that hours are painted in: 06:00 to 23:00."""


def _mine(parts: Parts, caller: Caller, view: CallerView) -> list[OwnWeek]:
    """The weeks that are published to the caller, of now first."""
    now = now_of(parts.settings.time_zone)
    with parts.store.session() as session:
        rows = own_weeks(session, caller, now.date())
        found = [own_week(session, view, row, caller.person or "", now) for row in rows]
    for row in rows if view.private else ():
        view.audited(parts.store, opened(parts.store, caller, row.id).state.instance)
    return [one for one in found if one is not None]


@router.get("/me")
def get_my_week_page(request: Request, parts: Use, caller: Asking, view: Viewing) -> HTMLResponse:
    """Today's stops, the other days, the next week once it is published."""
    weeks, lang = _mine(parts, caller, view), language(request)
    first = weeks[0] if weeks else None
    asked = (
        []
        if first is None
        else request_words.own_requests(parts.store, view, first.id, first.person)
    )
    now = now_of(parts.settings.time_zone)
    days, today = ((), None) if first is None else (first.days, first.today)
    return page(
        request,
        "me.html",
        words=("me.script", "picture"),
        data=None
        if first is None
        else {
            "week": first.id,
            "person": first.person,
            "publication": first.publication,
            "days": [day.date.isoformat() for day in first.days],
            "after": (first.start + timedelta(len(first.days))).isoformat(),
            "names": {day.date.isoformat(): date_in_words(day.date, lang) for day in first.days},
            "account": caller.name,
        },
        weeks=weeks,
        first=first,
        coming=[day for day in days if today is None or day.number > today],
        past=[day for day in days if today is not None and day.number < today],
        asked=asked,
        by_stop={(one.task, one.slot): one for one in asked if one.state == "open"},
        may_reveal=caller.private,
        revealed=view.private,
        minute=now.hour * 60 + now.minute,
        clock_of=clock_in_words,
        next_of=lambda stops: _next_of(stops, first, now.hour * 60 + now.minute),
        text="" if first is None else _text(parts, view, first, lang),
        by_link=caller.account is None,
        words_of=lambda text: str(getattr(text, lang)),
    )


def _next_of(stops: Sequence[OwnStop], own: OwnWeek | None, minute: int) -> int:
    """Number of the first stop of today that is not over, and of which nothing is said."""
    if own is None or own.today is None:
        return -1
    now = own.today * MINUTES_PER_DAY + minute
    open_ones = [number for number, stop in enumerate(stops) if stop.result is None]
    return next((number for number in open_ones if stops[number].end > now), -1)


def _text(parts: Parts, view: CallerView, own: OwnWeek, lang: Any) -> str:
    """The week as a text to copy; private visits are hidden in it."""
    with parts.store.session() as session:
        known = publishing.published(session, own.id).state
    assert known is not None
    mask = mask_of(CallerView(view.caller, areas=view.areas, ratings=view.ratings), known)
    facts = Facts(mask.week, mask.read(known.roster))
    part = Part(facts, Audience("person", mask.id(own.person)), masked=True)
    return "\n".join(part_text(part, lang))


@router.get("/me/offline")
def get_offline_page(request: Request, parts: Use, caller: Asking, view: Viewing) -> HTMLResponse:
    """One's own seven days as they are kept for where there is no network: private cases are only busy."""
    lang = language(request)
    return page(
        request,
        "me_offline.html",
        words=("me.script",),
        weeks=_mine(parts, caller, CallerView(caller, areas=view.areas, ratings=view.ratings)),
        made=round(time.time()),
        words_of=lambda text: str(getattr(text, lang)),
    )


@router.get("/me/worker.js")
def get_offline_script() -> Response:
    """The service worker; it stands here for its scope, and is never kept."""
    text = assets.assets()["me_worker.js"].read_text(encoding="utf-8")
    version = f'const KEPT = "lianxin-me-{assets.digest()}";\n'
    headers = {"Service-Worker-Allowed": "/me", "Content-Security-Policy": "default-src 'self'"}
    return Response(version + text, media_type="text/javascript", headers=headers)


@router.get("/me/open")
def get_open_duties_page(
    request: Request, parts: Use, caller: Asking, view: Viewing
) -> HTMLResponse:
    """Duties that suit and that one is free for; the coordinator decides."""
    lang = language(request)
    groups = []
    for week in _mine(parts, caller, view):
        horizon = opened(parts.store, caller, week.id).state.instance.horizon
        now = now_of(parts.settings.time_zone)
        minutes = ((now.date() - horizon.start).days * 24 + now.hour) * 60 + now.minute
        found = asked_week(parts.store, view, week.id)
        asked = request_words.own_requests(parts.store, view, week.id, week.person)
        groups.append(
            (
                week,
                open_duties(
                    found, found.mask.id(week.person), max(0, minutes * horizon.ticks_per_minute)
                ),
                {one.task: one for one in asked if one.kind == "duty"},
            )
        )
    return page(
        request,
        "me_open.html",
        words=("me.script",),
        groups=groups,
        person=caller.person,
        words_of=lambda text: str(getattr(text, lang)),
    )


@router.get("/me/hours")
def get_my_hours_page(request: Request, parts: Use, caller: Asking, view: Viewing) -> HTMLResponse:
    """When one can come in the next week, painted on a week grid."""
    weeks, lang = _mine(parts, caller, view), language(request)
    if not weeks:
        return page(request, "me_hours.html", own=None, words=("me.script",))
    own = weeks[-1] if weeks[-1].today is None and len(weeks) == 1 else weeks[0]
    state = opened(parts.store, caller, own.id).state
    person = state.instance.person_by_id.get(own.person)
    horizon = state.instance.horizon
    with parts.store.session() as session:
        rows = store_requests.of_person(session, own.id, own.person)
    given = [row for row in rows if row.kind == "hours" and row.state in ("open", "accepted")]
    first = horizon.date(horizon.days)
    days = [first + timedelta(number) for number in range(min(horizon.days, 7))]
    if given:
        spans = [(one["start"], one["end"]) for one in given[-1].said["spans"]]
        off, note = given[-1].said["days_off"], given[-1].said.get("words", "")
    else:
        spans, off, note = _this_week(state, person), [], ""
    return page(
        request,
        "me_hours.html",
        words=("me.script",),
        data={
            "week": own.id,
            "person": own.person,
            "start": first.isoformat(),
            "days": [day.isoformat() for day in days],
            "spans": spans,
            "first": HALF_HOURS.start,
        },
        own=own,
        days=[(day, date_in_words(day, lang), day.isoformat() in off) for day in days],
        half_hours=HALF_HOURS,
        clock_of=clock_in_words,
        given=given[-1] if given else None,
        given_at=_at(given[-1].created, parts) if given else "",
        note=note,
        first=date_in_words(first, lang),
    )


def _at(seconds: float, parts: Parts) -> str:
    """A moment by the clock of the installation."""
    return f"{datetime.fromtimestamp(seconds, ZoneInfo(parts.settings.time_zone)):%m-%d %H:%M}"


def _this_week(state: Any, person: Any) -> list[tuple[str, str]]:
    """The hours of this week, as many days later."""
    if person is None:
        return []
    horizon = state.instance.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        spans = [span.model_dump(mode="json") for span in person.availability]
    return [
        (_later(span["from"], horizon.days), _later(span["to"], horizon.days)) for span in spans
    ]


def _later(local: str, days: int) -> str:
    return f"{date.fromisoformat(local[:10]) + timedelta(days)}{local[10:16]}"


@router.get("/me/week.ics")
def get_my_calendar(parts: Use, caller: Asking, lang: Language) -> Response:
    """One's own published weeks as a calendar; private cases are only busy."""
    body = _calendar(parts, caller, lang)
    headers = {"Content-Disposition": 'attachment; filename="week.ics"'}
    return Response(body, media_type=CALENDAR, headers=headers)


@router.post("/me/calendar")
def post_my_calendar(request: Request, parts: Use, caller: Asking) -> JSONResponse:
    """The address of one's own calendar, shown this once; an earlier one ends."""
    with parts.store.session() as session:
        try:
            secret = links.make_calendar(session, caller)
        except ValueError:
            raise ServiceError("part_not_found", id="") from None
    return JSONResponse(
        {"url": f"{address_of(request, parts.settings)}/calendar/{secret}.ics"}, 201
    )


@router.get("/calendar/{secret}.ics")
def get_subscription(request: Request, parts: Use, secret: Secret, lang: Language) -> Response:
    """The calendar of an address, for calendar programs, which send neither cookie nor password."""
    with parts.store.session() as session:
        person = links.calendar_of(session, secret)
    if person is None:
        attempts: Attempts = request.app.state.attempts
        attempts.wrong_token(address(request.scope))
        raise ServiceError("not_found")
    caller = links.reader(person)
    return Response(_calendar(parts, caller, lang), media_type=CALENDAR)


def _calendar(parts: Parts, caller: Caller, lang: Any) -> bytes:
    """Everything that is published of one person's weeks, from now on."""
    from scheduler.exports.ical import write_part  # late: loads pandas

    view = CallerView(caller, ratings=False)
    now = now_of(parts.settings.time_zone)
    with parts.store.session() as session:
        rows = own_weeks(session, caller, now.date() - timedelta(7))
        found = [publishing.published(session, row.id) for row in rows]
    bodies = []
    for known in (one.state for one in found):
        if known is None or caller.person not in known.instance.person_by_id:
            continue
        mask = mask_of(view, known)
        facts = Facts(mask.week, mask.read(known.roster))
        part = Part(facts, Audience("person", mask.id(caller.person or "")), masked=True)
        with private_folder() as folder:
            path = folder / "part.ics"
            write_part(path, part, lang)
            bodies.append(path.read_bytes())
    return _joined(bodies)


def _joined(bodies: list[bytes]) -> bytes:
    """One calendar of several: the events of all under the head of the first."""
    if not bodies:
        return (
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lianxin//roster//ZH\r\nEND:VCALENDAR\r\n"
        )
    mark, end = b"BEGIN:VEVENT", b"END:VCALENDAR\r\n"
    events = [body[body.index(mark) : -len(end)] for body in bodies if mark in body]
    head = bodies[0].partition(mark)[0].removesuffix(end)
    return head + b"".join(events) + end


@router.get("/l")
def get_link_page(request: Request) -> HTMLResponse:
    """Where a private link leads: its secret stands after #, and a script sends it on."""
    return page(request, "link.html", code="")


@router.post("/l")
def post_link_entry(request: Request, parts: Use, fields: FormFields) -> Response:
    """A session of one person and one week for the secret of a private link."""
    with parts.store.session() as session:
        entered = links.enter(session, fields.get("secret", "").strip())
    if entered is None:
        attempts: Attempts = request.app.state.attempts
        attempts.wrong_token(address(request.scope))
        return page(request, "link.html", 404, code="ended")
    moved = RedirectResponse("/me", 303)
    sessions.give_cookie(moved, request.url.scheme, *entered)
    return moved
