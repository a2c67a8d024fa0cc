"""Taking back what one did oneself, among what others did since; and doing it again."""

from dataclasses import replace

from service.access.caller import Caller
from service.access.scope import ensure_change_inside
from service.problems import ServiceError
from service.store import Store, weeks
from service.store.weeks import RevisionRow
from service.weeks import attempts, cells, opening
from service.weeks.attempts import Attempt
from service.weeks.commands import Command, Commanded, ensure_apart, follow, standing, touched_by
from service.weeks.opening import OpenWeek

REVERSIBLE = ("command", "plan")
"""Kinds of revisions that can be taken back."""


def undo(
    store: Store, caller: Caller, id: str, wanted: Command, number: int | None = None
) -> Commanded:
    """Take back a command of the caller's; None: their last that stands. Raises ServiceError."""
    rows = _rows(store, caller, id)
    mine = [row for row in standing(rows) if row.kind in REVERSIBLE and _own(caller, row)]
    found = mine[-1:] if number is None else [row for row in mine if row.number == number]
    if not found:
        raise ServiceError("nothing_to_undo", id=id)
    return _reverse(store, caller, id, wanted, found[0], "undo")


def redo(store: Store, caller: Caller, id: str, wanted: Command) -> Commanded:
    """Do again what the caller took back last, unless they commanded something since. Raises ServiceError."""
    rows = _rows(store, caller, id)
    gone = {row.reverses for row in rows if row.kind == "redo"}
    for row in reversed(rows):
        if not _own(caller, row):
            continue
        if row.kind in REVERSIBLE:
            break
        if row.kind == "undo" and row.number not in gone:
            return _reverse(store, caller, id, wanted, row, "redo")
    raise ServiceError("nothing_to_redo", id=id)


def _rows(store: Store, caller: Caller, id: str) -> list[RevisionRow]:
    opening.opened(store, caller, id)
    with store.session() as session:
        return list(weeks.revisions(session, id))


def _own(caller: Caller, row: RevisionRow) -> bool:
    return row.account == caller.account


def _reverse(
    store: Store, caller: Caller, id: str, wanted: Command, row: RevisionRow, kind: str
) -> Commanded:
    earlier = opening.opened(store, caller, id, row.number - 1)
    later = opening.opened(store, caller, id, row.number)
    back = cells.effect(later.state, earlier.state)

    def tried(now: OpenWeek) -> Attempt:
        if now.number == row.number:
            after = earlier.state
        else:
            with store.session() as session:
                since = weeks.revisions(session, id, row.number)
            ensure_apart(row.number, since, touched_by(row))
            after = cells.applied(now.state, back)
        made = attempts.merged(now.state, after)
        ensure_change_inside(caller, now.state.instance, after.instance)
        return made

    told = {"reason": wanted.reason}
    if "request" in row.told:
        told["request"] = row.told["request"]
    how = opening.made(caller, kind, told, row.number)
    how = replace(how, key=wanted.key, fingerprint=wanted.fingerprint)
    try:
        return follow(store, caller, id, replace(wanted, base=None), how, tried)
    except cells.ClashError:
        raise ServiceError("edited_meanwhile", who="–", base=row.number) from None
