"""Publishing a week, and who was told of it."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from scheduler.model import most
from scheduler.weeks.telling import ToldKind
from service.weeks.telling import ToldState
from service.wire import Both, Wire
from service.wire.parts import PersonLine


class PublicationRequest(Wire):
    """What of a week to publish."""

    areas: Annotated[list[str], Field(min_length=1, max_length=1000)] | None = None
    """Ids of areas, each with all below it; null: the whole week."""
    revision: int | None = Field(default=None, ge=1)
    """The revision that whoever publishes has seen; null: the last."""
    dry_run: bool = False
    """Answer whom it would be news to, and publish nothing."""


class PublicationOut(Wire):
    """A publication."""

    number: int
    """1, 2, 3 …"""
    revision: int
    areas: list[str] | None
    """null: the whole week."""
    at: datetime
    who: str


class PublicationList(Wire):
    """The publications of a week, newest first."""

    publications: list[PublicationOut]


class ExceptionOut(Wire):
    """A hard rule that gives way in what is published."""

    rule: str
    name: Both
    task: str
    text: Both
    """The work, and whose part of it."""
    reason: str


class TellPerson(Wire):
    """How somebody stands to what is published."""

    person: str
    name: str
    detail: Both
    """Role and areas, which tell two of one name apart."""
    kind: ToldKind
    """What it is to them beside what they were told: new, changed, withdrawn, unchanged."""
    state: ToldState
    """not_told, copied, told, received; again: they were told, and it is otherwise by now."""
    since: int | None
    """The publication that they were told of; null: of none."""
    copied_at: datetime | None = None
    told_at: datetime | None = None
    received_at: datetime | None = None
    by: str | None = None
    """Who noted it last."""
    text: str | None = None
    """Their week, to paste into a chat; private visits are hidden. Only where texts are asked for."""
    change: str | None = None
    """What differs from what they were told; null for who is new to it."""


class TellList(Wire):
    """To whom a publication is news."""

    week: str
    publication: int
    """Number of the last one; 0: there is none."""
    revision: int
    """The revision that is published, or of a trial would be."""
    counts: dict[ToldKind, int]
    to_tell: int
    """How many do not know yet."""
    people: list[TellPerson]
    """In the order of the week's people; those without work, now and before, are not among them."""
    exceptions: list[ExceptionOut] = []


class ToldRequest(Wire):
    """How far some people were told."""

    people: Annotated[list[str], Field(min_length=1, max_length=most.RECORDS)]
    state: Literal["copied", "told", "received"] | None
    """null: not at all, as was noted by mistake."""
    publication: int | None = Field(default=None, ge=1)
    """The publication that the texts were about; null: the last."""


class ReceivedRequest(Wire):
    """That one knows what is published of oneself."""

    publication: int | None = Field(default=None, ge=1)
    """The publication that one has seen; null: the last."""


class OwnPart(Wire):
    """One person's own part of what is published."""

    week: str
    publication: int
    """0: nothing is published yet."""
    person: str
    name: str
    start: date
    days: int
    state: ToldState
    kind: ToldKind
    change: list[str]
    """What differs from what they were told, in the language that the request asks for."""
    lines: list[PersonLine]
