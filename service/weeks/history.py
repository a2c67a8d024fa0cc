"""Who did what to a week, when and why: read from what each revision says of itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.model import Assignment, Instance, Roster
from scheduler.weeks.replan import difference
from service.access.mask import CallerView, WeekMask
from service.store.weeks import RevisionRow
from service.weeks.commands import touched_by
from service.weeks.opening import PART_FIELDS
from service.weeks.state import WeekState
from service.weeks.words import difference_out, mask_of
from service.wire import moment
from service.wire.weeks.commands import HistoryEntry


def _part(told: Mapping[str, Any], side: str) -> Assignment | None:
    if told[side] is None:
        return None
    values = dict(zip(PART_FIELDS, told[side], strict=True))
    return Assignment(task=told["task"], slot=told["slot"], **values)


def about(
    row: RevisionRow, person: str | None = None, day: int | None = None, task: str | None = None
) -> bool:
    """Whether a revision is about a person, a day and a task (None: any); a person and day: of that person's day."""
    touched = touched_by(row)
    days = {(one[1], int(one[2])) for one in touched if one[0] == "day"}
    if task is not None and ("task", task) not in touched:
        return False
    if person is not None and day is not None:
        return (person, day) in days
    if person is not None:
        return ("people", person) in touched or any(who == person for who, _ in days)
    return day is None or any(when == day for _, when in days)


def reversed_numbers(rows: Sequence[RevisionRow]) -> frozenset[int]:
    """Numbers of the revisions that are taken back, as it stands after the last of them."""
    gone: set[int] = set()
    for row in reversed(rows):
        if row.number not in gone and row.reverses is not None:
            gone.add(row.reverses)
    return frozenset(gone)


def entry(
    view: CallerView, state: WeekState, row: RevisionRow, undone: bool = False
) -> HistoryEntry:
    """A revision in words. state: the week's head."""
    mask = mask_of(view, state)
    touched = touched_by(row)
    told = row.told.get("moved", ())
    horizon, id = state.instance.horizon, state.instance.id

    def side(name: str) -> Roster:
        parts = tuple(part for one in told if (part := _part(one, name)) is not None)
        return mask.read(Roster(horizon=horizon, instance=id, assignments=parts))

    change = difference(mask.week, side("before"), side("after"))
    named = {
        kind: sorted({one[1] for one in touched if one[0] == kind}) for kind in ("task", "day")
    }
    own = view.caller is not None and row.account == view.caller.account
    return HistoryEntry(
        revision=row.number,
        at=moment(row.created),
        account=row.account,
        who=row.account_name,
        kind=row.kind,
        changes=[str(one.get("kind", "")) for one in row.told.get("changes", ())],
        reason=mask.neutral.words(str(row.told.get("reason", ""))),
        reverses=row.reverses,
        undone=undone,
        mine=own,
        tasks=[_id(mask, "task", one) for one in named["task"]],
        people=[_id(mask, "person", one) for one in named["day"]],
        records=records(mask, touched),
        difference=difference_out(change, mask, mask.week, mask.week),
    )


_WITH_IDS = ("areas", "places", "people", "households", "cases", "duties", "visits", "shifts")
"""Lists whose records are named by an id; of others only the list is told, for what they say may be private."""


def records(mask: WeekMask, touched: frozenset[tuple[str, ...]]) -> list[str]:
    """The records of tables that were touched: ``people/…``, ``settings``; without hidden ones."""
    there = {said(mask, one) for one in touched if one[0] in Instance.model_fields}
    return sorted(there - {""})


def said(mask: WeekMask, cell: tuple[str, ...]) -> str:
    """What a cell is about, as an id that may go out: a task, a person, or a record of a table."""
    if cell[0] == "task":
        return _id(mask, "task", cell[1])
    if cell[0] == "day":
        return _id(mask, "person", cell[1])
    if cell[0] not in _WITH_IDS:
        return cell[0]
    hidden = {id for ids in mask.neutral.ids.values() for id in ids}
    return "" if len(cell) > 1 and cell[1] in hidden else "/".join(cell[:2])


def _id(mask: WeekMask, kind: str, id: str) -> str:
    return mask.neutral.ids.get(kind, {}).get(id, id)
