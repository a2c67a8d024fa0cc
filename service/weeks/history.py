"""Who did what to a week, when and why: read from what each revision says of itself."""

from collections.abc import Sequence

from scheduler.messages import LANGS
from scheduler.messages.names import is_elsewhere, is_neutral
from scheduler.model import Assignment, Instance, Roster
from scheduler.weeks.replan import difference
from service.access.caller import Caller
from service.access.mask import CallerView, WeekMask
from service.store import Store
from service.store.weeks import RevisionRow
from service.weeks.commands import touched_by
from service.weeks.opening import OpenWeek, opened, part_told
from service.weeks.state import WeekState
from service.weeks.words import difference_out, mask_of
from service.wire import Both, moment
from service.wire.weeks.commands import HistoryEntry, HistoryMove, PartThen


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


def lacking(
    store: Store, caller: Caller | None, week: OpenWeek, row: RevisionRow
) -> Instance | None:
    """The instance that has what a revision is about and the week's head has no more; None: that has all of it."""
    gone = [one for one in touched_by(row) if not is_in(one, week.state.instance)]
    if not gone:
        return None
    either = (
        opened(store, caller, week.week.id, number).state.instance
        for number in (row.number, row.number - 1)
        if number
    )
    return max(either, key=lambda instance: sum(is_in(one, instance) for one in gone))


def told_rows(
    store: Store, view: CallerView, head: OpenWeek, rows: Sequence[RevisionRow]
) -> list[RevisionRow]:
    """The revisions that who asks may know of: not those about nothing but what lies outside their areas."""
    if view.areas is None:
        return list(rows)
    return [row for row in rows if not _is_elsewhere(store, view, head, row)]


def _is_elsewhere(store: Store, view: CallerView, head: OpenWeek, row: RevisionRow) -> bool:
    gone = lacking(store, view.caller, head, row)
    weeks = [head.state.instance] if gone is None else [head.state.instance, gone]
    ids = view.mask(*weeks, roster=head.state.roster).neutral.ids if gone else None
    ids = ids or mask_of(view, head.state).neutral.ids
    about = [one for one in touched_by(row) if one[0] in _KINDS and len(one) > 1]
    others = [one for one in touched_by(row) if one[0] not in (*_KINDS, *_OF_TASKS)]
    outside = [
        is_elsewhere(ids.get(_KINDS[one[0]], {}).get(one[1], ""))
        or not any(is_in(one, week) for week in weeks)
        for one in about
    ]
    return bool(about) and all(outside) and not others


def is_in(cell: tuple[str, ...], instance: Instance) -> bool:
    """Whether an instance has what a cell is about: only then does its mask know whether to hide it."""
    if cell[0] == "task":
        return cell[1] in instance.task_by_id
    if cell[0] == "day":
        return cell[1] in instance.person_by_id
    if cell[0] not in _WITH_IDS or len(cell) == 1:
        return True
    return any(record.id == cell[1] for record in getattr(instance, cell[0]))


def entry(
    view: CallerView,
    state: WeekState,
    row: RevisionRow,
    undone: bool = False,
    gone: Instance | None = None,
) -> HistoryEntry:
    """A revision in words. state: the week's head; gone: as `lacking` finds it.

    What neither has is left out: nobody can say whether it may be named. The revision is one of `told_rows`.
    """
    weeks = [state.instance] if gone is None else [state.instance, gone]
    mask = mask_of(view, state) if gone is None else view.mask(*weeks, roster=state.roster)
    touched = frozenset(one for one in touched_by(row) if any(is_in(one, w) for w in weeks))
    horizon, id = state.instance.horizon, state.instance.id
    told = [
        one
        for one in row.told.get("moved", ())
        if any(is_in(("task", one["task"]), w) for w in weeks)
    ]

    def side(name: str) -> Roster:
        parts = tuple(part for one in told if (part := part_told(one, name)) is not None)
        return mask.read(Roster(horizon=horizon, instance=id, assignments=parts))

    before, after = side("before"), side("after")
    change = difference(mask.week, before, after)
    old = mask.week if gone is None else mask.other(gone)
    named = {
        kind: sorted({one[1] for one in touched if one[0] == kind}) for kind in ("task", "day")
    }
    own = view.caller is not None and row.account == view.caller.account
    tasks, people = (
        [_id(mask, kind, one) for one in named[name]]
        for kind, name in (("task", "task"), ("person", "day"))
    )
    return HistoryEntry(
        revision=row.number,
        at=moment(row.created),
        account=row.account,
        who=row.account_name,
        kind=row.kind,
        plan=row.told.get("plan"),
        changes=[str(one.get("kind", "")) for one in row.told.get("changes", ())],
        reason=mask.neutral.words(str(row.told.get("reason", ""))),
        reverses=row.reverses,
        undone=undone,
        mine=own,
        tasks=tasks,
        people=people,
        records=records(mask, touched),
        moves=_moves(mask, old, before, after),
        difference=difference_out(change, mask, mask.week, old),
    )


def _moves(mask: WeekMask, old: Instance, before: Roster, after: Roster) -> list[HistoryMove]:
    """By the moment of each, the later of both. Rosters and weeks are neutral."""
    sides = [
        {(part.task, part.slot): part for part in each.assignments} for each in (before, after)
    ]
    parts = {key: [side.get(key) for side in sides] for key in {**sides[0], **sides[1]}}

    def begins(key: tuple[str, int]) -> tuple[int, tuple[str, int]]:
        return max(part.start for part in parts[key] if part is not None), key

    return [
        HistoryMove(
            task=task,
            slot=slot,
            name=Both.of(lambda lang, task=task: mask.names(lang, mask.week, old).task(task)),
            before=_then(mask, old, parts[task, slot][0]),
            after=_then(mask, old, parts[task, slot][1]),
        )
        for task, slot in sorted(parts, key=begins)
    ]


def _then(mask: WeekMask, old: Instance, part: Assignment | None) -> PartThen | None:
    if part is None:
        return None
    names = {lang: mask.names(lang, mask.week, old) for lang in LANGS}
    shown = mask.blurred if is_neutral(part.task) else mask.names
    return PartThen(
        person=part.person,
        name=names["zh"].person(part.person),
        place=Both.of(lambda lang: shown(lang, mask.week, old).place(part.place)),
        start=mask.assignment(part)["start"],
        when=Both.of(lambda lang: names[lang].moment(part.start)),
    )


_WITH_IDS = ("areas", "places", "people", "households", "cases", "duties", "visits", "shifts")
"""Lists whose records are named by an id; of others only the list is told, for what they say may be private."""
_KINDS = {
    "task": "task",
    "visits": "task",
    "shifts": "task",
    "day": "person",
    "people": "person",
    "history": "person",
    "places": "place",
    "households": "household",
    "cases": "case",
    "duties": "duty",
}
"""By what a cell begins with: the kind of the id that comes next."""
_OF_TASKS = ("pins", "exceptions")
"""Lists whose records are of tasks, which are touched with them."""


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
