"""Re-plans, differences and comparisons over HTTP."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from scheduler.model import Assignment, Instance, Level, Roster, Score
from scheduler.model.changes import Changes
from service.wire import (
    Both,
    Fault,
    JobPriority,
    RosterIn,
    SchemaOf,
    SearchLimits,
    Wire,
    ensure_end,
)
from service.wire.labels import Labels, Title


class ReplanRequest(RosterIn):
    """Changes against a published roster."""

    changes: Annotated[dict[str, Any], SchemaOf(Changes)]
    """What happened; `horizon` may be left out."""
    most_moved: int | None = Field(default=None, ge=0, le=100_000)
    """At most so many people have their work changed beyond those whom the changes touch."""
    limits: Annotated[SearchLimits, AfterValidator(ensure_end)] = Field(
        default=SearchLimits(seconds=5), validate_default=True
    )
    title: Title = ""
    """What people call it."""
    labels: Labels = {}
    """Marks for programs, to find it again by; letters of any script."""
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    cores: int = Field(default=1, ge=1, le=1024)
    """Threads; an installation may give fewer."""
    priority: JobPriority | None = None
    """Interactive re-plans are taken before batch ones; null: interactive with a time limit up to 60 seconds."""


class News(Wire):
    """One piece of news for a person."""

    kind: Literal["gained", "lost", "moved", "partner"]
    task: str
    before: Annotated[dict[str, Any], SchemaOf(Assignment)] | None
    after: Annotated[dict[str, Any], SchemaOf(Assignment)] | None
    forced: bool
    """The changes took it away."""
    text: Both


class PersonNews(Wire):
    """What one person has to be told."""

    person: str
    name: str
    news: list[News]


class DifferenceOut(Wire):
    """Who must be told what."""

    summary: Both
    moved: int
    """People whose work changes by choice."""
    forced: int
    """People whom the changes touch and whose work changes, and those whom it only takes from."""
    people: list[PersonNews]
    started: list[str]
    """Tasks done now that were not."""
    stopped: list[str]
    shifted: list[str]
    """Visits at another time or place."""
    notices: list[Fault] = []
    """Changes to work that had begun, which stays as it was published."""


class ComparisonRequest(Wire):
    """Two rosters to put side by side."""

    first: RosterIn
    second: RosterIn


class RulePair(Wire):
    """What a rule costs in both rosters."""

    rule: str
    name: Both
    level: Level
    first: int
    second: int


class FigurePair(Wire):
    """A figure of both rosters; a share is a fraction from 0 to 1."""

    key: str
    name: Both
    share: bool
    first: float
    second: float


class PreviewRequest(RosterIn):
    """Changes to try on a roster."""

    changes: Annotated[dict[str, Any], SchemaOf(Changes)]
    """What happened or is wanted; `horizon` may be left out."""


class BrokenRule(Wire):
    """A hard rule that changes by hand break."""

    rule: str
    name: Both
    text: Both


class PreviewOut(Wire):
    """What changes would do to a week and its roster, without a search."""

    before: Score
    after: Score
    rules: list[RulePair]
    """Those that cost otherwise than before."""
    broken: list[BrokenRule]
    """Hard rules that changes by hand break, whether they give way for a reason or not."""
    refused: list[Fault]
    """Why it may not be so: rules that are broken without a reason, or to which there is no exception."""
    difference: DifferenceOut
    """Who must be told what."""
    instance: Annotated[dict[str, Any], SchemaOf(Instance)] | None
    """The changed week; null where it is refused."""
    roster: Annotated[dict[str, Any], SchemaOf(Roster)] | None
    """Its roster; null where it is refused."""


class ComparisonOut(Wire):
    """Two rosters side by side, each judged by its own instance."""

    first: Score
    second: Score
    rules: list[RulePair]
    figures: list[FigurePair]
    difference: DifferenceOut
    """If the second took the place of the first."""
