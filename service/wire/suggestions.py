"""Suggestions over HTTP: what is asked, and what is answered."""

from typing import Annotated, Any

from pydantic import Field

from scheduler.model import Assignment, Case, Level, Score, Visit
from service.wire import Both, InlineInstance, InlineRoster, SchemaOf, Wire


class SuggestionRequest(Wire):
    """New work to place in a roster, or a person to find work for; nothing else moves."""

    instance_id: str | None = None
    instance: InlineInstance | None = None
    """Just one of `instance_id` and `instance`; neither where a job names its own."""
    job_id: str | None = None
    """The job whose roster it is."""
    roster: InlineRoster | None = None
    """Just one of `job_id` and `roster`."""
    visit: Annotated[dict[str, Any], SchemaOf(Visit)] | None = None
    """A new visit."""
    case: Annotated[dict[str, Any], SchemaOf(Case)] | None = None
    """A new case; all its sessions that fall due are placed."""
    task: str | None = None
    """A visit that is not done, or a shift that is short."""
    person: str | None = None
    """Somebody who came free."""
    k: int = Field(default=5, ge=1, le=100)
    """Suggestions at most. Just one of `visit`, `case`, `task` and `person` is asked about."""


class RulePoints(Wire):
    """What a rule's cost changes by."""

    rule: str
    name: Both
    level: Level
    amount: int
    points: int
    """Below nothing: saved."""


class ExtraTravel(Wire):
    """How much longer somebody is on the way."""

    person: str
    ticks: int


class Suggestion(Wire):
    """One way to do what was asked about."""

    text: Both
    score: Score
    """What it changes the roster's score by."""
    rules: list[RulePoints]
    assignments: list[Annotated[dict[str, Any], SchemaOf(Assignment)]]
    """What it adds to the roster."""
    travel: list[ExtraTravel]


class Suggestions(Wire):
    """The best ways that break no hard rule, the best first."""

    suggestions: list[Suggestion]
