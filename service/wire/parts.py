"""What one reader gets of a roster, who is free, and hours over weeks, over HTTP."""

from datetime import date

from scheduler.model import Role
from service.wire import Both, Wire


class PersonLine(Wire):
    """A piece of work of one person. Times are local, as in a roster: 2026-11-23T09:00."""

    task: str | None
    """Id of the visit or shift; null where it is private."""
    start: str
    end: str
    name: Both
    place: Both
    people: list[Both]
    """Names of those who do it too, told apart from others of the same name."""
    travel_minutes: int
    """On the way to it."""
    private: bool


class PersonRoster(Wire):
    """One person's week, in order of time."""

    job_id: str
    instance_id: str
    person: str
    name: Both
    start: date
    days: int
    lines: list[PersonLine]


class SpanOut(Wire):
    """From when to when; local times, as in a roster."""

    start: str
    end: str


class FreePersonOut(Wire):
    """Somebody who could take work on."""

    person: str
    name: str
    role: Role
    spans: list[SpanOut]
    week_left_minutes: int | None
    """Work that the week's limit still lets them do; null: it has none."""


class FreeList(Wire):
    """Who is free, whom it suits best first."""

    people: list[FreePersonOut]


class WeekLoad(Wire):
    """A person's hours in one week."""

    start: date
    minutes: int


class LoadOut(Wire):
    """A person's hours over the weeks."""

    person: str
    name: str
    role: Role
    minutes: int
    share_minutes: int | None
    """What the contract asks for, less leave, with what history lacks; null without a contract."""
    tasks: int
    last: date | None
    """Last day worked."""
    idle_days: int
    """Days since, up to the end of the last week, as far as is known."""
    there: bool
    """Present at any time of the weeks."""
    weeks: list[WeekLoad]


class LoadList(Wire):
    """Everybody's hours, in the order of the weeks' people."""

    people: list[LoadOut]
