"""The roster as a calendar: for all, or for one reader's phone.

An event is one assignment, or, of a place or community, one visit or shift with all who do it. It
keeps its UID through every re-plan, so that a phone that has the calendar already moves the event.
SEQUENCE is the roster's `revision`, DTSTAMP the moment at which its search ended: RFC 5545 asks that
both rise with a change, and the same roster gives the same bytes.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from scheduler import frames
from scheduler.drawings.words import one_line
from scheduler.due import expand
from scheduler.exports.words import event_title, word
from scheduler.facts import Facts
from scheduler.messages import Lang
from scheduler.model import InputError, Instance, Roster
from scheduler.model.time import to_datetime
from scheduler.report import Part
from scheduler.report.part import PartLine, PartLines

ZONE = ZoneInfo("Asia/Shanghai")
_EIGHT_HOURS = timedelta(hours=8)


@dataclass(frozen=True)
class CalendarEntry:
    """An event before it is written. uid: says nothing of what it is made from; start, end: local."""

    uid: str
    start: datetime
    end: datetime
    title: str
    place: str
    note: str = ""
    private: bool = False


def write_roster(
    path: Path,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    private: bool = False,
    published: tuple[Instance, Roster] | None = None,
) -> None:
    """An event for each assignment. published: what is no longer in the roster comes along as cancelled."""
    week = expand(instance)
    old = [] if published is None else list(_of_roster(*published, lang, private))
    title = week.title or week.id
    _write(path, title, list(_of_roster(week, roster, lang, private)), old, roster, published)


def write_part(
    path: Path, part: Part, lang: Lang, published: tuple[Instance, Roster] | None = None
) -> None:
    """What one reader gets. published: what they had and no longer have comes along as cancelled."""
    title = f"{getattr(part.name, lang)} {part.instance.title or part.instance.id}"
    old = [] if published is None else list(_of_published(part, *published, lang))
    _write(path, title, list(_of_part(part, lang)), old, part.facts.roster, published)


def _write(
    path: Path,
    title: str,
    now: list[CalendarEntry],
    old: list[CalendarEntry],
    roster: Roster,
    published: tuple[Instance, Roster] | None,
) -> None:
    calendar = Calendar()
    calendar.add("prodid", "-//Lianxin//roster//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _text(title))
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add_component(_zone())
    before = -1 if published is None else published[1].revision
    # A roster that was changed by hand, and so not counted, is newer than the published one all the same.
    revision = max(roster.revision, before + 1)
    stamp = _stamp(roster)
    if published is not None:
        stamp = max(stamp, _stamp(published[1]) + timedelta(seconds=1))
    for entry in now:
        calendar.add_component(_event(entry, stamp, revision))
    kept = {entry.uid for entry in now}
    for entry in old:
        if entry.uid not in kept:
            calendar.add_component(_event(entry, stamp, revision, cancelled=True))
    path.write_bytes(calendar.to_ical())


def _stamp(roster: Roster) -> datetime:
    """When the roster was found; of one made by hand, the beginning of its horizon, a second later a revision."""
    if roster.outcome is not None and roster.outcome.ended_at is not None:
        return roster.outcome.ended_at.astimezone(UTC)
    midnight = datetime.combine(roster.horizon.start, time(), ZONE).astimezone(UTC)
    return midnight + timedelta(seconds=roster.revision)


def _zone() -> Timezone:
    """China has one zone, and no summer time since 1991."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1991, 9, 15, 0, 0))
    standard.add("tzoffsetfrom", _EIGHT_HOURS)
    standard.add("tzoffsetto", _EIGHT_HOURS)
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    zone.add_component(standard)
    return zone


def _event(entry: CalendarEntry, stamp: datetime, revision: int, cancelled: bool = False) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", revision)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("dtstart", entry.start.replace(tzinfo=ZONE))
    event.add("dtend", entry.end.replace(tzinfo=ZONE))
    event.add("summary", _text(entry.title))
    event.add("location", _text(entry.place))
    if entry.note:
        event.add("description", _text(entry.note))
    if entry.private:
        event.add("class", "PRIVATE")
    return event


def _text(words: str) -> vText:
    # RFC 5545 ends lines by CR LF, readers also by less; what the library leaves as it is would begin a line of its own.
    return vText(one_line(words))


def _uid(instance: Instance, *identity: str | int) -> str:
    """The same for the same work of the same person; the digest hides the ids."""
    digest = hashlib.sha256("\n".join(map(str, (instance.id, *identity))).encode())
    return f"{digest.hexdigest()[:32]}@lianxin"


def _of_roster(
    instance: Instance, roster: Roster, lang: Lang, private: bool
) -> Iterator[CalendarEntry]:
    table = frames.assignments(instance, roster, private=private, lang=lang)
    # Made from its true id, a private visit's UID stays the same.
    table["true_task"] = frames.assignments(instance, roster, private=True)["task"]
    parts: Counter[tuple[str, str]] = Counter()
    for row in table.itertuples():
        # Slots of a task change hands in a re-plan; a person's work in it does not.
        parts[row.true_task, row.person] += 1
        yield CalendarEntry(
            uid=_uid(instance, row.true_task, parts[row.true_task, row.person], row.person),
            start=row.start.to_pydatetime(),
            end=row.end.to_pydatetime(),
            title=event_title(row.name, row.person_name, lang),
            place=row.place_name,
        )


def _of_published(
    part: Part, instance: Instance, roster: Roster, lang: Lang
) -> Iterator[CalendarEntry]:
    """What the same reader got of the published roster; nothing where they were not there yet."""
    week = expand(instance)
    known: dict[str, Collection[str]] = {
        "person": week.person_by_id,
        "place": week.place_by_id,
        "area": week.area_by_id,
    }
    if part.audience.id not in known[part.audience.kind]:
        return
    try:
        before = Part(Facts(week, roster), part.audience, masked=not part.private)
    except InputError:
        return
    yield from _of_part(before, lang)


def _of_part(part: Part, lang: Lang) -> Iterator[CalendarEntry]:
    personal, parts = part.audience.kind == "person", Counter[str]()
    for line in PartLines(part).lines:
        parts[line.task] += 1
        identity = (line.task, parts[line.task], part.audience.id) if personal else (line.task,)
        yield _entry(part, line, lang, _uid(part.instance, *identity))


def _entry(part: Part, line: PartLine, lang: Lang, uid: str) -> CalendarEntry:
    horizon, comma = part.instance.horizon, word("comma", lang)
    people = comma.join(getattr(one, lang) for one in line.people)
    task = str(getattr(line.name, lang))
    personal = part.audience.kind == "person"
    note = word("with", lang, people=people) if personal and people else ""
    return CalendarEntry(
        uid=uid,
        start=to_datetime(line.start, horizon.start, horizon.ticks_per_minute),
        end=to_datetime(line.end, horizon.start, horizon.ticks_per_minute),
        title=task if personal or not people else event_title(task, people, lang),
        place=str(getattr(line.place, lang)),
        note=note,
        private=personal and line.private,
    )
