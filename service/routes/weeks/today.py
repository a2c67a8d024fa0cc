"""What needs a person next, and the search of a week."""

from typing import Annotated

from fastapi import Query

from scheduler.facts.visits import places
from scheduler.messages import say
from scheduler.messages.names import Names, is_neutral
from scheduler.rules.common.starts import window_spans
from scheduler.weeks.matters import Matter
from scheduler.weeks.matters_in_words import matter_in_words
from service.access.mask import Viewing
from service.routes.common import Use, errors
from service.routes.rooms import Room
from service.routes.weeks.asking import AnswerLimit, Asked, local_moment
from service.weeks.asked import AskedWeek
from service.weeks.searching import SearchHit, search
from service.weeks.today import clock, inside, minute_of, outcomes, page_of, reports, week_matters
from service.wire import Both
from service.wire.labels import TEXT
from service.wire.weeks.answers import HitList, HitOut, MatterList, MatterOut

router = Room(prefix="/weeks/{week}", tags=["weeks"])

_MOST_MINUTES = 60 * 24 * 400


@router.get("/today", responses=errors(404, 422))
def get_today(
    asked: Asked,
    parts: Use,
    view: Viewing,
    minute: Annotated[
        int | None,
        Query(
            ge=0,
            le=_MOST_MINUTES,
            description="The moment that counts as now, in minutes from the week's first midnight; left out: the"
            " clock of the installation's time zone.",
        ),
    ] = None,
    hours: Annotated[
        int | None,
        Query(ge=1, le=24 * 14, description="How far to look ahead; left out: to the day's end."),
    ] = None,
    limit: AnswerLimit = 100,
) -> MatterList:
    """What needs a person: gaps, who cannot come, clashes, who was not told, what is late; the first first."""
    horizon = asked.facts.horizon
    if minute is None:
        minute = minute_of(asked.facts.instance, clock(parts.settings.time_zone))
    now = min(minute * horizon.ticks_per_minute, horizon.end)
    until = (now // horizon.day_ticks + 1) * horizon.day_ticks
    if hours is not None:
        until = now + hours * 60 * horizon.ticks_per_minute
    reported = reports(outcomes(parts.store, asked))
    small = parts.settings.small_change_minutes
    week = week_matters(parts.store, asked, view, small)
    found = inside(week.within(now, until, reported))
    return MatterList(
        week=asked.id,
        revision=asked.revision,
        now=local_moment(asked, now),
        until=local_moment(asked, until),
        total=len(found),
        matters=[_matter(asked, matter) for matter in found[:limit]],
    )


@router.get("/search", responses=errors(404, 422))
def get_search(
    asked: Asked,
    q: Annotated[
        str,
        Query(max_length=100, pattern=TEXT, description="Name, id, address or pinyin initials."),
    ],
    limit: AnswerLimit = 20,
) -> HitList:
    """People, places and work that a text may mean, the likeliest first; what is hidden is not found."""
    hits = [hit for hit in search(asked.mask.week, q) if not is_neutral(hit.id)]
    return HitList(week=asked.id, hits=[_hit(asked, hit) for hit in hits[:limit]])


def _matter(asked: AskedWeek, matter: Matter) -> MatterOut:
    return MatterOut(
        kind=matter.kind,
        text=asked.mask.said(matter_in_words, matter),
        verb=Both.of(say, f"matters.verb.{matter.kind}"),
        href=page_of(asked, matter),
        at=local_moment(asked, matter.at),
        task=matter.task,
        slot=matter.slot,
        person=matter.person,
    )


def _hit(asked: AskedWeek, hit: SearchHit) -> HitOut:
    week, mask = asked.mask.week, asked.mask
    name = {"person": Names.person, "place": Names.place, "task": Names.task}[hit.kind]
    return HitOut(
        kind=hit.kind,
        id=hit.id,
        name=mask.said(name, hit.id),
        detail=Both.of(lambda lang: _detail(Names(week, lang), hit)),
    )


def _detail(names: Names, hit: SearchHit) -> str:
    """What tells two of one name apart: role and areas; area; place and day."""
    week = names.instance
    if hit.kind == "person":
        person = week.person_by_id[hit.id]
        return names.listed([names.role(person.role), *map(names.area, person.areas)])
    if hit.kind == "place":
        area = week.place_by_id[hit.id].area
        if area is None:
            return ""
        above = [names.area(one) for one in list(week.area_and_above(area))[::-1]]
        # A name that begins with that of the area above it says both.
        below = [*above[1:], ""]
        return names.listed(
            [one for one, next_ in zip(above, below, strict=True) if not next_.startswith(one)]
        )
    task = week.task_by_id[hit.id]
    where = [names.place(place) for place in places(task)]
    days = dict.fromkeys(span.day for span in window_spans(week, task))
    return names.listed([*where[:1], *(names.day(day) for day in list(days)[:1])])
