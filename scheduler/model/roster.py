"""The roster (排班表): who does what, where and when, and how a search came to it."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.errors import Problem
from scheduler.model.instance import FileRoot
from scheduler.model.score import Score
from scheduler.model.time import Moment


class Assignment(Record):
    """One person's part in one visit or shift (指派)."""

    task: str
    """Visit or shift id."""
    slot: int
    """Index of the slot: in a visit's `slots`; in a shift, needs expanded one after the other."""
    person: str
    """Person id."""
    place: str
    """Place id."""
    start: Moment
    """When the work begins."""
    end: Moment
    """When the work ends."""


class Outcome(Record):
    """How a roster was found, so that it can be found again."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"] = "feasible"
    """Infeasible: proven that every roster breaks a hard rule. Unknown: the best found breaks one."""
    engine: str = ""
    """Which engine found it."""
    versions: dict[str, str] = Field(default={}, max_length=most.NEEDS)
    """What the answer depends on besides instance, seed and limits."""
    seed: int = 0
    """Of the search."""
    seconds: float = 0.0
    """How long the search took."""
    steps: int = 0
    """Moves tried."""
    ended_by: Literal["time", "no_improvement", "steps", "user", "optimal", "nothing_to_do"] = (
        "time"
    )
    """Why the search ended."""
    ended_at: AwareDatetime | None = None
    """When the search ended, with its zone; None: not known."""
    bound: Score | None = None
    """No roster of this instance costs less; None: not known."""
    gap: float | None = None
    """Share of the points above the bound, at the first level at which they differ."""
    limits: dict[str, float | int] = Field(default={}, max_length=most.NEEDS)
    """The limits that were set: seconds, steps, idle_seconds, cores."""
    notices: tuple[Problem, ...] = Field(default=(), max_length=most.NEEDS)
    """What went wrong in the search, though the roster was verified: an engine that failed or erred."""


class Roster(FileRoot):
    """Assignments in any order; a slot that stands in none of them is unassigned."""

    instance: str
    """Id of the instance."""
    revision: int = Field(default=0, ge=0)
    """How many rosters that people were told of this one replaces, each after the other."""
    assignments: tuple[Assignment, ...] = Field(default=(), max_length=most.RECORDS)
    """Who does what, where and when."""
    score: Score | None = None
    """As the checker priced it."""
    outcome: Outcome | None = None
    """None: made by hand."""
    figures: dict[str, Any] = Field(default={}, max_length=most.NEEDS)
    """Counts and rates of input and roster (see `scheduler.checker.figures`)."""

    def with_assignments(self, assignments: Iterable[Assignment]) -> "Roster":
        """The same with other work: as made by hand, neither scored nor found by a search."""
        made: dict[str, Any] = {
            "assignments": tuple(assignments),
            "score": None,
            "outcome": None,
            "figures": {},
        }
        return self.model_copy(update=made)
