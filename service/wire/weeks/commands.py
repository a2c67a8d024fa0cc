"""Commands that change a week, and what they do."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from scheduler.model import Score, most
from service.wire import Both, Fault, Wire
from service.wire.replans import BrokenRule, DifferenceOut, RulePair


class CommandRequest(Wire):
    """Changes to do to a week as one: all of them or none, and taken back as one."""

    base: int | None = Field(default=None, ge=1)
    """The revision that whoever commands has seen; null: the last. What others changed since is refused."""
    changes: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=most.CHANGES)]
    """As in a file of changes (assign, unassign, swap, move, pin, unpin, lock, new, cancel, absence, presence,
    closure, windows, reopen), and `edit`: `{"kind": "edit", "collection": "people", "id": "…", "record": {…}}`,
    with `"record": null` where it is to go."""
    reason: str = Field(default="", max_length=1000)
    """Why; for it hard rules other than physical overlap give way."""
    dry_run: bool = False
    """Answer the same and keep nothing."""


class UndoRequest(Wire):
    """What to take back."""

    revision: int | None = Field(default=None, ge=1)
    """One's own command; null: one's last."""
    dry_run: bool = False
    """Answer the same and keep nothing."""


class RedoRequest(Wire):
    """To do again what one took back last."""

    dry_run: bool = False
    """Answer the same and keep nothing."""


class EffectOut(Wire):
    """What changes do to a week: words first, points last."""

    broken: list[BrokenRule]
    """Hard rules that they break."""
    refused: list[Fault]
    """Those that may not be broken, or not without a reason; only where nothing was kept."""
    difference: DifferenceOut
    """Who must be told what."""
    fallen: list[str]
    """Tasks of which the changes took somebody away who had them."""
    worse: list[BrokenRule]
    """What is worse than before, at most twenty of them."""
    better: list[BrokenRule]
    """What is better than before, at most twenty of them."""
    before: Score
    after: Score
    rules: list[RulePair]
    """Rules that cost otherwise than before."""


class CommandOut(Wire):
    """A command that was done, or would be."""

    week: str
    revision: int
    """The last revision of the week now."""
    kept: bool
    """False: it was only tried."""
    effect: EffectOut


class PartThen(Wire):
    """Who had a piece of work, where and when."""

    person: str
    name: str
    place: Both
    start: str
    """Local, as rosters write it."""
    when: Both


class HistoryMove(Wire):
    """What became of one person's part in a task: from what to what."""

    task: str
    slot: int
    name: Both
    before: PartThen | None
    """null: nobody had it."""
    after: PartThen | None
    """null: nobody has it since."""


class HistoryEntry(Wire):
    """One revision of a week: who did what, and why."""

    revision: int
    at: datetime
    account: str | None
    who: str
    kind: str
    """begin, command, undo, redo, plan, roll."""
    plan: str | None
    """Of an adopted plan its id: what the solver made, and `who` adopted."""
    changes: list[str]
    """Kinds of its changes, such as assign, in their order."""
    reason: str
    reverses: int | None
    """Of an undo the revision that it took back; of a redo the undo."""
    undone: bool
    """Whether it was taken back."""
    mine: bool
    tasks: list[str]
    people: list[str]
    records: list[str]
    """Of tables: `people/…`, `settings`."""
    moves: list[HistoryMove]
    """By their moments; without work that is gone since and nobody can name."""
    difference: DifferenceOut
    """Who got, lost or moved what."""


class History(Wire):
    """Revisions of a week, newest first."""

    total: int
    """How many there are on all pages."""
    next: str | None
    """Cursor of the next page; null on the last one."""
    revisions: list[HistoryEntry]


class Conflict(Wire):
    """Two who changed the same."""

    base: int
    """The revision that mine was made from."""
    theirs: list[HistoryEntry]
    """What was done since to the same work, person-day or record, oldest first."""
    mine: list[str]
    """What mine touches of it: tasks, people and records."""
