"""The roster as a calendar, for one person's phone or for all."""

import hashlib
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from scheduler.exports.lines import Line, read
from scheduler.messages import Lang, say
from scheduler.model import Instance, Roster

ZONE = ZoneInfo("Asia/Shanghai")


def write_roster(
    path: Path,
    instance: Instance,
    roster: Roster,
    lang: Lang,
    private: bool = False,
    person: str | None = None,
) -> None:
    """An event an assignment, of one person (by id) or of all; an event keeps its UID from roster to roster."""
    calendar = Calendar()
    calendar.add("prodid", "-//Lianxin//roster//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", instance.title or instance.id)
    stamp = datetime.combine(instance.horizon.start, time(), ZONE)
    for line in read(instance, roster, lang, private).lines:
        if person in (None, line.stop.person):
            calendar.add_component(_event(instance, line, lang, stamp))
    path.write_bytes(calendar.to_ical())


def _event(instance: Instance, line: Line, lang: Lang, stamp: datetime) -> Event:
    named = f"{instance.id}\n{line.stop.task.id}\n{line.slot}\n{line.stop.person}"
    event = Event()
    event.add("uid", f"{hashlib.sha256(named.encode()).hexdigest()[:32]}@lianxin")
    event.add("dtstamp", stamp)
    event.add("dtstart", line.start.replace(tzinfo=ZONE))
    event.add("dtend", line.end.replace(tzinfo=ZONE))
    event.add("summary", say("exports.event", lang, task=line.task, person=line.person))
    event.add("location", line.place)
    return event
