"""Weeks as a caller finds them: opened at their head or at any revision, begun, and revised."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from scheduler.model import Assignment, Horizon
from service.access.caller import Caller
from service.problems import ServiceError
from service.store import Store, requests, weeks
from service.store.weeks import Made, RevisionRow, StaleError, WeekRow
from service.weeks import cells, state
from service.weeks.cells import Effect
from service.weeks.state import ROSTER, WeekState


@dataclass(frozen=True)
class OpenWeek:
    """A week at one of its revisions."""

    week: WeekRow
    revision: RevisionRow
    state: WeekState

    @property
    def number(self) -> int:
        """Of the revision."""
        return self.revision.number


def opened(store: Store, caller: Caller | None, id: str, number: int | None = None) -> OpenWeek:
    """A week at a revision; None: at its head. Raises ServiceError where the caller may see none of this id."""
    with store.session() as session:
        week, row = _revision(session, caller, id, number)
        return OpenWeek(week, row, state.read(session, row))


def _revision(
    session: Session, caller: Caller | None, id: str, number: int | None
) -> tuple[WeekRow, RevisionRow]:
    week = weeks.find(session, id)
    areas = frozenset[str]() if caller is None else caller.areas
    if week is None or not weeks.sees(session, areas, id):
        raise ServiceError("week_not_found", id=id)
    row = weeks.revision(session, id, week.head if number is None else number)
    if row is None:
        raise ServiceError("revision_not_found", id=id, number=number)
    return week, row


def horizon_of(store: Store, caller: Caller | None, id: str) -> Horizon:
    """The days of a week at its head, without the rest of it. Raises ServiceError as `opened` does."""
    with store.session() as session:
        return state.horizon(session, _revision(session, caller, id, None)[1])


def made(
    caller: Caller, kind: str, told: Mapping[str, Any] | None = None, reverses: int | None = None
) -> Made:
    """How a revision of this caller comes about."""
    return Made(kind, caller.account, caller.name, told or {}, reverses)


PART_FIELDS = ("person", "place", "start", "end")
"""What a revision tells of an assignment that it moved, besides task and slot; moments in ticks."""


def told(effect: Effect, before: WeekState) -> dict[str, Any]:
    """What a revision tells of itself: `touched` (cells) and `moved` (what became of assignments)."""
    touched = cells.touched(effect, before.instance.horizon.day_ticks)
    moved = [
        {"task": cell[1], "slot": int(cell[2]), "before": _told(was), "after": _told(now)}
        for cell, (was, now) in effect.items()
        if cell[0] == ROSTER
    ]
    return {"touched": sorted(map(list, touched)), "moved": moved}


def _told(part: Assignment | None) -> list[Any] | None:
    return None if part is None else [getattr(part, name) for name in PART_FIELDS]


def part_told(moved: Mapping[str, Any], side: str) -> Assignment | None:
    """The assignment that a revision tells of as one that it moved. side: before, after."""
    if moved[side] is None:
        return None
    values = dict(zip(PART_FIELDS, moved[side], strict=True))
    return Assignment(task=moved["task"], slot=moved["slot"], **values)


def begun(
    store: Store,
    caller: Caller,
    first: WeekState,
    title: str = "",
    labels: Mapping[str, str] | None = None,
    key: str | None = None,
    fingerprint: str = "",
) -> OpenWeek:
    """A new week that begins with this state as its revision 1."""
    about = {"owner_id": caller.account, "owner_name": caller.name, "labels": dict(labels or {})}
    with store.session() as session:
        how = replace(made(caller, "begin"), key=key, fingerprint=fingerprint)
        week, row = state.begin(session, first, how, title, about)
        session.refresh(week)
        return OpenWeek(week, row, state.read(session, row))


def _answer(session: Session, how: Made) -> None:
    row = requests.by_id(session, how.told["request"]) if "request" in how.told else None
    if row is None:
        return
    if how.kind == "undo":
        requests.reopen(session, row, ("accepted",))
    elif not requests.settle(session, row, "accepted", how.account_name):
        raise ServiceError("request_settled")


def revised(store: Store, base: OpenWeek, after: WeekState, how: Made) -> OpenWeek:
    """The week with a state after the head `base`. Raises StaleError where it has a later head by now.

    What somebody asked for is accepted with the command that does it, and asked anew when that is undone. Raises
    ServiceError where somebody else was quicker to answer.
    """
    with store.session() as session:
        row = state.revise(session, base.week, base.number, after, how)
        _answer(session, how)
        week = weeks.find(session, base.week.id)
        if week is None:
            raise StaleError(base.week.id)
        return OpenWeek(week, row, state.read(session, row))
