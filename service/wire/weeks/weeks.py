"""Weeks that coordinators work on."""

from datetime import date, datetime

from service.wire import Both, Fault, InlineInstance, InlineRoster, Owner, RosterIn, Wire
from service.wire.labels import Labels, Title


class WeekRequest(RosterIn):
    """A week to begin: from an instance, alone or with a roster, or from a job."""

    title: Title = ""
    """What people call it; empty: the instance's title."""
    labels: Labels = {}
    """Marks for programs, to find it again by; letters of any script."""


class WeekFactsOut(Wire):
    """How a week stands, computed from what happened, as far as it lies in the areas of the account."""

    words: list[Both]
    """The facts that hold, in words: not published, published with changes, closed …"""
    keys: list[str]
    """Their names, for programs: unpublished, partly_published, published_with_changes, published, closed,
    reopened."""
    unpublished: int
    """Visits and shifts that are otherwise than published."""
    untold: int
    """People who do not know yet what is published."""
    asked: int
    """What people ask and nobody has answered."""
    ordered: int
    """Orders of the micro-list that wait to be accepted."""
    publication: int
    """Number of the last one, whatever its areas; 0: there is none."""
    published_at: datetime | None
    published_by: str | None
    areas: dict[str, int | None]
    """Areas with work, each with the publication that holds for it; null: it was never published."""
    closed: bool
    reopened: bool
    next: str | None
    """The week that it was rolled into."""
    previous: str | None


class WeekInfo(Wire):
    """A week as it stands."""

    id: str
    """The first day of its horizon; a second week of the same day ends in -2."""
    title: str
    start: date
    days: int
    revision: int
    """Its last."""
    created_at: datetime
    changed_at: datetime
    changed_by: str
    labels: dict[str, str]
    owner: Owner
    counts: dict[str, int]
    """people, places, visits, shifts, slots, assigned: in the areas of the account."""
    areas: list[str]
    facts: WeekFactsOut
    warnings: list[Fault] = []


class WeekSummary(Wire):
    """A week in a list."""

    id: str
    title: str
    start: date
    revision: int
    created_at: datetime
    labels: dict[str, str]
    owner: Owner


class WeekList(Wire):
    """Weeks, the latest first."""

    total: int
    """How many there are on all pages."""
    next: str | None
    """Cursor of the next page; null on the last one."""
    weeks: list[WeekSummary]


class WeekStateOut(Wire):
    """A week's instance, with all that falls due, and roster, as a revision has them."""

    id: str
    revision: int
    instance: InlineInstance
    roster: InlineRoster
