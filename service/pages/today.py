"""A day of a week, ``/w/{week}/day/{day}``: the next thing that needs a person, and the day's work beneath."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.drawings.words import head_day
from service.access import rules
from service.access.mask import CallerView, Viewing
from service.pages.day_lines import DayLines
from service.pages.day_words import DayWords
from service.pages.drawing import page
from service.pages.frame import links
from service.pages.weeks import week_of
from service.problems import ServiceError, language
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.routes.weeks.asking import AskedId
from service.store import weeks
from service.store.requests import RequestRow
from service.weeks import micro_list
from service.weeks.asked import asked_week
from service.weeks.day import DayWork, PersonDay, StopState
from service.weeks.history import about, reversed_numbers, told_rows
from service.weeks.opening import OpenWeek, opened
from service.weeks.order_clock import OrderClock
from service.weeks.request_words import open_requests
from service.weeks.today import clock, inside, minute_of, outcomes, reports, week_matters

router = Room(include_in_schema=False, default_response_class=HTMLResponse)
Show = Literal["all", "now", "late", "over"]
_SHOWN: dict[Show, tuple[StopState, ...]] = {"now": ("now",), "late": ("late",), "over": ("over",)}
MOST_MATTERS = 21
"""Things that are told of one by one; of the others the number is said."""
_LESS_THAN_ORDERS = ("unpublished", "untold", "unreported")
"""Kinds of matters that come after orders which wait to be accepted."""
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
    now = minute * horizon.ticks_per_minute
    found = inside(
        week_matters(parts.store, asked, view, small).within(
            max(now, days.index(day) * horizon.day_ticks),
            horizon.end,
            reports(said),
            unreported=False,
        )
    )
    untold = [one for one in found if one.kind == "untold"]
    pressing = [one for one in found if one.kind != "untold" or one is untold[0]]
    end = (days.index(day) + 1) * horizon.day_ticks
    pressing = [one for one in pressing if one.at < end] or pressing
    late = {(one.task or "", one.slot or 0) for one in found if one.kind == "late"}
    shown = DayWork(asked.facts, days.index(day), now, said, late)
    with parts.store.session() as session:
        rows = weeks.revisions(session, asked.id, 1)
    head = opened(parts.store, parts.caller, asked.id, asked.revision)
    changes = told_rows(
        parts.store, view, head, [row for row in rows if about(row, day=shown.number)]
    )
    words = DayWords(asked, shown, language(request), begun)
    caller = request.state.caller
    around = week_of(request, week)
    lines = DayLines(words, absences=bool(links(request, ("get_changes_page",), around)))
    told = [words.matter(one, len(untold)) for one in pressing[:MOST_MATTERS]]
    more = len(pressing) - len(told)
    if rules.may("post_acceptance", caller) and (
        waiting := [one for one in open_requests(parts.store, view, asked.id) if not one.later]
    ):
        told.insert(0, words.waiting(waiting))
    if rules.may("post_acceptance", caller) and (ordered := _ordered(parts, view, head)):
        later = (n for n, one in enumerate(told) if one.kind in _LESS_THAN_ORDERS)
        promised = OrderClock.of(parts.settings)
        overdue = sum(promised.is_late("ordered", row) for row in ordered)
        told.insert(next(later, len(told)), words.ordered(len(ordered), overdue))
    return page(
        request,
        "today.html",
        week=around,
        words=("today.script",),
        data={
            "week": asked.id,
            "now": words.now if words.is_today else None,
            "stops": lines.stops(shown.people),
        },
        day=words,
        dates=[
            (iso, getattr(head_day(asked.facts.instance, n), words.lang))
            for n, iso in enumerate(days)
        ],
        chosen=day,
        minute=request.query_params.get("minute"),
        show=show,
        people=_people(shown.people, show),
        matters=told,
        pressing=len(told) + more,
        changes=words.changes(changes, reversed_numbers(rows), zone),
        lines=lines,
        may_note=rules.may("post_outcomes", caller),
    )


def _ordered(parts: Parts, view: CallerView, head: OpenWeek) -> Sequence[RequestRow]:
    with parts.store.session() as session:
        return micro_list.waiting(session, head, view.areas)


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
