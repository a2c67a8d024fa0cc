"""What needs a person now, and where it is dealt with: for the page and for the API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from scheduler.messages.names import is_elsewhere
from scheduler.model import Instance, Published
from scheduler.weeks.matters import Matter
from service.access.mask import CallerView
from service.store import Store, closings
from service.store.closings import OutcomeRow
from service.weeks.asked import AskedWeek
from service.weeks.opening import opened
from service.weeks.publishing import published
from service.weeks.telling import DONE, Tellings, unseen

Outcomes = Mapping[tuple[str, int], OutcomeRow]
"""(neutral task, slot) → what was said to have become of it."""

_PAGES = {
    "absent": "/w/{week}/changes?kind=absence&person={person}&day={day}",
    "gap": "/w/{week}/undone?task={task}&slot={slot}",
    "clash": "/w/{week}?sel={about}",
    "late": "/w/{week}?sel={task}",
    "unreported": "/w/{week}/day/{day}?show=unreported",
    "unpublished": "/w/{week}/tell",
    "untold": "/w/{week}/tell?person={person}",
}
"""By kind: where it is dealt with."""


def page_of(asked: AskedWeek, matter: Matter) -> str:
    """Address of the page on which a matter is dealt with."""
    filled = asked.facts.by_task.get(matter.task or "", {})
    kind = matter.kind
    if kind == "absent" and matter.slot not in filled:
        kind = "gap"
    about = {"task": matter.task, "person": matter.person, "about": matter.task or matter.person}
    named = {name: quote(value or "", safe="") for name, value in about.items()}
    horizon = asked.facts.horizon
    day = horizon.date(min(horizon.day_of(matter.at), horizon.days - 1)).isoformat()
    return _PAGES[kind].format(week=asked.id, slot=matter.slot, day=day, **named)


def outcomes(store: Store, asked: AskedWeek) -> Outcomes:
    """What became of the week's work, as far as it is of who has the work now and lies in the areas of who asks."""
    with store.session() as session:
        rows = closings.outcomes(session, asked.id)
    found = {}
    for row in rows:
        key = asked.mask.id(row.task), row.slot
        stop = asked.facts.by_task.get(key[0], {}).get(row.slot)
        same = stop is not None and asked.mask.id(row.person or "") == stop.person
        if same and not is_elsewhere(key[0]):
            found[key] = row
    return found


def reports(said: Outcomes) -> dict[tuple[str, int], int | None]:
    """The same as matters take it: when the work really ended, in ticks; None: it is only settled."""
    return {key: row.said.get("end") for key, row in said.items()}


def inside(found: Iterable[Matter]) -> list[Matter]:
    """The matters of the areas of who asks: others have their own coordinators."""
    return [one for one in found if not is_elsewhere(one.task or one.person or "")]


@dataclass(frozen=True)
class KnownWork:
    """What people know of a week, with neutral ids. told: what each was told last; published: whether anything of theirs is."""

    told: tuple[Published, ...]
    published: bool


def known_work(store: Store, asked: AskedWeek, view: CallerView, small: int) -> KnownWork:
    """What people know of a week; of those whom the view does not see, that they know all. small: minutes, a start or end that moves by less is no change."""
    now = opened(store, view.caller, asked.id, asked.revision).state
    hidden = unseen(now, view.areas)
    with store.session() as session:
        what = published(session, asked.id)
        tellings = Tellings(session, asked.id, what, small, now)
        parts = []
        for one in tellings.people if what.rows else ():
            # Who was told and knows no other week than this knows it as it stands.
            since = 0 if one.since is None else one.since
            knows = one.state in DONE or one.person in hidden
            roster = now.roster if knows else tellings.state_of(since).roster
            parts += [part for part in roster.assignments if part.person == one.person]
    read = asked.mask.read(now.roster.with_assignments(parts))
    names = ("task", "slot", "person", "place", "start")
    told = (Published(**{name: getattr(part, name) for name in names}) for part in read.assignments)
    return KnownWork(tuple(told), bool(what.touching(now.instance, view.areas)))


def clock(time_zone: str) -> datetime:
    """What the clock on the office's wall shows."""
    return datetime.now(ZoneInfo(time_zone))


def minute_of(week: Instance, shown: datetime) -> int:
    """Minutes from the week's first midnight to what a clock shows; 0 before the week."""
    days = (shown.date() - week.horizon.start).days
    return max(0, (days * 24 + shown.hour) * 60 + shown.minute)
