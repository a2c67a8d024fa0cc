"""What pages ask of a week, over HTTP: prices, candidates, what is undone, what needs a person, and search."""

from typing import Annotated, Any

from scheduler.explain.prices import WhyNot
from scheduler.explain.undone import Verdict
from scheduler.model import Score
from scheduler.model.changes import Changes
from scheduler.weeks.matters import Kind as MatterKind
from service.weeks.searching import Kind as HitKind
from service.wire import Both, SchemaOf, Wire
from service.wire.explanations import InlineAssignment, UnassignedOut
from service.wire.parts import SpanOut


class WhyNotOut(Wire):
    """A reason why somebody cannot do the work on a day."""

    reason: WhyNot
    rule: str | None
    """The rule that rules them out, or would be broken."""
    text: Both


class PriceOut(Wire):
    """What it would do to have the work done by a person on a day, at the best time there."""

    day: int
    """0: the week's first."""
    text: Both
    """In a few words: the way, the load, the face, and what else it costs."""
    score: Score
    """Difference to the roster as it is."""
    assignments: list[InlineAssignment]
    begins: str
    """When the task as a whole begins: the `start` of a change that does it."""
    way_minutes: int
    """That everybody together is longer on the way; less than 0: shorter."""
    over_minutes: int
    """By which the person's week then lies above the fair share; 0 where it does not grow."""


class PersonPrices(Wire):
    """One person's days."""

    person: str
    prices: list[PriceOut]
    """The days on which it can be done, in their order."""
    refused: list[int | None]
    """For each day the number of the reason in `reasons`; null: it can be done."""


class PriceList(Wire):
    """What a piece of work costs with everybody on every day."""

    week: str
    revision: int
    task: str
    slots: list[int]
    """Slots that are placed together, the person's first."""
    removed: list[InlineAssignment]
    """Where they are now."""
    people: list[PersonPrices]
    reasons: list[WhyNotOut]


class StripStopOut(Wire):
    """A stop of a person's day. Times are local, as in a roster."""

    task: str
    slot: int
    name: Both
    place: Both
    start: str
    end: str
    way_minutes: int
    """On the way to it."""
    new: bool
    """The work asked about."""


class CandidateOut(Wire):
    """One person, with the day that the work would fall into."""

    person: str
    name: Both
    """Told apart from others of the same name."""
    role: Both
    day: int
    price: PriceOut | None
    why_not: WhyNotOut | None
    """Just one of the two is given."""
    stops: list[StripStopOut]
    free: list[SpanOut]
    load_minutes: int
    """Of the week, with the work."""
    share_minutes: int | None
    """What would be fair; null without a contract."""
    known: bool | None
    """Whether the household or case knows them; null where it knows nobody."""
    idle_days: int | None
    """Days since their last work; null: not known."""


class CandidateList(Wire):
    """Everybody for a piece of work: who can, the cheapest first, then who cannot, each with one reason."""

    week: str
    revision: int
    candidates: list[CandidateOut]


class UndoneOut(Wire):
    """An empty slot that is missed."""

    task: str
    slot: int
    name: Both
    place: Both
    priority: int
    deadline: str | None
    """When it may begin at the latest."""
    until: Both | None
    """The same in words."""
    done_in_part: bool
    """The task counts as done without it."""
    verdict: Verdict
    text: Both
    """The reason."""
    able: int
    """People whom no rule about the person rules out."""
    changes: Annotated[dict[str, Any], SchemaOf(Changes)] | None
    """Of `can` and `not_worth`: the way that was found, to be previewed and done as a command."""


class UndoneList(Wire):
    """What is undone, the most urgent first."""

    week: str
    revision: int
    total: int
    slots: list[UndoneOut]


class AppliedRemedy(Wire):
    """A remedy as the changes that do it."""

    text: Both
    changes: Annotated[dict[str, Any], SchemaOf(Changes)] | None
    """To be previewed and done as a command; null: an offer in words only."""
    needs_reason: bool
    """A rule gives way: each change brings the remedy's words as the reason, which may be changed."""


class UndoneDetails(Wire):
    """All about one empty slot, with what would fill it, tried out."""

    week: str
    revision: int
    verdict: Verdict
    slot: UnassignedOut
    remedies: list[AppliedRemedy]
    """Those of `slot`, in the same order."""


class MatterOut(Wire):
    """One thing that needs a person."""

    kind: MatterKind
    text: Both
    verb: Both
    href: str
    """Page on which it is dealt with."""
    at: str
    """When it begins to matter."""
    task: str | None
    slot: int | None
    person: str | None


class MatterList(Wire):
    """What needs a person, the first first."""

    week: str
    revision: int
    now: str
    """The moment that counts as now."""
    until: str
    total: int
    matters: list[MatterOut]


class HitOut(Wire):
    """A person, place or work that a text may mean."""

    kind: HitKind
    id: str
    name: Both
    detail: Both
    """What tells two of one name apart."""


class HitList(Wire):
    """What a text may mean, the likeliest first."""

    week: str
    hits: list[HitOut]
