"""Explanations over HTTP: why a slot is empty and what would help, why an assignment is as it is."""

from typing import Annotated, Any, Literal

from pydantic import Field

from scheduler.explain.remedies import Kind
from scheduler.model import Assignment, Score
from service.wire import Both, RosterIn, RulePoints, SchemaOf, WeekIn, Wire

InlineAssignment = Annotated[dict[str, Any], SchemaOf(Assignment)]


class UnassignedRequest(RosterIn):
    """Which empty slots to explain: those of a task, or the gravest."""

    task: str | None = None
    """Only this visit or shift; null: those that lack people, the most urgent first."""
    most: int = Field(default=10, ge=1, le=50)
    """At most so many slots."""


class RuledOut(Wire):
    """People whom a hard rule rules out."""

    rule: str
    name: Both
    people: list[str]


class AttemptOut(Wire):
    """A trial placement and the hard rules that it would break."""

    text: Both
    assignments: list[InlineAssignment]
    breaks: list[str]


class RemedyOut(Wire):
    """What would fill the slot, tried out."""

    kind: Kind
    text: Both
    applicable: bool
    """False where it asks for somebody who is not in the week: an offer in words, without assignments."""
    score: Score
    """Difference that it makes, by level."""
    added: list[InlineAssignment]
    removed: list[InlineAssignment]
    replaced: list[InlineAssignment]
    """Where the removed work goes; nothing where it is dropped."""
    disturbed: list[str]
    """People whose other work changes."""


class SwapOut(Wire):
    """Work that would be left undone for the slot."""

    text: Both
    score: Score
    """Difference that it makes, by level."""
    rules: list[RulePoints]
    added: list[InlineAssignment]
    removed: list[InlineAssignment]


class UnassignedOut(Wire):
    """Everything about one empty slot."""

    task: str
    slot: int
    reason: str
    rules: list[str]
    """The hard rules that the least breach breaks, whoever fills it."""
    text: Both
    ruled_out: list[RuledOut]
    attempts: list[AttemptOut]
    remedies: list[RemedyOut]
    outweighed: SwapOut | None
    """The cheapest work that would have to be left undone for it, where that is no gain."""
    impossible: bool
    """Proven that no roster without a hard breach fills it."""


class UnassignedList(Wire):
    """Empty slots with their reasons and remedies."""

    slots: list[UnassignedOut]


class ClashRequest(WeekIn):
    """An instance whose hard requirements may clash."""

    seconds: float = Field(default=10, ge=0.1, le=30)
    """How long to look."""


class RequirementOut(Wire):
    """A hard rule for one person, task or place, and what it would mean to let it go."""

    rule: str
    key: str
    text: Both
    relax: Both


class ClashOut(Wire):
    """What cannot all hold."""

    status: Literal["none", "minimal", "clash", "unknown"]
    """minimal: without any one of them the others can hold."""
    text: Both
    requirements: list[RequirementOut]


class AssignmentRequest(RosterIn):
    """An assignment to explain."""

    task: str
    slot: int = Field(default=0, ge=0, le=10_000)
    most: int = Field(default=3, ge=1, le=10)
    """At most so many alternatives of each kind."""


class AlternativeOut(Wire):
    """Another way to do the same."""

    kind: Literal["person", "time", "both"]
    text: Both
    score: Score
    """Difference to the present way."""
    rules: list[RulePoints]
    assignments: list[InlineAssignment]


class AssignmentOut(Wire):
    """Why an assignment is as it is."""

    text: Both
    score: Score
    """What it does to the score, against its slot left empty."""
    rules: list[RulePoints]
    alternatives: list[AlternativeOut]
