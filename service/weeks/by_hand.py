"""What of a week's roster was decided by hand, and stands as it was decided."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from scheduler.model import Assignment
from service.answers.recent import Recent
from service.store import weeks
from service.weeks import state
from service.weeks.opening import part_told

Place = tuple[str, int]
"""Task and slot."""
_BY_HAND = {"assign", "unassign", "swap", "move"}
_found: Recent["Decided"] = Recent(64)


@dataclass(frozen=True)
class Decided:
    """Decisions by hand. placed: where somebody was put; taken_off: (task, person) of whom it was taken from."""

    placed: frozenset[Place] = frozenset()
    taken_off: frozenset[tuple[str, str]] = frozenset()

    def __len__(self) -> int:
        return len(self.placed) + len(self.taken_off)


def decided(session: Session, week: str, until: int) -> Decided:
    """The decisions by hand that stand at a revision.

    One stands while its slot has what a command gave it: a plan or another command ends it, and to
    undo those brings it back.
    """
    row = weeks.revision(session, week, until)
    key = None if row is None else (week, until, row.contents[state.ROSTER])
    return _found.get(key, lambda: _decided(session, week, until))


def _decided(session: Session, week: str, until: int) -> Decided:
    given: dict[Place, set[Assignment]] = {}
    taken: dict[Place, set[str]] = {}
    rows = [row for row in weeks.revisions(session, week) if row.number <= until]
    for row in rows:
        if row.kind != "command":
            continue
        changes = row.told.get("changes", [])
        placing = any(change.get("kind") in _BY_HAND for change in changes)
        for moved in row.told["moved"]:
            place = moved["task"], moved["slot"]
            before, after = part_told(moved, "before"), part_told(moved, "after")
            if after is not None and placing:
                given.setdefault(place, set()).add(after)
            if after is None and before is not None and _takes_off(changes, before):
                taken.setdefault(place, set()).add(before.person)
    parts = state.read(session, rows[-1]).roster.assignments if rows else ()
    now = {(part.task, part.slot): part for part in parts}
    return Decided(
        frozenset(place for place, some in given.items() if now.get(place) in some),
        frozenset(
            (place[0], one) for place, off in taken.items() if place not in now for one in off
        ),
    )


def _takes_off(changes: list[dict[str, Any]], part: Assignment) -> bool:
    return any(
        change.get("kind") == "unassign"
        and change.get("task") == part.task
        and change.get("person") in (None, part.person)
        for change in changes
    )
