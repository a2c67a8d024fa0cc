"""Plans: searches for a better roster of a week, and what they would change."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from scheduler.model import Assignment, Score, most
from service.wire import Both, JobOut, Owner, SchemaOf, SearchLimits, Wire, ensure_end
from service.wire.labels import Title
from service.wire.weeks.commands import CommandOut, EffectOut


class PlanRequest(Wire):
    """A search for a better roster of a week, from its last revision on."""

    kind: Literal["solve", "replan"] = "solve"
    """solve: as good as can be, whoever is moved; replan: with as little changed as possible."""
    changes: Annotated[list[dict[str, Any]], Field(max_length=most.CHANGES)] = []
    """What happened and is not in the week yet, as commands name it; with `edit` also what might be."""
    keep_by_hand: bool = True
    """Leave what was decided by hand as it is."""
    most_moved: int | None = Field(default=None, ge=0, le=100_000)
    """Of a re-plan: at most so many people have other work beyond those whom the changes touch."""
    limits: Annotated[SearchLimits, AfterValidator(ensure_end)] = Field(
        default=SearchLimits(seconds=20), validate_default=True
    )
    title: Title = ""
    """What people call it."""
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    cores: int = Field(default=1, ge=1, le=1024)
    """Threads; an installation may give fewer."""


class CurvePoint(Wire):
    """A moment of a search at which it knew better."""

    seconds: float
    """Searched until then."""
    unassigned: int | None
    """Slots that nobody fills."""
    score: Score
    bound: Score | None
    """No roster costs less."""


class PlanOut(Wire):
    """A plan and its search. Its id is its job's: stop it, or follow its events, there."""

    id: str
    week: str
    kind: Literal["solve", "replan"]
    title: str
    base: int
    """The revision that it started from."""
    created_at: datetime
    owner: Owner
    keep_by_hand: bool
    kept: int
    """How many decisions by hand it keeps."""
    most_moved: int | None
    changes: list[str]
    """Kinds of its changes, such as absence."""
    standing: Literal["open", "adopted", "discarded"]
    settled_at: datetime | None
    adopted: int | None
    """The revision that it became."""
    job: JobOut | None
    """null: its record is gone, and it cannot be adopted."""
    curve: list[CurvePoint]
    """How the search went, at most some hundred points."""


class PlanList(Wire):
    """The plans of a week, newest first."""

    total: int
    plans: list[PlanOut]


class UnfitOut(Wire):
    """A part of a plan that no longer fits beside what was commanded since."""

    assignment: Annotated[dict[str, Any], SchemaOf(Assignment)]
    about: Both
    """The work, whose it was to be, and when."""
    text: Both
    """Which rule it would break, or that it is gone."""


class PlanFit(Wire):
    """What of a plan falls out beside what was commanded since it began."""

    unfit: list[UnfitOut]
    meanwhile: list[str]
    """Tasks, people and records that the plan wanted otherwise than they were commanded: they stay as commanded."""
    stays: list[Both]
    """The same by their names."""


class PlanDetails(PlanOut):
    """A plan, and what it makes of the week as it stands now."""

    head: int
    """The revision that it is compared with."""
    effect: EffectOut | None
    """null: there is no roster yet, or it is settled."""
    fit: PlanFit | None


class AdoptionRequest(Wire):
    """To take a plan into its week."""

    dry_run: bool = False
    """Answer the same and keep nothing."""


class AdoptionOut(CommandOut):
    """A plan that was adopted, or would be: an ordinary revision, which its undo takes back."""

    fit: PlanFit


class DiscardRequest(Wire):
    """To put a plan among those that were not wanted."""
