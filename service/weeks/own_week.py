"""One person's own week, as it is published to them: their stops by day, what is new, what they said of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.facts import Facts
from scheduler.messages.names import Names
from scheduler.model import Assignment, Instance
from scheduler.report.audience import Audience, Part
from scheduler.report.part import PartLine, PartLines
from scheduler.rules import Text
from service.access.caller import Caller
from service.access.mask import CallerView
from service.access.within import Within
from service.answers.recent import Recent
from service.problems import ServiceError
from service.store import closings, publications
from service.store.weeks import WeekRow, revision, visible
from service.weeks import publishing, state
from service.weeks.opening import OpenWeek
from service.weeks.publishing import WeekPublications
from service.weeks.state import WeekState
from service.weeks.words import mask_of

_facts: Recent[Part] = Recent(32)
SMALL_MINUTES = 5
"""A start or end that moves by less is no change."""
DAY_SECONDS = 86_400.0


@dataclass(frozen=True)
class OwnStop:
    """A piece of one's own work. Minutes from the week's first midnight.

    task: as the API has it (neutral where it is private), slot: of it; other: with whom
    area: around the place; result: what was said became of it; fresh: it is new, or otherwise than they knew
    """

    task: str
    slot: int
    day: int
    start: int
    end: int
    clock: Text
    name: Text
    place: Text
    area: str
    household: str | None
    others: tuple[Text, ...]
    way: int
    private: bool
    result: str | None
    late: int
    fresh: bool


@dataclass(frozen=True)
class OwnDay:
    """A day of the week with its stops. date: 2026-11-25; begun: it is today or over, so that its work may be told of."""

    number: int
    date: date
    name: Text
    stops: tuple[OwnStop, ...]
    begun: bool


@dataclass(frozen=True)
class OwnWeek:
    """What is published to somebody of a week.

    publication: its number; contact: who published their part; received: whether they know it as it is
    gone: work of theirs that is not theirs any more, (when, name); day: of now, None: not in this week
    """

    id: str
    start: date
    person: str
    name: str
    publication: int
    contact: str
    received: bool
    days: tuple[OwnDay, ...]
    gone: tuple[tuple[Text, Text], ...] = field(default=())
    today: int | None = None

    @property
    def stops(self) -> list[OwnStop]:
        """All of them, in order of time."""
        return [stop for day in self.days for stop in day.stops]

    @property
    def news(self) -> int:
        """How many stops are new or changed, or gone."""
        return sum(stop.fresh for stop in self.stops) + len(self.gone)


def now_of(time_zone: str) -> datetime:
    """The moment by the clock of the installation, without its zone."""
    return datetime.now(ZoneInfo(time_zone)).replace(tzinfo=None)


def link_ends(week: Instance, time_zone: str) -> float:
    """When a private link ends, in seconds since 1970: a day after the week, so that its last night can be told."""
    last = datetime.combine(week.horizon.date(week.horizon.days), datetime.min.time())
    return last.replace(tzinfo=ZoneInfo(time_zone)).timestamp() + DAY_SECONDS


def ensure_seen(view: CallerView, week: OpenWeek, person: str) -> None:
    """Raises ServiceError where the week has nobody of this id whom the caller sees: asked by every route about one person."""
    instance = week.state.instance
    if person not in instance.person_by_id or (
        view.areas is not None and not Within(instance, view.areas).sees("people", person)
    ):
        raise ServiceError("part_not_found", id=person)


def own_weeks(session: Session, caller: Caller, today: date) -> list[WeekRow]:
    """The weeks with something published that somebody may want to see: of now and to come, else the last one."""
    query = select(WeekRow).where(WeekRow.erased.is_(None), visible(caller.areas, WeekRow.id))
    if caller.week is not None:
        query = query.where(WeekRow.id == caller.week)
    published = select(publications.PublicationRow.week_id)
    query = query.where(WeekRow.id.in_(published)).order_by(WeekRow.start, WeekRow.created)
    rows = [row for row in session.scalars(query) if row.start]
    ahead = [row for row in rows if date.fromisoformat(row.start) + timedelta(7) > today]
    return ahead or rows[-1:]


def own_week(
    session: Session, view: CallerView, row: WeekRow, person: str, now: datetime
) -> OwnWeek | None:
    """What is published to a person of a week; None where they are not in it."""
    published = publishing.published(session, row.id)
    known = published.state
    if known is None or person not in known.instance.person_by_id:
        return None
    mask = mask_of(view, known)
    head = revision(session, row.id, row.head)
    head_mask = mask if head is None else mask_of(view, state.read(session, head))
    mine = mask.id(person)

    def made() -> Part:
        facts = Facts(mask.week, mask.read(known.roster))
        return Part(facts, Audience("person", mine), masked=not view.private)

    part = _facts.get((known.key, view.key, person), made)
    lines = PartLines(part)
    received, before = _received(session, row.id, published, person)
    said = {
        (one.task, one.slot): one.said
        for one in closings.outcomes(session, row.id)
        if one.person == person
    }
    horizon = known.instance.horizon
    per = horizon.ticks_per_minute
    had = None if before is None else {_place(one): one for one in _parts(before, person)}
    names = Names(mask.week, "zh")

    def stop(line: PartLine) -> OwnStop:
        slot = _slot(part, mine, line)
        task = mask.true_ids(line.task)
        was = None if had is None else had.get((task, slot))
        told = said.get((task, slot), {})
        real = told.get("end")
        return OwnStop(
            task=head_mask.id(task),
            slot=slot,
            day=line.day,
            start=line.start // per,
            end=line.end // per,
            clock=lines.clock(line),
            name=line.name,
            place=line.place,
            area="" if line.private and not view.private else _area(names, part, mine, line),
            household=line.household,
            others=line.people,
            way=line.way,
            private=line.private,
            result=told.get("result"),
            late=0 if real is None else (int(real) - line.end) // per,
            fresh=had is not None and (was is None or _differs(was, line, per)),
        )

    days = tuple(
        OwnDay(
            number,
            horizon.date(number),
            lines.day(number),
            tuple(stop(line) for line in lines.of_day(number)),
            begun=horizon.date(number) <= now.date(),
        )
        for number in range(horizon.days)
    )
    today = (now.date() - horizon.start).days
    gone = () if before is None else tuple(_gone(view, before, known, person))
    found = OwnWeek(
        id=row.id,
        start=horizon.start,
        person=person,
        name=known.instance.person_by_id[person].name,
        publication=published.number,
        contact=_contact(published, known, person),
        received=received,
        days=days,
        gone=gone,
        today=today if 0 <= today < horizon.days else None,
    )
    return OwnWeek(
        **{**vars(found), "received": received or (before is not None and not found.news)}
    )


def _received(
    session: Session, week: str, published: WeekPublications, person: str
) -> tuple[bool, WeekState | None]:
    """Whether somebody said that they know the last publication; else the one that they know, None: none."""
    rows = [row for row in publications.tellings(session, week) if row.person == person]
    known = [row.publication for row in rows if row.told is not None or row.received is not None]
    said = [row.publication for row in rows if row.received is not None]
    if published.number in said:
        return True, None
    if not known or max(known) == published.number:
        return False, None
    return False, state.read(session, published.rows[max(known) - 1])


def _contact(published: WeekPublications, known: WeekState, person: str) -> str:
    week = known.instance
    places = (week.place_by_id.get(one.place) for one in _parts(known, person))
    areas = {place.area for place in places if place is not None and place.area is not None}
    rows = published.touching(week, areas or None) or published.rows
    return str(rows[-1].account_name)


def _parts(known: WeekState, person: str) -> list[Assignment]:
    return [one for one in known.roster.assignments if one.person == person]


def _place(part: Assignment) -> tuple[str, int]:
    return part.task, part.slot


def _differs(was: Assignment, line: PartLine, per: int) -> bool:
    small = SMALL_MINUTES * per
    return abs(was.start - line.start) >= small or abs(was.end - line.end) >= small


def _gone(
    view: CallerView, before: WeekState, known: WeekState, person: str
) -> Iterator[tuple[Text, Text]]:
    """What they knew of and have no longer: when, and what it is called."""
    have = {_place(one) for one in _parts(known, person)}
    mask = mask_of(view, before)
    if person not in before.instance.person_by_id:
        return
    mine = mask.id(person)
    part = Part(
        Facts(mask.week, mask.read(before.roster)),
        Audience("person", mine),
        masked=not view.private,
    )
    lines = PartLines(part)
    for line in lines.lines:
        if (mask.true_ids(line.task), _slot(part, mine, line)) not in have:
            day, clock = lines.day(line.day), lines.clock(line)
            yield Text(zh=f"{day.zh} {clock.zh}", en=f"{day.en} {clock.en}"), line.name


def _slot(part: Part, person: str, line: PartLine) -> int:
    stops = part.facts.by_task[line.task]
    mine = [slot for slot, stop in stops.items() if stop.person == person]
    return next((slot for slot in mine if stops[slot].start == line.start), mine[0])


def _area(names: Names, part: Part, person: str, line: PartLine) -> str:
    stop = part.facts.by_task[line.task][_slot(part, person, line)]
    place = names.instance.place_by_id.get(stop.place)
    return "" if place is None or place.area is None else names.area(place.area)
