"""What happened since a roster was published: new work, work gone, people and places that fail.

The moments of a file of changes count from the horizon of the week that it changes.
"""

from typing import Annotated, Literal

from pydantic import Field

from scheduler.model.base import Record
from scheduler.model.instance import FileRoot
from scheduler.model.people import Person, Window
from scheduler.model.time import Moment
from scheduler.model.work import Case, Freeze, Household, Place, Shift, Visit


class New(Record):
    """New work (新增): visits, shifts, and cases whose sessions fall due, with what they need."""

    kind: Literal["new"] = "new"
    """Says that this is new work."""
    visits: tuple[Visit, ...] = ()
    """New visits."""
    shifts: tuple[Shift, ...] = ()
    """New shifts."""
    cases: tuple[Case, ...] = ()
    """New cases; the sessions that fall due become visits."""
    places: tuple[Place, ...] = ()
    """Places that the new work needs."""
    households: tuple[Household, ...] = ()
    """Households that the new work needs."""
    people: tuple[Person, ...] = ()
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
    windows: tuple[Window, ...] = Field(min_length=1)
    """When it may start; one is chosen."""


class Reopen(Record):
    """A visit that was made has to be made again (重新打开), at best by whoever made it."""

    kind: Literal["reopen"] = "reopen"
    """Says that this opens a visit again."""
    visit: str
    """Visit id."""
    windows: tuple[Window, ...] = Field(min_length=1)
    """When it may start; one is chosen."""
    priority: int | None = Field(default=None, ge=1, le=5)
    """None: as it was."""


Change = Annotated[
    New | Cancel | Absence | Presence | Closure | Windows | Reopen, Field(discriminator="kind")
]


class Changes(FileRoot):
    """A batch of changes against a published roster."""

    changes: tuple[Change, ...] = ()
    """What happened, in any order."""
    freeze: Freeze = Freeze()
    """Until when the published roster stands, whatever changes."""
    promised: tuple[str, ...] = ()
    """Visits whose time was promised to a resident."""
