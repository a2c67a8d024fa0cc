"""What people ask of their coordinator about a week, and the private links to it."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from service.wire import Both, Wire
from service.wire.weeks.commands import EffectOut

RequestKind = Literal["sick", "swap", "decline", "duty", "hours"]
RequestState = Literal["open", "accepted", "refused", "handled", "withdrawn"]
LocalMoment = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$")]
"""2026-11-30T09:00."""


class SpanIn(Wire):
    """From when to when, in local times."""

    start: LocalMoment
    end: LocalMoment


class OwnRequestIn(Wire):
    """Something to ask of the coordinator. It changes nothing before it is accepted."""

    kind: RequestKind
    """sick: cannot come in a span; swap, decline: of one's own work; duty: work that nobody has; hours: when
    one can come in the next week."""
    task: str | None = Field(default=None, max_length=200)
    """Of swap, decline and duty."""
    slot: int = Field(default=0, ge=0, le=10_000)
    span: SpanIn | None = None
    """Of sick."""
    start: date | None = None
    """Of hours: the first day of the week that they are about."""
    spans: Annotated[list[SpanIn], Field(max_length=100)] = []
    """Of hours: when one can come."""
    days_off: Annotated[list[date], Field(max_length=31)] = []
    """Of hours: days on which one would rather not."""
    words: str = Field(default="", max_length=500)
    """Why, with whom, whatever is to be said besides."""


class RequestOut(Wire):
    """What somebody asked for, as a coordinator or they themselves read it. Times are local."""

    id: str
    kind: RequestKind
    state: RequestState
    person: str
    name: str
    detail: Both
    """Role and areas, which tell two of one name apart."""
    text: Both
    """What is asked, in one sentence."""
    words: str
    """What they said themselves."""
    task: str | None = None
    slot: int | None = None
    start: str | None = None
    """Of sick, from when; of hours, the first day."""
    end: str | None = None
    needs_person: bool = False
    """Whether accepting has to name who does the work instead."""
    later: bool = False
    """Hours for a week after this one, which are accepted from there once it is begun."""
    href: str
    """Where it is dealt with in full."""
    at: datetime
    answered_by: str = ""
    answer: str = ""


class RequestList(Wire):
    """What is asked about a week, the oldest first."""

    week: str
    requests: list[RequestOut]


class AcceptanceRequest(Wire):
    """To accept what somebody asked."""

    person: str | None = Field(default=None, max_length=200)
    """Of swap and decline: who does the work instead; null: nobody yet."""
    start: LocalMoment | None = None
    """When it begins with them; null: as it is."""
    place: str | None = Field(default=None, max_length=200)
    """Where it is with them; null: as it is."""
    reason: str = Field(default="", max_length=1000)
    """Why hard rules may give way."""
    dry_run: bool = False
    """Answer what it would do and do nothing."""


class AcceptanceOut(Wire):
    """A request that was accepted, or would be."""

    request: str
    week: str
    """The week that it changed: of hours the next one."""
    revision: int
    """That it became; undo takes it back."""
    kept: bool
    effect: EffectOut


class AnswerRequest(Wire):
    """To answer what somebody asked without doing it: it is refused, or handled otherwise."""

    words: str = Field(default="", max_length=500)
    """What they are told."""


class LinkOut(Wire):
    """A private link, shown this once."""

    url: str
    """To send to the person. What stands after # reaches no server's log."""
    ends: datetime
