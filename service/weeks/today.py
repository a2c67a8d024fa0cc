"""What needs a person now, and where it is dealt with: for the page and for the API."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from scheduler.messages.names import is_elsewhere
from scheduler.model import Assignment, Instance, Published, Roster
from scheduler.weeks.matters import Matter, WeekMatters
from service.access.mask import CallerView
from service.answers.recent import Recent
from service.store import Store, closings
from service.store.closings import OutcomeRow
from service.weeks.asked import AskedWeek
from service.weeks.publishing import published
from service.weeks.state import WeekState
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


_matters: Recent[WeekMatters] = Recent(8)


def week_matters(store: Store, asked: AskedWeek, view: CallerView, small: int) -> WeekMatters:
    """What of a week may need a person. small: minutes, a start or end that moves by less is no change.

    People know what they were told last; those whom the view does not see know all.
    """
    now = asked.state
    hidden = unseen(now, view.areas)
    with store.session() as session:
        what = published(session, asked.id)
        tellings = Tellings(session, asked.id, what, small, now)
        # Who was told and knows no other week than this knows it as it stands.
        knows = {
            one.person: None if one.state in DONE or one.person in hidden else one.since or 0
            for one in (tellings.people if what.rows else ())
        }
        numbers = {number for number in knows.values() if number is not None}
        earlier: dict[int | None, WeekState] = {
            number: tellings.state_of(number) for number in numbers
        }

    anything = bool(what.touching(now.instance, view.areas))

    def made() -> WeekMatters:
        told = _told(asked, knows, earlier)
        return WeekMatters(asked.facts, asked.trials.report, told, anything)

    states = tuple(sorted((number, state.key) for number, state in earlier.items() if number))
    key = *asked.key, anything, tuple(knows.items()), states
    return _matters.get(key, made)


def _told(
    asked: AskedWeek, knows: Mapping[str, int | None], earlier: Mapping[int | None, WeekState]
) -> list[Published]:
    """What people know of a week, with neutral ids. knows: person → number of a publication, None: as it stands."""
    work: dict[int | None, dict[str, list[Assignment]]] = {None: _by_person(asked.state.roster)}
    work |= {number: _by_person(state.roster) for number, state in earlier.items()}
    parts = [part for one, number in knows.items() for part in work[number].get(one, ())]
    read = asked.mask.read(asked.state.roster.with_assignments(parts))
    names = ("task", "slot", "person", "place", "start")
    return [Published(**{name: getattr(part, name) for name in names}) for part in read.assignments]


def _by_person(roster: Roster) -> dict[str, list[Assignment]]:
    work: dict[str, list[Assignment]] = {}
    for part in roster.assignments:
        work.setdefault(part.person, []).append(part)
    return work


def clock(time_zone: str) -> datetime:
    """What the clock on the office's wall shows."""
    return datetime.now(ZoneInfo(time_zone))


def minute_of(week: Instance, shown: datetime) -> int:
    """Minutes from the week's first midnight to what a clock shows; 0 before the week."""
    days = (shown.date() - week.horizon.start).days
    return max(0, (days * 24 + shown.hour) * 60 + shown.minute)
