"""The roster as a calendar, for one person's phone or for all."""

import hashlib
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from scheduler import frames
from scheduler.exports.words import event_title
from scheduler.messages import Lang
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
    """An event for each assignment, of one person (by id) or of all.

    The same assignment has the same UID in every roster, so that calendars update the event.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Lianxin//roster//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", instance.title or instance.id)
    stamp = datetime.combine(instance.horizon.start, time(), ZONE)
    table = frames.assignments(instance, roster, private=private, lang=lang)
    # Made from its true id, a private visit's UID stays the same; the digest hides that id.
    table["true_task"] = frames.assignments(instance, roster, private=True)["task"]
    for row in table.itertuples():
        if person in (None, row.person):
            calendar.add_component(_event(instance, row, lang, stamp))
    path.write_bytes(calendar.to_ical())


def _event(instance: Instance, row: Any, lang: Lang, stamp: datetime) -> Event:
    identity = f"{instance.id}\n{row.true_task}\n{row.slot + 1}\n{row.person}"
    event = Event()
    event.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@lianxin")
    event.add("dtstamp", stamp)
    event.add("dtstart", row.start.to_pydatetime().replace(tzinfo=ZONE))
    event.add("dtend", row.end.to_pydatetime().replace(tzinfo=ZONE))
    event.add("summary", event_title(row.name, row.person_name, lang))
    event.add("location", row.place_name)
    return event
