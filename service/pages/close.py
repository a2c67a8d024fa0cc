"""Close a week (收尾): everything without an outcome in one list, the rest done in one tap, then the next week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from scheduler.messages import Lang
from scheduler.messages.moments import date_in_words
from scheduler.messages.names import is_neutral
from scheduler.model import Horizon, Instance
from scheduler.model.time import to_ticks
from scheduler.report.part import span_of_day
from service.access import rules
from service.access.caller import Asking, Caller
from service.access.mask import Viewing, WeekMask
from service.access.within import Within
from service.pages.drawing import page
from service.pages.weeks import today_of, week_of
from service.problems import language
from service.routes.common import Use
from service.routes.rooms import Room
from service.routes.weeks.weeks import WeekId
from service.weeks.opening import opened
from service.weeks.reckoning import Shown, reconciliation
from service.weeks.tell_list import detail
from service.weeks.telling import unseen
from service.weeks.words import mask_of
from service.wire.weeks.closing import ReckonedOut

router = Room(include_in_schema=False, default_response_class=HTMLResponse)
AT_ONCE = 100


@dataclass(frozen=True)
class DayRows:
    """The rows of one day, with its name."""

    name: str
    rows: Sequence[ReckonedOut]


@dataclass(frozen=True)
class ListedName:
    """One of a list to choose from."""

    id: str
    name: str


@router.get("/w/{week}/close")
def get_close_page(
    request: Request,
    week: WeekId,
    parts: Use,
    caller: Asking,
    view: Viewing,
    show: Annotated[Shown, Query(description="Of which nothing is said, or all.")] = "lacking",
    day: Annotated[str, Query(max_length=10, description="Only of this day: 2026-11-25.")] = "",
    task: Annotated[str, Query(max_length=200, description="Only this task.")] = "",
    offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> HTMLResponse:
    """What became of the work, and the end of the week."""
    lang = language(request)
    found = opened(parts.store, caller, week)
    instance = found.state.instance
    view.audited(parts.store, instance, instance=week)
    mask = mask_of(view, found.state)
    wanted, on = mask.true_ids(task), _day(instance, day)
    horizon = instance.horizon
    with parts.store.session() as session:
        rows = reconciliation(
            session,
            view,
            found,
            "all" if task else show,
            AT_ONCE,
            offset,
            lambda one: (
                (not task or one.task == wanted)
                and (on is None or one.part is None or one.part.start // horizon.day_ticks == on)
            ),
        )
    may_note = rules.may("post_outcomes", caller)
    days = {
        horizon.date(number).isoformat(): date_in_words(horizon.date(number), lang, "short_day")
        for number in range(horizon.days + 1)
    }
    last = horizon.date(horizon.days - 1)
    return page(
        request,
        "close.html",
        week=week_of(request, week),
        words=("close.script",),
        data={"week": week, "dates": list(days)},
        rows=rows,
        span=partial(_span, horizon, lang),
        days=list(_by_day(rows.items, days)),
        show="all" if task else show,
        day=day if on is not None else "",
        task=task,
        day_names=list(days.items())[: horizon.days],
        more=rows.total - offset - len(rows.items),
        following=offset + AT_ONCE,
        lacking=rows.counts["lacking"],
        said=sum(number for name, number in rows.counts.items() if name != "lacking"),
        people=_people(instance, unseen(found.state, view.areas), lang),
        places=_places(mask, lang),
        ends=None if today_of(request) >= last else date_in_words(last, lang),
        may_note=may_note and not rows.closed,
        may_close=may_note and _is_whole(caller, instance),
    )


def _span(horizon: Horizon, lang: Lang, row: ReckonedOut) -> str:
    """From when to when the work was to be done."""
    start, end = (
        to_ticks(datetime.fromisoformat(moment), horizon.start, horizon.ticks_per_minute)
        for moment in (row.start, row.end)
    )
    return str(getattr(span_of_day(horizon, horizon.day_of(start), start, end), lang))


def _day(instance: Instance, day: str) -> int | None:
    """The number of a day of the week; None where it is none."""
    try:
        number = (date.fromisoformat(day) - instance.horizon.start).days
    except ValueError:
        return None
    return number if 0 <= number < instance.horizon.days else None


def _by_day(rows: Sequence[ReckonedOut], days: dict[str, str]) -> Iterator[DayRows]:
    for on, group in groupby(rows, lambda row: row.start[:10]):
        yield DayRows(days.get(on, on), list(group))


def _people(instance: Instance, hidden: frozenset[str], lang: Lang) -> list[ListedName]:
    shown = [one for one in instance.people if one.id not in hidden]
    names = [one.name for one in shown]
    return [
        ListedName(
            one.id,
            f"{one.name} · {detail(instance, one, lang)}"
            if names.count(one.name) > 1
            else one.name,
        )
        for one in shown
    ]


def _places(mask: WeekMask, lang: Lang) -> list[ListedName]:
    names = mask.names(lang)
    return [
        ListedName(one.id, names.place(one.id))
        for one in mask.week.places
        if not is_neutral(one.id)
    ]


def _is_whole(caller: Caller, instance: Instance) -> bool:
    return caller.areas is None or Within(instance, caller.areas).whole
