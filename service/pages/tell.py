"""Publish and tell (通知): whom a publication is news to, publishing it, and telling people one after another."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from scheduler.messages import Lang, say
from scheduler.messages.moments import date_in_words
from scheduler.model import Instance
from service.access import rules
from service.access.caller import Asking, Caller
from service.access.mask import Viewing
from service.access.within import Within
from service.pages.drawing import by, page
from service.pages.weeks import week_of
from service.problems import language
from service.routes.common import Parts, Use
from service.routes.rooms import Room
from service.routes.weeks.telling import tells, would_tell
from service.routes.weeks.weeks import WeekId
from service.weeks.facts import WeekFacts, facts
from service.weeks.opening import opened
from service.weeks.telling import DONE
from service.wire.weeks.telling import TellList, TellPerson

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

KINDS = ("new", "changed", "withdrawn", "unchanged")
MOST_OFFERED = 12
"""Areas that one can tick; of more only those above them."""


MOST_OPEN = 8
"""So few people have their texts open."""


@dataclass(frozen=True)
class PersonRow:
    """Somebody on the page. twin: another here has the same name."""

    told: TellPerson
    detail: str
    twin: bool
    sought: bool
    open: bool
    at: str
    """When it was noted, in words; "" where nothing was."""


@dataclass(frozen=True)
class AreaChoice:
    """An area that can be published on its own. fresh: something in it was never published."""

    id: str
    name: str
    chosen: bool
    fresh: bool


@router.get("/w/{week}/tell")
def get_tell_page(
    request: Request,
    week: WeekId,
    parts: Use,
    caller: Asking,
    view: Viewing,
    area: Annotated[
        list[str] | None, Query(max_length=100, description="Areas to publish; none: all.")
    ] = None,
    person: Annotated[str, Query(max_length=200, description="Whom to begin with.")] = "",
) -> HTMLResponse:
    """Who must be told what."""
    lang = language(request)
    around = week_of(request, week)
    found = opened(parts.store, caller, week)
    instance = found.state.instance
    view.audited(parts.store, instance, instance=week)
    with parts.store.session() as session:
        stands = facts(session, found, parts.settings.small_change_minutes, view.areas)
        choices = _choices(instance, stands, caller, area or ())
        scope = _scope(caller, instance, choices)
        ahead = stands.last is None or bool(stands.ahead.tasks) or stands.ahead.partly
        news = would_tell(parts, session, view, found, scope) if ahead else None
        told = tells(parts, session, view, week)
        # Texts that lie open come with the page, so that it stands still; of many the script asks.
        if len(_waiting(told)) <= MOST_OPEN:
            told = tells(parts, session, view, week, lang)
    waiting = _waiting(told)
    known = [one for one in told.people if one.state in DONE]
    rows = partial(_rows, instance, lang, parts, person)
    return page(
        request,
        "tell.html",
        week=around,
        words=("tell.script", "picture"),
        data={
            "week": week,
            "revision": found.number,
            "areas": scope,
            "publication": told.publication,
            "days": {
                f"{day}": date_in_words(day, lang, "short_day")
                for day in map(instance.horizon.date, range(instance.horizon.days))
            },
        },
        stands=stands,
        last=_published_in_words(parts, stands, lang),
        news=None if news is None else _by_kind(news, rows),
        exceptions=[] if news is None else news.exceptions,
        choices=choices,
        whole=scope is None,
        may_choose_whole=_is_whole(caller, instance),
        published=told.publication > 0,
        waiting=rows(waiting),
        copied=sum(one.state == "copied" for one in waiting),
        known=rows(known),
        may_publish=rules.may("post_publication", caller) and not stands.closed,
    )


def _waiting(told: TellList) -> list[TellPerson]:
    return [one for one in told.people if one.state not in DONE]


def _is_whole(caller: Caller, instance: Instance) -> bool:
    return caller.areas is None or Within(instance, caller.areas).whole


def _choices(
    instance: Instance, stands: WeekFacts, caller: Caller, chosen: Sequence[str]
) -> list[AreaChoice]:
    """The areas that may be published on their own: those with work, or those right above them where they are many."""
    inside = None if caller.areas is None else Within(instance, caller.areas).areas
    worked = [one for one in stands.ahead.covered if inside is None or one in inside]
    offered = list(
        dict.fromkeys(
            _above(instance, one, inside) if instance.area_by_id[one].kind == "micro_grid" else one
            for one in worked
        )
    )
    while len(offered) > MOST_OFFERED:
        above = dict.fromkeys(_above(instance, one, inside) for one in offered)
        if list(above) == offered:
            break
        offered = list(above)
    below: dict[str, set[str]] = {one: set() for one in offered}
    for one in stands.ahead.covered:
        for up in instance.area_and_above(one):
            if up in below:
                below[up].add(one)
    return [
        AreaChoice(
            id=one,
            name=instance.area_by_id[one].name,
            chosen=one in chosen,
            fresh=any(stands.ahead.covered[each] is None for each in below[one]),
        )
        for one in offered
    ]


def _above(instance: Instance, area: str, inside: frozenset[str] | None) -> str:
    up = instance.area_by_id[area].parent
    return area if up is None or (inside is not None and up not in inside) else up


def _scope(caller: Caller, instance: Instance, choices: Sequence[AreaChoice]) -> list[str] | None:
    """The areas that a press on 发布 publishes; None: the whole week."""
    chosen = [one.id for one in choices if one.chosen]
    if chosen or _is_whole(caller, instance):
        return chosen or None
    return [one.id for one in choices]


def _published_in_words(parts: Parts, stands: WeekFacts, lang: Lang) -> str:
    last = stands.last
    if last is None:
        return ""
    return say(
        "pages.tell.last",
        lang,
        number=last.number,
        at=_moment(parts, last.created, lang),
        who=by(last.account_name, lang),
    )


def _moment(parts: Parts, seconds: float, lang: Lang) -> str:
    when = datetime.fromtimestamp(seconds, ZoneInfo(parts.settings.time_zone))
    return f"{date_in_words(when.date(), lang, 'date')} {when:%H:%M}"


def _by_kind(
    news: TellList, rows: Callable[[Sequence[TellPerson]], list[PersonRow]]
) -> list[tuple[str, list[PersonRow]]]:
    shown = rows(news.people)
    return [(kind, [row for row in shown if row.told.kind == kind]) for kind in KINDS]


def _rows(
    instance: Instance, lang: Lang, parts: Parts, sought: str, people: Sequence[TellPerson]
) -> list[PersonRow]:
    names = Counter(one.name for one in instance.people)
    return [
        PersonRow(
            told=one,
            detail=getattr(one.detail, lang),
            twin=names[one.name] > 1,
            sought=one.person == sought,
            open=one.state not in DONE and len(people) <= MOST_OPEN,
            at=_noted(parts, one, lang),
        )
        for one in people
    ]


def _noted(parts: Parts, one: TellPerson, lang: Lang) -> str:
    times = {"copied": one.copied_at, "told": one.told_at, "received": one.received_at}
    when = times.get(one.state)
    return "" if when is None else _moment(parts, when.timestamp(), lang)
