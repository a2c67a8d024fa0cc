"""What happened since a roster was published: new work, work gone, people and places that fail.

The moments of a file of changes count from the horizon of the week that it changes.
"""

from typing import Annotated, Literal

from pydantic import Field

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.instance import FileRoot
from scheduler.model.people import Person, Window
from scheduler.model.time import Moment
from scheduler.model.work import Case, Freeze, Household, Place, Shift, Visit


class New(Record):
    """New work (新增): visits, shifts, and cases whose sessions fall due, with what they need."""

    kind: Literal["new"] = "new"
    """Says that this is new work."""
    visits: tuple[Visit, ...] = Field(default=(), max_length=most.NEW)
    """New visits."""
    shifts: tuple[Shift, ...] = Field(default=(), max_length=most.NEW)
    """New shifts."""
    cases: tuple[Case, ...] = Field(default=(), max_length=most.NEW)
    """New cases; the sessions that fall due become visits."""
    places: tuple[Place, ...] = Field(default=(), max_length=most.NEW)
    """Places that the new work needs."""
    households: tuple[Household, ...] = Field(default=(), max_length=most.NEW)
    """Households that the new work needs."""
    people: tuple[Person, ...] = Field(default=(), max_length=most.NEW)
    """People who can be sent from now on."""


class Cancel(Record):
    """Work that is not wanted any more (取消)."""

    kind: Literal["cancel"] = "cancel"
    """Says that this takes work away."""
    task: str | None = None
    """Visit or shift id."""
    case: str | None = None
    """Case id: all its visits."""


class Absence(Record):
    """Somebody cannot come (请假)."""

    kind: Literal["absence"] = "absence"
    """Says that this is an absence."""
    person: str
    """Person id."""
    start: Moment = Field(alias="from")
    """First moment away."""
    end: Moment = Field(alias="to")
    """First moment back."""


class Presence(Record):
    """Somebody can come after all (增加在岗)."""

    kind: Literal["presence"] = "presence"
    """Says that this is a presence."""
    person: str
    """Person id."""
    start: Moment = Field(alias="from")
    """First moment there."""
    end: Moment = Field(alias="to")
    """First moment gone again."""


class Closure(Record):
    """A place is closed (点位关闭): its shifts move to another place, or do not happen."""

    kind: Literal["closure"] = "closure"
    """Says that this closes a place."""
    place: str
    """Place id."""
    start: Moment = Field(alias="from")
    """First moment closed."""
    end: Moment = Field(alias="to")
    """First moment open again."""
    instead: str | None = None
    """Where its visits and shifts may go. None: visits have only their other places and times."""


class Windows(Record):
    """A visit is possible at other times (改时间窗)."""

    kind: Literal["windows"] = "windows"
    """Says that this changes a visit's windows."""
    visit: str
    """Visit id."""
    windows: tuple[Window, ...] = Field(min_length=1, max_length=most.SPANS)
    """When it may start; one is chosen."""


class Reopen(Record):
    """A visit that was made has to be made again (重新打开), at best by whoever made it."""

    kind: Literal["reopen"] = "reopen"
    """Says that this opens a visit again."""
    visit: str
    """Visit id."""
    windows: tuple[Window, ...] = Field(min_length=1, max_length=most.SPANS)
    """When it may start; one is chosen."""
    priority: int | None = Field(default=None, ge=1, le=5)
    """None: as it was."""


class Assign(Record):
    """This person does this work (指派)."""

    kind: Literal["assign"] = "assign"
    """Says that this gives work to somebody."""
    task: str
    """Visit or shift id."""
    slot: int | None = Field(default=None, ge=0)
    """Whose holder the person replaces, or which is filled; None: the first empty slot that suits."""
    person: str
    """Person id."""
    start: Moment | None = None
    """When the task begins; None: as it is published, else when it costs least."""
    place: str | None = None
    """Where; None: as it is published, else where it costs least."""
    reason: str = ""
    """Why hard rules may be broken for it; empty: none may."""


class Unassign(Record):
    """This work is taken from somebody (撤下); nobody else does it, unless a search finds somebody."""

    kind: Literal["unassign"] = "unassign"
    """Says that this takes work from somebody."""
    task: str
    """Visit or shift id."""
    person: str | None = None
    """Person id; None: everybody."""
    reason: str = ""
    """Why hard rules may be broken for it; empty: none may."""


class SwapWork(Record):
    """Two people do each other's work (对调), all of it in a span, or one task for another."""

    kind: Literal["swap"] = "swap"
    """Says that two people change places."""
    first: str
    """Person id."""
    second: str
    """Person id."""
    task: str | None = None
    """Visit or shift of the first that the second does; None: all that begins in the span."""
    other: str | None = None
    """Visit or shift of the second that the first does; None: with a task, nothing."""
    start: Moment | None = Field(default=None, alias="from")
    """First moment of the span; None: the horizon's begin."""
    end: Moment | None = Field(default=None, alias="to")
    """First moment after the span; None: the horizon's end."""
    reason: str = ""
    """Why hard rules may be broken for it; empty: none may."""


class MoveWork(Record):
    """A task is done at another time or place, by the same people (改期)."""

    kind: Literal["move"] = "move"
    """Says that this moves a task."""
    task: str
    """Visit or shift id."""
    start: Moment | None = None
    """When it begins; None: when it does."""
    place: str | None = None
    """Where it is done; None: where it is."""
    reason: str = ""
    """Why hard rules may be broken for it; empty: none may."""


class PinWork(Record):
    """What is published is pinned (锁定): of a task, of a person, or all of it."""

    kind: Literal["pin"] = "pin"
    """Says that this pins."""
    task: str | None = None
    """Only this visit or shift."""
    person: str | None = None
    """Only this person's work."""


class UnpinWork(Record):
    """Pins are released (解锁): of a task, of a person, or all of them."""

    kind: Literal["unpin"] = "unpin"
    """Says that this releases pins."""
    task: str | None = None
    """Only of this visit or shift."""
    person: str | None = None
    """Only of this person's work."""


class Lock(Record):
    """What is published before a moment stands (冻结): the freeze that the week keeps."""

    kind: Literal["lock"] = "lock"
    """Says that this freezes."""
    before: Moment
    """First moment that is not frozen."""


Change = Annotated[
    New
    | Cancel
    | Absence
    | Presence
    | Closure
    | Windows
    | Reopen
    | Assign
    | Unassign
    | SwapWork
    | MoveWork
    | PinWork
    | UnpinWork
    | Lock,
    Field(discriminator="kind"),
]


class Changes(FileRoot):
    """A batch of changes against a published roster."""

    changes: tuple[Change, ...] = Field(default=(), max_length=most.CHANGES)
    """What happened, in any order."""
    freeze: Freeze = Freeze()
    """Until when the published roster stands, whatever changes."""
    promised: tuple[str, ...] = Field(default=(), max_length=most.VISITS)
    """Visits whose time was promised to a resident."""
