"""Commands: changes of a week that are kept as its next revision, whoever else works on it meanwhile.

A command is read against the head, whatever revision its writer saw (its base). It is done where nobody
else has touched the same work, the same person on the same day or the same record since then; where
somebody has, it is refused with theirs and mine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.model import InputError
from service.access.caller import Caller
from service.access.revealed import ensure_hidden
from service.access.scope import ensure_change_inside, ensure_changes_inside
from service.problems import ServiceError, invalid
from service.store import Store, weeks
from service.store.weeks import Made, RevisionRow, StaleError
from service.weeks import attempts, cells, closing, opening
from service.weeks.attempts import Attempt
from service.weeks.cells import Touched
from service.weeks.opening import OpenWeek
from service.weeks.priced import remember

_ROUNDS = 8
"""Times that a command is tried again where others were quicker."""


@dataclass(frozen=True)
class Command:
    """What somebody wants changed. base: the revision that they saw; None: the head.

    changes: as JSON, true ids. operation: id of the route, for the audit; request: that it accepts.
    """

    changes: Sequence[Mapping[str, Any]]
    base: int | None = None
    reason: str = ""
    dry_run: bool = False
    key: str | None = None
    fingerprint: str = ""
    operation: str = "post_command"
    request: str | None = None


@dataclass(frozen=True)
class Commanded:
    """A command that was done, or tried. week: as it is then; before: the head that it followed."""

    before: OpenWeek
    week: OpenWeek
    attempt: Attempt


def command(store: Store, caller: Caller, id: str, wanted: Command) -> Commanded:
    """Do a command, or try it. Raises ServiceError, and InputError with every fault of its changes."""

    def tried(now: OpenWeek) -> Attempt:
        batch = attempts.read(now.state.instance, wanted.changes, wanted.reason)
        ensure_changes_inside(caller, now.state.instance, batch.changes, now.state.roster)
        made = attempts.attempt(now.state, batch)
        if batch.edits:
            ensure_change_inside(caller, now.state.instance, made.after.instance)
        return made

    told: dict[str, Any] = {"changes": list(wanted.changes), "reason": wanted.reason}
    if wanted.request is not None:
        told["request"] = wanted.request
    how = replace(
        opening.made(caller, "command", told), key=wanted.key, fingerprint=wanted.fingerprint
    )
    return follow(store, caller, id, wanted, how, tried)


def follow(
    store: Store,
    caller: Caller,
    id: str,
    wanted: Command,
    how: Made,
    tried: Callable[[OpenWeek], Attempt],
) -> Commanded:
    """Have the head of a week followed by what `tried` makes of it, again and again while others are quicker."""
    for _ in range(_ROUNDS):
        now = opening.opened(store, caller, id)
        with store.session() as session:
            closing.ensure_open(session, id)
        base = now.number if wanted.base is None else wanted.base
        if not 1 <= base <= now.number:
            raise ServiceError("revision_not_found", id=id, number=base)
        others = [] if base == now.number else _since(store, id, base)
        made = _rebased(store, caller, id, base, now, others, tried)
        if made.refused and not wanted.dry_run:
            raise invalid(list(made.refused))
        if made.after.instance is not now.state.instance:
            both = now.state.instance, made.after.instance
            ensure_hidden(store, caller, wanted.operation, id, *both, dry_run=wanted.dry_run)
        if wanted.dry_run:
            return Commanded(now, now, made)
        try:
            return _kept(store, now, made, how)
        except StaleError:
            continue
    raise ServiceError("busy", retry_after=1)


def _kept(store: Store, now: OpenWeek, made: Attempt, how: Made) -> Commanded:
    told = {**how.told, **opening.told(made.effect, now.state)}
    later = opening.revised(store, now, made.after, replace(how, told=told))
    remember(later.state, made.price)
    return Commanded(now, later, made)


def _rebased(
    store: Store,
    caller: Caller,
    id: str,
    base: int,
    now: OpenWeek,
    others: Sequence[RevisionRow],
    tried: Callable[[OpenWeek], Attempt],
) -> Attempt:
    """What the head becomes. Raises ServiceError where others have touched the same since the base."""
    try:
        made = tried(now)
    except InputError:
        # Perhaps it is impossible because of what others did.
        if others:
            try:
                seen = opening.opened(store, caller, id, base)
                meant = tried(seen)
            except (InputError, ServiceError):
                meant = None
            if meant is not None:
                ensure_apart(base, others, _touched(meant))
        raise
    ensure_apart(base, others, _touched(made))
    return made


def _since(store: Store, id: str, base: int) -> list[RevisionRow]:
    with store.session() as session:
        return list(weeks.revisions(session, id, base))


def _touched(made: Attempt) -> Touched:
    return cells.touched(made.effect, made.before.instance.horizon.day_ticks)


def touched_by(row: RevisionRow) -> Touched:
    """Whom and what a revision was about."""
    return frozenset(tuple(one) for one in row.told.get("touched", ()))


def standing(rows: Sequence[RevisionRow]) -> list[RevisionRow]:
    """The revisions that nobody has taken back, by undo or redo; and not what took others back."""
    gone: set[int] = set()
    left = []
    for row in reversed(rows):
        if row.number in gone:
            continue
        if row.reverses is not None and any(one.number == row.reverses for one in rows):
            gone.add(row.reverses)
            continue
        left.append(row)
    return left[::-1]


def ensure_apart(base: int, others: Sequence[RevisionRow], mine: Touched) -> None:
    """Raises ServiceError where some of the revisions touched the same: theirs and mine."""
    meeting = [(row, touched_by(row) & mine) for row in standing(others)]
    theirs = [(row, both) for row, both in meeting if both]
    if theirs:
        raise EditedMeanwhileError(base, theirs, mine)


class EditedMeanwhileError(ServiceError):
    """Somebody else has touched the same. theirs: revisions, each with what is the same; mine: what I touch."""

    def __init__(self, base: int, theirs: Sequence[tuple[RevisionRow, Touched]], mine: Touched):
        self.base, self.theirs, self.mine = base, theirs, mine
        names = dict.fromkeys(row.account_name or "–" for row, _ in theirs)
        super().__init__("edited_meanwhile", who="、".join(names), base=base)
