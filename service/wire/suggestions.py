"""Suggestions over HTTP: what is asked, and what is answered."""

from typing import Annotated, Any

from pydantic import Field

from scheduler.model import Assignment, Case, Score, Visit
from scheduler.model.changes import Changes
from service.wire import Both, RosterIn, RulePoints, SchemaOf, Wire


class SuggestionRequest(RosterIn):
    """New work to place in a roster, or a person to find work for; nothing else moves."""

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


class ExtraTravel(Wire):
    """How much longer somebody is on the way."""

    person: str
    ticks: int


class SuggestionOut(Wire):
    """One way to do what was asked about."""

    text: Both
    score: Score
    """What it changes the roster's score by."""
    rules: list[RulePoints]
    assignments: list[Annotated[dict[str, Any], SchemaOf(Assignment)]]
    """What it adds to the roster."""
    changes: Annotated[dict[str, Any], SchemaOf(Changes)]
    """The same as changes, to accept it with: `/previews` gives the week and roster, `/replans` searches on."""
    travel: list[ExtraTravel]


class Suggestions(Wire):
    """The best ways that break no hard rule, the best first."""

    suggestions: list[SuggestionOut]
