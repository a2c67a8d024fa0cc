"""What became of a week's work, and the end of a week."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from scheduler.model import most
from service.wire import Both, Wire

OutcomeResult = Literal["done", "nobody_in", "not_done"]


class OutcomeIn(Wire):
    """What became of one part of the roster. Times are local: 2026-11-23T09:00."""

    task: str
    slot: int = Field(default=0, ge=0, le=10_000)
    result: OutcomeResult | None
    """null: not said yet, as it was noted by mistake; of work outside the plan that there was none."""
    person: str | None = None
    """Who did it, where it was not the person assigned."""
    start: str | None = None
    """When it really began; null: as planned."""
    end: str | None = None
    """When it really ended; null: as long after the start as planned."""
    outcome: str | None = Field(default=None, max_length=100)
    """How the visit left the household, as in a file of what was worked."""
    rating: int | None = Field(default=None, ge=1, le=5)
    """How the household rated who came."""
    note: str = Field(default="", max_length=1000)


class OutsideIn(Wire):
    """Work that nobody had planned, and that was done. Times are local: 2026-11-23T09:00."""

    name: str = Field(min_length=1, max_length=200)
    kind: str = Field(default="other", min_length=1, max_length=100)
    person: str
    place: str
    household: str | None = None
    start: str
    end: str
    note: str = Field(default="", max_length=1000)


class OutcomesRequest(Wire):
    """What became of work: all of it is noted, or nothing."""

    outcomes: Annotated[list[OutcomeIn], Field(max_length=most.RECORDS)] = []
    outside: Annotated[list[OutsideIn], Field(max_length=1000)] = []
    rest: Literal["done"] | None = None
    """done: and everything else that lies in one's areas and of which nothing is said was done as planned."""


class OwnOutcomesRequest(Wire):
    """What became of one's own work."""

    outcomes: Annotated[list[OutcomeIn], Field(min_length=1, max_length=1000)]


class PartOut(Wire):
    """A part of a roster."""

    task: str
    slot: int


class OutcomesOut(Wire):
    """What was noted."""

    noted: list[PartOut]
    """Parts of which something is said now that was not; with `result` null each takes it back."""
    lacking: int
    """Parts of which nothing is said yet: of one's own work, or of all that the account sees."""


class ReckonedOut(Wire):
    """A part of the roster, or work that nobody had planned, and what became of it. Times are local."""

    task: str
    slot: int
    planned: bool
    """False: nobody had planned it."""
    name: Both
    place: Both
    person: str
    """Who had it by the roster; of what was not planned, who did it."""
    person_name: str
    start: str
    end: str
    result: OutcomeResult | None
    """null: nothing is said yet."""
    worked_by: str | None = None
    worked_start: str | None = None
    worked_end: str | None = None
    outcome: str | None = None
    rating: int | None = None
    note: str = ""
    at: datetime | None = None
    by: str | None = None
    """Who said it."""


class Reconciliation(Wire):
    """What became of a week's work, by moment."""

    week: str
    closed: bool
    reopened: bool
    next: str | None
    """The week that it was rolled into."""
    counts: dict[Literal["lacking", "done", "nobody_in", "not_done", "outside"], int]
    total: int
    """Parts that were asked for, on all pages."""
    items: list[ReckonedOut]


class CloseOut(Wire):
    """A week that was closed, or opened again."""

    week: str
    closed: bool
    next: str | None
    """The week that it was rolled into."""
