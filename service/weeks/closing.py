"""The end of a week: what became of its work, closing it, and the week that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from scheduler.model import Assignment, Instance, Roster, Visit, WorkedWeek
from scheduler.model.tasks import slots
from scheduler.model.worked import Departure
from scheduler.weeks.roll import roll
from service.access.caller import Caller
from service.access.scope import ensure_whole
from service.problems import ServiceError
from service.store import Store, closings, requests, weeks
from service.store.closings import ClosingRow, OutcomeRow
from service.store.weeks import Made, RevisionRow, StaleError
from service.weeks import cells, opening, state
from service.weeks.opening import OpenWeek
from service.weeks.state import WeekState

NOT_DONE = ("nobody_in", "not_done")
"""Results of which a part counts as not worked."""
OUTSIDE = "outside-"
"""What the ids of work that nobody had planned begin with."""
_ROUNDS = 8


@dataclass(frozen=True)
class ReckonedPart:
    """A part of the roster, or work outside it, with what became of it. outcome: None: not said yet."""

    task: str
    slot: int
    part: Assignment | None
    outcome: OutcomeRow | None


def reckoned(now: WeekState, rows: Sequence[OutcomeRow]) -> list[ReckonedPart]:
    """Everything that was to be done by the roster, by moment, then what was done besides.

    An outcome is of the person who had the work then: where somebody else has it now, it is not said yet.
    Of work that is gone from the week nothing is said any more.
    """
    by_place = {(row.task, row.slot): row for row in rows}
    found = []
    for part in sorted(now.roster.assignments, key=lambda one: (one.start, one.task, one.slot)):
        row = by_place.pop((part.task, part.slot), None)
        same = row if row is not None and row.person == part.person else None
        found.append(ReckonedPart(part.task, part.slot, part, same))
    besides = [row for row in by_place.values() if row.person is None and _is_there(now, row)]
    return [*found, *(ReckonedPart(row.task, row.slot, None, row) for row in besides)]


def _is_there(now: WeekState, row: OutcomeRow) -> bool:
    """Whether the week has a slot of which an outcome is, or it is of work that nobody had planned."""
    task = now.instance.task_by_id.get(row.task)
    return "visit" in row.said or (task is not None and row.slot < len(slots(task)))


def lacking(items: Sequence[ReckonedPart]) -> list[Assignment]:
    """The parts of which is not said what became of them."""
    return [one.part for one in items if one.part is not None and one.outcome is None]


def outside_visit(row: OutcomeRow, horizon_ticks: int) -> Visit | None:
    """The visit that stands for work that nobody had planned; None for any other outcome."""
    told = row.said.get("visit")
    if told is None:
        return None
    start, end = told["start"], told["end"]
    span = {"from": max(0, start), "to": min(horizon_ticks, max(start, 0) + 1)}
    return Visit.model_validate(
        {
            "id": row.task,
            "name": told["name"],
            "kind": told["kind"],
            "places": [told["place"]],
            "household": told.get("household"),
            "windows": [span],
            "duration": end - start,
        }
    )


def with_outside(now: WeekState, items: Sequence[ReckonedPart]) -> WeekState:
    """The week with the work that nobody had planned, as visits that were made."""
    visits, parts = [], []
    for one in items:
        visit = None
        if one.outcome is not None:
            visit = outside_visit(one.outcome, now.instance.horizon.end)
        if one.outcome is None or visit is None:
            continue
        told = one.outcome.said["visit"]
        visits.append(visit)
        parts.append(
            Assignment(
                task=visit.id,
                slot=0,
                person=told["person"],
                place=told["place"],
                start=told["start"],
                end=told["end"],
            )
        )
    if not visits:
        return now
    roster = now.roster.model_copy(update={"assignments": (*now.roster.assignments, *parts)})
    return now.changed(now.instance.changed(visits=(*now.instance.visits, *visits)), roster)


def worked(now: WeekState, items: Sequence[ReckonedPart]) -> WorkedWeek:
    """What went otherwise than planned, as the library takes it."""
    rows = [one.outcome for one in items if one.outcome is not None]
    return WorkedWeek(
        horizon=now.instance.horizon,
        instance=now.instance.id,
        departures=tuple(found for row in rows if (found := departure(row)) is not None),
    )


def departure(row: OutcomeRow) -> Departure | None:
    """What an outcome departs in from the plan; None: in nothing."""
    said = row.said
    if "visit" in said:
        return None
    names = ("person", "start", "end", "outcome", "rating")
    fields: dict[str, Any] = {name: said[name] for name in names if said.get(name) is not None}
    done = said["result"] not in NOT_DONE
    if done and not fields:
        return None
    if not done:
        fields = {name: fields[name] for name in ("outcome",) if name in fields}
    return Departure(task=row.task, slot=row.slot, done=done, **fields)


def followed(now: WeekState, items: Sequence[ReckonedPart]) -> WeekState:
    """The week that follows. Raises InputError where none can be made of what was worked."""
    whole: WeekState = with_outside(now, items)
    rolled: Instance = roll(whole.instance, whole.roster, None, worked(now, items))
    return WeekState.of(rolled, Roster(horizon=rolled.horizon, instance=rolled.id))


def last(session: Session, week: str) -> ClosingRow | None:
    """The last closing of a week."""
    rows = closings.closings(session, week)
    return rows[-1] if rows else None


def is_closed(session: Session, week: str) -> bool:
    """Whether a week is closed, and was not opened again."""
    row = last(session, week)
    return row is not None and row.reopened is None


def ensure_open(session: Session, week: str) -> None:
    """Refuse to change a week that is closed. Raises ServiceError."""
    if is_closed(session, week):
        raise ServiceError("week_closed", id=week)


def next_week(session: Session, week: str) -> ClosingRow | None:
    """The closing that began the week that follows, if that is still there."""
    for row in reversed(closings.closings(session, week)):
        if row.next_id is not None and weeks.find(session, row.next_id) is not None:
            return row
    return None


def rolled_into(
    session: Session, known: ClosingRow, again: WeekState, how: Made
) -> RevisionRow | None:
    """Bring the week that was begun up to date, when the one before it is closed again.

    What the roll says otherwise than the last time is taken over, except where it was changed there since.
    None: it says nothing otherwise.
    """
    assert known.next_id is not None
    week = weeks.find(session, known.next_id)
    first = weeks.revision(session, known.next_id, known.next_revision or 1)
    assert week is not None
    assert first is not None
    head_row = weeks.revision(session, week.id, week.head)
    assert head_row is not None
    before, head = state.read(session, first), state.read(session, head_row)
    since = cells.effect(before, head)
    free = {cell: both for cell, both in cells.effect(before, again).items() if cell not in since}
    if not free:
        return None
    return state.revise(session, week, week.head, cells.applied(head, free), how)


class UnreckonedError(Exception):
    """A week cannot be closed yet. parts: those of which is not said what became of them."""

    def __init__(self, parts: Sequence[Assignment]):
        super().__init__(str(len(parts)))
        self.parts = parts


def close(store: Store, caller: Caller, id: str) -> str:
    """Close a week and begin the one that follows, or bring that and its micro-list up to date. Returns its id.

    Raises UnreckonedError, ServiceError where it is closed, and InputError where no week follows from it.
    """
    found = opening.opened(store, caller, id)
    ensure_whole(caller, found.state.instance)
    with store.session() as session:
        ensure_open(session, id)
        items = reckoned(found.state, closings.outcomes(session, id))
        known = next_week(session, id)
    if missing := lacking(items):
        raise UnreckonedError(missing)
    after = followed(found.state, items)
    next_id, revision = _next(store, caller, found, after, known)
    by = {"account": caller.account, "account_name": caller.name}
    to_do = opening.opened(store, caller, next_id).state.instance.task_by_id
    with store.session() as session:
        ensure_open(session, id)
        requests.carry(session, id, next_id, to_do)
        about = {"revision": found.number, "next_id": next_id, "next_revision": revision}
        closings.close(session, id, **about, **by)
    return next_id


def _next(
    store: Store, caller: Caller, found: OpenWeek, after: WeekState, known: ClosingRow | None
) -> tuple[str, int | None]:
    """The week that follows, and the revision that the roll gave it."""
    if known is None or known.next_id is None:
        begun = opening.begun(store, caller, after, found.week.title, found.week.labels)
        return begun.week.id, begun.number
    for _ in range(_ROUNDS):
        with store.session() as session:
            try:
                row = rolled_into(session, known, after, opening.made(caller, "roll"))
            except StaleError:
                continue
            return known.next_id, known.next_revision if row is None else row.number
    raise ServiceError("busy", retry_after=1)


def reopen(store: Store, caller: Caller, id: str) -> None:
    """Open a week again; the one that was begun after it stays. Raises ServiceError."""
    found = opening.opened(store, caller, id)
    ensure_whole(caller, found.state.instance)
    with store.session() as session:
        closings.reopen(session, id, caller.name)
