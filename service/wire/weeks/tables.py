"""Tables of a week: rows of text as people read and type them."""

from typing import Annotated

from pydantic import Field

from service.wire import Fault, Wire
from service.wire.weeks.commands import EffectOut

_Cell = Annotated[str, Field(max_length=20_000)]
_Field = Annotated[str, Field(max_length=64)]
MOST_ROWS = 2_000
"""That are typed at once, such as by pasting."""


class TypedRowIn(Wire):
    """Cells that were typed into a row, or that the row is to go."""

    id: str | None = Field(default=None, max_length=200)
    """Of the record; null: a new one."""
    cells: dict[_Field, _Cell] = {}
    """Field → text, as in a cell of a workbook; "": blank. Other cells stay as they are."""
    gone: bool = False
    """The record is to go."""


class CopyIn(Wire):
    """Work to do again on other days."""

    id: str = Field(max_length=200)
    """Of the visit or shift."""
    days: Annotated[list[int], Field(min_length=1, max_length=31)]
    """Indices of the days, 0 the first of the week."""


class TableRequest(Wire):
    """What was typed into a table, as one command."""

    base: int | None = Field(default=None, ge=1)
    """The revision that whoever typed has seen; null: the last. What others changed since is refused."""
    rows: Annotated[list[TypedRowIn], Field(max_length=MOST_ROWS)] = []
    copies: Annotated[list[CopyIn], Field(max_length=200)] = []
    reason: str = Field(default="", max_length=1000)
    dry_run: bool = False
    """Answer the same and keep nothing."""


class TableRowOut(Wire):
    """A row of a table."""

    id: str
    cells: dict[str, str]
    """Field → text; blank cells are left out."""
    about: str
    """What tells it from others of its name; "": there are none."""
    locked: bool
    """Something of it is hidden: it cannot be edited."""


class TableOut(Wire):
    """A table of a week."""

    week: str
    revision: int
    rows: list[TableRowOut]


class TypedOut(Wire):
    """What was typed, as the table has it now."""

    week: str
    revision: int
    """The last revision of the week now."""
    kept: bool
    """False: it was only tried."""
    rows: list[TableRowOut]
    """The rows that were typed, in their order, and copies after them; without those that went."""
    gone: list[str]
    """Ids of the rows that went."""
    notices: list[Fault]
    """What cells were taken to mean, where it might be otherwise."""
    effect: EffectOut
