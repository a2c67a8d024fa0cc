"""Which week a page is about: the one of its address, else the one at hand."""

from collections.abc import Sequence
from datetime import date, timedelta

from fastapi import Request
from sqlalchemy import select

from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from service.access import rules
from service.access.caller import Caller
from service.pages.frame import PageWeek
from service.problems import ServiceError, language
from service.store import Store
from service.store.weeks import WeekRow, visible
from service.weeks.today import clock

_DAYS = 7


def week_of(request: Request, id: str) -> PageWeek:
    """A week by its id. Raises ServiceError where the caller may see none of this id."""
    rows = week_rows(request)
    at = next((number for number, row in enumerate(rows) if row.id == id), None)
    if at is None:
        raise ServiceError("week_not_found", id=id)
    return _week(rows, at, language(request), today_of(request))


def week_at_hand(request: Request) -> PageWeek | None:
    """The week that today is in, else the next to come, else the last; None where there is none to look at."""
    rows = week_rows(request) if rules.may("get_board_page", request.state.caller) else ()
    today = today_of(request)
    coming = (n for n, row in enumerate(rows) if _start(row) + timedelta(_DAYS) > today)
    return _week(rows, next(coming, len(rows) - 1), language(request), today) if rows else None


def today_of(request: Request) -> date:
    """The date on the office's wall."""
    return clock(request.app.state.parts.settings.time_zone).date()


def week_rows(request: Request) -> Sequence[WeekRow]:
    """The weeks that the caller may see, by their days."""
    caller: Caller | None = request.state.caller
    store: Store = request.app.state.parts.store
    areas = frozenset[str]() if caller is None else caller.areas
    wanted = (
        select(WeekRow)
        .where(WeekRow.erased.is_(None), visible(areas, WeekRow.id))
        .order_by(WeekRow.start, WeekRow.created, WeekRow.id)
    )
    with store.session() as session:
        return session.scalars(wanted).all()


def label(row: WeekRow, lang: Lang) -> str:
    """What a week is called: 11月23日这一周; a second one of the same days with its number."""
    _, _, number = row.id.removeprefix(row.start).partition("-")
    words = say("pages.week.label", lang, day=date_in_words(_start(row), lang, "date"))
    return say("pages.week.another", lang, week=words, number=number) if number else words


def _week(rows: Sequence[WeekRow], at: int, lang: Lang, today: date) -> PageWeek:
    row, start = rows[at], _start(rows[at])
    last = start + timedelta(_DAYS - 1)
    return PageWeek(
        id=row.id,
        title=row.title,
        label=label(row, lang),
        day=min(max(today, start), last).isoformat(),
        before=rows[at - 1].id if at else None,
        after=rows[at + 1].id if at + 1 < len(rows) else None,
    )


def _start(row: WeekRow) -> date:
    return date.fromisoformat(row.start)
